"""Reads the term tables of ``data/terms``: which words name which value, and how they are found quickly."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.classify.study_text import Mention, Region, StudyText


class Term(DataRow, frozen=True):
    """One wording of one value.

    Its lists and flags mean what the head of the data file says; the pattern is matched against lower-cased text.
    """

    id: str
    """The value that the wording names."""
    pattern: re.Pattern[str]
    """Matched against lower-cased text."""
    yes: tuple[str, ...]
    """Wordings that must match."""
    no: tuple[str, ...]
    """Wordings that must not match."""
    needs: tuple[str, ...] = ()
    """The row is only tried where one of these literals is; always when there is none."""
    words: str = ""
    """The value in plain words."""
    side: str = ""
    """What the wording is about; see the head of the file."""
    where: str = ""
    """In which fields it counts; see the head of the file."""
    hides: tuple[str, ...] = ()
    """Values that this wording is not, although their own rows match."""
    note: str = ""
    """Why the row is as it is; nothing reads it."""

    def search(self, text: str) -> bool:
        """Whether the wording is in a short, lower-cased text."""
        return self.pattern.search(text) is not None

    def matches(self, document: StudyText, region: Region) -> Iterator[Mention]:
        """Every place of a region that has this wording, in order."""
        if self.needs and not any(map(region.text.__contains__, self.needs)):
            return
        for start, end in region.spans:
            for found in self.pattern.finditer(document.low, start, end):
                if found.end() > found.start():
                    yield document.match(self.id, found.start(), found.end())


class TermFile(DataRow, frozen=True):
    """A file of ``data/terms``: its wordings, in the order in which they are tried."""

    term: tuple[Term, ...]
    """The wordings."""
    gate: tuple[str, ...] = ()
    """Literals of which one stands in or beside every wording of the file."""


@functools.cache
def _file(name: str) -> TermFile:
    return load(data_dir("terms", f"{name}.toml"), TermFile)


def table(name: str) -> tuple[Term, ...]:
    """The rows of ``data/terms/<name>.toml`` in the order of the file.

    Raises:
        InputError: the file is damaged, a key is unknown or missing, or a pattern is no regular expression.
    """
    return _file(name).term


def gate(name: str) -> tuple[str, ...]:
    """The literals of ``data/terms/<name>.toml`` of which one stands in or beside every wording of the table."""
    return _file(name).gate


@functools.cache
def by_id(name: str) -> dict[str, Term]:
    """The rows of a table whose ids are unique, by id."""
    return {term.id: term for term in table(name)}


@functools.cache
def words_of(name: str) -> dict[str, str]:
    """What each id of a table means in plain words."""
    return {term.id: term.words for term in table(name)}
