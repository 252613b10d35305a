"""Finds the words of all rows in one pass: only phrases that can begin with a word of the text are tried there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from trialfinder.phrases.beginnings import OPEN, begun
from trialfinder.phrases.phrase_language import SaidPhrase
from trialfinder.phrases.screens import WORD

_LONGEST = 6
"""Letters of the beginning of a word by which it is looked up."""
_REMEMBERED = 20_000


class Worded(Protocol):
    """What can be looked for: phrases, and what must or must not stand around them."""

    @property
    def terms(self) -> tuple[SaidPhrase, ...]:
        """Its phrases."""

    @property
    def case(self) -> bool:
        """Capitals count."""

    @property
    def stands_free(self) -> bool:
        """Nothing is asked of what stands around its words."""

    def fits(self, lower: str, start: int, end: int, /) -> bool:
        """Whether what stands around its words lets it speak."""


W = TypeVar("W", bound=Worded)


class PhraseHit(Struct, Generic[W], frozen=True, gc=False):
    """Words of a row at ``start`` to ``end`` of a text."""

    rule: W
    start: int
    end: int


class Respelling(NamedTuple):
    """The words from ``start`` to ``end`` of a text, and what is to be read in their place."""

    start: int
    end: int
    right: str


class _Tried(Struct, Generic[W]):
    """A phrase of a row, tried where it can begin."""

    rule: W
    term: SaidPhrase
    case: bool
    free: bool
    """Nothing is asked of what stands around it."""
    needs: int | None = None
    """A bit for the words, or their beginnings, of which a text has one wherever it stands (``needed_words``); 0: not
    known; None: not asked yet."""
    match: Callable[[str, int], re.Match[str] | None] | None = None

    def ready(self) -> Callable[[str, int], re.Match[str] | None]:
        """What matches it at a place of a text; made when it is first asked."""
        self.match = re.compile(rf"(?:{self.term.expression})(?![^\W_])").match
        return self.match


class PhraseIndex(Generic[W]):
    """All rows' phrases by the words with which they can begin."""

    def __init__(self, rules: Iterable[W], right_spelling: Callable[[str], str] = lambda _: "") -> None:
        """``right_spelling``: what a word in lower case should be; '' when it is right as it stands."""
        self._tried = [_Tried(rule, term, rule.case, rule.stands_free) for rule in rules for term in rule.terms]
        self._right_spelling = right_spelling
        self._by_beginning: dict[str, list[int]] = {}
        self._known: dict[str, tuple[_Tried[W], ...]] = {}
        self._idle: set[str] = set()
        """Words that were looked up and begin no phrase."""
        self._needs: dict[frozenset[str], int] = {}
        """The bits of what phrases need, which were looked up."""
        self._needed: dict[str, int] = {}
        """What a word, or its beginning, gives of that."""
        self._right: dict[str, str] = {}
        """Misspelt words that were looked up, with what they should be."""
        for place, tried in enumerate(self._tried):
            for way in tried.term.beginnings():
                key = way[:-1][:_LONGEST] + OPEN if way[-1] == OPEN else way[:-1]
                self._by_beginning.setdefault(key, []).append(place)

    def _look_up(self, word: str) -> tuple[_Tried[W], ...]:
        """What to try at ``word``; remembered, as few words make up most of all texts."""
        keys = (word, *(word[:size] + OPEN for size in range(1, _LONGEST + 1)))
        known = {place for key in keys for place in self._by_beginning.get(key, ())}
        known.update(place for place in self._by_beginning.get(OPEN, ()) if self._tried[place].term.can_begin(word))
        found = tuple(self._tried[place] for place in sorted(known))
        for tried in found:
            tried.needs = self._bit(tried.term.needed_words()) if tried.needs is None else tried.needs
        right = self._right_spelling(word)
        if right:
            self._right[word] = right
        if len(self._known) < _REMEMBERED:
            self._known[word] = found
            if not found:
                self._idle.add(word)
        return found

    def _bit(self, words: frozenset[str]) -> int:
        """A bit that is set for a text that has one of the words; 0 for none."""
        bit = self._needs.get(words)
        if bit is None:
            bit = self._needs[words] = 1 << len(self._needs) if words else 0
            for word in words:
                self._needed[word] = self._needed.get(word, 0) | bit
        return bit

    def _had(self, said: Iterable[str]) -> int:
        """What the words of a text give of what phrases need."""
        had, needed = 0, self._needed
        for word in (*said, *begun(said)):
            had |= needed.get(word, 0)
        return had

    def can_be_in(self, said: AbstractSet[str]) -> bool:
        """Whether a phrase can begin with one of the words of a text."""
        known = self._known
        return any(known[word] if word in known else self._look_up(word) for word in said - self._idle)

    def hits(
        self, text: str, lower: str, said: AbstractSet[str] | None = None
    ) -> tuple[list[PhraseHit[W]], list[Respelling]]:
        """Every place where words of a row stand and its guards allow it, from left to right; and misspelt words.

        ``lower``: the text in lower case, of the same length. ``said``: its words (``words_of``), which spare
        tries where there are many phrases or much text; None: tries all.
        """
        wrong: list[Respelling] = []
        found: list[PhraseHit[W]] = []
        known, right = self._known, self._right
        begins: list[tuple[int, tuple[_Tried[W], ...]]] = []
        for word in WORD.finditer(lower):
            letters = word[0]
            entries = known.get(letters)
            if entries is None:
                entries = self._look_up(letters)
            if letters in right:
                wrong.append(Respelling(*word.span(), right[letters]))
            if entries:
                begins.append((word.start(), entries))
        had = -1 if said is None else self._had(said)
        for at, entries in begins:
            done = None
            for entry in entries:
                if (entry.needs and not entry.needs & had) or entry.rule is done:
                    continue
                match = (entry.match or entry.ready())(text if entry.case else lower, at)
                if match is not None:
                    done = entry.rule  # of its phrases the first one counts
                    if entry.free or done.fits(lower, at, match.end()):
                        found.append(PhraseHit(done, at, match.end()))
        return found, wrong
