"""News that no change of a record brings: an open study that nobody has confirmed for a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trialfinder.changes.as_given import as_given, told_about
from trialfinder.changes.event_table import EventTable
from trialfinder.changes.record_events import Event, SeenAt, status_of, study_event, title_of
from trialfinder.classify import unconfirmed
from trialfinder.errors import RecordError
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study

if TYPE_CHECKING:
    from trialfinder.store import RefreshInfo, Store

KIND = "unconfirmed_for_a_year"


@dataclass
class PassingTime:
    """Tells what only the days between two runs have brought; remembers what it has read, for one run after another."""

    store: Store
    table: EventTable
    _open: dict[int, Study | None] = field(default_factory=dict)

    def events(self, before: RefreshInfo, run: RefreshInfo) -> Iterator[Event]:
        """One for each study that says it is open and was last confirmed a year ago on a day between the two runs.

        A study that comes with this run is told as new, with its status.
        """
        first, last = before.finished.date(), run.finished.date()
        if last <= first:
            return
        for stored in self.store.records(as_of=run.id):
            if stored.first_seen >= run.finished:
                continue
            study = self._study(stored.version_id, stored)
            if study is not None and unconfirmed(study, last) and not unconfirmed(study, first):
                seen = SeenAt(stored.nct_id, title_of(stored.record), run.id, run.finished)
                told = str(study.status_verified_date)
                event = study_event(KIND, seen, self.table, status=status_of(stored.record), old=told)
                yield told_about(event, [as_given(stored.record)])

    def _study(self, version_id: int, stored: Any) -> Study | None:
        """The study if it says that it is open; None for others, and for one that cannot be read."""
        if version_id not in self._open:
            record: Mapping[str, Any] = stored.record
            try:
                study = read_study(record)
            except RecordError:
                study = None
            is_open = study is not None and unconfirmed(study, dt.date.max)
            self._open[version_id] = _told_apart(study) if study is not None and is_open else None
        return self._open[version_id]


def _told_apart(study: Study) -> Study:
    """Only what is asked of it here: a store of many open studies would be held in memory a second time."""
    return Study(
        nct_id=study.nct_id, overall_status=study.overall_status, status_verified_date=study.status_verified_date
    )
