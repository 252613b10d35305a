"""What pages show of the studies that come with the program is read and judged once, not anew for each module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e import inside


@pytest.fixture(scope="module", autouse=True)
def what_was_read_is_remembered() -> Iterator[None]:
    """As in a run inside the tests' process: the pages are what is tried here, not the reader."""
    with inside.remembering():
        yield
