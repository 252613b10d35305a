"""Compares the words of a thing: the noun of a criterion, plain forms of data files, names that a person wrote.

Words are compared by their stems, so that "Diseases of the heart", "haemophilia" and "tumours" meet "disease of heart",
"hemophilia" and "tumor". Nothing here looks at a sentence; it sees the words of one thing.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load


class NounsFile(DataRow, frozen=True):
    """``data/nouns.toml``: words that tell nothing about which thing is meant, and those that mean the same."""

    small: frozenset[str]
    """Words that no noun is told apart by."""
    same: dict[str, tuple[str, ...]]
    """Words that say the same as another one, by that one."""
    harmless: tuple[str, ...]
    """Words that say nothing about which form of a thing is meant."""


@functools.cache
def _file() -> NounsFile:
    return load(data_dir("nouns.toml"), NounsFile)


@functools.cache
def _heads() -> dict[str, str]:
    return {word: head for head, words in _file().same.items() for word in words}


@functools.cache
def idle_words() -> frozenset[str]:
    """The stems of words that say nothing about which form of a thing is meant."""
    return frozenset(stem for word in _file().harmless for stem in stems(word))


_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_SPELLINGS = (
    (
        "ae",
        re.compile(r"(?<=h)ae(?=m)|(?<=an)ae(?=m|s)|(?<=isch)ae|(?<=leuk)ae|(?<=c)ae(?=c)|(?<=ur)ae|(?<=glyc)ae"),
        "e",
    ),
    ("oe", re.compile(r"\boe(?=d|s)|(?<=f)oe(?=t)"), "e"),
    ("umour", re.compile(r"umour"), "umor"),
    ("sulph", re.compile(r"sulph"), "sulf"),
    ("isation", re.compile(r"isation"), "ization"),
    ("fibre", re.compile(r"fibre"), "fiber"),
)
_JOINED = re.compile(
    r"\b(anti|non|auto|immuno|cardio|cerebro|neuro|co|pre|peri|post|intra|extra|poly|ischa?emic)[-–\s](?=[a-z])"
)


@functools.lru_cache(maxsize=8192)
def stems(words: str) -> tuple[str, ...]:
    """The words in order by their stems, without articles and prepositions; "disorder" and its like are "disease"."""
    plain, small = words.lower(), _file().small
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.replace("’", "'"))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _JOINED.sub(r"\1", plain)
    for seen, pattern, better in _SPELLINGS:
        if seen in plain:
            plain = pattern.sub(better, plain)
    return tuple(_stem(word) for word in _WORD.findall(plain) if word not in small)


@functools.lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is", "itis")) and len(word) > 3:
        word = word[:-1]
    return _heads().get(word, word)


@functools.lru_cache(maxsize=65536)
def contains(words: str, phrase: str) -> bool:
    """Whether the stems of ``phrase`` stand in ``words``, next to each other and in this order."""
    inner, outer = stems(phrase), stems(words)
    size = len(inner)
    return bool(size) and any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


class _Phrases(NamedTuple):
    """Phrases by what has to be seen of them first, so that words are held against all of them at once."""

    stems: frozenset[str]
    """Those of one stem."""
    longer: dict[str, list[tuple[str, ...]]]
    """Those of several, by the first."""
    beginnings: tuple[str, ...]
    """Beginnings of a word."""
    behind: tuple[tuple[tuple[str, ...], str], ...]
    """Stems with the beginning of the word behind them."""


@functools.lru_cache(maxsize=4096)
def _phrases(phrases: tuple[str, ...]) -> _Phrases:
    whole = [stems(phrase) for phrase in phrases if not phrase.endswith("*")]
    longer: dict[str, list[tuple[str, ...]]] = {}
    for phrase in whole:
        if len(phrase) > 1:
            longer.setdefault(phrase[0], []).append(phrase)
    begun = [phrase[:-1].lower().split() or [""] for phrase in phrases if phrase.endswith("*")]
    behind = [(stems(" ".join(front)), last) for *front, last in begun]
    singles = frozenset(phrase[0] for phrase in whole if len(phrase) == 1)
    beginnings = tuple(last for front, last in behind if not front)
    return _Phrases(singles, longer, beginnings, tuple(pair for pair in behind if pair[0]))


def mentions(words: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the words. A phrase that ends with ``*`` is the beginning of a word."""
    wanted, said = _phrases(tuple(phrases)), stems(words)
    if not wanted.stems.isdisjoint(said):
        return True
    if wanted.beginnings and any(stem.startswith(wanted.beginnings) for stem in said):
        return True
    if not wanted.longer.keys().isdisjoint(said):
        for at, stem in enumerate(said):
            if any(said[at : at + len(phrase)] == phrase for phrase in wanted.longer.get(stem, ())):
                return True
    return any(
        said[at : at + len(front)] == front and said[at + len(front)].startswith(last)
        for front, last in wanted.behind
        for at in range(len(said) - len(front))
    )


@functools.lru_cache(maxsize=65536)
def same_thing(noun: str, phrases: frozenset[str]) -> bool:
    """Whether the noun, less harmless words, is one of the phrases, in any order of its words."""
    left = frozenset(stems(noun)) - idle_words()
    return any(left == frozenset(stems(phrase)) - idle_words() for phrase in phrases)


@functools.lru_cache(maxsize=65536)
def all_within(noun: str, name: str) -> bool:
    """Whether every word of the noun stands in the name: who has "secondary progressive MS" has "MS".

    A noun that says nothing but "disease" is in no name.
    """
    left = frozenset(stems(noun)) - idle_words()
    return bool(left - {"disease", "syndrome", "type"}) and left <= frozenset(stems(name))
