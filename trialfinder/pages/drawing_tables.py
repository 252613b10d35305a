"""The figures behind the pictures, as tables that can be read without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trialfinder.base.tongue import say
from trialfinder.pages.labels import label
from trialfinder.pages.site_entries import ListedStudy
from trialfinder.pages.translations import country_words


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table: its title, the names of its columns, and its rows as text or numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    foreign: tuple[int, ...] = ()
    """The columns with the registry's own text."""


def funnel_table(entries: Sequence[ListedStudy], looked_at: int) -> FigureTable:
    """From all records that were looked at to the studies that can be joined."""
    core = [entry for entry in entries if entry.relevance == "core"]
    steps = [
        (say("Records looked at"), looked_at),
        (say("Cells or nerves in question (all listed here)"), sum(e.relevance != "off_topic" for e in entries)),
        (say("Cells given for a nerve condition"), len(core)),
        (say("of these: not closed (yes, not yet or unsure)"), sum(entry.answer != "no" for entry in core)),
        (say("of these: can be joined now (yes)"), sum(entry.answer == "yes" for entry in core)),
    ]
    return FigureTable(say("From all records to those that can be joined"), (say("Step"), say("Studies")), tuple(steps))


def years_table(entries: Sequence[ListedStudy]) -> FigureTable:
    """Studies by the year of their start, every year between the first and the last."""
    found = Counter(entry.start.year for entry in entries if entry.start)
    rows: list[tuple[str | int, ...]] = []
    if found:
        rows = [(str(year), found[year]) for year in range(min(found), max(found) + 1)]
    if unknown := sum(entry.start is None for entry in entries):
        rows.append((say("not stated"), unknown))
    return FigureTable(say("Studies by year of start"), (say("Year"), say("Studies")), tuple(rows))


def conditions_table(entries: Sequence[ListedStudy]) -> FigureTable:
    """Studies by nerve condition; one study may have several."""
    found = Counter(nerve for entry in entries for nerve in entry.nerves or ("",))
    rows = tuple((label("neuropathy_types", nerve) or say("none named"), n) for nerve, n in _ordered(found))
    return FigureTable(say("Studies by nerve condition"), (say("Nerve condition"), say("Studies")), rows)


def sources_table(entries: Sequence[ListedStudy]) -> FigureTable:
    """Studies by where the cells come from."""
    found = Counter(entry.source for entry in entries)
    rows = tuple((label("cell_source", source), n) for source, n in _ordered(found))
    return FigureTable(say("Studies by source of the cells"), (say("Source of the cells"), say("Studies")), rows)


def places_table(entries: Sequence[ListedStudy], language: str) -> FigureTable:
    """Studies by country, and how many of them are not closed."""
    found: dict[str, list[ListedStudy]] = {}
    for entry in entries:
        for country in entry.countries:
            found.setdefault(country_words(country, language), []).append(entry)
    order = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = tuple((name, len(of), sum(e.answer == "yes" for e in of), _not_closed(of)) for name, of in order)
    head = (say("Country"), say("Studies"), say("can be joined"), say("not closed"))
    return FigureTable(say("Where the studies are"), head, rows)


def timeline_table(entries: Sequence[ListedStudy]) -> FigureTable:
    """Start and end of each study, those that state both first; "–" for what is not stated."""
    known_first = sorted(entries, key=lambda e: not (e.start and e.end))
    dates = ((e, str(e.start or "–"), str(e.end or "–")) for e in known_first)
    rows = tuple((e.nct_id, start, end, label("joinable", e.answer), f"{e.mark}{e.title}") for e, start, end in dates)
    head = (say("Study"), say("Start"), say("End"), say("Can it be joined?"), say("Title"))
    return FigureTable(say("From start to end"), head, rows, foreign=(4,))


def _not_closed(entries: Sequence[ListedStudy]) -> int:
    return sum(entry.answer != "no" for entry in entries)


def _ordered(found: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; what is not stated last."""
    return sorted(found.items(), key=lambda pair: (pair[0] in ("", "not_stated", "none"), -pair[1], pair[0]))
