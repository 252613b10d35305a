"""Opens what there is to look at: a file of records, the store, or the snapshot when there is nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base import resources
from trialfinder.base.typed_data import load
from trialfinder.base.values import DEFAULT_SEARCH
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.sighted import Holding, Sighted, kept
from trialfinder.errors import InputError, RecordError
from trialfinder.study.model import record_nct_id

if TYPE_CHECKING:
    from trialfinder.store import Store, StoredRecord
    from trialfinder.store.stored import RefreshInfo

_SNAPSHOT = ("snapshot", "studies.jsonl")
_SOURCES = "sources.toml"


@contextmanager
def open_catalogue(
    store_path: Path,
    today: dt.date,
    *,
    records: str | None = None,
    as_of: dt.date | None = None,
    query: str | None = None,
    read_only: bool = False,
) -> Iterator[Catalogue]:
    """What can be looked at: the file of records when one is named, else the store, else the snapshot.

    ``as_of`` is the day at whose end (UTC) the store is looked at; the snapshot has no past. ``query`` is the saved
    search whose results are asked for; without it the snapshot stands beside a store in which nobody ever asked for all
    of it, else what one narrow search found would read as if there were no other study. With ``read_only``
    nothing is written, not even what was read and could be kept; without it that is so where the store may not be
    written to.

    Raises:
        StoreError: the store is there and cannot be read.
        InputError: the file of records cannot be read.
    """
    if records is not None:
        yield from_records(records, today)
        return
    if not store_path.exists():
        if as_of is not None:
            raise InputError(f"{store_path}: is not there, so there is no past to look at; trialfinder search makes it")
        yield snapshot(today)
        return
    from trialfinder.store import Store

    with Store.open(store_path, create=False, read_only=read_only, or_read_only=True) as store:
        if as_of is not None:
            yield from_store(store, today, as_of=dt.datetime.combine(as_of, dt.time.max, tzinfo=dt.UTC))
        elif store.is_empty():
            yield snapshot(today)
        else:
            found = from_store(store, today)
            if query is None and is_narrow(store):
                _put_beside(found)
            yield found


def is_narrow(store: Store) -> bool:
    """Whether a store has only what narrow questions found: nobody asked for all, or put files of their own in."""
    from trialfinder.store.importing import has_own_files

    return store.last_refresh(DEFAULT_SEARCH) is None and not has_own_files(store)


def from_store(store: Store, today: dt.date, *, as_of: dt.datetime | None = None) -> Catalogue:
    """The studies of a store, as they are or as they were at a moment.

    Raises:
        InputError: the store knew nothing yet at that moment; an empty list would look like "there was none".
    """
    if as_of is not None and not store.refresh_at(as_of):
        first = store.refreshes()
        since = f"its first run was on {first[0].finished:%Y-%m-%d}" if first else "it has had no run yet"
        raise InputError(f"--as-of {as_of:%Y-%m-%d}: {store.path} knew nothing then; {since}")
    entries = {
        stored.nct_id: Holding(
            stored.nct_id, _loader(stored), stored.hash, stored.searches, stored.last_seen, text=stored.load
        )
        for stored in store.records(as_of=as_of, at_once=False)
    }
    last = store.last_refresh() if as_of is None else _last_before(store, as_of)
    origin = Origin("store", str(store.path), last.data_timestamp if last else None, last.finished if last else None)
    return Catalogue(origin, entries, today, store)


def _last_before(store: Store, moment: dt.datetime) -> RefreshInfo | None:
    runs = [run for run in store.refreshes() if run.kind != "import" and run.finished <= moment]
    return runs[-1] if runs else None


def _loader(stored: StoredRecord) -> Callable[[], dict[str, Any]]:
    return lambda: stored.record


def from_records(source: str, today: dt.date) -> Catalogue:
    """The studies of a file; the last record wins when an id comes twice."""
    from trialfinder.study.record_files import read_records

    found = Catalogue(Origin("records", "standard input" if source == "-" else source), {}, today)
    for number, record in enumerate(read_records(source), start=1):
        try:
            nct_id = record_nct_id(record if isinstance(record, dict) else {})
        except RecordError as error:
            found.set_aside.append(f"record {number}: {error}")
            continue
        found.entries[nct_id] = Holding(nct_id, kept(record))
    return found


def from_answer(search: str, crawl: Iterable[dict[str, Any]], data_timestamp: str, today: dt.date) -> Catalogue:
    """What the registry answered to a search, kept nowhere."""
    found = Catalogue(Origin("records", search, data_timestamp), {}, today)
    for record in crawl:
        nct_id = record_nct_id(record)
        found.entries[nct_id] = Holding(nct_id, kept(record), searches=(search,))
    return found


def _put_beside(found: Catalogue) -> None:
    """Puts the studies that came with the program beside those of a store, which knows better about its own.

    All of it then counts as the snapshot, so that nothing calls it current; ``origin_of`` tells of one study.
    """
    others = snapshot(found.today)
    found.own = found.origin
    found.origin, found.entries = others.origin, {**others.entries, **found.entries}


def snapshot(today: dt.date) -> Catalogue:
    """The studies that came with the program: real ones, worded by us, each of its own day, never current.

    Raises:
        InputError: the installation lacks them.
    """
    folder = resources.data_dir(_SNAPSHOT[0])
    found = from_records(str(folder / _SNAPSHOT[1]), today)
    seen = load(folder / _SOURCES, dict[str, Sighted])
    for nct_id, entry in found.entries.items():
        found.entries[nct_id] = replace(entry, seen=seen.get(nct_id, Sighted("", "none", ())))
    days = sorted(item.as_of for item in seen.values() if item.as_of)
    if not days:
        raise InputError(f"{folder / _SOURCES}: no study has a day")
    found.origin = Origin("snapshot", "the snapshot", f"{days[0]}/{days[-1]}")
    return found
