"""Edits of the made-up record, by path: ``edited({"statusModule.overallStatus": "COMPLETED"})``."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.unit.sample import RECORD
from trialfinder.changes.event_table import load
from trialfinder.changes.record_events import Event, SeenAt, record_events

NOW = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)
SEEN = SeenAt("NCT90000001", "Cord cells", 7, NOW)
DROP = object()


def edited(edits: Mapping[str, Any], record: Mapping[str, Any] = RECORD) -> dict[str, Any]:
    """A copy of a record with other values; a path starts below ``protocolSection`` or with a ``/`` at the top."""
    copied = copy.deepcopy(dict(record))
    for path, value in edits.items():
        parts = path[1:].split(".") if path.startswith("/") else ["protocolSection", *path.split(".")]
        place: Any = copied
        for part in parts[:-1]:
            place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
        last = parts[-1]
        if value is DROP:
            place.pop(last, None)
        elif isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value
    return copied


def events(edits: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> tuple[Event, ...]:
    """What is told when the record is edited; ``before`` are edits of the earlier version."""
    return record_events(edited(before or {}), edited({**(before or {}), **edits}), SEEN, load())


def told(edits: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """Severity, kind and words of each event."""
    return [(event.severity, event.kind, event.words) for event in events(edits, before)]
