"""The page of what changed: the events of the kept history, by day and study, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from trialfinder.base.tongue import say
from trialfinder.base.values import PartialDate
from trialfinder.pages.translations import day_words

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.changes import Event

#: How far back the page goes, and the most that it tells.
_SINCE, _HALF_A_YEAR = "26w", dt.timedelta(weeks=26)
_MOST = 300
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """``days`` holds (day, studies), a study (id, title, why it has no page, events). ``events`` is for the feed.

    The reason is '' for a study that has a page.
    """

    days: list[tuple[str, list[tuple[str, str, str, list[Event]]]]]
    left: int
    none_words: str
    events: Sequence[Event]
    updated: dt.datetime


def changes_page(catalogue: Catalogue, now: dt.datetime, language: str) -> ChangesPage:
    """What the kept history tells of the last half year; nothing where there is no history."""
    from trialfinder.changes import changes, told_first

    if catalogue.store is None:
        words = say("No history of these studies is kept yet: news begins when the registry was asked a second time.")
        return ChangesPage([], 0, words, (), _EPOCH)
    found = changes(catalogue.store, _SINCE, now=now, severity="normal")
    first = {_of(event) for event in found if told_first(event)}
    newest = sorted(found, key=lambda event: (-event.refresh_id, _of(event) not in first, event.nct_id))
    days = [
        (_day(events[0], language), _studies(catalogue, events))
        for _, group in groupby(newest[:_MOST], key=lambda event: event.refresh_id)
        if (events := list(group))
    ]
    last = catalogue.origin.refreshed or _EPOCH
    begun = next((run.started for run in catalogue.store.refreshes()), None)
    return ChangesPage(days, max(0, len(found) - _MOST), none_words(begun, now, language), found, last)


def _of(event: Event) -> tuple[int, str]:
    return event.refresh_id, event.nct_id


def none_words(first: dt.datetime | None, now: dt.datetime, language: str) -> str:
    """That nothing changed, since when: no longer than the history goes back, whose first run began at ``first``."""
    if first is None or first < now - _HALF_A_YEAR:
        return say("Nothing changed in the last half year.")
    said = say("Nothing changed since this list began on {day}; what was before is not known here.")
    return said.format(day=_said(first, language))


def _day(event: Event, language: str) -> str:
    return _said(event.date_seen, language)


def _said(instant: dt.datetime, language: str) -> str:
    day = instant.astimezone(dt.UTC).date()
    return day_words(PartialDate(day.year, day.month, day.day), language)


def _studies(catalogue: Catalogue, events: list[Event]) -> list[tuple[str, str, str, list[Event]]]:
    found = []
    for nct_id, group in groupby(events, key=lambda event: event.nct_id):
        told = list(group)
        found.append((nct_id, told[-1].marked_title or nct_id, _why_no_page(catalogue, nct_id), told))
    return found


def _why_no_page(catalogue: Catalogue, nct_id: str) -> str:
    """Why the site has no page of a study; '' where it has one."""
    if nct_id in catalogue.entries:
        return ""
    kept = catalogue.store.get(nct_id) if catalogue.store is not None else None
    if kept is not None and kept.gone:
        why = say("no page here: the registry has it no more. Its last record: {command}")
    else:
        why = say("no page here: our searches find it no more. Its record: {command}")
    return why.format(command=f"trialfinder show {nct_id}")
