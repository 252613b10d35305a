"""A status that the record states, with the doubt that every list has of it: news are believed as they are told.

What calls itself open, but was confirmed by nobody for more than a year or has passed its own end, is not told as open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trialfinder.base.enums import STATUS_WORDS
from trialfinder.base.tongue import say
from trialfinder.changes import wording
from trialfinder.changes.event_table import EventTable
from trialfinder.changes.record_events import Event, SeenAt, record_events, severity_rank
from trialfinder.classify import joinable
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study

#: What says of a site that it takes people; the study has the last word.
_SITES = frozenset({"site_opened", "site_added"})
_OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE", "TEMPORARILY_NOT_AVAILABLE"})


def doubt(record: Mapping[str, Any] | None, day: dt.date) -> str:
    """Why it is unsure on that day whether the study can be joined, as ``show`` says it; '' where it is not unsure.

    A status that is not known to this program, or a record that cannot be read, gives none.
    """
    try:
        study = read_study(record) if record is not None else None
    except RecordError:
        return ""
    if study is None or study.overall_status not in STATUS_WORDS:
        return ""
    found = joinable(study, day)
    waits = study.overall_status == "RECRUITING" and found.answer == "not_yet"
    return found.reason if waits or found.answer == "unsure" else ""


def changed_record(
    old: Mapping[str, Any], new: Mapping[str, Any], seen: SeenAt, table: EventTable
) -> tuple[Event, ...]:
    """As `record_events`; those that say that the study or a site opened with the doubt of it. The ids stay."""
    told = record_events(old, new, seen, table)
    if not any(map(_opens, told)) or not (why := doubt(new, seen.date_seen.date())):
        return told
    doubted = [_told(event, why) if _opens(event) else event for event in told]
    return tuple(sorted(doubted, key=lambda event: severity_rank(event.severity)))


def _opens(event: Event) -> bool:
    return event.kind in _SITES or (event.field == "overall_status" and event.new in _OPEN)


def _told(event: Event, why: str) -> Event:
    if event.kind in _SITES:  # below the line: of forty sites the words after a place are what they differ in
        return _unsure(event, details=(*event.details, why))
    changed = say("status changed from {old} to {new}; {doubt}")
    return _unsure(event, words=changed.format(old=wording.status(event.old), new=wording.status(event.new), doubt=why))


def _unsure(event: Event, **told: Any) -> Event:
    severity = "important" if event.severity == "critical" else event.severity
    return replace(event, severity=severity, unsure=True, **told)
