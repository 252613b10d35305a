"""Reads the term tables of ``data/terms``: which words name which value, and how they are found quickly."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.suggest import nearest
from trialfinder.classify.study_text import Document, Match, Region
from trialfinder.errors import InputError

_KEYS = {"id", "pattern", "yes", "no", "needs", "words", "side", "where", "hides", "note"}
_REQUIRED = {"id", "pattern", "yes", "no"}


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of one value.

    ``pattern`` is matched against lower-cased text; it is only tried when one of ``needs`` (plain literals) is there,
    or always when ``needs`` is empty. ``words`` names the value for people. ``side``, ``where`` and
    ``hides`` mean what the head of the data file says.
    """

    id: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    words: str = ""
    side: str = ""
    where: str = ""
    hides: tuple[str, ...] = ()

    def search(self, text: str) -> bool:
        """Whether the wording is in a short, lower-cased text."""
        return self.pattern.search(text) is not None

    def matches(self, document: Document, region: Region) -> Iterator[Match]:
        """Every place of a region that has this wording, in order."""
        if self.needs and not any(map(region.text.__contains__, self.needs)):
            return
        for start, end in region.spans:
            for found in self.pattern.finditer(document.low, start, end):
                if found.end() > found.start():
                    yield document.match(self.id, found.start(), found.end())


@functools.cache
def table(name: str) -> tuple[Term, ...]:
    """The rows of ``data/terms/<name>.toml`` in the order of the file.

    Raises:
        InputError: the file is damaged, a key is unknown or missing, or a pattern is no regular expression.
    """
    path = data_dir("terms", f"{name}.toml")
    content = load_toml(path)
    check_keys(content, {"gate", "term"}, {"term"}, str(path))
    rows = content["term"]
    return tuple(read_term(row, f"{path}, row {number}") for number, row in enumerate(rows, start=1))


@functools.cache
def gate(name: str) -> tuple[str, ...]:
    """The literals of ``data/terms/<name>.toml`` of which one stands in or beside every wording of the table."""
    return tuple(load_toml(data_dir("terms", f"{name}.toml")).get("gate", ()))


@functools.cache
def by_id(name: str) -> dict[str, Term]:
    """The rows of a table whose ids are unique, by id."""
    return {term.id: term for term in table(name)}


@functools.cache
def words_of(name: str) -> dict[str, str]:
    """What each id of a table means in plain words."""
    return {term.id: term.words for term in table(name)}


def read_term(row: Mapping[str, Any], place: str) -> Term:
    """One row of a data file; ``place`` names it in messages.

    Raises:
        InputError: a key is unknown or missing, or the pattern is no regular expression.
    """
    check_keys(row, _KEYS, _REQUIRED, place)
    needs, yes, no, hides = (tuple(row.get(key, ())) for key in ("needs", "yes", "no", "hides"))
    words, side, where = (str(row.get(key, "")) for key in ("words", "side", "where"))
    return Term(str(row["id"]), compiled(str(row["pattern"]), place), needs, yes, no, words, side, where, hides)


def compiled(pattern: str, place: str) -> re.Pattern[str]:
    """The pattern, or an error that says where it is written.

    Raises:
        InputError: it is no regular expression.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        raise InputError(f"{place}: pattern is no regular expression: {error}") from error


def check_keys(row: Mapping[str, Any], known: set[str], required: set[str], place: str) -> None:
    """Refuses a row with a key that means nothing, or without one that it needs.

    Raises:
        InputError: names the key and the nearest one that exists.
    """
    for key in row:
        if key not in known:
            raise InputError(f"{place}: unknown key {key!r}{_nearest(key, known)}")
    missing = sorted(required - set(row))
    if missing:
        raise InputError(f"{place}: {', '.join(missing)} missing")


def _nearest(key: str, known: set[str]) -> str:
    close = nearest(key, sorted(known), cutoff=60)
    return f"; did you mean {close!r}?" if close else ""
