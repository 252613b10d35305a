"""Places and distances, without a network: a gazetteer of towns, and the way to a study's sites.

Places and sites are known as the centre of their town: a distance is right to a few kilometres in a small town, to some
twenty in a large one.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from trialfinder.base import lazy_re as re
from trialfinder.base.countries import countries, country_names, folded, regions
from trialfinder.catalogue.towns import Town, also_called, called, own_names
from trialfinder.errors import InputError

PRECISION = "distances are from town centre to town centre, not from door to door"
KM_PER_MILE = 1.609344
_EARTH_KM = 6371.0088  # mean radius, IUGG
_LARGE = 100_000  # a smaller town is found by another name (Cologne, Bombay) only when nothing else has it
_MOST_PLACES = 12
_MOST_LIKELY = 4
_COORDINATES = re.compile(
    r"(?P<name>[^()]*?)\(?\s*(?P<lat>-?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)\s*\)?"
)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A town, or a point of the map. ``region`` is '' where none is known; ``population`` is 0 for a point."""

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    label: str = ""


def miles(km: float) -> float:
    """Kilometres in miles."""
    return km / KM_PER_MILE


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The way over the ground between two points (latitude, longitude in degrees), in kilometres (haversine)."""
    lat1, lon1, lat2, lon2 = (math.radians(value) for value in (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


_SLIP = 85
_ALIKE = 20
"""Names that look like a misspelt one, of which those are told that lie in the region or country that was named."""


def find_place(text: str) -> list[KnownPlace]:
    """The places that a name can mean, the largest first: ``Leeds``, ``Atlanta, GA``, ``Paris, France``, ``51.5,-0.1``.

    Several come back when the name has several meanings; nothing is guessed. A region or country after a comma
    narrows them.

    Raises:
        InputError: no place of 15,000 people has this name there.
    """
    point = _COORDINATES.fullmatch(text.strip()[:200])
    if point:
        return [_point(float(point["lat"]), float(point["lon"]), text)]
    name, *rest = [part for part in (folded(part) for part in text[:200].split(",")) if part] or [""]
    named = _named(name) if name else []
    if not named and not rest and (parts := _without_comma(name)):
        name, rest = parts
        named = _named(name)
    found = [city for city in named if all(lies_in(city, part) for part in rest)]
    if not found:
        raise _unknown(text, name, named, rest)
    return _labelled(sorted(found, key=lambda city: -city.population)[:_MOST_PLACES])


def _point(latitude: float, longitude: float, text: str) -> KnownPlace:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise InputError(f"{text[:60]!r}: latitude is between -90 and 90, longitude between -180 and 180")
    label = f"{latitude:g},{longitude:g}"
    return KnownPlace(label, "", "", latitude, longitude, label=label)


def _without_comma(name: str) -> tuple[str, list[str]] | None:
    """``leeds uk`` as a town and where it lies; None when no words at its end are a region or country of the rest."""
    words = name.split()
    for at in range(len(words) - 1, 0, -1):
        town, where = " ".join(words[:at]), " ".join(words[at:])
        if any(lies_in(each, where) for each in _named(town)):
            return town, [where]
    return None


def _named(name: str) -> list[Town]:
    """The towns of this name, and large ones that are also called so.

    The gazetteer has slips among the other names: Manchester in New Hampshire is "Mancester", too. Such a name is the
    town's own with a slip, and so that of every town of the name.
    """
    own, others = called(name), also_called(name)
    if not own and (slips := {folded(town.name) for town in others if _is_slip(name, folded(town.name))}):
        others = list(dict.fromkeys([*others, *(town for each in sorted(slips) for town in called(each))]))
    large = [town for town in others if town.population >= _LARGE and town not in own]
    return [*own, *large] or others


def _is_slip(name: str, own: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(name, own) >= _SLIP


def lies_in(town: Town, part: str) -> bool:
    """Whether a folded region or country name is the town's."""
    code = town.countrycode
    names = regions().get((code, town.admin1code), ())
    if any(folded(region) == part for region in names):
        return True
    if part in _nations():
        return code == "GB" and bool(names) and folded(names[0]) == part
    return part in country_names().get(code, frozenset())


@functools.cache
def _nations() -> frozenset[str]:
    """England and its like: people write them as a country, and they are narrower than one."""
    return frozenset(folded(names[0]) for (country, _), names in regions().items() if country == "GB")


def _labelled(cities: list[Town]) -> list[KnownPlace]:
    """Places whose label finds them again: with the position where name, region and country are not enough."""
    places = [_place(city) for city in cities]
    labels = [place.label for place in places]
    return [_with_position(place) if labels.count(place.label) > 1 else place for place in places]


def _place(town: Town) -> KnownPlace:
    region = regions().get((town.countrycode, town.admin1code), ("",))[0]
    country = countries().get(town.countrycode, town.countrycode)
    label = ", ".join(part for part in (town.name, region, country) if part)
    return KnownPlace(town.name, region, country, town.latitude, town.longitude, town.population, label)


def _with_position(place: KnownPlace) -> KnownPlace:
    label = f"{place.label} ({place.latitude:.2f},{place.longitude:.2f})"
    values = (place.name, place.region, place.country, place.latitude, place.longitude, place.population)
    return KnownPlace(*values, label)


def _unknown(text: str, name: str, named: list[Town], rest: list[str]) -> InputError:
    from rapidfuzz import fuzz, process

    if named:
        elsewhere = tuple(place.label for place in _labelled(sorted(named, key=lambda town: -town.population)[:5]))
        return InputError(
            f"{text[:60]!r}: no such place there; the name is known elsewhere: {'; '.join(elsewhere)}",
            suggestions=elsewhere,
        )
    close = process.extract(name, own_names(), scorer=fuzz.ratio, limit=_ALIKE, score_cutoff=75) if name else []
    alike = [(score, town) for key, score, _ in close for town in called(key)]
    alike.sort(key=lambda each: (-each[0], -each[1].population))  # of towns of one name the largest first
    there = [town for _, town in alike if all(lies_in(town, part) for part in rest)] if rest else []
    likely = tuple(dict.fromkeys(_place(town).label for town in there or [town for _, town in alike]))[:_MOST_LIKELY]
    hint = f"did you mean {' or '.join(likely)}?" if likely else "name the nearest town, or latitude,longitude"
    return InputError(f"{text[:60]!r}: no town of 15,000 people or more is called so; {hint}", suggestions=likely)
