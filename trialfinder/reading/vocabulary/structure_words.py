"""The words of ``data/structure.toml``: how the words of a criterion hang together, and of whom they speak."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.phrases.screens import Screen, first_words
from trialfinder.reading.wording.whatever import WhateverTable

_KINDS = ("joint", "cause", "purpose", "define", "example", "condition", "relative", "fertile", "sterile", "anchor")
_REMEMBERED = 8192


class PhraseTable(DataRow, frozen=True):
    """Phrases of one kind, plain and in lower case; the longest that stands at a place counts."""

    words: tuple[str, ...]
    """The phrases."""
    yes: tuple[str, ...] = ()
    """Criteria where a phrase joins as the table says."""
    no: tuple[str, ...] = ()
    """Criteria where none stands."""


class Vocabulary(DataRow, frozen=True):
    """Single words."""

    words: str
    """The words, with white space between them."""


class ListingWords(DataRow, frozen=True):
    """Words of the head of a list, with white space between them."""

    kinds: str
    """Of kinds of things, and of what they are kinds of."""
    there: str
    """That say that they are there."""
    yes: tuple[str, ...]
    """Criteria whose members stand for themselves."""
    no: tuple[str, ...]
    """Criteria whose head says more."""


class StructureFile(DataRow, frozen=True):
    """``data/structure.toml``: how the words of a criterion hang together."""

    joint: PhraseTable
    """Both must be there; binds tighter than a comma, "or" and "and"."""
    cause: PhraseTable
    """What follows is what it comes from."""
    purpose: PhraseTable
    """What follows is what something is done or given for."""
    define: PhraseTable
    """What follows says what the words before mean; it decides."""
    example: PhraseTable
    """What follows are members of what stands before."""
    condition: PhraseTable
    """The rest holds only for those of whom what follows is true."""
    relative: PhraseTable
    """What follows narrows what stands before, up to the end of the clause."""
    fertile: PhraseTable
    """Says that someone can become pregnant."""
    sterile: PhraseTable
    """Says that someone cannot become pregnant."""
    anchor: PhraseTable
    """What follows is when something is looked at, not asked for."""
    harmless: Vocabulary
    """Words that change nothing of what is asked."""
    people: PhraseTable
    """Nouns for whom a criterion is about."""
    other_subject: PhraseTable
    """Heads of groups of people who are not the person that asks."""
    whatever: WhateverTable
    """Words that leave nothing out."""
    listing: ListingWords
    """Words of heads that only name what the members of a list are."""


class StructureWords(NamedTuple):
    """The tables of ``data/structure.toml``, ready for use."""

    marks: re.Pattern[str]
    kinds: dict[str, str]
    harmless: frozenset[str]
    people: frozenset[str]
    other_subject: re.Pattern[str]
    another_said: Screen
    """What ``other_subject`` needs."""
    names_another: Callable[[str], bool]
    """Whether words name somebody who is not the person that asks; few words make up most texts."""
    is_another: Callable[[str], bool]
    """Whether a word is a name of somebody who is not the person that asks."""
    whatever: WhateverTable
    """Words that leave nothing out."""
    kinds_of_things: frozenset[str]
    """Words of the head of a list, of kinds of things."""
    being_there: frozenset[str]
    """Words of the head of a list that say that they are there."""


def _phrases(words: Iterable[str]) -> str:
    """An expression for any of the phrases, the longest first; those that begin alike share it."""
    below: dict[str, list[str]] = {}
    for word in words:
        below.setdefault(word[:1], []).append(word[1:])
    ends = below.pop("", [])
    ways = [(r"[\s-]+" if sign == " " else re.escape(sign)) + _phrases(rest) for sign, rest in below.items()]
    return f"(?:{'|'.join(ways)}){'?' if ends else ''}" if ways else ""


@functools.cache
def load_words() -> StructureWords:
    """Reads the joining words once."""
    file = load(data_dir("structure.toml"), StructureFile)
    kinds = {" ".join(word.split()): kind for kind in _KINDS for word in getattr(file, kind).words}
    marks = re.compile(rf"(?<![\w-])(?:{_phrases(kinds)})(?![\w-])")
    other = re.compile(rf"\b(?:{_phrases(file.other_subject.words)})\b", re.IGNORECASE)
    return StructureWords(
        marks,
        kinds,
        frozenset(file.harmless.words.split()),
        frozenset(file.people.words),
        other,
        Screen(first_words(file.other_subject.words)),
        functools.lru_cache(_REMEMBERED)(lambda words: other.search(words) is not None),
        functools.lru_cache(_REMEMBERED)(lambda word: other.fullmatch(word) is not None),
        file.whatever,
        frozenset(file.listing.kinds.split()),
        frozenset(file.listing.there.split()),
    )
