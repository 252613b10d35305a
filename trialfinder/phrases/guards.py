"""The rows of data files that hold phrases: their words, and what must or must not stand around them or anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Self

from trialfinder.base.typed_data import DataRow
from trialfinder.phrases.phrase_language import SPACE, WORD_END, SaidPhrase, alternatives, checked, listed, opened
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


class GuardedRow(DataRow, frozen=True, kw_only=True):
    """What may ask something of what stands right around its words."""

    before: GuardBefore | None = None
    """One of these ends right before the words."""
    after: GuardAfter | None = None
    """One of these begins right behind the words."""
    not_before: GuardBefore | None = None
    """None of these ends right before the words."""
    not_after: GuardAfter | None = None
    """None of these begins right behind the words."""

    @property
    def stands_free(self) -> bool:
        """Whether it lets what stands around its words be anything."""
        return (self.before, self.after, self.not_before, self.not_after) == (None,) * 4

    def fits(self, lower: str, start: int, end: int) -> bool:
        """Whether what stands around the words lets it speak."""
        if self.after is not None and not self.after.match(lower, end):
            return False
        if self.not_after is not None and self.not_after.match(lower, end):
            return False
        if self.before is None and self.not_before is None:
            return True
        before = lower[max(0, start - _AROUND) : start]
        if self.before is not None and not self.before.search(before):
            return False
        return self.not_before is None or not self.not_before.search(before)


class SaidPhrases:
    """All phrases of a row, as a data file gives them."""

    __slots__ = ("terms",)
    shown: ClassVar[str] = "list of phrases"

    def __init__(self, phrases: Iterable[str]) -> None:
        """Reads them; raises WrongPhraseError for one that is broken."""
        self.terms = tuple(SaidPhrase(phrase) for phrase in phrases)

    @classmethod
    def from_data(cls, value: object) -> Self:
        """The phrases of a data file; raises ValueError for anything but a list of text, or for a broken phrase."""
        return cls(listed(value))


class PhraseRow(GuardedRow, frozen=True, kw_only=True, eq=False):
    """What has wordings, as phrases (CONTRIBUTING.md), and what must or must not stand around them."""

    id: str
    """Short name; of a term, the value that its wordings name."""
    says: SaidPhrases | None = None
    """The wordings."""

    @property
    def terms(self) -> tuple[SaidPhrase, ...]:
        """The row's phrases."""
        return () if self.says is None else self.says.terms

    @property
    def case(self) -> bool:
        """Capitals never count."""
        return False
