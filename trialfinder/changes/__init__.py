"""What changed in the registry, in words: new, recruiting, stopped, sites, limits, results, gone and back."""

from __future__ import annotations

from trialfinder.changes.became_joinable import told_first
from trialfinder.changes.event_filter import changes, on_topic, wanted
from trialfinder.changes.event_table import SEVERITIES
from trialfinder.changes.history import VersionStep, between, gone_step, history
from trialfinder.changes.news import events_between, prepare
from trialfinder.changes.person import PersonNews, for_person
from trialfinder.changes.record_events import Event
from trialfinder.changes.site_news import Near

__all__ = [
    "SEVERITIES",
    "Event",
    "Near",
    "PersonNews",
    "VersionStep",
    "between",
    "changes",
    "events_between",
    "for_person",
    "gone_step",
    "history",
    "on_topic",
    "prepare",
    "told_first",
    "wanted",
]
