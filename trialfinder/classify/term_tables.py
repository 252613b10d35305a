"""Reads the term tables of ``data/terms``: which words name which value, and how they are found quickly."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.classify.study_text import Mention, Region, StudyText
from trialfinder.phrases.guards import PhraseRow
from trialfinder.phrases.phrase_index import PhraseIndex

Place = tuple[int, int]


class Term(PhraseRow, frozen=True, kw_only=True, eq=False):
    """One row: the wordings of one value, which is its id.

    Without ``says`` the row is about what stands in front of a term or behind it, and has only the phrases for that.
    """

    yes: tuple[str, ...]
    """Wordings that must match."""
    no: tuple[str, ...]
    """Wordings that must not match."""
    words: str = ""
    """The value in plain words."""
    side: str = ""
    """What the wording is about; see the head of the file."""
    hides: tuple[str, ...] = ()
    """Values that this wording is not, although their own rows match."""
    note: str = ""
    """Why the row is as it is; nothing reads it."""

    def __post_init__(self) -> None:
        """Raises ValueError when it has no words."""
        if self.says is None and self.before is None and self.after is None:
            raise ValueError("needs says, before or after")

    def search(self, text: str) -> bool:
        """Whether the wording is in a short, lower-cased text; without ``says``, at its end or its beginning."""
        if self.says is not None:
            return said((self,), text)
        return (self.before is not None and self.before.search(text) is not None) or (
            self.after is not None and self.after.match(text) is not None
        )


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
        InputError: the file is damaged, a key is unknown or missing, or a phrase is broken.
    """
    return _file(name).term


def gate(name: str) -> tuple[str, ...]:
    """The literals of ``data/terms/<name>.toml`` of which one stands in or beside every wording of the table."""
    return _file(name).gate


def said(rows: tuple[Term, ...], text: str) -> bool:
    """Whether a short, lower-cased text has the wording of one of the rows."""
    return bool(_index(rows).hits(text, text)[0])


def mentions(document: StudyText, region: Region, rows: Sequence[PhraseRow]) -> list[Mention]:
    """Every place of a region where a row has its words, row by row; places of one row do not overlap."""
    return [document.match(row.id, *place) for row, place in _found(document, region, rows)]


def mentions_by_table(document: StudyText, region: Region, names: tuple[str, ...]) -> dict[str, list[Mention]]:
    """The same for all rows of several tables, by table; the text is gone through once for all of them."""
    found: dict[str, list[Mention]] = {name: [] for name in names}
    tables = _tables(names)
    for row, place in _found(document, region, tuple(tables)):
        found[tables[row]].append(document.match(row.id, *place))
    return found


@functools.cache
def _tables(names: tuple[str, ...]) -> dict[PhraseRow, str]:
    return {row: name for name in names for row in table(name)}


def _found(document: StudyText, region: Region, rows: Sequence[PhraseRow]) -> Iterator[tuple[PhraseRow, Place]]:
    """Rows with their places, in the order of the rows."""
    by_row: dict[PhraseRow, list[Place]] = {}
    index = _index(tuple(rows))
    for start, end in region.spans:
        text = document.low[start:end]
        for hit in index.hits(text, text)[0]:
            places = by_row.setdefault(hit.rule, [])
            if not places or places[-1][1] <= start + hit.start:
                places.append((start + hit.start, start + hit.end))
    for row in rows:
        yield from ((row, place) for place in by_row.get(row, ()))


@functools.lru_cache(maxsize=512)
def _index(rows: tuple[PhraseRow, ...]) -> PhraseIndex[PhraseRow]:
    return PhraseIndex(rows)


@functools.cache
def by_id(name: str) -> dict[str, Term]:
    """The rows of a table whose ids are unique, by id."""
    return {term.id: term for term in table(name)}


@functools.cache
def words_of(name: str) -> dict[str, str]:
    """What each id of a table means in plain words."""
    return {term.id: term.words for term in table(name)}
