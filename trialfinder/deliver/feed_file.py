"""The feed of a job: what is in it is told for a month after it came in, however late its digest ran."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.changes.event_filter import check_severity, since_refresh, wanted
from trialfinder.changes.news import events_between
from trialfinder.changes.record_events import Event
from trialfinder.deliver.commission import Ask, Tools
from trialfinder.deliver.delivery import Delivered
from trialfinder.deliver.feed import MOST, write_feed
from trialfinder.deliver.ledger import Ledger
from trialfinder.deliver.without_news import loss_now, outage_now
from trialfinder.errors import InputError, StoreError
from trialfinder.store.standing import standing

if TYPE_CHECKING:
    from trialfinder.store import Store

#: So long a feed keeps what it had before.
KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _FeedSpan:
    """Runs by their ids: what came after ``start`` is in the feed, what came after ``fresh`` is new in it."""

    start: int
    fresh: int
    newest: int


def deliver_feed(
    store: Store, path: Path, ask: Ask, tools: Tools, now: dt.datetime, outcomes: Sequence[Delivered] = ()
) -> Delivered:
    """Writes the feed: with ``--since last`` what it has not had and what ``outcomes`` delivered, whatever its age.

    What was in it before leaves 30 days after it came in. That nobody could ask the registry for days, or that the
    store was begun anew, is an entry, since few readers show what a feed says of itself.

    Args:
        store: where the news is, and where is written down up to which run the feed has them.
        path: of the feed.
        ask: what to tell.
        tools: how files are written.
        now: the present, with a time zone.
        outcomes: what became of the other destinations of this digest.
    """
    check_severity(ask.severity)
    state, last = standing(store), ask.since == "last"
    ledger = _ledger(store, path, ask)
    window = _window(store, ledger, now, outcomes) if last else None
    events = _events(store, window, ask, now)
    notes = [note for note in (loss_now(store), outage_now(store, now)) if note] if last else []
    fresh = sum(event.refresh_id > window.fresh for event in events) if window else 0
    try:
        written = write_feed(
            path, events, updated=state.asked or now, caveat=state.caveat(now), notes=notes, files=tools.files,
            most=max(MOST, fresh),
        )  # fmt: skip
    except InputError as error:
        return Delivered(str(path), "failed", str(error), local=True)
    if window and not store.read_only and window.newest > (ledger.watermark() or 0):
        with contextlib.suppress(StoreError):  # it has its news; what is not written down is in it again next time
            ledger.settle(ledger.begin(window.fresh, window.newest, (), now), (), now)
    return Delivered(str(path.absolute()), *(("delivered", "written") if written else ("nothing", "nothing new")))


def _ledger(store: Store, path: Path, ask: Ask) -> Ledger:
    place = f"feed:{hashlib.sha256(str(path.expanduser().absolute()).encode()).hexdigest()[:24]}"
    return Ledger(store, place, f"{place}:{ask.scope}")


def _window(store: Store, ledger: Ledger, now: dt.datetime, outcomes: Sequence[Delivered]) -> _FeedSpan:
    runs, mark = store.refreshes(), ledger.watermark()
    newest = runs[-1].id if runs else 0
    told = [event.refresh_id - 1 for outcome in outcomes if outcome.digest for event in outcome.digest.events]
    fresh = min([newest if mark is None else mark, *told])
    return _FeedSpan(min(since_refresh("30d", runs, now), fresh, *ledger.starts(now - KEPT)), fresh, newest)


def _events(store: Store, window: _FeedSpan | None, ask: Ask, now: dt.datetime) -> tuple[Event, ...]:
    start = since_refresh(ask.since, store.refreshes(), now) if window is None else window.start
    found = events_between(store, start)
    asked = wanted(found, store, nct_ids=ask.nct_ids, searches=ask.searches, severity=ask.severity, near=ask.near)
    return tuple(asked)
