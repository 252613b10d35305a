"""Takes records from a file: the way in where the registry cannot be reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from trialfinder.base.version import VERSION
from trialfinder.errors import RecordError, StoreError
from trialfinder.store import codec
from trialfinder.store.stored import ImportReport, Known, Seen
from trialfinder.store.study_store import Store
from trialfinder.store.writing import RefreshWriter
from trialfinder.study.read_study import read_study

#: The source of a study that was asked for by its id; such a study makes no store that one can search in.
ASKED_FOR = "the registry, asked for "


def has_own_files(store: Store) -> bool:
    """Whether a person put records of their own choice in, so that the store is what they want to look at."""
    return any(run.kind == "import" and ASKED_FOR not in run.note for run in store.refreshes())


def import_records(
    store: Store, records: Iterable[Any], source: str, now: dt.datetime, *, search: str | None = None
) -> ImportReport:
    """Adds records to the store, in one transaction; never overwrites a newer copy with an older one.

    Which copy is newer is told by the registry's date of the last update; where that is the same, by the day of the
    load it came from (``versionHolder``) against the last load in which the stored copy was seen. When neither tells,
    the stored copy stays. What stays is listed in ``ImportReport.older``.

    Args:
        store: where to.
        records: raw records, in any order; those not in the promised shape are set aside.
        source: where from, for the run's note.
        now: the time of the import.
        search: the saved search whose results these are, None when that is not known.

    Raises:
        StoreError: could not be written; the store is as it was.
        InputError: from ``records``; the store is as it was.
    """
    loads = {run.id: (run.data_timestamp or "")[:10] for run in store.refreshes()}
    counts = dict.fromkeys(Seen, 0)
    older: list[str] = []
    with store.refresh(now) as run:
        for record in records:
            counts[_take(store, run, record, search, loads, older)] += 1
        run.finish(finished=now, kind="import", tool_version=VERSION, note=f"import of {source}")
        if run.refresh_id is None:
            raise StoreError(f"{store.path}: the import was not written; run it again")
        refresh_id = run.refresh_id
    return ImportReport(
        source,
        refresh_id,
        counts[Seen.ADDED],
        counts[Seen.CHANGED],
        counts[Seen.UNCHANGED],
        tuple(sorted(set(older))),
        counts[Seen.SET_ASIDE],
    )


def _take(
    store: Store, run: RefreshWriter, record: Any, search: str | None, loads: Mapping[int, str], older: list[str]
) -> Seen:
    try:
        nct_id = read_study(record).nct_id
    except RecordError as error:
        run.set_aside(record, str(error))
        return Seen.SET_ASIDE
    known = run.known(nct_id)
    if known is None:
        return run.seen(search, record)
    if search is not None:
        run.listed(search, nct_id)
    if _same_content(record, known):
        return Seen.UNCHANGED
    # The stored copy came from an import itself: then it says of which load it is, if it knows.
    load_day = loads.get(known.last_refresh) or codec.version_holder(store.version_record(known.version_id)) or ""
    if is_newer(record, known, load_day):
        return run.seen(search, record)
    older.append(nct_id)
    return Seen.AGAIN


def _same_content(record: Mapping[str, Any], known: Known) -> bool:
    try:
        return codec.content_hash(record) == known.hash
    except ValueError:
        return False


def is_newer(record: Mapping[str, Any], known: Known, load_day: str) -> bool:
    """Whether a copy from a file is newer than the stored one.

    Args:
        record: the copy from the file.
        known: the stored one.
        load_day: ``YYYY-MM-DD`` of the last load in which the stored one was seen, '' when not known.
    """
    posted, stored = codec.update_posted(record) or "", known.update_posted or ""
    if posted != stored:
        return posted > stored
    holder = codec.version_holder(record) or ""
    return bool(holder) and holder > load_day != ""
