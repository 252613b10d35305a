"""One run of the store: everything is collected beside it, then written in one short transaction.

While the registry is being asked, which can take minutes, the store is neither locked nor touched: new texts wait in a
temporary file that SQLite removes by itself, even after a kill. `RefreshWriter.finish` then writes all of it at once.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from trialfinder.errors import RecordError, StoreError
from trialfinder.store import apply, codec
from trialfinder.store import lookups as reading
from trialfinder.store.connection import transaction, translated
from trialfinder.store.stored import Collected, Known, RunOutcome, SearchRun, Seen
from trialfinder.study.model import record_nct_id


class RefreshWriter:
    """Collects a run. Nothing is in the store before `finish`, and nothing ever if it is not called.

    Made by `Store.refresh`. ``started`` is the beginning of the run; the end is given to `finish`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, started: dt.datetime) -> None:
        self._connection, self._path, self.started = connection, path, started
        self._look()
        self._stage: sqlite3.Connection | None = None
        self._found = Collected()
        self.refresh_id: int | None = None

    def _look(self) -> None:
        """What the store has, and the run that this is the state after."""
        self._known, self._base_refresh = apply.known_studies(self._connection)
        self._members = apply.open_members(self._connection)
        self._absent = apply.open_absences(self._connection)

    def restart(self) -> None:
        """Forgets what was collected, to begin again."""
        self.close()
        self._found = Collected()

    def close(self) -> None:
        """Removes the temporary file; called by `Store.refresh`."""
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def known(self, nct_id: str) -> Known | None:
        """What the store had of a study before this run."""
        return self._known.get(nct_id)

    def members(self, search: str) -> frozenset[str]:
        """The studies in the results of a search before this run."""
        return frozenset(self._members.get(search, ()))

    def seen_ids(self) -> frozenset[str]:
        """Every study of which a record came in this run, in the promised shape or not."""
        return frozenset(self._found.records) | frozenset(self._found.odd)

    def has_seen(self, nct_id: str) -> bool:
        """Whether a record of the study came in this run."""
        return nct_id in self._found.records or nct_id in self._found.odd

    def missing(self, search: str) -> list[str]:
        """Studies that were in the results of a search and have not been seen or listed in them in this run."""
        return sorted(self.members(search) - self._found.listed.get(search, set()))

    def seen(self, search: str | None, record: Mapping[str, Any]) -> Seen:
        """Takes a record that the registry gave; ``search`` is the search that found it, None for one asked by id.

        A record without a usable NCT ID is set aside.
        """
        try:
            nct_id = record_nct_id(record)
            if search is not None:
                self.listed(search, nct_id)
            if self.has_seen(nct_id):
                return Seen.AGAIN
            found = codec.content_hash(record)
        except (RecordError, ValueError) as error:
            self.set_aside(record, str(error))
            return Seen.SET_ASIDE
        self._found.records[nct_id] = found
        known = self._known.get(nct_id)
        if known is not None and known.hash == found:
            if not self._is_whole(known):
                self._found.mended.add(nct_id)
                self._put(f"study {nct_id}", record)
            return Seen.UNCHANGED
        self._put(f"study {nct_id}", record)
        self._found.staged[nct_id] = Seen.ADDED if known is None else Seen.CHANGED
        return self._found.staged[nct_id]

    def _is_whole(self, known: Known) -> bool:
        """Whether what the store has of a version is what was put in; else the registry's copy takes its place."""
        try:
            text = reading.version_text(self._connection, known.version_id)
            return text is not None and codec.content_hash(json.loads(text)) == known.hash
        except (StoreError, ValueError, AttributeError):
            return False

    def listed(self, search: str, nct_id: str) -> None:
        """Notes that a search found a study; its record must come, or be in the store already."""
        self._found.listed.setdefault(search, set()).add(nct_id)

    def withhold(self, nct_id: str) -> None:
        """Notes that the registry listed a study but did not hand it out: its version and its places stay as they were.

        It enters the results of no further search before its record comes.
        """
        self._found.withheld.add(nct_id)
        for search, ids in self._found.listed.items():
            if nct_id not in self._members.get(search, ()):
                ids.discard(nct_id)

    def set_aside(self, record: object, reason: str, *, search: str | None = None, nct_id: str | None = None) -> None:
        """Keeps a record that is not in the promised shape, raw and with its reason, and out of every table.

        The study, when ``nct_id`` says which, keeps its last good version and does not count as missing.
        """
        key = nct_id or f"?{len(self._found.odd)}"
        if self.has_seen(key):
            return
        self._found.odd[key] = reason
        if search is not None and nct_id is not None:
            self.listed(search, nct_id)
        self._put(f"odd {key}", record)

    def leave(self, search: str, nct_id: str) -> None:
        """Notes that a search no longer finds a study that the registry still has."""
        self._found.left.setdefault(search, set()).add(nct_id)

    def gone(self, nct_id: str, reason: str) -> None:
        """Notes that the registry, asked by id, no longer has a study; it leaves the results of every search."""
        self._found.gone[nct_id] = reason

    def finish(
        self,
        *,
        finished: dt.datetime,
        kind: str,
        tool_version: str,
        data_timestamp: str | None = None,
        api_version: str | None = None,
        requests: int = 0,
        searches: Iterable[SearchRun] = (),
        note: str = "",
    ) -> RunOutcome:
        """Writes the whole run in one transaction and returns what happened; afterwards `refresh_id` is set.

        Raises:
            StoreError: the store could not be written to, or another run wrote to it meanwhile; it is as it was.
        """
        row = apply.RunRow(
            self.started, finished, kind, tool_version, data_timestamp, api_version, requests, tuple(searches), note
        )
        with transaction(self._connection, self._path) as connection:
            self._catch_up()
            run = apply.ApplyRun(connection, self._known, self._members, self._absent, self._found, self._take)
            self.refresh_id, outcome = run.write(row)
        self.close()
        return outcome

    def _catch_up(self) -> None:
        """Takes in what was imported since the run began (``show`` does it too); gives way to another refresh.

        Raises:
            StoreError: another refresh was written meanwhile.
        """
        if apply.newest_refresh(self._connection) == self._base_refresh:
            return
        if apply.asked_since(self._connection, self._base_refresh):
            raise StoreError(f"{self._path}: another run wrote to it meanwhile; nothing was changed. Run again")
        before = self._known
        self._look()
        for nct_id, found in list(self._found.records.items()):
            known = self._known.get(nct_id)
            if known is None or known == before.get(nct_id):
                continue
            if known.hash == found:
                self._found.staged.pop(nct_id, None)
            elif nct_id in self._found.staged:
                self._found.staged[nct_id] = Seen.CHANGED
            else:  # an import brought a newer copy than the one that was the same as before
                del self._found.records[nct_id]

    def _put(self, key: str, record: object) -> None:
        """Into the temporary file, lightly packed."""
        try:
            body = codec.to_text(record)
        except ValueError as error:
            body = codec.to_text({"not_json": str(error)})
        with translated(Path("temporary file")):
            if self._stage is None:
                # No name: a private file that SQLite has already unlinked where the system allows it.
                self._stage = sqlite3.connect("", isolation_level=None)
                self._stage.execute("pragma journal_mode = off")
                self._stage.execute("create table staged (key text primary key, body blob not null)")
                self._stage.execute("begin")
            self._stage.execute("insert or replace into staged values (?, ?)", (key, codec.pack(body)))

    def _take(self, key: str) -> bytes:
        """Out of the temporary file: the raw text."""
        with translated(Path("temporary file")):
            sql = "select body from staged where key = ?"
            row = self._stage.execute(sql, (key,)).fetchone() if self._stage is not None else None
        if row is None:
            raise StoreError(f"{self._path}: the temporary file lost {key}; nothing was changed. Run it again")
        return codec.unpack(row[0])
