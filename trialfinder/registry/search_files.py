"""Reads ``queries/*.toml`` into ``SavedSearch`` and refuses what nobody would have meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from trialfinder.base.resources import load_toml, queries_dir
from trialfinder.base.suggest import nearest
from trialfinder.errors import InputError
from trialfinder.registry.searches import DEFAULT_SEARCH, EXPRESSIONS, Expect, Facet, SavedSearch
from trialfinder.study.model import Study

T = TypeVar("T")
_SEARCH_KEYS = ("name", "title", "description", "facets", "expect")
_FACET_KEYS = ("name", "parameter", "terms", "as_typed", "use")
_SHARED_KEYS = ("name", "description", "parameter", "terms")
_EXPECT_KEYS = ("min_studies", "max_studies", "min_fill")


def all_searches(folder: Path | None = None) -> tuple[SavedSearch, ...]:
    """Every saved search: the default first, the rest by name.

    Args:
        folder: where the files are; None for the ones that come with the program.

    Raises:
        InputError: a file is wrong, or there is none.
    """
    place = folder or queries_dir()
    found = [read_search(path) for path in sorted(place.glob("*.toml"))]
    if not found:
        raise InputError(f"{place}: there are no saved searches (*.toml)")
    return tuple(sorted(found, key=lambda search: (search.name != DEFAULT_SEARCH, search.name)))


def saved_search(name: str = DEFAULT_SEARCH, folder: Path | None = None) -> SavedSearch:
    """One saved search by its name.

    Raises:
        InputError: there is none of that name (the nearest is suggested), or its file is wrong.
    """
    place = folder or queries_dir()
    names = [path.stem for path in sorted(place.glob("*.toml"))]
    if name not in names:
        raise InputError(
            f"there is no saved search {name[:60]!r}{_nearest(name, names)}", suggestions=("trialfinder queries list",)
        )
    return read_search(place / f"{name}.toml")


def read_search(path: Path) -> SavedSearch:
    """One file of a saved search.

    Raises:
        InputError: not TOML, an unknown or missing key, a wrong type, or more words than the registry takes.
    """
    data = load_toml(path)
    _known(data, _SEARCH_KEYS, str(path))
    name = _text(data, "name", str(path))
    if name != path.stem:
        raise InputError(f"{path}: name is {name!r}; it must be the file's own, {path.stem!r}")
    facets = data.get("facets")
    if not isinstance(facets, list) or not facets:
        raise InputError(f"{path}: [[facets]] is missing; a search needs at least one")
    search = SavedSearch(
        name,
        _text(data, "title", str(path)),
        _text(data, "description", str(path)),
        tuple(_facet(facet, f"{path}: facets[{number}]", path.parent) for number, facet in enumerate(facets, 1)),
        _expect(_need(data, "expect", dict, str(path)), f"{path}: expect"),
    )
    problems = search.check()
    if problems:
        raise InputError(f"{path}: {problems[0]}")
    return search


def _facet(data: Any, place: str, folder: Path) -> Facet:
    if not isinstance(data, dict):
        raise InputError(f"{place}: must be a table")
    _known(data, _FACET_KEYS, place)
    if "use" in data:
        return _shared_facet(data, place, folder)
    as_typed = data.get("as_typed", False)
    if not isinstance(as_typed, bool):
        raise InputError(f"{place}: as_typed must be true or false")
    return Facet(_text(data, "name", place), _parameter(data, place), _terms(data, place), as_typed)


def _shared_facet(data: dict[str, Any], place: str, folder: Path) -> Facet:
    """Terms that several searches have in common stand once, in ``facets/NAME.toml`` beside the searches."""
    if len(data) > 1:
        raise InputError(f"{place}: use stands alone; the rest comes from facets/{data['use']}.toml")
    name = _text(data, "use", place)
    known = [path.stem for path in sorted((folder / "facets").glob("*.toml"))]
    if name not in known:
        raise InputError(f"{place}: there is no facets/{name}.toml{_nearest(name, known)}")
    path = folder / "facets" / f"{name}.toml"
    shared = load_toml(path)
    _known(shared, _SHARED_KEYS, str(path))
    return Facet(_text(shared, "name", str(path)), _parameter(shared, str(path)), _terms(shared, str(path)))


def _parameter(data: dict[str, Any], place: str) -> str:
    parameter = _text(data, "parameter", place)
    if parameter not in EXPRESSIONS:
        raise InputError(f"{place}: parameter {parameter!r} is unknown{_nearest(parameter, EXPRESSIONS)}")
    return parameter


def _terms(data: dict[str, Any], place: str) -> tuple[str, ...]:
    terms = _need(data, "terms", list, place)
    if not terms or not all(isinstance(term, str) and any(c.isalnum() for c in term) for term in terms):
        raise InputError(f"{place}: terms must be a list of words")
    return tuple(terms)


def _expect(data: dict[str, Any], place: str) -> Expect:
    _known(data, _EXPECT_KEYS, place)
    low, high = (_need(data, key, int, place) for key in ("min_studies", "max_studies"))
    if not 0 <= low <= high:
        raise InputError(f"{place}: min_studies {low} and max_studies {high} leave no room")
    fill = _need(data, "min_fill", dict, place) if "min_fill" in data else {}
    _known(fill, tuple(Study.__dataclass_fields__), f"{place}.min_fill")
    for name, share in fill.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise InputError(f"{place}.min_fill: {name} must be a share from 0 to 1")
    return Expect(low, high, fill)


def _known(data: Iterable[str], keys: Iterable[str], place: str) -> None:
    known = tuple(keys)
    for key in data:
        if key not in known:
            raise InputError(f"{place}: unknown key {key!r}{_nearest(key, known)}")


def _need(data: dict[str, Any], key: str, kind: type[T], place: str) -> T:
    value = data.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        what = {str: "text", int: "a whole number", list: "a list", dict: "a table"}[kind]
        raise InputError(f"{place}: {key} {'is missing' if value is None else f'must be {what}'}")
    return value


def _text(data: dict[str, Any], key: str, place: str) -> str:
    value = _need(data, key, str, place).strip()
    if not value:
        raise InputError(f"{place}: {key} is empty")
    return value


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    best = nearest(word, names, cutoff=60)
    return f"; did you mean {best!r}?" if best else f"; known are {', '.join(names[:8])}"
