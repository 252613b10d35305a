"""Runs of a store without a registry, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from tests.standin.samples import sample
from trialfinder.store import RunOutcome, SearchRun, Store

START = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)


def day(number: int) -> dt.datetime:
    """So many days after the first."""
    return START + dt.timedelta(days=number)


def titled(number: int, title: str) -> dict[str, Any]:
    """A study with this title."""
    return sample(number, briefTitle=title)


def run(
    store: Store,
    at: dt.datetime,
    found: Mapping[str, Iterable[Mapping[str, Any]]],
    *,
    gone: Mapping[str, str] | None = None,
    data_timestamp: str | None = None,
    definition: str = "q",
    kind: str = "full",
) -> RunOutcome:
    """One full run: everything of these searches that does not come has left, or is gone if named."""
    with store.refresh(at) as writer:
        for search, records in found.items():
            for record in records:
                writer.seen(search, record)
        for nct_id, reason in (gone or {}).items():
            writer.gone(nct_id, reason)
        for search in found:
            for nct_id in writer.missing(search):
                if nct_id not in (gone or {}):
                    writer.leave(search, nct_id)
        return writer.finish(
            finished=at,
            kind=kind,
            tool_version="0",
            data_timestamp=data_timestamp or f"{at:%Y-%m-%d}T09:00:05",
            api_version="2.0.5",
            searches=[SearchRun(name, kind, definition, len(list(records))) for name, records in found.items()],
        )


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table: two stores with the same content give the same."""
    names = [
        name
        for (name,) in store.database.execute("select name from sqlite_schema where type = 'table' order by name")
        if not name.startswith("sqlite_")
    ]
    return {name: sorted(map(tuple, store.database.execute(f"select * from {name}")), key=repr) for name in names}
