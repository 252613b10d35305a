"""From the filter options of a command to the rows that pass, with the funnel when nothing is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder import filters
from trialfinder.cli.options import Chosen
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.filters import Filter, Filtered, Row
from trialfinder.text import count

if TYPE_CHECKING:
    from trialfinder.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows to show, all that passed before ``--limit``, and how many were hidden as off topic."""

    rows: list[Row]
    passed: int
    hidden: int
    total: int
    filtered: Filtered


def build(run: Run, words: str, chosen: Chosen) -> list[Filter]:
    """The active filters, cheap ones first; checks every value before anything is asked or read.

    Raises:
        InputError: a value is wrong; says what would be right.
    """
    from trialfinder import classify

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
        made.append(filters.updated_since(chosen["updated_since"], run.today))
    listed = {
        "neuropathy": ("neuropathy_types", classify.NEUROPATHY_TYPES),
        "cells": ("cell_product", classify.CELL_PRODUCTS),
        "source": ("cell_source", classify.CELL_SOURCES),
        "donor": ("donor", classify.DONORS),
        "route": ("routes", classify.ROUTES),
        "relevance": ("relevance", classify.RELEVANCES),
    }
    made += [
        filters.listed(f"--{name}", column, chosen[name], known)
        for name, (column, known) in listed.items()
        if chosen.get(name) is not None
    ]
    if chosen.get("open_only"):
        made.append(filters.joinable_now())
    if chosen.get("within") and not chosen.get("near"):
        raise InputError("--within needs --near PLACE")
    return made


def select(run: Run, catalogue: Catalogue, words: str, chosen: Chosen) -> Selection:
    """Applies the filters to a catalogue; the signs of the rows that pass are filled in."""
    active = build(run, words, chosen)
    rows = catalogue.rows()
    hide = not chosen.get("everything") and chosen.get("relevance") is None
    shown = [row for row in rows if row["relevance"] != "off_topic"] if hide else rows
    if chosen.get("near"):
        from trialfinder.cli.nearby import near_filter

        active.append(near_filter(catalogue, chosen["near"], chosen.get("within")))
    if chosen.get("signs") is not None:
        from trialfinder.cli.nearby import signs_filter

        active.append(signs_filter(catalogue, chosen["signs"]))
    result = filters.apply(shown, active)
    hidden = len(filters.apply(rows, active).rows) - len(result.rows) if hide else 0
    kept = result.rows[: chosen["limit"]] if chosen.get("limit") else result.rows
    if chosen.get("near"):
        from trialfinder.cli.nearby import sort_by_distance

        kept = sort_by_distance(result.rows)[: chosen.get("limit") or len(result.rows)]
    return Selection(kept, len(result.rows), hidden, len(rows), result)


def explain_empty(run: Run, selection: Selection, base: str) -> None:
    """Says at which filter nothing was left, and prints broader commands that can be pasted."""
    funnel = selection.filtered.funnel
    run.say(f"No study passes. {count(selection.total - selection.hidden, 'study', 'studies')} to begin with.")
    for step in funnel:
        mark = "  <- here it became empty" if step.before and not step.after else ""
        run.say(f"  {step.filter.argument:32} {step.before:6,} -> {step.after:,}{mark}")
    if selection.hidden:
        run.say(f"  {count(selection.hidden, 'study', 'studies')} off topic would pass:")
        run.say("    " + command(base, [s.filter for s in funnel]) + " --all")
    wider = sorted(selection.filtered.without, key=lambda pair: -pair[1])
    shown = [(each, number) for each, number in wider if number][:4]
    if shown:
        run.say("Broader, to paste:")
    for each, number in shown:
        rest = [step.filter for step in funnel if step.filter is not each]
        run.say(f"  {command(base, rest)}    # {count(number, 'study', 'studies')}")
    if not shown and len(funnel) > 1:
        run.say(f"  {base}    # everything")


def command(base: str, active: list[Filter]) -> str:
    """A command line with these filters."""
    return " ".join([base, *(each.argument for each in active if each.argument)])
