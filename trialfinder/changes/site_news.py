"""Sites near one person that have opened. Nothing here is stored, and no mail and no webhook carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trialfinder.changes.doubt import doubt
from trialfinder.changes.event_table import EventTable, load
from trialfinder.changes.record_events import Event, SeenAt, study_event
from trialfinder.changes.run_spans import spans_of, versions_at
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study

if TYPE_CHECKING:
    from trialfinder.store import Store
    from trialfinder.study.model import Study

KIND = "site_near_you"
#: The open sites of a study near one place, nearest first: each in words, under what it is known by.
Near = Callable[["Study"], Mapping[str, str]]


def near_events(
    store: Store, events: Iterable[Event], near: Near, *, table: EventTable | None = None
) -> Iterator[Event]:
    """One for each study that has an open site nearby which it had not before the first of the events.

    Raises:
        StoreError: the store cannot be read.
    """
    told: Sequence[Event] = list(events)
    last_of = {event.nct_id: event for event in told}
    for nct_id, (first, last) in spans_of(told).items():
        old, new = versions_at(store, nct_id, first - 1, last)
        before, after = _near(near, old), _near(near, new)
        opened = [words for key, words in after.items() if key not in before]
        if opened:
            event = last_of[nct_id]
            seen = SeenAt(nct_id, event.title, last, event.date_seen)
            why = doubt(new, event.date_seen.date())
            found = study_event(KIND, seen, table or load(), new=opened[0], details=tuple(opened[1:]), why=why)
            yield replace(found, off_topic=event.off_topic, related=event.related)


def _near(near: Near, record: Mapping[str, Any] | None) -> Mapping[str, str]:
    try:
        return near(read_study(record)) if record is not None else {}
    except RecordError:
        return {}
