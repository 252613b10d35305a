"""Tells by the words of a text that an expression is not in it: most expressions are in few texts."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar

from trialfinder.base import lazy_re as re

WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 50_000


class SaidWords(frozenset[str]):
    """The words of a text, and which screens they pass: all screens are asked at once, with one look at each word."""

    __slots__ = ("passed", "screens")
    passed: int
    """A bit for each screen that lets them through, of those that were asked."""
    screens: int
    """How many were asked."""

    def __init__(self, _words: Iterable[str]) -> None:
        self.passed = self.screens = 0

    def ask(self) -> None:
        """Asks all screens that there are."""
        passed, known = 0, Screen.known
        for word in self - Screen.idle:
            bits = known.get(word)
            passed |= Screen.look(word) if bits is None else bits
        self.passed, self.screens = passed, Screen.many


def words_of(lower: str) -> SaidWords:
    """The words of a text in lower case, without what stands between them."""
    return SaidWords(WORD.findall(lower))


class Screen:
    """What an expression needs: wherever it is found, one of these words stands as a whole.

    ``needs`` is an expression for one word in lower case, letters and digits only. What a word is of use for is
    remembered, so that a text is looked at once for all screens.
    """

    __slots__ = ("_number", "bit")
    many: ClassVar[int] = 0
    """How many screens there are."""
    plain: ClassVar[dict[str, int]] = {}
    """The screens that let a word through which they name, a bit for each."""
    formed: ClassVar[list[tuple[re.Pattern[str], int]]] = []
    """For each screen what else it lets through, as a whole, with its bit."""
    known: ClassVar[dict[str, int]] = {}
    """The screens that a word passes, a bit for each, of words that were looked at."""
    idle: ClassVar[set[str]] = set()
    """Words that were looked at and pass none."""

    def __init__(self, needs: str) -> None:
        self._number = Screen.many
        self.bit = 1 << self._number
        Screen.many += 1
        ways = [needs] if "(" in needs else needs.split("|")
        for way in ways:
            if way.isalnum():
                Screen.plain[way] = Screen.plain.get(way, 0) | self.bit
        formed = "|".join(way for way in ways if not way.isalnum())
        if formed:
            Screen.formed.append((re.compile(formed), self.bit))
        Screen.known.clear()
        Screen.idle.clear()

    def lets(self, words: SaidWords) -> bool:
        """Whether the expression can be in a text of these words (``words_of``)."""
        if words.screens <= self._number:
            words.ask()
        return words.passed & self.bit != 0

    @classmethod
    def look(cls, word: str) -> int:
        """The screens that a word passes, a bit for each."""
        bits = cls.plain.get(word, 0)
        for way, bit in cls.formed:
            if not bits & bit and way.fullmatch(word) is not None:
                bits |= bit
        if not bits:
            if len(cls.idle) < _REMEMBERED:
                cls.idle.add(word)
            return 0
        if len(cls.known) < _REMEMBERED:
            cls.known[word] = bits
        return bits


def first_words(phrases: Iterable[str]) -> str:
    """What phrases need that begin where a word begins: their first word; a star is any beginning or ending of it."""
    ways = set()
    for phrase in phrases:
        before = ".*" if phrase.startswith("*") else ""
        first = WORD.match(phrase.lower(), len(before) // 2)
        behind = ".*" if first is not None and phrase.startswith("*", first.end()) else ""
        ways.add(before + first[0] + behind if first is not None else ".*")
    return "|".join(sorted(ways))


class PlacedWords:
    """The words of a text by their places, so that the screens of any stretch of it are told without reading it."""

    __slots__ = ("_bits", "_ends", "_starts")

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._bits: list[int] = []
        idle, known = Screen.idle, Screen.known
        for found in WORD.finditer(text):
            word = found[0].lower()
            if word in idle:
                continue
            bits = known.get(word)
            if bits is None:
                bits = Screen.look(word)
            if bits:
                self._starts.append(found.start())
                self._ends.append(found.end())
                self._bits.append(bits)

    def passed(self, start: int, end: int) -> int:
        """A bit for each screen that lets the words through that touch a stretch of the text."""
        passed, starts, bits = 0, self._starts, self._bits
        for at in range(bisect_right(self._ends, start), len(starts)):
            if starts[at] >= end:
                break
            passed |= bits[at]
        return passed


def placed_words(text: str) -> PlacedWords:
    """The words of a text by their places; those of the last texts are remembered."""
    return _placed(text, Screen.many)


@functools.lru_cache(maxsize=8)
def _placed(text: str, _screens: int) -> PlacedWords:
    return PlacedWords(text)


def union_of(screens: Iterable[Screen | None]) -> int:
    """The bits of screens together."""
    return functools.reduce(lambda bits, screen: bits | (screen.bit if screen is not None else 0), screens, 0)
