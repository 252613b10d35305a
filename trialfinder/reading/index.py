"""Finds the words of all rules in one pass: only rules whose first letters stand in the text are tried at all."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from trialfinder.errors import InputError
from trialfinder.reading.cues import load_cues
from trialfinder.reading.normalise import Clean
from trialfinder.reading.patterns import Rule, load_patterns

_PARSER: Any = importlib.import_module("re._parser")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 3, 6
_MANY, _FEW = 400, 60
_PLAIN_START = re.compile(r"(?P<word>[a-z0-9]+)(?:\[ /-\]\{1,3\}|\Z)|(?P<long>[a-z0-9]{6})(?=[a-z0-9])")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_REMEMBERED = 20_000


class Hit(Struct, frozen=True):
    """Words of a rule at ``start`` to ``end`` of the cleaned text."""

    rule: Rule
    start: int
    end: int


class _Entry(Struct):
    rule: Rule
    source: str
    compiled: re.Pattern[str] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        if self.compiled is None:
            self.compiled = re.compile(self.source)
        return self.compiled.match(text, at)


def _long_enough(starts: set[str], size: int) -> bool:
    return all(len(s) >= size or s.endswith("\0") for s in starts)


def _appended(starts: set[str], letters: str, size: int) -> set[str]:
    """Each start with each letter behind it; those that are long enough or ended ("\\0") stay as they are."""
    return {s + c if len(s) < size and not s.endswith("\0") else s for s in starts for c in letters}


def _step(name: str, arg: Any, sofar: set[str], size: int) -> tuple[set[str], bool, bool]:
    """One part of a parsed expression: (starts, whether they can be told, whether to go on)."""
    if name == "LITERAL":
        return _appended(sofar, chr(arg), size), True, True
    if name == "IN":
        letters = _letters(arg)
        return (sofar, False, False) if letters is None else (_appended(sofar, letters, size), True, True)
    if name in {"AT", "ASSERT", "ASSERT_NOT"}:
        if name == "AT" and "BOUNDARY" in str(arg):
            sofar = {s if len(s) >= size or not s else s.rstrip("\0") + "\0" for s in sofar}
        return sofar, True, True
    if name == "SUBPATTERN":
        sofar, fine = _starts(arg[-1], sofar, size)
        return sofar, fine, fine
    if name == "BRANCH":
        results = [_starts(b, set(sofar), size) for b in arg[1]]
        fine = all(f for _, f in results)
        return (set().union(*(r for r, _ in results)) if fine else sofar), fine, fine
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        low, _, inner = arg
        more, fine = _starts(inner, set(sofar), size)
        if fine:
            return (more | sofar if low == 0 else more), True, True
    return sofar, _long_enough(sofar, size), False


def _starts(tree: Any, sofar: set[str], size: int) -> tuple[set[str], bool]:
    """Possible first letters of what a parsed expression matches; True when they are long enough or it may end."""
    for op, arg in tree:
        sofar, fine, more = _step(str(op), arg, sofar, size)
        if not more:
            return sofar, fine
        if len(sofar) > _MANY:
            return sofar, False
        if _long_enough(sofar, size):
            return sofar, True
    return sofar, True


def _letters(items: Any) -> str | None:
    out = ""
    for op, arg in items:
        if str(op) == "LITERAL":
            out += chr(arg)
        elif str(op) == "RANGE" and arg[1] - arg[0] < 30:
            out += "".join(chr(c) for c in range(arg[0], arg[1] + 1))
        else:
            return None
    return out


def _keys(tree: Any, size: int) -> set[str]:
    """Up to ``size`` first letters of what a parsed term matches, in lower case; empty when they cannot be told."""
    found, fine = _starts(tree, {""}, size)
    # A way that begins with a comma can never stand at the start of a word.
    keys = {re.split(r"[^a-z0-9]", s.lower(), maxsplit=1)[0][:size] for s in found if not s or s[0].isalnum()}
    return keys if fine and "" not in keys else set()


def first_letters(term: str) -> set[str]:
    """The index keys of a term: as many first letters as can be told, at most six; empty when none can."""
    plain = _PLAIN_START.match(term)
    if plain is not None and "|" not in _BRACKETED.sub("", term):
        return {(plain["word"] or plain["long"])[:_LONGEST]}
    tree = _PARSER.parse(term)
    for size in range(_LONGEST, _SHORTEST - 1, -1):
        keys = _keys(tree, size)
        if keys and (len(keys) <= _FEW or size == _SHORTEST):
            return keys
    return set()


class Index:
    """All rules' terms by their first letters."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_key: dict[str, list[_Entry]] = {}
        self._known: dict[str, tuple[_Entry, ...]] = {}
        for rule in rules:
            groups: dict[str, list[str]] = {}
            for words in rule.terms:
                keys = first_letters(words)
                if not keys:
                    raise InputError(f"{rule.where}: a phrase must begin with a word: {words!r}")
                for key in keys:
                    groups.setdefault(key, []).append(words)
            for key, sources in groups.items():
                entry = _Entry(rule, rf"(?:{'|'.join(sources)})(?![^\W_])")
                self._by_key.setdefault(key, []).append(entry)

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        """The entries whose key ``word`` begins with; remembered, as few words make up most of all texts."""
        sizes = range(min(_SHORTEST, len(word)), min(_LONGEST, len(word)) + 1)
        found = tuple(entry for size in sizes for entry in self._by_key.get(word[:size], ()))
        if len(self._known) < _REMEMBERED:
            self._known[word] = found
        return found

    def hits(self, clean: Clean) -> list[Hit]:
        """Every place where words of a rule stand and its guards allow it, from left to right."""
        found: list[Hit] = []
        lower, known = clean.lower, self._known
        for word in _WORD.finditer(lower):
            at = word.start()
            text = word.group()
            entries = known.get(text)
            if entries is None:
                entries = self._look_up(text)
            for entry in entries:
                rule = entry.rule
                match = entry.match(clean.text if rule.case else lower, at)
                if match is not None and rule.fits(lower, at, match.end()):
                    found.append(Hit(rule, at, match.end()))
        return found


@functools.cache
def load_index() -> Index:
    """The index of the whole catalogue. Built once."""
    rules = [rule for pattern in load_patterns().values() for rule in pattern.rules]
    return Index([*rules, *load_cues().rules])
