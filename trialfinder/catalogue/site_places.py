"""Where a study's sites are, and which of them is nearest; without a network."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from trialfinder.base.enums import OPEN_SITE_STATUSES
from trialfinder.catalogue.gazetteer import (
    KnownPlace,
    country_code,
    distance_km,
    folded,
    lies_in,
    other_names,
    towns_by_name,
)
from trialfinder.study.model import Location


def nearest_sites(
    locations: Iterable[Location], place: KnownPlace, *, only_open: bool = True
) -> list[tuple[Location, float]]:
    """The sites whose position is known, nearest first, each with its distance in kilometres.

    ``only_open`` keeps those whose own status says that they take people; a site without a status is not open.
    """
    found = []
    for site in locations:
        if only_open and site.status not in OPEN_SITE_STATUSES:
            continue
        position = position_of(site)
        if position is not None:
            found.append((site, distance_km((place.latitude, place.longitude), position)))
    return sorted(found, key=lambda pair: pair[1])


def position_of(site: Location) -> tuple[float, float] | None:
    """Where a site is: as the record says, else the centre of its town; None when no town or several are called so."""
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    return _town_position(site.city or "", site.state or "", site.country or "")


@functools.lru_cache(maxsize=4096)
def _town_position(city: str, state: str, country: str) -> tuple[float, float] | None:
    code = country_code(country)
    if not code or not city:
        return None
    found = _towns_of(code).get(folded(city)) or _also_called_in(code).get(folded(city), [])
    if len(found) > 1 and state:
        found = [town for town in found if lies_in(town, folded(state))]
    return (float(found[0]["latitude"]), float(found[0]["longitude"])) if len(found) == 1 else None


def _towns_of(code: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """The towns of a country by their own folded name."""
    return _by_country().get(code, {})


@functools.cache
def _by_country() -> Mapping[str, dict[str, list[Mapping[str, Any]]]]:
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for name, towns in towns_by_name().items():
        for town in towns:
            found.setdefault(town["countrycode"], {}).setdefault(name, []).append(town)
    return found


@functools.cache
def _also_called_in(code: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """The towns of a country by each other name that they have."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for towns in _towns_of(code).values():
        for town in towns:
            for name in other_names(town["alternatenames"]):
                found.setdefault(name, []).append(town)
    return found
