"""Which events are asked for: since when, of which studies, searches and severity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re
from trialfinder.base.suggest import nearest
from trialfinder.base.values import PartialDate, nct_id
from trialfinder.changes.event_table import SEVERITIES, EventTable
from trialfinder.changes.news import events_between
from trialfinder.changes.record_events import Event, severity_rank
from trialfinder.changes.site_news import Near, near_events
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.store import RefreshInfo, Store

_SPAN = re.compile(r"(\d{1,4})\s*(h|d|w|hours?|days?|weeks?|months?)", re.IGNORECASE | re.ASCII)
# A month is its longest, so that nothing falls between two digests.
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 31 * 24}


def changes(
    store: Store,
    since: str = "7d",
    *,
    now: dt.datetime,
    nct_ids: Collection[str] = (),
    searches: Collection[str] = (),
    severity: str = "minor",
    near: Near | None = None,
    everything: bool = False,
    table: EventTable | None = None,
) -> tuple[Event, ...]:
    """What happened, the oldest run first.

    Args:
        store: where from.
        since: ``7d``, ``12h``, ``2w``, a date (``2026-11-01``, ``2026-11``), or ``last``: only the newest run.
        now: the present, with a time zone.
        nct_ids: only these studies; empty for all.
        searches: only studies that are or were in the results of one of these saved searches; empty for all.
        severity: nothing less grave than this.
        near: the open sites near a place; None for no news of sites near it.
        everything: off-topic studies too, which no list shows; those of ``nct_ids`` are told of anyway.
        table: the words; None for ``data/changes.toml``.

    Raises:
        InputError: ``since``, ``severity`` or an NCT ID cannot be understood.
        StoreError: the store cannot be read.
    """
    check_severity(severity)
    runs = store.refreshes()
    start = runs[-1].id - 1 if since == "last" and runs else since_refresh(since, runs, now)
    found = events_between(store, start, table=table)
    return tuple(
        wanted(found, store, nct_ids=nct_ids, searches=searches, severity=severity, near=near, everything=everything)
    )


def on_topic(events: Iterable[Event], nct_ids: Collection[str] = ()) -> list[Event]:
    """Without those of off-topic studies, which no list shows; what is asked for by its id is told of anyway."""
    return [event for event in events if nct_ids or not event.off_topic]


def wanted(
    events: Iterable[Event], store: Store, *, nct_ids: Collection[str] = (), searches: Collection[str] = (),
    severity: str = "minor", near: Near | None = None, everything: bool = False,
) -> Iterator[Event]:  # fmt: skip
    """The events that are asked for, see ``changes``; after them those of sites that opened ``near`` a place."""
    ids = {nct_id(text) for text in nct_ids}
    members = _members(store, searches) if searches else frozenset()
    limit = severity_rank(severity)
    asked = [e for e in events if (not ids or e.nct_id in ids) and (not searches or e.nct_id in members)]
    chosen = asked if everything else on_topic(asked, ids)
    found = [*chosen, *(near_events(store, chosen, near) if near else ())]
    yield from (event for event in found if severity_rank(event.severity) <= limit)


def since_refresh(since: str, runs: Sequence[RefreshInfo], now: dt.datetime) -> int:
    """The id of the run after which events are asked for; runs that ended at or after the moment belong to them.

    The order of the runs is that of their ids. When the clock has jumped back, a later run may bear an earlier time;
    it is then asked for all the same.

    Raises:
        InputError: cannot be understood.
    """
    moment = parse_since(since, now)
    later = [run.id for run in runs if run.finished >= moment]
    return min(later) - 1 if later else (runs[-1].id if runs else 0)


def parse_since(since: str, now: dt.datetime) -> dt.datetime:
    """The moment that ``7d``, ``12h``, ``2w`` or a date means, in UTC; a date is its first instant.

    Raises:
        InputError: cannot be understood.
    """
    text = since.strip()
    span = _SPAN.fullmatch(text)
    if span:
        return now.astimezone(dt.UTC) - dt.timedelta(hours=int(span[1]) * _HOURS[span[2][0].lower()])
    try:
        day = PartialDate.parse(text).earliest()
    except ValueError:
        raise InputError(
            f"--since {text[:40]!r}: not understood; use last, 7d, 12h, 2w, 1month, or a date such as 2026-11-01"
        ) from None
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def check_severity(severity: str) -> None:
    """Raises InputError when it is not one of the four."""
    if severity not in SEVERITIES:
        close = nearest(severity, SEVERITIES)
        hint = f"did you mean {close!r}?" if close else f"use one of {', '.join(SEVERITIES)}"
        raise InputError(f"--severity {severity[:40]!r}: unknown; {hint}")


def _members(store: Store, searches: Collection[str]) -> frozenset[str]:
    """The studies that are or were in the results of one of the searches."""
    marks = ", ".join("?" * len(searches))
    rows = store.database.execute(
        f"select distinct nct_id from search_results where search in ({marks})", tuple(searches)
    )
    return frozenset(found for (found,) in rows)
