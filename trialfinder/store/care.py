"""Looking after a store: figures, compacting, backup, verification."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from trialfinder.base.whole_files import whole
from trialfinder.errors import InputError, StoreError, StoreUnwritable, TrialfinderError
from trialfinder.store import clock, codec
from trialfinder.store import lookups as reading
from trialfinder.store.connection import damaged, store_error, translated
from trialfinder.store.stored import SetAside, StoreInfo

_FIGURES = """
select (select count(*) from studies),
       (select count(*) from absences where back_refresh is null),
       (select count(*) from versions),
       (select coalesce(sum(raw_size), 0) from bodies),
       (select coalesce(sum(length(body)), 0) from bodies),
       (select count(*) from refreshes),
       (select count(*) from set_aside),
       (select count(*) from derived)
"""


def info(connection: sqlite3.Connection, path: Path) -> StoreInfo:
    """See `Store.info`."""
    studies, gone, versions, raw, packed, runs, odd, derived = connection.execute(_FIGURES).fetchone()
    first, last = connection.execute(
        "select (select finished from refreshes order by id limit 1), "
        "(select finished from refreshes order by id desc limit 1)"
    ).fetchone()
    asked = reading.last_refresh(connection)
    return StoreInfo(
        path=str(path),
        schema_version=connection.execute("pragma user_version").fetchone()[0],
        size_bytes=_size(path),
        studies=studies,
        gone=gone,
        versions=versions,
        raw_bytes=raw,
        packed_bytes=packed,
        refreshes=runs,
        set_aside=odd,
        derived=derived,
        searches=dict(
            connection.execute(
                "select search, count(*) from search_results where left_refresh is null group by search order by search"
            ).fetchall()
        ),
        asked=reading.asked_searches(connection),
        first_refresh=clock.from_text(first) if first else None,
        last_refresh=clock.from_text(last) if last else None,
        data_timestamp=asked.data_timestamp if asked else None,
    )


def set_aside(connection: sqlite3.Connection) -> list[SetAside]:
    """See `Store.set_aside`."""
    path = reading.path_of(connection)
    rows = connection.execute(
        "select nct_id, reason, first_refresh, last_refresh, body from set_aside order by last_refresh desc, hash"
    )
    return [
        SetAside(nct_id, reason, first, last, reading.loader(body, None, path, 0))
        for nct_id, reason, first, last, body in rows
    ]


def compact(connection: sqlite3.Connection, path: Path) -> int:
    """See `Store.compact`."""
    before = _size(path)
    connection.execute("delete from derived where hash not in (select hash from versions)")
    connection.execute("vacuum")
    connection.execute("pragma wal_checkpoint(truncate)")
    return before - _size(path)


def backup(connection: sqlite3.Connection, source: Path, path: Path, aside: Path | None = None) -> Path:
    """See `Store.backup`."""
    if path.exists() and path.samefile(source):
        raise InputError(f"{path}: is the store itself; name another file for the copy")
    with whole(path, over_store=True) as temporary:
        with contextlib.closing(sqlite3.connect(temporary)) as copy:
            try:
                connection.backup(copy)
                # One file that can be copied anywhere, without a log beside it.
                copy.execute("pragma journal_mode = delete")
                wrong = verify(copy)
            except sqlite3.Error as error:
                raise _uncopied(error, source, path) from error
        if wrong:
            raise not_copied(damaged(source, wrong), path)
        _make_way(path, aside)
    return path


def begun_of(copy: Path) -> dt.datetime | None:
    """When the store was begun that a file is a copy of; None when it had no run. Nothing is left beside the file.

    Raises:
        StoreError: it cannot be read.
        ValueError: nor can the moment that stands there.
    """
    with translated(copy):  # nobody writes to a copy, so it can be read without the files that a reader needs else
        uri = f"{copy.absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            row = connection.execute("select finished from refreshes order by id limit 1").fetchone()
    return clock.from_text(row[0]) if row else None


def as_one_file(connection: sqlite3.Connection) -> None:
    """Leaves no log beside a file when it is closed, nor when it is read: of a copy that was only looked at."""
    with contextlib.suppress(sqlite3.Error):  # another process uses it, or it cannot be written to
        connection.execute("pragma journal_mode = delete")


def _make_way(path: Path, aside: Path | None) -> None:
    """What a store that was in this place had beside it would be taken for the log of the new one."""
    for end in ("", "-wal", "-shm", "-journal"):
        beside = Path(f"{path}{end}")
        if aside is not None and beside.exists():
            beside.replace(f"{aside}{end}")
        elif end:
            beside.unlink(missing_ok=True)


def _uncopied(error: sqlite3.Error, source: Path, path: Path) -> TrialfinderError:
    """The copy's disk may be full, or the store may be damaged so that it cannot even be copied."""
    if (getattr(error, "sqlite_errorcode", 0) & 0xFF) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return not_copied(store_error(error, source), path)
    told = store_error(error, path)
    return InputError(str(told)) if isinstance(told, StoreUnwritable) else told


def not_copied(error: StoreError, path: Path) -> StoreError:
    """A damaged store, told to whoever wanted a copy of it."""
    return StoreError(
        f"{path}: not written, since the copy would be damaged as well. {error}; to keep the file as it is, copy it "
        "like any other",
        suggestions=error.suggestions,
    )


def verify(connection: sqlite3.Connection) -> tuple[str, ...]:
    """See `Store.verify`."""
    problems = [f"file: {row}" for (row,) in connection.execute("pragma integrity_check") if row != "ok"]
    for table, row_id, parent, _ in connection.execute("pragma foreign_key_check"):
        problems.append(f"{table}: row {row_id} points to a missing row of {parent}")
    problems += _without_body(connection)
    problems += _unreadable(connection)
    return tuple(problems)


def _without_body(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "select id, nct_id from versions where id not in (select version_id from bodies) order by id"
    )
    return (f"{nct_id}: version {version_id} has no text" for version_id, nct_id in rows)


def _unreadable(connection: sqlite3.Connection) -> Iterator[str]:
    """Reads every version: it must unpack, have its size, and its content the hash that stands beside it."""
    path = reading.path_of(connection)
    rows = connection.execute(
        "select v.id, v.nct_id, v.hash, b.raw_size, b.body, whole.body from versions v "
        "join bodies b on b.version_id = v.id left join bodies whole on whole.version_id = b.base_id order by v.id"
    )
    for version_id, nct_id, expected, size, body, base in rows:
        try:
            text = reading.loader(body, base, path, version_id)()
            found = codec.content_hash(json.loads(text))
        except (StoreError, ValueError, AttributeError) as error:
            why = error.__cause__ or error  # the store's own words name the store, a copy by its hidden name
            yield f"{nct_id}: version {version_id} cannot be read: {why}"
            continue
        if found != expected or len(text) != size:
            yield f"{nct_id}: version {version_id} is not what was put in"


def _size(path: Path) -> int:
    parts = (path, Path(f"{path}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
