"""Tells by the words of a text that an expression is not in it: most expressions are in few texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 20_000


def words_of(lower: str) -> frozenset[str]:
    """The words of a text in lower case, without what stands between them."""
    return frozenset(WORD.findall(lower))


class Screen:
    """What an expression needs: wherever it is found, one of these words stands as a whole.

    ``needs`` is an expression for one word in lower case, letters and digits only. The words that were looked at and
    are of no use are remembered, so that most texts are told by one comparison of sets.
    """

    __slots__ = ("_idle", "_needs")

    def __init__(self, needs: str) -> None:
        self._needs = re.compile(needs).fullmatch
        self._idle: set[str] = set()

    def lets(self, words: frozenset[str]) -> bool:
        """Whether the expression can be in a text of these words (``words_of``)."""
        idle = self._idle
        if words <= idle:
            return False
        for word in words - idle:
            if self._needs(word) is not None:
                return True
            if len(idle) < _REMEMBERED:
                idle.add(word)
        return False


def first_words(phrases: Iterable[str]) -> str:
    """What phrases need that begin where a word begins: their first word; a star behind it is any ending."""
    ways = set()
    for phrase in phrases:
        first = WORD.match(phrase.lower())
        ways.add(first[0] + (".*" if phrase[first.end() :].startswith("*") else "") if first is not None else ".*")
    return "|".join(sorted(ways))
