"""Reads ``queries/*.toml`` into ``SavedSearch`` and refuses what nobody would have meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from trialfinder.base.resources import load_toml, queries_dir
from trialfinder.base.suggest import nearest
from trialfinder.base.text import one_line
from trialfinder.base.typed_data import DataRow, Text, load, mistake, unknown
from trialfinder.base.values import DEFAULT_SEARCH
from trialfinder.base.whereabouts import own_queries
from trialfinder.base.whole_files import write_content
from trialfinder.errors import InputError
from trialfinder.registry.essie import no_term
from trialfinder.registry.searches import Expect, Facet, Parameter, SavedSearch
from trialfinder.study.model import Study

_OWN_FORM = """\
# A saved search of your own. A study must fit every [[facets]]; of the terms of one, any will do.
name = {name}
title = {title}

[[facets]]
name = "conditions"
parameter = "query.cond"
terms = {terms}

[[facets]]
use = "cells"
"""


class SharedFacet(DataRow, frozen=True):
    """``queries/facets/NAME.toml``: terms that several searches have in common."""

    name: Text
    """What the terms are, in plain words."""
    parameter: Parameter
    """Where the registry looks for them."""
    terms: tuple[Text, ...]
    """Any of these; phrases are kept together."""
    description: str = ""
    """What is meant."""
    in_description: tuple[Text, ...] = ()
    """Looked for in the detailed description as well, where no parameter looks."""


class FacetRow(DataRow, frozen=True):
    """One side of a search: either ``use`` alone, or ``name``, ``parameter`` and ``terms``."""

    name: Text | None = None
    """What the terms are, in plain words."""
    parameter: Parameter | None = None
    """Where the registry looks for them."""
    terms: tuple[Text, ...] = ()
    """Any of these; phrases are kept together."""
    as_typed: bool = False
    """The terms are sent as somebody would type them, without quotes and operators."""
    in_description: tuple[Text, ...] = ()
    """Looked for in the detailed description as well, where no parameter looks."""
    use: Text | None = None
    """The name of a file in ``facets/`` that says all of it."""

    def __post_init__(self) -> None:
        if self.use is not None:
            if self.name or self.parameter or self.terms or self.as_typed or self.in_description:
                raise ValueError(f"use stands alone; the rest comes from facets/{self.use}.toml")
            return
        for key in ("name", "parameter", "terms"):
            if not getattr(self, key):
                raise ValueError(f"{key} is missing")


class SearchFile(DataRow, frozen=True):
    """``queries/NAME.toml``: one saved search."""

    name: Text
    """The name of the file."""
    title: Text
    """What it looks for, in a few words."""
    facets: tuple[FacetRow, ...]
    """A study must fit every one of them."""
    description: Text | None = None
    """What is found and what comes along."""
    expect: Expect = Expect(0, 5_000)
    """What a believable result looks like; left out, anything that does not look like half of the registry."""


class OwnExpect(DataRow, frozen=True):
    """What a person expects of a search that came along; what is left out stays as it was."""

    min_studies: int | None = None
    """Fewer are refused, unless no run has found so many yet."""
    max_studies: int | None = None
    """More are warned about."""
    min_fill: dict[str, float] = msgspec.field(default_factory=dict)
    """Least share (0 to 1) of the studies in which a field of ``Study`` has a value."""


class ExpectFile(DataRow, frozen=True):
    """``queries/NAME.toml`` of a person's own that changes nothing but what is expected of a search."""

    expect: OwnExpect
    """What a believable result looks like."""
    name: str = ""
    """The name of the search; that of the file counts."""


def all_searches(folder: Path | None = None) -> tuple[SavedSearch, ...]:
    """Every saved search: the default first, the rest by name.

    Args:
        folder: where the files are; None for the ones that come with the program and the person's own.

    Raises:
        InputError: a file is wrong, or there is none.
    """
    found = [_read(paths) for paths in _files(folder).values()]
    if not found:
        raise InputError(f"{folder or queries_dir()}: there are no saved searches (*.toml)")
    return tuple(sorted(found, key=_default_first))


def good_searches(folder: Path | None = None) -> tuple[tuple[SavedSearch, ...], tuple[InputError, ...]]:
    """Every saved search that can be read, as ``all_searches`` orders them, and what is wrong with the others."""
    found, wrong = [], []
    for paths in _files(folder).values():
        try:
            found.append(_read(paths))
        except InputError as error:
            wrong.append(error)
    return tuple(sorted(found, key=_default_first)), tuple(wrong)


def own_searches() -> tuple[tuple[SavedSearch, ...], tuple[InputError, ...]]:
    """The person's own searches that can be read, and what is wrong with the others; no other file is read."""
    found, wrong = [], []
    for paths in _files(None).values():
        try:
            if paths[-1].parent == own_queries():
                found.append(_read(paths))
        except InputError as error:
            wrong.append(error)
    return tuple(found), tuple(wrong)


def search_names() -> frozenset[str]:
    """The names of the saved searches, read or not."""
    return frozenset(_files(None))


def _default_first(search: SavedSearch) -> tuple[bool, str]:
    return search.name != DEFAULT_SEARCH, search.name


def saved_search(name: str = DEFAULT_SEARCH, folder: Path | None = None) -> SavedSearch:
    """One saved search by its name.

    Raises:
        InputError: there is none of that name (the nearest is suggested), or its file is wrong.
    """
    files = _files(folder)
    if name not in files:
        raise InputError(
            f"there is no saved search {name[:60]!r}{_nearest(name, files)}",
            suggestions=("trialfinder queries list", "one of your own: trialfinder queries new NAME WORDS"),
        )
    return _read(files[name])


def new_search(name: str, conditions: Sequence[str]) -> Path:
    """Writes a search of a person's own: any of these conditions, and cells. Gives the file.

    Raises:
        InputError: no name for a file, one that is taken, no words, more than the registry takes, or words of which it
            finds nothing for ever.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name):
        raise InputError(f"{name[:60]!r}: a name has small letters, digits and hyphens, such as facial-pain")
    if name in _files(None):
        raise InputError(f"there is a saved search {name!r} already", suggestions=(f"trialfinder queries show {name}",))
    for words in conditions:
        if why := no_term(words):
            way = 'each name on its own, such as: trialfinder queries new NAME "trigeminal neuralgia" "facial pain"'
            raise InputError(f"{words!r}: {why}; nothing was written", suggestions=(way,))
    text = _OWN_FORM.format(name=_quoted(name), title=_quoted(", ".join(conditions)), terms=_listed(conditions))
    path = own_queries() / f"{name}.toml"
    _make_folder(path.parent)
    write_content(path, text.encode())
    try:
        read_search(path)
    except InputError:
        path.unlink()
        raise
    return path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror})") from error


def _quoted(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _files(folder: Path | None) -> dict[str, list[Path]]:
    """The files of each search by its name: the one that came along, then the person's own."""
    found: dict[str, list[Path]] = {}
    for place in [folder] if folder else [queries_dir(), own_queries()]:
        for path in sorted(place.glob("*.toml")):
            found.setdefault(path.stem, []).append(path)
    return found


def _read(paths: Sequence[Path]) -> SavedSearch:
    """The last file; one with nothing but ``[expect]`` changes that of the file before it."""
    path = paths[-1]
    if len(paths) == 1 or "facets" in load_toml(path):
        return read_search(path)
    search, own = read_search(paths[0]), load(path, ExpectFile).expect
    _check_fields(own.min_fill, path)
    given = {key: value for key in ("min_studies", "max_studies") if (value := getattr(own, key)) is not None}
    fill = {**search.expect.min_fill, **own.min_fill}
    try:
        return replace(search, expect=msgspec.structs.replace(search.expect, min_fill=fill, **given))
    except ValueError as error:
        raise mistake(path, ("expect",), str(error)) from error


def read_search(path: Path) -> SavedSearch:
    """One file of a saved search.

    Raises:
        InputError: not TOML, an unknown or missing key, a wrong type, or more words than the registry takes.
    """
    file = load(path, SearchFile)
    if file.name != path.stem:
        raise mistake(path, ("name",), f"name is {file.name!r}; it must be the file's own, {path.stem!r}")
    if not file.facets:
        raise InputError(f"{path}: [[facets]] is missing; a search needs at least one")
    _check_fields(file.expect.min_fill, path)
    facets = tuple(_facet(row, number, path) for number, row in enumerate(file.facets))
    search = SavedSearch(file.name, file.title, file.description or "", facets, file.expect)
    problems = search.check()
    if problems:
        raise InputError(f"{path}: {problems[0]}")
    return search


def _check_fields(min_fill: Iterable[str], path: Path) -> None:
    for name in min_fill:
        if name not in Study.__dataclass_fields__:
            raise mistake(path, ("expect", "min_fill", name), unknown("key", name, Study.__dataclass_fields__))


def _facet(row: FacetRow, number: int, path: Path) -> Facet:
    if row.use is None:
        assert row.name and row.parameter  # the row has checked it
        words = _words(row.terms, path, ("facets", number, "terms"))
        return Facet(row.name, row.parameter, words, row.as_typed, row.in_description)
    folders = (queries_dir() / "facets", path.parent / "facets")
    known = {found.stem: found for folder in folders for found in sorted(folder.glob("*.toml"))}
    if row.use not in known:
        raise mistake(path, ("facets", number, "use"), f"there is no facets/{row.use}.toml{_nearest(row.use, known)}")
    shared = load(known[row.use], SharedFacet)
    words = _words(shared.terms, known[row.use], ("terms",))
    return Facet(shared.name, shared.parameter, words, in_description=shared.in_description)


def _words(terms: tuple[Text, ...], path: Path, steps: tuple[str | int, ...]) -> tuple[str, ...]:
    if not terms or not all(any(c.isalnum() for c in term) for term in terms):
        raise mistake(path, steps, "must be a list of words")
    return terms


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    best = nearest(word, names, cutoff=60)
    return f"; did you mean {best!r}?" if best else f"; known are {', '.join(names[:8])}"
