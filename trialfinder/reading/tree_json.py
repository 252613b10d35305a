"""Criteria trees as plain JSON and back, for the store's cache. Keys as ``tree.to_json`` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from trialfinder.reading.tree import Criterion


def criteria_to_json(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """Criteria as a list of objects."""
    return [msgspec.to_builtins(one) for one in criteria]


def criteria_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """The criteria that ``criteria_to_json`` wrote.

    Raises:
        msgspec.ValidationError: somebody else wrote them.
    """
    return msgspec.convert(list(rows), tuple[Criterion, ...])
