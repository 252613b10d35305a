"""Where the person is, by --near or by their profile, and which open sites are near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.changes import Near
    from trialfinder.person import Profile

#: Kilometres that are near where nobody says how far is too far.
USUAL_KM = 100.0
NEAR = Annotated[str | None, typer.Option(metavar="PLACE", help="Tell of sites that opened near this place.")]
WITHIN = Annotated[str | None, typer.Option(metavar="DISTANCE", help="How near: 100km, 60mi (100km).")]


def place_of(run: Run, person: Profile | None, near: str | None) -> KnownPlace | None:
    """The place; None when none was told or, which is told, it is not understood.

    Raises:
        InputError: --near names no place, or several.
    """
    from trialfinder.catalogue.near import one_place, own_place

    if near:
        return one_place(near)
    try:
        return own_place(person) if person is not None else None
    except InputError as error:
        run.warn(f"{error}; no distance is shown. All that it can mean: trialfinder profile check")
        return None


def told_place(run: Run, person: Profile | None, near: str | None) -> KnownPlace | None:
    """``place_of``; tells of a country that nobody knows, too, else the list looks as if it had been counted."""
    from trialfinder.catalogue.near import own_country

    try:
        if person is not None:
            own_country(person)
    except InputError as error:
        run.warn(f"{error}; it counts as not told")
    return place_of(run, person, near)


def sites_near(run: Run, person: Profile | None, near: str | None, within: str | None) -> Near | None:
    """What finds a study's open sites near the person, as far as they can travel; None without a place.

    Raises:
        InputError: --near names no place, or several; --within is no distance, or stands without a place.
    """
    from trialfinder.catalogue.near import open_sites_near, told_km

    limit = told_km(within) if within else None
    place = place_of(run, person, near)
    if place is None:
        if within:
            raise InputError("--within needs --near PLACE, or a place in your profile")
        return None
    told = person.get("person.travel_km") if person is not None else None
    own = float(told) if isinstance(told, int | float) else USUAL_KM
    return lambda study: open_sites_near(study, place, own if limit is None else limit)
