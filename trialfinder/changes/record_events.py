"""From differences to news: one event for each thing that a reader should hear of once.

An event's id is made of the study, the field (with the item of a list), the old value, the new value and the run that
first saw the new version. So A -> B -> A -> B gives three ids, the same change seen again gives the same one, and an
edit of ``data/changes.toml`` or of the criteria patterns changes the words and the severity but never the id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trialfinder.base.text import harmless, plain
from trialfinder.base.tongue import say
from trialfinder.changes import normal
from trialfinder.changes import wording as words
from trialfinder.changes.criteria_changes import differences
from trialfinder.changes.diff import Change, compare
from trialfinder.changes.event_table import SEVERITIES, EventCase, EventRow, EventTable


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news about one study.

    Attributes:
        id: sixteen hexadecimal digits, see the module.
        kind: what sort of news, as in ``data/changes.toml``: ``now_recruiting``, ``site_opened``, ``criteria`` …
        severity: ``critical``, ``important``, ``normal`` or ``minor``.
        field: the attribute of ``Study`` that changed; the path in the record where no attribute has it.
        old, new: the values as text, as the registry has them; None when not stated.
        words: the news in plain words, one line.
        details: further lines, for a text with several differences; empty for most.
        title: the study's short title as it is now.
        refresh_id: the run that saw it; the order of events is the order of these, not of the clock.
        date_seen: when that run ended, UTC.
        off_topic: whether the study gave no cells for a nerve, before and after: no list shows it unless asked to.
        related: whether the study as it is now is only related; every list marks it ``~``.
        unsure: whether it says that something opened, of a study that may not be open, see `changes.doubt`.
    """

    id: str
    nct_id: str
    kind: str
    severity: str
    field: str
    old: str | None
    new: str | None
    words: str
    details: tuple[str, ...]
    title: str
    refresh_id: int
    date_seen: dt.datetime
    off_topic: bool = False
    related: bool = False
    unsure: bool = False

    @property
    def marked_title(self) -> str:
        """The title with the mark that it has in every list; '' when the study has none."""
        return f"~ {self.title}" if self.related and self.title else self.title

    def to_json(self) -> dict[str, Any]:
        """The event as JSON values; the instant in ISO 8601, UTC. What it is about is no part of them."""
        return {
            "id": self.id, "nct_id": self.nct_id, "kind": self.kind, "severity": self.severity, "field": self.field,
            "old": self.old, "new": self.new, "words": self.words, "details": list(self.details), "title": self.title,
            "refresh_id": self.refresh_id, "date_seen": self.date_seen.astimezone(dt.UTC).isoformat(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Event:
        """The event that ``to_json`` wrote."""
        seen = dt.datetime.fromisoformat(data["date_seen"])
        return cls(**{**data, "details": tuple(data["details"]), "date_seen": seen})


@dataclass(frozen=True, slots=True)
class SeenAt:
    """Where and when something was seen: the study, its title, the run and the end of the run (UTC)."""

    nct_id: str
    title: str
    refresh_id: int
    date_seen: dt.datetime


def severity_rank(severity: str) -> int:
    """0 for ``critical`` to 3 for ``minor``."""
    return SEVERITIES.index(severity)


def event_id(nct_id: str, place: str, old: object, new: object, refresh_id: int) -> str:
    """The id of an event, see the module."""
    parts = (nct_id, place, normal.canonical(old), normal.canonical(new), str(refresh_id))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def title_of(record: Mapping[str, Any] | None) -> str:
    """The short title of a raw record, harmless and on one line; '' when it has none."""
    module = _branch(_branch(record, "protocolSection"), "identificationModule")
    found = module.get("briefTitle") or module.get("officialTitle")
    return harmless(plain(found)) if isinstance(found, str) else ""


def status_of(record: Mapping[str, Any] | None) -> str:
    """The overall status of a raw record in plain words."""
    return words.status(status_code(record))


def status_code(record: Mapping[str, Any] | None) -> object:
    """The overall status of a raw record as it stands there; None for none."""
    return _branch(_branch(record, "protocolSection"), "statusModule").get("overallStatus")


def _branch(value: object, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def study_event(
    kind: str, seen: SeenAt, table: EventTable, *, status: str = "", search: str = "", old: str = "", new: str = "",
    details: tuple[str, ...] = (), closed: bool = False, why: str = "", reason: str = "", name: str = "",
) -> Event:  # fmt: skip
    """News about a whole study, of a kind of ``[study]`` in ``data/changes.toml``.

    ``search`` is the saved search that it is about, '' for none; ``old``, ``new``, ``reason`` and ``name`` are what its
    words name besides.
    A ``closed`` study may have a row of its own, ``<kind>_closed``; the id stays that of the kind. ``why`` is the
    doubt of its status, '' for none, and stands in the place of it.
    """
    told_as = f"{kind}_closed" if closed and f"{kind}_closed" in table.study else kind
    said = table.study[told_as]
    known = {
        "status": status,
        "search": harmless(plain(search)),
        "old": old,
        "new": new,
        "reason": reason,
        "name": name,
    }
    told = say(str(said.doubted if why and said.doubted else said.words)).format_map(known | {"doubt": why})
    place = f"study [{search}]" if search else "study"
    id_ = event_id(seen.nct_id, place, None, kind, seen.refresh_id)
    return Event(
        id_,
        seen.nct_id,
        told_as,
        "important" if why and said.severity == "critical" else said.severity,
        "study",
        None,
        told_as,
        told,
        details,
        seen.title,
        seen.refresh_id,
        seen.date_seen,
        unsure=bool(why),
    )


def record_events(old: Mapping[str, Any], new: Mapping[str, Any], seen: SeenAt, table: EventTable) -> tuple[Event, ...]:
    """What changed between two versions of one record; the gravest first, else in the order of the record."""
    changes = [change for change in compare(old, new, table) if not table.is_renaming(change.old, change.new)]
    taken = _taken(changes, table)
    events = [
        _event(change, seen, table, taken.get(index, ()))
        for index, change in enumerate(changes)
        if not any(index != other and index in found for other, found in taken.items())
    ]
    return tuple(sorted(_numbered(events), key=lambda event: severity_rank(event.severity)))


def _taken(changes: Sequence[Change], table: EventTable) -> dict[int, dict[int, Change]]:
    """For each leading change, the changes that are told with it instead of by themselves."""
    found: dict[int, dict[int, Change]] = {}
    free = set(range(len(changes)))
    for index, change in enumerate(changes):
        if index not in free:
            continue
        paths = set(table.row(change.path).takes)
        dropped = {p for c in table.closings if c.trigger == change.path and change.new in c.to for p in c.removed}
        mine = {
            other: changes[other]
            for other in free
            if other != index
            and (changes[other].path in paths or (changes[other].path in dropped and changes[other].how == "removed"))
        }
        free -= mine.keys()
        if mine:
            found[index] = dict(sorted(mine.items()))
    return found


def _numbered(events: Iterable[Event]) -> Iterator[Event]:
    """Tells apart what would have one id: two sites of the same name with the same change."""
    times: dict[str, int] = {}
    for event in events:
        times[event.id] = times.get(event.id, 0) + 1
        again = times[event.id]
        yield event if again == 1 else replace(event, id=event_id(event.id, "again", None, again, event.refresh_id))


def _event(change: Change, seen: SeenAt, table: EventTable, taken: Mapping[int, Change] | tuple[()]) -> Event:
    row = table.row(change.path)
    with_it = tuple(taken.values()) if isinstance(taken, Mapping) else ()
    case = row.case_of(change, {each.path: each.new for each in with_it})
    told = words.tell(change, row, case.words, _extra(with_it))
    severity: str = case.severity or row.severity
    details = _details(with_it, table)
    if row.form == "criteria" and isinstance(change.old, str) and isinstance(change.new, str):
        severity, told, details = _criteria(change, told, table)
    return Event(
        id=event_id(seen.nct_id, change.place, change.old, change.new, seen.refresh_id),
        nct_id=seen.nct_id, kind=case.kind or row.kind, severity=severity, field=row.field or change.path,
        old=_plain(change.old), new=_plain(change.new), words=harmless(plain(told)), details=details, title=seen.title,
        refresh_id=seen.refresh_id, date_seen=seen.date_seen,
    )  # fmt: skip


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else normal.canonical(value)


def _extra(taken: Iterable[Change]) -> dict[str, str]:
    """What the words of a status need of the changes that are told with it."""
    found: dict[str, str] = {}
    for change in taken:
        if change.path.endswith(".whyStopped") and change.new is not None:
            found["reason"] = f": {words.value(change.new, 'text')}"
        if change.path.endswith(".lastKnownStatus"):
            found["known"] = words.status(change.new)
    return found


def _details(taken: Sequence[Change], table: EventTable) -> tuple[str, ...]:
    """The changes told with another one: those with words of their own, then how many the registry dropped."""
    lines, dropped = [], 0
    for change in taken:
        row = table.row(change.path)
        if change.path.endswith((".whyStopped", ".lastKnownStatus")) and change.new is not None:
            continue  # stands in the words of the status
        if "[]" in change.path and change.how == "removed":
            dropped += 1
        elif not row.whole and not change.path.endswith("SubmitDate") and not change.path.endswith("QcDate"):
            lines.append(words.tell(change, row, row.case_of(change).words, {}))
    if dropped:
        one, many = (
            say("1 statement of sites and contacts dropped with it"),
            say("{n} statements of sites and contacts dropped with it"),
        )
        lines.append(one if dropped == 1 else many.format(n=dropped))
    return tuple(lines)


def _criteria(change: Change, told: str, table: EventTable) -> tuple[str, str, tuple[str, ...]]:
    """Severity, words and details of a changed criteria text."""
    found = differences(change.old, change.new)
    ranks = [table.criteria_severity.get(difference.sort, "important") for difference in found]
    severity = min(ranks, key=severity_rank)
    if len(found) == 1:
        return severity, found[0].words, ()
    first = found[0].words.split(": “", 1)[0]
    one, many = say("{told}: {first} and 1 more difference"), say("{told}: {first} and {n} more differences")
    more = (one if len(found) == 2 else many).format(told=told, first=first, n=len(found) - 1)
    return severity, more, tuple(harmless(plain(difference.words)) for difference in found)


__all__ = ["Event", "EventCase", "EventRow", "SeenAt", "event_id", "record_events", "severity_rank", "study_event"]
