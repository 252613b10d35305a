"""The filters that look beyond a row: how far the nearest open site is, and which signs a record shows."""

from __future__ import annotations

import functools
import math
import shlex
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re
from trialfinder.base.countries import country_code, country_name, folded, plain_country
from trialfinder.base.enums import OPEN_SITE_STATUSES
from trialfinder.base.suggest import nearest
from trialfinder.base.text import count, one_line, shorten
from trialfinder.base.tongue import figures, say, theirs
from trialfinder.catalogue import filter_words
from trialfinder.catalogue.filters import Filter, Row
from trialfinder.catalogue.gazetteer import (
    KM_PER_MILE,
    KnownPlace,
    distance_km,
    find_place,
    lies_in,
    miles,
)
from trialfinder.catalogue.towns import also_called, called
from trialfinder.errors import InputError
from trialfinder.study.model import Location, Study

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.person import Profile

_DISTANCE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(km|kilomet(?:er|re)s?|mi|miles?)?\s*", re.IGNORECASE)


def told_km(text: str) -> float:
    """Reads ``100km`` or ``60mi`` (kilometres without a unit) as kilometres.

    Raises:
        InputError: something else, or no distance at all.
    """
    found = _DISTANCE.fullmatch(text)
    if not found or not float(found[1]):
        raise InputError(f"--within {text[:30]!r}: expected a distance such as 100km or 60mi")
    return float(found[1]) * (KM_PER_MILE if (found[2] or "km").lower().startswith("mi") else 1.0)


def one_place(text: str) -> KnownPlace:
    """The one place that a name means.

    Raises:
        InputError: there is none of that name, or several; they are listed, never guessed.
    """
    found = find_place(text)
    if country_name(text) and not any(folded(place.name) == folded(text) for place in found):
        raise InputError(f"--near {text[:60]!r} is a country; name a town in it, or use --country")
    if len(found) > 1:
        choices = tuple(f'--near "{place.label}"' for place in found[:8])
        raise InputError(f"--near {text[:60]!r} can mean {len(found)} places; say which", suggestions=choices)
    return found[0]


def own_place(profile: Profile) -> KnownPlace | None:
    """Where the person lives, as far as they told it: by latitude and longitude, else by the town; None when not told.

    The country that was told helps to tell towns of one name apart.

    Raises:
        InputError: there is no such town, or there are several; the message does not repeat what was told.
    """
    latitude, longitude = profile.get("person.latitude"), profile.get("person.longitude")
    if isinstance(latitude, float) and isinstance(longitude, float):
        return find_place(f"{latitude:.4f},{longitude:.4f}")[0]
    town, country = profile.get("person.place"), profile.get("person.country")
    if not isinstance(town, str):
        return None
    found = _own_towns(town, country if isinstance(country, str) else "")
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError("person.place: no town of 15,000 people or more is called so there; name the nearest one")
    choices = tuple(f'place = "{each.label}"' for each in found[:8])
    raise InputError(f"person.place can mean {len(found)} places; say which", suggestions=choices)


def _own_towns(town: str, country: str) -> list[KnownPlace]:
    try:
        found = find_place(town)
    except InputError:
        return []
    within = [place for place in found if place.country and place.country == country_name(country)]
    return within or found


def own_country(profile: Profile) -> str:
    """The country where the person lives, by its usual name; '' when it was not told.

    Raises:
        InputError: no country has this name.
    """
    told = profile.get("person.country")
    if not isinstance(told, str):
        return ""
    name = country_name(told)
    if not name:
        raise InputError('person.country: no country is called so; write its usual name or its code, as "US"')
    return name


def unknown_places(profile: Profile) -> list[InputError]:
    """What is wrong with the town and the country that were told."""
    found = []
    for look in (own_place, own_country):
        try:
            look(profile)
        except InputError as error:
            found.append(error)
    return found


def near_filter(catalogue: Catalogue, place: KnownPlace, within: str | None, *, named: bool) -> Filter:
    """Studies with a site near a place that says it recruits; without a distance, those where its position is known.

    An open site in the place's own country whose town is not known passes: it may be near. Puts ``_near`` (words) and
    ``_near_km`` into each row that passes, and into ``_near_of`` what the question was taken to mean. ``named``: the
    place was named for this question.
    """
    limit = told_km(within) if within else math.inf
    meant = [f"near {place.label}"] if named else []
    meant += [f"within {limit:,.0f} km ({miles(limit):,.0f} mi)"] if within else []

    def test(row: Row) -> bool:
        add_nearest(catalogue, row, place)
        row["_near_of"] = ", ".join(meant)
        return bool(row.get("_near_open")) and row.get("_near_km", 0.0) <= limit

    asked = [f"--near {shlex.quote(place.label)}"] if named else []
    asked += [f"--within {within}{'km' if within[-1].isdigit() else ''}"] if within else []
    return Filter(" ".join(asked), "", test, _left_out)


def _left_out(rows: list[Row]) -> str:
    """How many studies could not be near for want of knowledge, and which site is nearest of those that are not."""
    found = [(row.get("_near_km"), f"{row.get('_near')} of {_study(row)}", bool(row.get("_near_open"))) for row in rows]
    unplaced = sum(km is None for km, _, is_open in found if not is_open)
    closed = sum(km is not None and not is_open for km, _, is_open in found)
    words = [f"{count(closed, 'study', 'studies')}: no site says that it recruits"] if closed else []
    words += [f"{count(unplaced, 'study', 'studies')}: no site with a known town"] if unplaced else []
    known = [(km, where, is_open) for km, where, is_open in found if km is not None]
    if farther := sum(is_open for _, _, is_open in known):
        words.append(f"{count(farther, 'study', 'studies')}: farther")
    for kind, wanted in (("that says it recruits", True), ("not known to be open", False)):
        if nearest := min((each for each in known if each[2] is wanted), default=None):
            words.append(f"the nearest of these sites {kind}: {nearest[1]}")
    return "; ".join(words)


def _study(row: Row) -> str:
    """Which study it is; one that is only related is marked as in every list."""
    mark = {"adjacent": "~ ", "off_topic": "x "}.get(row["relevance"] or "", "")
    return f"{row['nct_id']}, {mark}{shorten(one_line(row['brief_title'] or ''), 70)}"


def open_sites_near(study: Study, place: KnownPlace, limit_km: float) -> dict[str, str]:
    """The open sites within so many kilometres, nearest first: each in words, under a name of its own."""
    return {
        "\n".join(part or "" for part in (site.facility, site.city, site.country)): _with_distance(site, km)
        for site, km in nearest_sites(study, place)
        if km <= limit_km
    }


def add_nearest(catalogue: Catalogue, row: Row, place: KnownPlace) -> None:
    """Puts the nearest site into a row: ``_near_site``, ``_near`` (in English), ``_near_km`` and ``_near_open``.

    The last is whether it takes people: an open site comes before a nearer one that is not known to be open.
    ``_near_km`` is missing where no position is known, all of them where no site is.
    """
    study = catalogue.study(row["nct_id"])
    for key in ("_near_site", "_near", "_near_km", "_near_open"):
        row.pop(key, None)
    if found := nearest_site(study, place):
        site, km = found
        row["_near_site"] = site
        row["_near_open"] = study.site_status(site) in OPEN_SITE_STATUSES
        row["_near"] = f"{_where(site)} (place not known, so no distance)" if km is None else _with_distance(site, km)
        row |= {} if km is None else {"_near_km": km}


def nearest_site(study: Study, place: KnownPlace) -> tuple[Location, float | None] | None:
    """The nearest site with its distance in kilometres; an open one comes before a nearer one not known to be open.

    The distance is None for an open site in the place's own country whose position is not known; None: there is no
    site whose position is known.
    """
    if found := nearest_sites(study, place, only_open=True):
        return found[0]
    for site in study.locations:
        at_home = not site.country or country_name(site.country) == place.country
        if at_home and study.site_status(site) in OPEN_SITE_STATUSES:
            return site, None
    found = nearest_sites(study, place, only_open=False)
    return found[0] if found else None


def is_too_far(profile: Profile | None, km: float | None) -> bool:
    """Whether so many kilometres are more than the person told that they can travel; not when either is unknown."""
    limit = profile.get("person.travel_km") if profile is not None else None
    return isinstance(limit, float) and km is not None and km > limit


def _with_distance(site: Location, km: float) -> str:
    return f"{_where(site)} ({figures(f'{km:,.0f}')} km, {figures(f'{miles(km):,.0f}')} mi)"


def _where(site: Location) -> str:
    country = plain_country(site.country or "")  # as lists and tables call it: "South Korea"
    named = theirs(", ".join(one_line(part) for part in (site.city or site.facility, country) if part))
    return named if site.city or site.facility else ", ".join(filter(None, (say("a site"), named)))


def sort_by_distance(rows: list[Row]) -> list[Row]:
    """The rows, nearest open site first."""
    return sorted(rows, key=lambda row: row.get("_near_km", math.inf))


def sign_name(wanted: str) -> str:
    """The id of a sign, or ``any``, ``none``, ``strong``.

    Raises:
        InputError: there is no such sign.
    """
    from trialfinder.classify.sign_rules import rules

    name = "_".join(wanted.lower().replace("-", " ").replace("_", " ").split())
    known = ("any", "none", "strong", *(rule.id for rule in rules()))
    if name not in known and (spoken := filter_words.accepted("--signs", name)):
        return spoken
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


def nearest_sites(study: Study, place: KnownPlace, *, only_open: bool = True) -> list[tuple[Location, float]]:
    """The sites whose position is known, nearest first, each with its distance in kilometres.

    ``only_open`` keeps those whose own status says that they take people; a site without a status is not open.
    """
    found = []
    for site in study.locations:
        if only_open and study.site_status(site) not in OPEN_SITE_STATUSES:
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
    found = called(folded(city), code) or also_called(folded(city), code)
    if len(found) > 1 and state:
        found = [town for town in found if lies_in(town, folded(state))]
    return (found[0].latitude, found[0].longitude) if len(found) == 1 else None
