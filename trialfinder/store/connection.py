"""Opens the database, brings its tables up to date, and turns sqlite3's errors into ours.

Write-ahead log, full sync: a reader never waits for the writer nor the writer for a reader (``trialfinder search |
less`` may stay open overnight), and a process killed at any moment leaves what was last committed. Where the file
system cannot do this, SQLite keeps its rollback journal, which is as safe and only less patient.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from trialfinder.base.waiting import NAP
from trialfinder.base.whole_files import umask, unfinished
from trialfinder.errors import StoreError, StoreUnwritable
from trialfinder.store.known import COMES_BACK, known_by, mark_empty, was_here
from trialfinder.store.migrations import APPLICATION_ID, MIGRATIONS

#: How long to wait for another process that is writing, in seconds.
BUSY_SECONDS = 20.0

Migration = Callable[[sqlite3.Connection], None]


def connect(path: Path, *, create: bool, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to a store with up-to-date tables.

    Raises:
        StoreError: missing (and ``create`` is False), not a store, damaged, newer, locked, or not accessible.
    """
    create = create and not read_only
    _prepare(path, create=create)
    with translated(path):
        if create and not path.exists():
            _begin_whole(path)
        elif not read_only:
            mark_empty(path)
        connection = _open(path, read_only=read_only, busy_seconds=busy_seconds)
        try:
            _check_is_ours(connection, path)
            if read_only:
                _check_not_older(connection, path)
            else:
                connection.execute("pragma journal_mode = wal")
                migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Takes the missing steps, each in a transaction of its own that also sets the version."""
    for number, step in enumerate(steps, 1):
        if _version(connection) >= number:
            continue
        with transaction(connection, path):
            # Another process may have taken the step while this one waited for the lock.
            if _version(connection) < number:
                step(connection)
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                connection.execute(f"pragma user_version = {number}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """All or nothing: commits at the end, rolls back on any exception."""
    with translated(path):
        _begin(connection)
        try:
            yield connection
            connection.execute("commit")
        except BaseException:
            # A full disk may have rolled back by itself already.
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def _begin(connection: sqlite3.Connection) -> None:
    """Waits for another writer as long as the connection is set to, in naps: SQLite's own wait hears no Ctrl-C."""
    (patience,) = connection.execute("pragma busy_timeout").fetchone()
    until = time.monotonic() + patience / 1000
    connection.execute(f"pragma busy_timeout = {min(patience, round(NAP * 1000))}")
    try:
        while not connection.in_transaction:
            try:
                connection.execute("begin immediate")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    raise
    finally:
        connection.execute(f"pragma busy_timeout = {patience}")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns every sqlite3 error into a StoreError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, path) from error


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """The fact, the place and the way out."""
    code = getattr(error, "sqlite_errorcode", None)
    words = _WORDS.get(code & 0xFF) if isinstance(code, int) else None
    if words in _NOT_WRITABLE:
        return StoreUnwritable(f"{path}: {words}")
    if words is None:
        return StoreError(f"{path}: the store cannot be used: {_one_line(error)}; try: trialfinder store verify")
    return StoreError(f"{path}: {words}")


def damaged(path: Path, what: Sequence[str], *, asked_for_all: bool = False) -> StoreError:
    """The error for content that SQLite gave back without complaint but that is not what was put in.

    A full refresh mends the text of a version; not the file, nor what is left after it ``asked_for_all``.
    """
    more = f", and {len(what) - 1} more" if len(what) > 1 else ""
    mends = not asked_for_all and all("version " in one and not one.startswith("file: ") for one in what)
    way_out = _MEND if mends else _REPAIR
    return StoreError(f"{path}: the store is damaged ({what[0]}{more}); {way_out}", suggestions=what[1:])


def of_copy(error: StoreError, store: Path) -> StoreError:
    """What is wrong with a copy, told to whoever wanted to put it in the place of the store."""
    words = str(error).replace("the store is damaged", "this copy is damaged")
    for way_out in (_MEND, _REPAIR):
        words = words.replace(way_out, f"take an older copy; {store} was left as it is")
    return StoreError(words, suggestions=error.suggestions)


_REPAIR = (
    "put a backup in its place (trialfinder store restore COPY), or move it away and begin anew: trialfinder refresh, "
    "or trialfinder import FILE"
)
_MEND = (
    "run: trialfinder refresh --full, which mends what the registry still has as it was; else put a backup in its "
    "place (trialfinder store restore COPY)"
)
_FULL = "the disk is full or a size limit was reached; nothing was changed. Make room and run it again"
_WORDS = {
    sqlite3.SQLITE_BUSY: "another process is writing to the store; try again when it has finished",
    sqlite3.SQLITE_LOCKED: "another process is writing to the store; try again when it has finished",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "the disk refused to read or write (full, failing or taken away); nothing was changed. "
    "Look at the disk and run it again",
    sqlite3.SQLITE_READONLY: "the store cannot be written to; give yourself write permission for the file and its "
    "folder, make room where there is none, or choose another place with --store",
    sqlite3.SQLITE_PERM: "no permission to use the store; change it or choose another place with --store",
    sqlite3.SQLITE_CANTOPEN: "the store cannot be opened or made; look at the permissions of its folder, or choose "
    "another place with --store",
    sqlite3.SQLITE_CORRUPT: f"the store is damaged; {_REPAIR}",
    sqlite3.SQLITE_NOTADB: f"not a trialfinder store, or a damaged one; {_REPAIR}",
}

_NOT_WRITABLE = [_WORDS[code] for code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN,
                                            sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)]  # fmt: skip


def _begin_whole(path: Path) -> None:
    """Makes a new store beside its place and puts it there: nobody sees, and no full disk leaves, a file of 0 bytes.

    Where another process has put one there meanwhile, that one stays.
    """
    try:
        with unfinished(path) as temporary:
            with contextlib.closing(_connection(f"{temporary.absolute().as_uri()}?mode=rw", BUSY_SECONDS)) as begun:
                begun.execute("pragma journal_mode = wal")
                migrate(begun, path)
            temporary.chmod(0o644 & ~umask())
            _put(temporary, path)
    except OSError:
        pass  # SQLite tries it in its place, and says in its words what is wrong there


def _put(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            temporary.rename(path)


def _prepare(path: Path, *, create: bool) -> None:
    try:
        folder, there = path.is_dir(), path.exists()
    except OSError as error:
        raise StoreError(f"{path}: no permission to look there; choose another place with --store") from error
    if folder:
        raise StoreError(f"{path}: a folder, not a store; give the path of a file with --store")
    if there:
        return
    if not create and known_by(path).exists():
        raise StoreError(f"{was_here(path, 'gone')}; trialfinder refresh begins a new one. {COMES_BACK}")
    if not create:
        raise StoreError(f"{path}: there is no store yet; make one with: trialfinder refresh")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(
            f"{path.parent}: the folder cannot be made ({error.strerror}); choose another place with --store"
        ) from error


def _open(path: Path, *, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    if not read_only:
        return _connection(f"{path.absolute().as_uri()}?mode=rwc", busy_seconds)
    try:
        return _connection(f"{path.absolute().as_uri()}?mode=ro", busy_seconds)
    except sqlite3.OperationalError:
        # A write-ahead log wants a file beside the store even for reading. In a folder that cannot be written to, or on
        # a full disk, nobody is writing, so it may be read as it lies there, unless a log with more in it was left.
        log = Path(f"{path}-wal")
        if not path.is_file() or (log.exists() and log.stat().st_size):
            raise
        return _connection(f"{path.absolute().as_uri()}?mode=ro&immutable=1", busy_seconds)


def _connection(uri: str, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    try:
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma cache_size = -16000")
        connection.execute("pragma user_version").fetchone()
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _check_is_ours(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables or _version(connection)):
        raise StoreError(f"{path}: a database of another program; choose another place with --store")
    if _version(connection) > len(MIGRATIONS):
        raise StoreError(
            f"{path}: the store was written by a newer trialfinder (tables {_version(connection)}, this one knows "
            f"{len(MIGRATIONS)}); nothing was changed. Fetch the newer program and, in its folder: pip install ."
        )


def _check_not_older(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) < len(MIGRATIONS):
        raise StoreError(
            f"{path}: the store was written by an older trialfinder and is open for reading only; run "
            "trialfinder refresh once to bring it up to date"
        )


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
