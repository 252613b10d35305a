"""The store: one SQLite file with every study, every version of it, and what each run saw."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from trialfinder.base.values import nct_id as normal_id
from trialfinder.errors import StoreUnwritable
from trialfinder.store import care, connection, derived
from trialfinder.store import lookups as reading
from trialfinder.store.stored import (
    RefreshInfo,
    SetAside,
    StoredRecord,
    StoreInfo,
    Transition,
    VersionInfo,
)
from trialfinder.store.writing import RefreshWriter

T = TypeVar("T")


class Store:
    """An open store; use as a context manager. Every method raises StoreError, and no sqlite3 error leaves it.

    Iterators read from the connection as they go: use them up before the store is closed.
    """

    def __init__(self, database: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self._database, self.path, self.read_only = database, path, read_only

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        read_only: bool = False,
        or_read_only: bool = False,
        busy_seconds: float = connection.BUSY_SECONDS,
    ) -> Store:
        """Opens a store and brings its tables up to date.

        Args:
            path: the file.
            create: make it, and its folder, when it is missing.
            read_only: change nothing; then it must exist and be up to date.
            or_read_only: read it where it cannot be written to; ``Store.read_only`` says which it became.
            busy_seconds: how long to wait while another process writes.

        Raises:
            StoreError: missing, not a store, damaged, newer than this program, locked, or not accessible.
        """
        place = Path(path).expanduser()
        try:
            database = connection.connect(place, create=create, read_only=read_only, busy_seconds=busy_seconds)
        except StoreUnwritable:
            if read_only or not or_read_only or not place.is_file():
                raise
            read_only = True
            database = connection.connect(place, create=False, read_only=True, busy_seconds=busy_seconds)
        return cls(database, place, read_only=read_only)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back."""
        self._database.close()

    # Records ---------------------------------------------------------------------------------------------------------

    def records(
        self,
        as_of: dt.datetime | int | None = None,
        searches: Iterable[str] | None = None,
        *,
        everything: bool = False,
        at_once: bool = True,
    ) -> Iterator[StoredRecord]:
        """The studies by NCT ID.

        Args:
            as_of: as the store was at that instant (with a time zone), or after the run of that id; None for now.
            searches: only studies in the results of at least one of these saved searches; None for all.
            everything: also studies that the registry no longer has, and those that left the results of every search
                and are no longer kept up to date.
            at_once: with their texts, which can be read when the store is closed; else each text is fetched from the
                open store when it is asked for.
        """
        until = self._until(as_of)
        found = reading.records(
            self._database, until=until, searches=searches, everything=everything, later=None if at_once else self._text
        )
        yield from _guarded(found, self.path)

    def get(self, nct_id: str) -> StoredRecord | None:
        """One study by its id or an old id of it, also when it is gone; None when the store does not have it.

        Raises:
            InputError: not an NCT ID.
        """
        with connection.translated(self.path):
            kept_as = reading.resolve(self._database, normal_id(nct_id))
            return next(reading.records(self._database, nct_id=kept_as, everything=True), None)

    def history(self, nct_id: str) -> list[VersionInfo]:
        """The versions of a study, oldest first; empty when the store does not have it."""
        with connection.translated(self.path):
            return reading.versions(self._database, reading.resolve(self._database, normal_id(nct_id)))

    def version_json(self, version_id: int) -> str:
        """The raw JSON text of a version, exactly as it was kept.

        Raises:
            StoreError: there is no such version, or it is damaged.
        """
        with connection.translated(self.path):
            text = reading.version_text(self._database, version_id)
        if text is None:
            raise connection.damaged(self.path, [f"version {version_id} is missing"])
        return text.decode("utf-8")

    def _text(self, version_id: int) -> bytes:
        return self.version_json(version_id).encode("utf-8")

    def version_record(self, version_id: int) -> dict[str, Any]:
        """The raw record of a version; see `version_json`."""
        record: dict[str, Any] = json.loads(self.version_json(version_id))
        return record

    def is_empty(self) -> bool:
        """Whether there is no study at all."""
        with connection.translated(self.path):
            return self._database.execute("select 1 from studies limit 1").fetchone() is None

    def set_aside(self) -> list[SetAside]:
        """The records that were not in the promised shape, newest run first."""
        with connection.translated(self.path):
            return care.set_aside(self._database)

    # Runs ------------------------------------------------------------------------------------------------------------

    def refreshes(self, *, since: int = 0) -> list[RefreshInfo]:
        """The runs that were kept, oldest first; ``since`` leaves out those up to that id."""
        with connection.translated(self.path):
            return reading.refreshes(self._database, "id > ?", since)

    def last_refresh(self, search: str | None = None, *, mode: str | None = None) -> RefreshInfo | None:
        """The last run that asked the registry, of a search and in a mode if given; imports do not count."""
        with connection.translated(self.path):
            return reading.last_refresh(self._database, search=search, mode=mode)

    def data_timestamp(self) -> str | None:
        """The registry's data timestamp of the last run that asked it, in its own words; None before the first."""
        last = self.last_refresh()
        return last.data_timestamp if last else None

    def age(self, now: dt.datetime) -> dt.timedelta | None:
        """How long ago the registry was last asked; None when it never was, zero when the clock has jumped back."""
        last = self.last_refresh()
        return max(now - last.finished, dt.timedelta(0)) if last else None

    def refresh_at(self, instant: dt.datetime) -> int:
        """The id of the last run that had finished at an instant; 0 when none had."""
        with connection.translated(self.path):
            return reading.refresh_at(self._database, instant)

    @contextlib.contextmanager
    def refresh(self, now: dt.datetime) -> Iterator[RefreshWriter]:
        """A run that begins now. Nothing is written before its ``finish``, and nothing if an exception comes first."""
        with connection.translated(self.path):
            writer = RefreshWriter(self._database, self.path, now)
        try:
            yield writer
        finally:
            writer.close()

    def transitions(self, since_refresh_id: int, until: int | None = None) -> Iterator[Transition]:
        """What differs between the state after one run (0: before all) and after another (None: now), by NCT ID.

        Only the ends are compared: what came and went in between does not show. Ask for one run at a time
        (``transitions(n - 1, n)``) to see everything.
        """
        last = reading.LATEST if until is None else until
        yield from _guarded(reading.transitions(self._database, since_refresh_id, last), self.path)

    # Files -----------------------------------------------------------------------------------------------------------

    def backup(self, path: str | Path, *, aside: Path | None = None) -> Path:
        """Copies the whole store to a new file, also while others use it; the copy is whole or not there.

        Every version in the copy is read: damage that SQLite does not notice must not take the place of a good copy.
        ``aside`` is what an older file in its place is called from then on; None replaces it.

        Raises:
            InputError: it is the store itself, or a file that belongs to it, or it could not be written.
            StoreError: the store is damaged. With every error an older file of that name is as it was.
        """
        return care.backup(self._database, self.path, Path(path).expanduser(), aside)

    # Care ------------------------------------------------------------------------------------------------------------

    def info(self) -> StoreInfo:
        """Figures about the store."""
        with connection.translated(self.path):
            return care.info(self._database, self.path)

    def compact(self) -> int:
        """Drops derived results nobody can use any more and gives back free space; returns the bytes saved."""
        with connection.translated(self.path):
            return care.compact(self._database, self.path)

    def verify(self) -> tuple[str, ...]:
        """Everything that is wrong with the store, one line each; empty when every version can be read."""
        with connection.translated(self.path):
            return care.verify(self._database)

    def check(self, *, asked_for_all: bool = False) -> None:
        """Reads all of it, like `verify`; ``asked_for_all`` is whether a full refresh has just mended what it can.

        Raises:
            StoreError: something is wrong with it; says what, and the way out.
        """
        if problems := self.verify():
            raise connection.damaged(self.path, problems, asked_for_all=asked_for_all)

    # Derived results -------------------------------------------------------------------------------------------------

    def get_derived(
        self,
        kind: str,
        version: str,
        hashes: Iterable[str] | None = None,
        decode: Callable[[bytes], Any] = msgspec.json.decode,
    ) -> dict[str, Any]:
        """Results of our own reading by record hash, made by this version of the reader; see `derived.get`."""
        with connection.translated(self.path):
            return derived.get(self._database, kind, version, hashes, decode)

    def derived_hashes(self, kind: str, version: str) -> set[str]:
        """Of which records there are results of this kind, made by this version of the reader."""
        with connection.translated(self.path):
            return derived.hashes(self._database, kind, version)

    def put_derived(self, kind: str, version: str, results: Mapping[str, Any]) -> bool:
        """Keeps results (JSON values by record hash); those of other versions of the reader are dropped.

        Returns:
            Whether they were kept. A store that cannot be written to just now is no error: they can be made again.
        """
        return derived.put(self._database, kind, version, results, self.path)

    # -----------------------------------------------------------------------------------------------------------------

    @property
    def database(self) -> sqlite3.Connection:
        """The connection, for other modules of this package and those that bring their own tables."""
        return self._database

    @contextlib.contextmanager
    def held_still(self) -> Iterator[None]:
        """Within it everything that is read is of one moment, whatever others write meanwhile."""
        with connection.translated(self.path):
            self._database.execute("begin")
        try:
            yield
        finally:
            self._database.execute("rollback")

    def transaction(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        """All or nothing; for modules that bring their own tables."""
        return connection.transaction(self._database, self.path)

    def _until(self, as_of: dt.datetime | int | None) -> int:
        if as_of is None:
            return reading.LATEST
        return as_of if isinstance(as_of, int) else self.refresh_at(as_of)


def _guarded(items: Iterator[T], path: Path) -> Iterator[T]:
    """The same items; an error of sqlite3 on the way becomes a StoreError."""
    with connection.translated(path):
        yield from items
