"""Plain words as one expression: what the data files of open slots and of clauses list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from trialfinder.base.lazy_re import LazyPattern, escape
from trialfinder.phrases.screens import Screen, first_words


def source_of(words: Iterable[str]) -> str:
    """Longer ways first; a star stands for any ending."""
    ways = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(escape(w).replace(r"\*", r"[\w-]*").replace(r"\ ", r"[\s-]") for w in ways) + ")"


class WholeWords(LazyPattern):
    """Plain words in lower case as one expression; each must stand as a whole, "*" is any ending."""

    shown: ClassVar[str] = "list of words"

    def __init__(self, words: Iterable[str]) -> None:
        listed = tuple(words)
        self.listed = listed
        super().__init__(rf"(?<![\w-]){source_of(listed)}(?![\w-])")
        self.lets = Screen(first_words(listed)).lets

    @classmethod
    def from_data(cls, value: object) -> WholeWords:
        """The words of a data file; raises ValueError for anything but a list of text."""
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"must be a list of words, not {value!r}")
        return cls(value)
