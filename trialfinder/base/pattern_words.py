"""What a pattern is called in plain words, and what to ask the study team where no fact of a profile settles it."""

from __future__ import annotations

import functools
from typing import Literal

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load


class QuestionsFile(DataRow, frozen=True):
    """``data/questions.toml``."""

    patterns: dict[str, dict[Literal["label", "ask"], str]]
    """For each pattern: ``label`` in plain words, and ``ask``, the question for the study team."""


@functools.cache
def plain_words() -> dict[str, dict[Literal["label", "ask"], str]]:
    """For each pattern: ``label`` in plain words and ``ask``, the question for the study team (may be missing).

    Raises:
        InputError: the file has a key that nothing reads.
    """
    return load(data_dir("questions.toml"), QuestionsFile).patterns


def label(pattern: str) -> str:
    """A pattern in plain words."""
    return plain_words().get(pattern, {}).get("label", pattern.replace("_", " "))
