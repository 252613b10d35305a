"""The events of each run, from the store. What was once computed is kept there, run by run and language by language.

A study that the store has never seen is news, unless it came with the first run of the store or with the first run of
every search that found it: that a new search has results is no news about the studies. Imports into a filled store
bring news like any run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from trialfinder.base.enums import CLOSED_STATUSES
from trialfinder.base.resources import made_by
from trialfinder.base.text import join_words
from trialfinder.base.tongue import say
from trialfinder.changes.as_given import AsGiven, all_off_topic, as_given, as_study, told_about
from trialfinder.changes.became_joinable import Beside, became_joinable
from trialfinder.changes.doubt import changed_record, doubt
from trialfinder.changes.event_table import EventTable, load
from trialfinder.changes.passing_time import PassingTime
from trialfinder.changes.record_events import (
    Event,
    SeenAt,
    status_code,
    status_of,
    study_event,
    title_of,
)
from trialfinder.changes.sign_events import new_signs
from trialfinder.changes.what_it_is import about
from trialfinder.errors import StoreError

if TYPE_CHECKING:
    from trialfinder.store import RefreshInfo, Store, Transition
    from trialfinder.study.model import Study


def events_between(
    store: Store, since: int, until: int | None = None, *, table: EventTable | None = None
) -> Iterator[Event]:
    """Every event of the runs after ``since`` up to ``until`` (run ids; None: the newest), in the order of the runs.

    Raises:
        StoreError: the store cannot be read.
    """
    table = table or load()
    runs, version = store.refreshes(), _version(table)
    passing, kept = PassingTime(store, table), _kept(store, since, version)
    for run in runs:
        if run.id <= since or (until is not None and run.id > until):
            continue
        if run.id in kept:
            yield from kept[run.id]
            continue
        events = tuple(_run_events(store, run, runs, passing, table))
        _keep(store, run.id, version, events)
        yield from events


def prepare(store: Store, *, newest: int = 3) -> int:
    """Computes and keeps the events of the newest runs that have none kept yet; returns how many events that gave.

    To be called after a refresh, so that ``changes`` answers at once. Not part of the run: it can be made again. Older
    runs (after an edit of the criteria patterns, say) are computed when they are asked for.
    """
    table = load()
    runs, version = store.refreshes(), _version(table)
    kept = _kept(store, runs[-newest:][0].id - 1, version) if runs else {}
    passing, found = PassingTime(store, table), 0
    for run in runs[-newest:]:
        if run.id not in kept:
            events = tuple(_run_events(store, run, runs, passing, table))
            _keep(store, run.id, version, events)
            found += len(events)
    return found


def _version(table: EventTable) -> str:
    return f"{table.version}-{made_by('changes', 'classify', 'reading', 'drugs', 'phrases', 'study', 'base')}"


def transition_events(
    found: Transition, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, seen: SeenAt, table: EventTable,
    *, known: frozenset[str] | None = None, day_before: dt.date | None = None, beside: Beside = lambda _: (),
) -> tuple[Event, ...]:  # fmt: skip
    """What happened to one study in one run.

    Args:
        found: what the store says about it.
        old, new: the raw records of its versions; None where there is none.
        seen, table: where and when; the words.
        known: searches that had run before; entering the results of another one is no news. None: all had.
        day_before, beside: see `became_joinable`; None: the same day.

    A study that no list showed, and that gives cells for a nerve since its record says more, is as good as new.
    """
    closed = status_code(new) in CLOSED_STATUSES
    entered = found.entered if known is None else tuple(name for name in found.entered if name in known)
    before, after = as_given(old), as_given(new)
    off_topic = all_off_topic((before, after))
    is_back = found.came_back or found.returned
    # Nobody was told of it yet; of one that was in the results before and is back, they were.
    comes_on_topic = before is not None and before.off_topic and not off_topic and not is_back
    if found.is_new or comes_on_topic:
        told = entered or not found.entered or comes_on_topic
        return tuple(told_about(event, (before, after)) for event in (_as_new(new, after, seen, table) if told else ()))
    events: list[Event] = []
    if found.is_changed:  # told first
        events += became_joinable(before, after, day_before or seen.date_seen.date(), seen, table, beside)
    if found.gone:
        events.append(study_event("withdrawn_from_registry", seen, table, closed=closed))
    elif found.left:
        events.append(study_event("left_results", seen, table, search=join_words(found.left)))
    fresh = tuple(name for name in entered if name not in found.returned)
    if is_back:
        events.append(_as_back(found, new, seen, table))
    elif fresh:
        events.append(study_event("joined_results", seen, table, search=join_words(fresh)))
    if found.is_changed and old is not None and new is not None:
        events.extend(new_signs(before, after, seen, table) if before is not None and after is not None else ())
        events.extend(changed_record(old, new, seen, table))
    return tuple(told_about(event, (before, after)) for event in events)


def _as_new(new: Mapping[str, Any] | None, after: AsGiven | None, seen: SeenAt, table: EventTable) -> Iterator[Event]:
    """What is told of a study that nobody was told of before."""
    kind = "new_closed_study" if status_code(new) in CLOSED_STATUSES else "new_study"
    why = doubt(new, seen.date_seen.date())
    yield study_event(kind, seen, table, status=status_of(new), details=about(new), why=why)
    yield from new_signs(None, after, seen, table) if after is not None else ()


def _as_back(found: Transition, new: Mapping[str, Any] | None, seen: SeenAt, table: EventTable) -> Event:
    """That a study is back in the registry, or in the results of a search."""
    closed, why = status_code(new) in CLOSED_STATUSES, doubt(new, seen.date_seen.date())
    back = join_words(found.returned)
    return study_event("came_back", seen, table, status=status_of(new), search=back, closed=closed, why=why)


def _run_events(
    store: Store, run: RefreshInfo, runs: Sequence[RefreshInfo], passing: PassingTime, table: EventTable
) -> Iterator[Event]:
    firsts = _firsts(runs)
    if run.id == firsts[""]:
        return  # the first run of a store tells what there is, not what is new
    known = frozenset(name for name, first in firsts.items() if first < run.id)
    before = max((each for each in runs if each.id < run.id), key=lambda each: each.id)
    beside = partial(_of_sponsor, store, run.id)
    for found in store.transitions(run.id - 1, run.id):
        changed = found.is_changed and found.old is not None
        old = store.version_record(found.old.version_id) if changed and found.old is not None else None
        new = store.version_record(found.new.version_id) if found.new is not None else None
        seen = SeenAt(found.nct_id, title_of(new), run.id, run.finished)
        last = before.finished.date()
        yield from transition_events(found, old, new, seen, table, known=known, day_before=last, beside=beside)
    yield from passing.events(before, run)


def _of_sponsor(store: Store, run_id: int, study: Study) -> list[Study]:
    """The other studies of its sponsor, as the store had them after a run; few ask, so they are read anew."""
    given = (as_study(stored.record) for stored in store.records(as_of=run_id) if stored.nct_id != study.nct_id)
    return [other for other in given if other and study.lead_sponsor and other.lead_sponsor == study.lead_sponsor]


def _firsts(runs: Sequence[RefreshInfo]) -> dict[str, int]:
    """The id of the first run of each search; under '' that of the store."""
    firsts: dict[str, int] = {"": runs[0].id} if runs else {}
    for run in runs:
        for search in run.searches:
            firsts.setdefault(search.search, run.id)
    return firsts


def _kept(store: Store, since: int, version: str) -> dict[int, list[Event]]:
    rows = store.database.execute(
        "select refresh_id, body from change_events where refresh_id > ? and version = ?", (since, version)
    )
    return {refresh_id: found for refresh_id, body in rows if (found := _unpacked(body)) is not None}


def _unpacked(body: bytes) -> list[Event] | None:
    """The events in the language that is spoken; None for those in others only, or of a damaged row: computed again."""
    try:
        told = _tongues(body).get(say("en"))
        return None if told is None else [Event.from_json(data) for data in told]
    except (ValueError, TypeError, KeyError):
        return None


def _tongues(body: bytes) -> dict[str, list[dict[str, Any]]]:
    """What a row holds: the events by the language in which they are told; nothing of a damaged row."""
    try:
        found = json.loads(zlib.decompress(body))
    except (zlib.error, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _about(event: Event) -> dict[str, bool]:
    return {
        name: True
        for name, true in (("off_topic", event.off_topic), ("related", event.related), ("unsure", event.unsure))
        if true
    }


def _keep(store: Store, refresh_id: int, version: str, events: Iterable[Event]) -> None:
    if store.read_only:
        return
    told = {say("en"): [event.to_json() | _about(event) for event in events]}
    with contextlib.suppress(StoreError), store.transaction() as database:  # can be made again
        rows = database.execute(
            "select body from change_events where refresh_id = ? and version = ?", (refresh_id, version)
        )
        for (body,) in rows.fetchall():  # a site in Spanish every day, and a mail in English every week
            told = _tongues(body) | told
        body = zlib.compress(json.dumps(told).encode("ascii"), 1)
        database.execute("insert or replace into change_events values (?, ?, ?)", (refresh_id, version, body))
