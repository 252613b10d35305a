"""What a pattern is called in plain words, and what to ask the study team where no fact of a profile settles it."""

from __future__ import annotations

import functools
from typing import Literal

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load


class NarrowQuestion(DataRow, frozen=True):
    """A question for the study team that fits words of a criterion better than the one of its pattern."""

    pattern: str
    """The pattern whose question it takes the place of."""
    says: tuple[str, ...]
    """Words in what was read; an asterisk leaves the ending open."""
    ask: str
    """The question."""
    yes: tuple[str, ...]
    """Words for which it is the question."""
    no: tuple[str, ...]
    """Words for which it is not."""
    own: bool = False
    """No fact of the pattern answers such words: it also takes the place of what the person would be asked."""


class QuestionsFile(DataRow, frozen=True):
    """``data/questions.toml``."""

    patterns: dict[str, dict[Literal["label", "ask"], str]]
    """For each pattern: ``label`` in plain words, and ``ask``, the question for the study team."""
    narrow: tuple[NarrowQuestion, ...] = ()
    """Questions for some of its words; the first that fits counts."""


@functools.cache
def narrow_questions() -> dict[str, tuple[NarrowQuestion, ...]]:
    """The questions that fit some words of a pattern better than its own, by pattern."""
    rows = load(data_dir("questions.toml"), QuestionsFile).narrow
    return {row.pattern: tuple(each for each in rows if each.pattern == row.pattern) for row in rows}


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
