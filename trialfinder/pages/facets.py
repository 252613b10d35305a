"""The groups in which the list is offered: by answer, nerve, country, cells, donor, phase, strong signs and subject."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trialfinder.base.countries import plain_country
from trialfinder.base.tongue import say
from trialfinder.pages.labels import LABELS, label
from trialfinder.pages.site_entries import ListedStudy
from trialfinder.pages.translations import country_words


@dataclass(frozen=True, slots=True)
class Choice:
    """One group of a facet: its value, what stands for it in file names and addresses, its words, its studies."""

    value: str
    slug: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ListFacet:
    """One way to group the list."""

    key: str
    title: str
    choices: tuple[Choice, ...]


_VALUES: dict[str, Callable[[ListedStudy], tuple[str, ...]]] = {
    "joinable": lambda entry: (entry.answer,),
    "nerve": lambda entry: entry.nerves or ("",),
    "country": lambda entry: tuple(dict.fromkeys(map(plain_country, entry.countries))) or ("",),
    "cells": lambda entry: (entry.product,),
    "donor": lambda entry: (entry.donor,),
    "phase": lambda entry: entry.phases or ("",),
    "careful": lambda entry: ("strong" if entry.strong else "",),
    "relevance": lambda entry: (entry.relevance,),
}
_CODES = {"joinable": "joinable", "nerve": "neuropathy_types", "cells": "cell_product", "donor": "donor",
          "phase": "phases", "careful": "careful", "relevance": "relevance"}  # fmt: skip


def facets(entries: Sequence[ListedStudy], language: str) -> list[ListFacet]:
    """Every facet with the groups that have studies; countries by their name, the rest in the order of its codes."""
    titles = {
        "joinable": say("Can it be joined?"), "nerve": say("Nerve condition"), "country": say("Country"),
        "cells": say("What is given"), "donor": say("Whose cells"), "phase": say("Phase"),
        "careful": say("Careful about"), "relevance": say("Subject"),
    }  # fmt: skip
    return [ListFacet(key, title, _choices(key, entries, language)) for key, title in titles.items()]


def values(entry: ListedStudy, key: str) -> tuple[str, ...]:
    """In which groups of a facet a study is."""
    return _VALUES[key](entry)


def numbers(shown: Sequence[ListFacet]) -> Callable[[ListedStudy], str]:
    """What tells the groups of a study to the script of the list: their numbers in each facet, as they are shown."""
    known = [(_VALUES[facet.key], {each.value: str(at) for at, each in enumerate(facet.choices, 1)}) for facet in shown]

    def of(entry: ListedStudy) -> str:
        return "|".join(",".join(places[value] for value in groups(entry)) for groups, places in known)

    return of


@functools.cache
def slug(value: str) -> str:
    """A value as it can stand in a file's name: small letters, digits and hyphens, never two values the same."""
    plain = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    if plain and re.fullmatch(r"[A-Za-z0-9_ ]{1,40}", value):
        return plain
    return f"{plain[:30]}-{hashlib.sha256(value.encode('utf-8', 'replace')).hexdigest()[:6]}" if value else "none"


def _choices(key: str, entries: Sequence[ListedStudy], language: str) -> tuple[Choice, ...]:
    found = Counter(value for entry in entries for value in values(entry, key))
    if key == "country":
        named = sorted((not value, country_words(value, language) or say("not stated"), value) for value in found)
        return tuple(Choice(value, slug(value), words, found[value]) for _, words, value in named)
    codes = _CODES[key]
    known = list(LABELS[codes])
    order = sorted(found, key=lambda value: (known.index(value) if value in known else len(known), not value, value))
    none = say("none named") if key == "nerve" else ""
    return tuple(Choice(value, slug(value), label(codes, value) or none, found[value]) for value in order)
