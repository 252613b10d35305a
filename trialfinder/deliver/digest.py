"""A digest: the events of some time, study by study, the gravest first; ready to be rendered."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from trialfinder.base.text import count
from trialfinder.base.tongue import counted, say, unmarked
from trialfinder.changes.became_joinable import KIND, KINDS, WITH_WARNING
from trialfinder.changes.person import PersonNews
from trialfinder.changes.record_events import Event, severity_rank
from trialfinder.study.model import STUDY_URL

#: Most lines of one kind for one study; the rest shares a line.
MOST_ALIKE = 5
#: Most further lines below one line.
MOST_DETAILS = 20
#: Most of the rest that are named in their shared line.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news, with further lines below it."""

    severity: str
    words: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyNews:
    """The news of one study. ``person`` is what it means for the reader, '' when no profile was given.

    ``related`` is whether it is only related, as lists mark with ``~``; ``first`` whether it can be joined now and
    could not before, which is told before all else.
    ``tone`` says which way it goes: ``opens``, ``stops``, ``warns`` or ``tells``; what stops outweighs what opens.
    """

    nct_id: str
    title: str
    url: str
    severity: str
    lines: tuple[Line, ...]
    person: str = ""
    tone: str = "tells"
    related: bool = False
    first: bool = False

    @property
    def marked_title(self) -> str:
        """The title, or '' for none, with the mark that it has in every list."""
        return f"~ {self.title}" if self.related and self.title else self.title


#: In the place of the kind of what opens where that is unsure.
_UNSURE = "unsure"
#: Kinds of events, by what they mean for somebody who waits; what stands first outweighs the rest.
_TONES = {
    "stops": frozenset({
        "paused", "stopped", "completed", "closed_to_new_people", "status_unknown", "withdrawn_from_registry",
        "site_closed", "left_results",
    }),
    "warns": frozenset({"new_warning_sign", "unconfirmed_for_a_year", WITH_WARNING, _UNSURE}),
    "opens": frozenset({
        KIND, "now_recruiting", "site_near_you", "new_study", "site_opened", "site_added", "came_back",
    }),
}  # fmt: skip
_ORDER = (*_TONES, "tells")
#: Whether the registry, and our searches, have a study; the newest of these holds.
_PRESENCE = frozenset({
    "withdrawn_from_registry", "withdrawn_from_registry_closed", "left_results", "came_back", "came_back_closed",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that one message says.

    ``key`` is made of the ids of the events: the same news has the same key however often it is sent.
    ``seen`` is the end of the newest run that it tells of (UTC). ``caveat`` says until when its news reach where that
    is not the present, '' where it is.
    """

    key: str
    subject: str
    studies: tuple[StudyNews, ...]
    events: tuple[Event, ...]
    seen: dt.datetime
    caveat: str = ""

    @property
    def has_related(self) -> bool:
        """Whether a study of it is only related, so that the mark must be told."""
        return any(study.related for study in self.studies)

    @property
    def groups(self) -> list[tuple[str, list[StudyNews]]]:
        """The studies under their tone, in the order in which they are told."""
        return [(tone, list(group)) for tone, group in groupby(self.studies, key=lambda study: study.tone)]

    @property
    def size(self) -> str:
        """``3 events of 2 studies``; what it tells where it has no events."""
        if not self.events:
            return "no news, and until when they are known"
        return f"{count(len(self.events), 'event')} of {count(len(self.studies), 'study', 'studies')}"

    def to_json(self) -> dict[str, Any]:
        """The digest as JSON values, for a webhook: the subject and every event with its id."""
        events = [
            {**_unmarked(event.to_json()), "related": event.related, "url": STUDY_URL + event.nct_id}
            for event in self.events
        ]
        caveat = {"caveat": self.caveat} if self.caveat else {}
        return {"version": 1, "key": self.key, "subject": self.subject, **caveat, "events": events}


def _unmarked(event: dict[str, Any]) -> dict[str, Any]:
    """What a program reads says of no word which language it is in."""
    return event | {"words": unmarked(event["words"]), "details": [unmarked(line) for line in event["details"]]}


def make_digest(events: Sequence[Event], person: Mapping[str, PersonNews] | None = None, caveat: str = "") -> Digest:
    """Groups events by study, and studies by their tone: what can be joined now first, then the gravest, by NCT ID.

    Needs at least one event.
    """
    by_study: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda e: (e.refresh_id, severity_rank(e.severity))):
        by_study.setdefault(event.nct_id, []).append(event)
    studies = [_study(nct_id, found, (person or {}).get(nct_id)) for nct_id, found in by_study.items()]
    studies.sort(key=_weight)
    leads = {news.tone: _weight(news) for news in reversed(studies)}  # of each tone the weightiest
    studies.sort(key=lambda news: (leads[news.tone][:2], _ORDER.index(news.tone)))
    return Digest(
        key=digest_key(event.id for event in events),
        subject=_subject(studies),
        studies=tuple(studies),
        events=tuple(events),
        seen=max(event.date_seen for event in events).astimezone(dt.UTC),
        caveat=caveat,
    )


def _weight(news: StudyNews) -> tuple[bool, int, str]:
    return not news.first, severity_rank(news.severity), news.nct_id


def make_outage(since: dt.datetime, caveat: str) -> Digest:
    """What a mailbox hears where there are no news because nobody could ask: until when the registry was asked."""
    moment = since.astimezone(dt.UTC)
    subject = say("Clinical trials: what happened after {day} is not known").format(day=f"{moment:%Y-%m-%d}")
    return Digest(digest_key([f"outage {moment:%Y-%m-%dT%H:%M:%SZ}"]), subject, (), (), moment, caveat)


def make_loss(when: dt.datetime, caveat: str) -> Digest:
    """What a mailbox hears once where the store was begun anew: without news nothing else would tell it."""
    moment = when.astimezone(dt.UTC)
    subject = say("Clinical trials: part of what was known before {day} is lost").format(day=f"{moment:%Y-%m-%d}")
    return Digest(digest_key([f"lost {moment:%Y-%m-%dT%H:%M:%SZ}"]), subject, (), (), moment, caveat)


def digest_key(ids: Iterable[str]) -> str:
    """Thirty-two hexadecimal digits for a set of events, whatever their order."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32]


def _study(nct_id: str, events: Sequence[Event], person: PersonNews | None) -> StudyNews:
    severity = min((event.severity for event in events), key=severity_rank)
    title = next((event.title for event in reversed(events) if event.title), "")
    told = person.words if person else ""
    related = next((event.related for event in reversed(events)), False)
    first = any(event.kind in KINDS for event in _standing(events))
    return StudyNews(nct_id, title, STUDY_URL + nct_id, severity, _lines(events), told, _tone(events), related, first)


def _tone(events: Sequence[Event]) -> str:
    """Of the gravest events, so that a contact that left does not outweigh a study that opened; signs count always.

    Where it can be joined now, a site that closed does not outweigh that.
    """
    standing = _standing(events)
    severity = min((event.severity for event in standing), key=severity_rank)
    told = [event for event in standing if event.severity == severity or event.kind == "new_warning_sign"]
    kinds = {_UNSURE if event.unsure else event.kind for event in told}
    kinds -= {"site_closed"} if kinds & KINDS else set()
    return next((tone for tone, among in _TONES.items() if kinds & among), "tells")


def _standing(events: Sequence[Event]) -> list[Event]:
    """Without what a later run took back: of several states in a row (paused, recruiting again) the last one counts."""
    last = {_state(event): event.refresh_id for event in events}
    return [event for event in events if not _state(event) or last[_state(event)] == event.refresh_id]


def _state(event: Event) -> str:
    """What the next event of the same sort takes back; '' for what stays true."""
    if event.field == "overall_status" or event.kind in KINDS or event.kind == "unconfirmed_for_a_year":
        return "status"
    return "presence" if event.kind in _PRESENCE else ""


def _lines(events: Sequence[Event]) -> tuple[Line, ...]:
    """One line for each event in the order of time; of many alike (a study that opens forty sites) the rest shares one.

    Where not all were seen in one run, each bears its day, with the hour where two runs were on one day.
    """
    lines = []
    alike: dict[tuple[int, str], list[Event]] = {}
    for event in events:
        alike.setdefault((event.refresh_id, event.kind), []).append(event)
    when = _when({event.refresh_id: event.date_seen for event in events})
    for (run, _), found in alike.items():
        lines += [Line(event.severity, when[run] + event.words, _details(event)) for event in found[:MOST_ALIKE]]
        if rest := found[MOST_ALIKE:]:
            words = when[run] + _rest(found[0].words, rest)
            lines.append(Line(min((e.severity for e in rest), key=severity_rank), words))
    return tuple(lines)


def _when(runs: Mapping[int, dt.datetime]) -> dict[int, str]:
    """How the lines of each run begin: ``2026-11-29: ``, or with the hour; '' where all are of one run."""
    moments = {run: f"{seen.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}" for run, seen in runs.items()}
    length = next((n for n in (10, 16) if len({m[:n] for m in moments.values()}) == len(runs)), 19)
    return {run: f"{moment[:length]}: " if len(runs) > 1 else "" for run, moment in moments.items()}


def _details(event: Event) -> tuple[str, ...]:
    """The first of the further lines; where the rest can be seen."""
    if len(event.details) <= MOST_DETAILS:
        return event.details
    more = len(event.details) - MOST_DETAILS
    see = f"trialfinder changes --nct {event.nct_id} --since {event.date_seen.astimezone(dt.UTC):%Y-%m-%d}"
    return (*event.details[:MOST_DETAILS], say("and {n} more; to see all: {see}").format(n=more, see=see))


def _rest(first: str, rest: Sequence[Event]) -> str:
    """What is left of many alike, without the words that all begin with: ``and 3 more: Trier; Halle; Essen``."""
    words = [event.words.split(" ") for event in rest]
    start = 0
    while all(start < len(told) - 1 and told[start] == words[0][start] for told in (*words, first.split(" "))):
        start += 1
    named = [" ".join(told[start:]) for told in words[:MOST_NAMED]]
    if (more := len(words) - MOST_NAMED) > 0:
        named.append(counted(more, "1 further one", "{n} further ones"))
    return say("and {n} more: {named}").format(n=len(rest), named="; ".join(named))


def _subject(studies: Sequence[StudyNews]) -> str:
    critical = sum(news.severity == "critical" for news in studies)
    told = counted(len(studies), "Clinical trials: news of 1 study", "Clinical trials: news of {n} studies")
    return say("{told}, {n} about joining").format(told=told, n=critical) if critical else told
