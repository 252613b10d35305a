"""The versions of one study that the store has kept, and what changed between any two of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.changes.as_given import as_given
from trialfinder.changes.became_joinable import became_joinable
from trialfinder.changes.doubt import changed_record
from trialfinder.changes.event_table import EventTable, load
from trialfinder.changes.record_events import Event, SeenAt, title_of
from trialfinder.changes.sign_events import sign_events
from trialfinder.errors import InputError
from trialfinder.store.lookups import missed

if TYPE_CHECKING:
    from trialfinder.store import Store, VersionInfo


@dataclass(frozen=True, slots=True)
class VersionStep:
    """One version of a study: ``number`` counts from 1; ``events`` is what changed from the one before it."""

    number: int
    version: VersionInfo
    events: tuple[Event, ...]

    @property
    def words(self) -> str:
        """One line: when it was first seen and what changed."""
        day = self.version.first_seen.date().isoformat()
        posted = f" (the registry's update of {self.version.update_posted})" if self.version.update_posted else ""
        return f"{self.number}. {day}{posted}: {self.what}"

    @property
    def what(self) -> str:
        """What changed from the version before, on one line."""
        if self.number == 1:
            return "first version kept"
        return "; ".join(event.words for event in self.events) or "nothing but order, layout or dates of the record"


def history(store: Store, nct_id: str, *, table: EventTable | None = None) -> tuple[VersionStep, ...]:
    """Every version of a study, oldest first, with what changed from each to the next; empty when not in the store.

    Raises:
        InputError: not an NCT ID.
        StoreError: the store cannot be read.
    """
    versions = store.history(nct_id)
    steps = []
    for number, version in enumerate(versions, 1):
        events = _events(store, versions[number - 2], version, table or load()) if number > 1 else ()
        steps.append(VersionStep(number, version, events))
    return tuple(steps)


def gone_step(store: Store, nct_id: str) -> tuple[dt.datetime, str] | None:
    """When it was seen that the registry has the study no more, and that in words; None where it has it.

    Raises:
        InputError: not an NCT ID.
        StoreError: the store cannot be read.
    """
    stored = store.get(nct_id)
    noticed = missed(store.database, stored.nct_id) if stored else None
    if stored is None or noticed is None:
        return None
    until = f"last seen there on {stored.last_seen.date()}, no longer there on {noticed.date()}"
    return noticed, f"withdrawn from the registry: {until}"


def between(
    store: Store, nct_id: str, first: int, second: int, *, table: EventTable | None = None
) -> tuple[Event, ...]:
    """What changed between two versions of a study, by their numbers (1 is the oldest; -1 the newest).

    Raises:
        InputError: not an NCT ID, or no such version.
        StoreError: the store cannot be read.
    """
    versions = store.history(nct_id)
    for number in (first, second):
        if number == 0 or abs(number) > len(versions):
            kept = f"versions 1 to {len(versions)} are kept" if versions else "the store has no version of it"
            raise InputError(f"{nct_id}: there is no version {number}; {kept}")
    old, new = (versions[n - 1 if n > 0 else n] for n in (first, second))
    return _events(store, old, new, table or load())


def _events(store: Store, old: VersionInfo, new: VersionInfo, table: EventTable) -> tuple[Event, ...]:
    before, after = store.version_record(old.version_id), store.version_record(new.version_id)
    seen = SeenAt(new.nct_id, title_of(after), new.first_refresh, new.first_seen)
    last = [run for run in store.refreshes() if run.id < new.first_refresh]
    day_before = last[-1].finished.date() if last else seen.date_seen.date()
    opened = became_joinable(as_given(before), as_given(after), day_before, seen, table)
    return (*opened, *sign_events(before, after, seen, table), *changed_record(before, after, seen, table))
