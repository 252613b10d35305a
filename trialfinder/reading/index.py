"""Finds the words of all rules in one pass: only phrases that can begin with a word of the text are tried there."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from itertools import groupby

from msgspec import Struct

from trialfinder.reading.beginnings import OPEN
from trialfinder.reading.cues import load_cues
from trialfinder.reading.normalise import Clean
from trialfinder.reading.patterns import Rule, load_patterns
from trialfinder.reading.phrases import SaidPhrase
from trialfinder.reading.screens import WORD
from trialfinder.reading.spelling import Respelling, right_spelling

_LONGEST = 6
"""Letters of the beginning of a word by which it is looked up."""
_REMEMBERED = 20_000


class Hit(Struct, frozen=True, gc=False):
    """Words of a rule at ``start`` to ``end`` of the cleaned text."""

    rule: Rule
    start: int
    end: int


class _Tried(Struct):
    """Some phrases of one rule, tried together where they can begin."""

    rule: Rule
    terms: tuple[SaidPhrase, ...]
    case: bool
    free: bool
    """Nothing is asked of what stands around them."""
    needs: frozenset[str]
    """Words of which a text has one wherever one of them stands; empty: not known."""
    match: Callable[[str, int], re.Match[str] | None] | None = None

    def ready(self) -> Callable[[str, int], re.Match[str] | None]:
        """What matches them at a place of a text; made when it is first asked."""
        made = re.compile(rf"(?:{'|'.join(term.expression for term in self.terms)})(?![^\W_])").match
        self.match = made
        return made


class Index:
    """All rules' phrases by the words with which they can begin."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._terms = [(number, rule, term) for number, rule in enumerate(rules) for term in rule.terms]
        self._by_beginning: dict[str, list[int]] = {}
        self._tried: dict[tuple[int, ...], _Tried] = {}
        self._known: dict[str, tuple[_Tried, ...]] = {}
        self._right: dict[str, str] = {}
        """Misspelt words that were looked up, with what they should be."""
        for place, (_, _, term) in enumerate(self._terms):
            for way in term.beginnings():
                key = way[:-1][:_LONGEST] + OPEN if way[-1] == OPEN else way[:-1]
                self._by_beginning.setdefault(key, []).append(place)

    def _look_up(self, word: str) -> tuple[_Tried, ...]:
        """What to try at ``word``; remembered, as few words make up most of all texts."""
        keys = (word, *(word[:size] + OPEN for size in range(1, _LONGEST + 1)))
        places = sorted({place for key in keys for place in self._by_beginning.get(key, ())})
        found = []
        for _, some in groupby(places, key=lambda place: self._terms[place][0]):
            together = tuple(some)
            if together not in self._tried:
                rule = self._terms[together[0]][1]
                terms = tuple(self._terms[place][2] for place in together)
                needs = [term.needed_words() for term in terms]
                known = frozenset().union(*needs) if all(needs) else frozenset()
                self._tried[together] = _Tried(rule, terms, rule.case, rule.stands_free, known)
            found.append(self._tried[together])
        right = right_spelling(word)
        if right:
            self._right[word] = right
        if len(self._known) < _REMEMBERED:
            self._known[word] = tuple(found)
        return tuple(found)

    def hits(self, clean: Clean, said: frozenset[str]) -> tuple[list[Hit], list[Respelling]]:
        """Every place where words of a rule stand and its guards allow it, from left to right; and misspelt names.

        ``said``: the words of the text (``words_of``).
        """
        wrong: list[Respelling] = []
        found: list[Hit] = []
        lower, known, right = clean.lower, self._known, self._right
        for word in WORD.finditer(lower):
            text = word[0]
            entries = known.get(text)
            if entries is None:
                entries = self._look_up(text)
            if text in right:
                wrong.append(Respelling(*word.span(), right[text]))
            if not entries:
                continue
            at = word.start()
            for entry in entries:
                if entry.needs and said.isdisjoint(entry.needs):
                    continue
                match = (entry.match or entry.ready())(clean.text if entry.case else lower, at)
                if match is not None and (entry.free or entry.rule.fits(lower, at, match.end())):
                    found.append(Hit(entry.rule, at, match.end()))
        return found, wrong


@functools.cache
def load_index() -> Index:
    """The index of the whole catalogue. Built once."""
    rules = [rule for pattern in load_patterns().values() for rule in pattern.rules]
    return Index([*rules, *load_cues().rules])
