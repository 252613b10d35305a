"""What must or must not stand around the words of a row: phrases before them, behind them, or anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Protocol, Self

from trialfinder.phrases.phrase_language import SPACE, WORD_END, alternatives, checked, listed, opened
from trialfinder.phrases.phrase_parser import Phrase
from trialfinder.phrases.word_forms import plain_letters

_GUARD_SPACE = "[ /(-]{1,3}"
_AROUND = 60


class Guard:
    """Phrases that must or must not stand somewhere in the text. Read at once, so that a mistake is told at once; made
    into an expression when it is first asked."""

    __slots__ = ("_made", "_phrases", "match", "search")
    shown: ClassVar[str] = "list of phrases"
    search: Callable[[str], re.Match[str] | None]
    """The first place in a text where it holds."""
    match: Callable[..., re.Match[str] | None]
    """Whether it holds at a place of a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = [checked(phrase.lower()) for phrase in phrases]
        self._made: re.Pattern[str] | None = None
        self.search = lambda text: self.expression.search(text)
        self.match = lambda text, at=0: self.expression.match(text, at)

    @classmethod
    def from_data(cls, value: object) -> Self:
        """The phrases of a data file; raises ValueError for anything but a list of text, or for a broken phrase."""
        return cls(listed(value))

    def said_in(self, words: str) -> bool:
        """Whether it holds somewhere in words as they were written, with capitals and accents."""
        return self.search(plain_letters(words.lower())) is not None

    @property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression."""
        if self._made is None:
            self._made = re.compile(self._make(self._phrases))
            self.search, self.match = self._made.search, self._made.match
        return self._made

    @staticmethod
    def _make(phrases: Sequence[Phrase]) -> str:
        return opened(phrases, "", WORD_END)


class GuardBefore(Guard):
    """Phrases that must or must not end right before the words of a row."""

    __slots__ = ()

    @staticmethod
    def _make(phrases: Sequence[Phrase]) -> str:
        return f"(?:{opened(phrases, '', _GUARD_SPACE)})\\Z"


class GuardAfter(Guard):
    """Phrases that must or must not begin right behind the words of a row."""

    __slots__ = ()

    @staticmethod
    def _make(phrases: Sequence[Phrase]) -> str:
        return alternatives(phrases, SPACE, WORD_END)


class Guarding(Protocol):
    """What asks something of what stands right around its words; None: nothing."""

    @property
    def before(self) -> GuardBefore | None:
        """One of these ends right before the words."""

    @property
    def after(self) -> GuardAfter | None:
        """One of these begins right behind the words."""

    @property
    def not_before(self) -> GuardBefore | None:
        """None of these ends right before the words."""

    @property
    def not_after(self) -> GuardAfter | None:
        """None of these begins right behind the words."""


def stands_free(row: Guarding) -> bool:
    """Whether a row lets what stands around its words be anything."""
    return (row.before, row.after, row.not_before, row.not_after) == (None,) * 4


def fits(row: Guarding, lower: str, start: int, end: int) -> bool:
    """Whether what stands around the words of a row lets it speak."""
    if row.after is not None and not row.after.match(lower, end):
        return False
    if row.not_after is not None and row.not_after.match(lower, end):
        return False
    if row.before is None and row.not_before is None:
        return True
    before = lower[max(0, start - _AROUND) : start]
    if row.before is not None and not row.before.search(before):
        return False
    return row.not_before is None or not row.not_before.search(before)
