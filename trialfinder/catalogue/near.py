"""The filters that look beyond a row: how far the nearest open site is, and which signs a record shows."""

from __future__ import annotations

import math
import re
import shlex
from typing import TYPE_CHECKING

from trialfinder.catalogue.filters import Filter, Row
from trialfinder.catalogue.gazetteer import KM_PER_MILE, miles
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.gazetteer import Place
    from trialfinder.catalogue.holdings import Catalogue

_DISTANCE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(km|kilomet(?:er|re)s?|mi|miles?)?\s*", re.IGNORECASE)


def distance_km(text: str) -> float:
    """Reads ``100km`` or ``60mi`` (kilometres without a unit) as kilometres.

    Raises:
        InputError: something else, or no distance at all.
    """
    found = _DISTANCE.fullmatch(text)
    if not found or not float(found[1]):
        raise InputError(f"--within {text[:30]!r}: expected a distance such as 100km or 60mi")
    return float(found[1]) * (KM_PER_MILE if (found[2] or "km").lower().startswith("mi") else 1.0)


def one_place(text: str) -> Place:
    """The one place that a name means.

    Raises:
        InputError: there is none of that name, or several; they are listed, never guessed.
    """
    from trialfinder.catalogue.gazetteer import find_place

    found = find_place(text)
    if len(found) > 1:
        choices = tuple(f'--near "{place.label}"' for place in found[:8])
        raise InputError(f"--near {text[:60]!r} can mean {len(found)} places; say which", suggestions=choices)
    return found[0]


def near_filter(catalogue: Catalogue, place_text: str, within: str | None) -> Filter:
    """Studies with an open site near a place; without a distance, studies with an open site whose position is known.

    Puts ``_near`` (words) and ``_near_km`` into each row that passes.
    """
    from trialfinder.catalogue.gazetteer import nearest_sites

    place, limit = one_place(place_text), distance_km(within) if within else math.inf

    def test(row: Row) -> bool:
        sites = nearest_sites(catalogue.study(row["nct_id"]).locations, place, only_open=True)
        if not sites or sites[0][1] > limit:
            return False
        site, km = sites[0]
        row["_near_km"] = km
        row["_near"] = f"{site.city or site.facility}, {site.country} ({km:.0f} km, {miles(km):.0f} mi)"
        return True

    extra = f" --within {within}" if within else ""
    return Filter(f"--near {shlex.quote(place_text)}{extra}", "", test)


def sort_by_distance(rows: list[Row]) -> list[Row]:
    """The rows, nearest open site first."""
    return sorted(rows, key=lambda row: row.get("_near_km", math.inf))


def sign_name(wanted: str) -> str:
    """The id of a sign, or ``any``, ``none``, ``strong``.

    Raises:
        InputError: there is no such sign.
    """
    from trialfinder.base.suggest import nearest
    from trialfinder.classify.sign_rules import rules

    name = wanted.strip().lower().replace("-", "_")
    known = ("any", "none", "strong", *(rule.id for rule in rules()))
    if name not in known:
        close = nearest(name, known)
        hint = f"did you mean {close}?" if close else f"known are {', '.join(known)}"
        raise InputError(f"--signs: unknown sign {wanted[:60]!r}; {hint}")
    return name


def signs_filter(catalogue: Catalogue, wanted: str) -> Filter:
    """Studies that show a sign: its id, or ``any``, ``none``, ``strong`` for warning signs.

    Raises:
        InputError: there is no such sign.
    """
    name = sign_name(wanted)

    def test(row: Row) -> bool:
        found = catalogue.signs(row["nct_id"])
        warnings = [sign for sign in found if sign.kind == "warning"]
        if name == "none":
            return not warnings
        if name == "any":
            return bool(warnings)
        if name == "strong":
            return any(sign.strength == "strong" for sign in warnings)
        return any(sign.id == name for sign in found)

    return Filter("--signs", wanted, test)
