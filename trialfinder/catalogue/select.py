"""From filter options to the rows that pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trialfinder.base.enums import OPEN_SITE_STATUSES
from trialfinder.catalogue import filters
from trialfinder.catalogue.filters import Filter, Filtered, Row
from trialfinder.catalogue.searched import searched_text
from trialfinder.catalogue.slips import respelt
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue

Chosen = dict[str, Any]
#: As many unconfirmed studies as are listed at most.
_MOST_MARKED = 15
FILTER_NAMES = (
    "query",
    "status",
    "phase",
    "country",
    "sponsor",
    "age",
    "sex",
    "updated_since",
    "neuropathy",
    "cells",
    "source",
    "donor",
    "route",
    "relevance",
    "signs",
    "near",
    "within",
    "open_only",
    "limit",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows to show, all that passed before ``--limit``, and how many were hidden as off topic.

    ``everything`` is true when nothing was to be hidden. ``unconfirmed``: when ``--open`` finds none, those that say
    that they recruit, without anything that confirms it. ``meant``: the words without their slips, a
    country as its option; '' without any.
    """

    rows: list[Row]
    passed: int
    hidden: int
    total: int
    filtered: Filtered
    everything: bool = False
    unconfirmed: list[Row] = field(default_factory=list)
    meant: str = ""
    of_kind: tuple[list[Filter], int] | None = None
    """Where the words name a kind of neuropathy: the filters for that kind in their place, and how many pass those."""

    @property
    def part(self) -> ChosenPart:
        """What was chosen, for pages that others will see."""
        funnel = self.filtered.funnel
        begun = funnel[0].before if funnel else self.passed
        filters = tuple(step.filter.argument.removeprefix("--") for step in funnel)
        return ChosenPart(len(self.rows), begun, filters, self.hidden)


@dataclass(frozen=True, slots=True)
class ChosenPart:
    """How many studies were chosen of how many, by which filters (() for none), and how many more are off topic."""

    number: int
    of: int
    filters: tuple[str, ...] = ()
    off_topic: int = 0


def build(words: str, chosen: Chosen, today: dt.date) -> list[Filter]:
    """The active filters, cheap ones first; checks every value before anything is asked or read.

    Raises:
        InputError: a value is wrong; says what would be right.
    """
    made: list[Filter] = []
    if words:
        made.append(filters.words(words))
    simple = {
        "query": filters.saved_search,
        "status": filters.status,
        "phase": filters.phase,
        "country": filters.country,
        "sponsor": filters.sponsor,
        "age": filters.age,
        "sex": filters.sex,
    }
    made += [make(chosen[name]) for name, make in simple.items() if chosen.get(name) is not None]
    if chosen.get("updated_since") is not None:
        made.append(filters.updated_since(chosen["updated_since"], today))
    made += _classified(chosen)
    if chosen.get("open_only"):
        made.append(filters.joinable_now())
    if chosen.get("within") and not chosen.get("near") and not chosen.get("own_place"):
        own = ", or a place in your profile" if "own_place" in chosen else ""
        raise InputError(f"--within needs --near PLACE{own}")
    _check_wide(chosen)
    return made


def _classified(chosen: Chosen) -> list[Filter]:
    """The filters on what this program says about a study."""
    from trialfinder.classify import classification as classify

    listed = {
        "neuropathy": ("neuropathy_types", classify.NEUROPATHY_TYPES),
        "cells": ("cell_product", classify.CELL_PRODUCTS),
        "source": ("cell_source", classify.CELL_SOURCES),
        "donor": ("donor", classify.DONORS),
        "route": ("routes", classify.ROUTES),
        "relevance": ("relevance", classify.RELEVANCES),
    }
    also: dict[str, Iterable[str]] = {}
    if chosen.get("neuropathy"):
        chosen = {**chosen, "neuropathy": _kinds(chosen["neuropathy"])}
        also["neuropathy"] = _kind_words()
    return [
        filters.listed(
            f"--{name}", column, chosen[name], known, also.get(name, ()), _kinds_about if name in also else lambda _: ()
        )
        for name, (column, known) in listed.items()
        if chosen.get(name) is not None
    ]


def _kinds(text: str) -> str:
    """Kinds of neuropathy in plain words ("dpn", "sciatica") as the catalogue names them; other words stay."""
    from trialfinder.person.plain_words import choice
    from trialfinder.person.profile_schema import schema

    fact = schema()["neuropathy.types"]
    return ",".join(choice(fact, part) or part for part in text.split(","))


def _kinds_about(text: str) -> Sequence[str]:
    from trialfinder.person.may_mean import may_mean
    from trialfinder.person.profile_schema import schema

    return may_mean(schema()["neuropathy.types"], text)


def _kind_words() -> list[str]:
    from trialfinder.person.plain_words import words_of
    from trialfinder.person.profile_schema import schema

    return [word for word, _ in words_of(schema()["neuropathy.types"])]


def _check_wide(chosen: Chosen) -> None:
    """The filters that ``select`` makes, since they look beyond a row."""
    from trialfinder.catalogue import near as nearby

    if chosen.get("signs") is not None:
        nearby.sign_name(chosen["signs"])
    if chosen.get("within"):
        nearby.told_km(chosen["within"])
    if chosen.get("near"):
        nearby.one_place(chosen["near"])


def select(catalogue: Catalogue, words: str, chosen: Chosen) -> Selection:
    """Applies the filters to a catalogue; the signs of the rows that pass are filled in.

    ``chosen["own_place"]`` is a place that ``--within`` counts from when no ``--near`` is given.
    """
    active = build(words, chosen, catalogue.today)
    if chosen.get("age") is not None:  # last, since it may have to read criteria
        from trialfinder.catalogue.admitted_ages import with_criteria

        active.sort(key=lambda each: each.option == "--age")
        active[-1] = with_criteria(catalogue, active[-1])
    rows = [row for row in catalogue.timeless_rows() if not catalogue.entries[row["nct_id"]].apart]
    hide = not chosen.get("everything") and chosen.get("relevance") is None
    shown = [row for row in rows if row["relevance"] != "off_topic"] if hide else rows
    # Of what is hidden only --open asks whether it can be joined.
    catalogue.add_joinable(rows if any(each.option == "--open" for each in active) else shown)
    if chosen.get("near") or chosen.get("within"):
        from trialfinder.catalogue.near import near_filter, one_place

        place = one_place(chosen["near"]) if chosen.get("near") else chosen["own_place"]
        active.append(near_filter(catalogue, place, chosen.get("within"), named=bool(chosen.get("near"))))
    if chosen.get("signs") is not None:
        from trialfinder.catalogue.near import signs_filter

        active.append(signs_filter(catalogue, chosen["signs"]))
    shown = sorted(shown, key=lambda row: row["relevance"] != "core")  # in each, the newest first as before
    result = filters.apply(shown, active)
    hidden = len(filters.apply(rows, active).rows) - len(result.rows) if hide else 0
    kept = result.rows[: chosen["limit"]] if chosen.get("limit") else result.rows
    if chosen.get("near"):
        from trialfinder.catalogue.near import sort_by_distance

        kept = sort_by_distance(result.rows)[: chosen.get("limit") or len(result.rows)]
    unconfirmed = _unconfirmed(shown, active) if chosen.get("open_only") and not result.rows else []
    catalogue.mark_strong(unconfirmed[:_MOST_MARKED])
    meant = respelt(words, [searched_text(row) for row in rows]) if words and not result.rows else ""
    of_kind = _of_kind(words, shown, active)
    return Selection(kept, len(result.rows), hidden, len(rows), result, not hide, unconfirmed, meant, of_kind)


def _of_kind(words: str, rows: list[Row], active: list[Filter]) -> tuple[list[Filter], int] | None:
    from trialfinder.person.plain_words import choice
    from trialfinder.person.profile_schema import schema

    kind = choice(schema()["neuropathy.types"], words) if words else None
    others = [each for each in active if each.option]
    if kind in (None, "peripheral_unspecified") or any(each.option == "--neuropathy" for each in others):
        return None
    wanted = [*_classified({"neuropathy": kind}), *others]
    return wanted, len(filters.apply(rows, wanted).rows)


def _unconfirmed(rows: list[Row], active: list[Filter]) -> list[Row]:
    """The studies that call themselves open and would pass all filters but ``--open``."""
    tests = [each.test for each in active if each.option != "--open"]
    said = [row for row in rows if row["joinable"] == "unsure" and row["overall_status"] in OPEN_SITE_STATUSES]
    return [row for row in said if all(test(row) for test in tests)]
