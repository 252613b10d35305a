"""Writes a collected run into the tables; everything here happens inside one transaction."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trialfinder.errors import StoreError
from trialfinder.store import clock, codec
from trialfinder.store import lookups as reading
from trialfinder.store.stored import Collected, Known, RunOutcome, SearchRun, Seen
from trialfinder.study.model import record_ids


@dataclass(frozen=True, slots=True)
class RunRow:
    """What is written down about the run itself."""

    started: dt.datetime
    finished: dt.datetime
    kind: str
    tool_version: str
    data_timestamp: str | None
    api_version: str | None
    requests: int
    searches: tuple[SearchRun, ...]
    note: str


def newest_refresh(connection: sqlite3.Connection) -> int:
    """The id of the last run; 0 when there was none."""
    newest: int = connection.execute("select coalesce(max(id), 0) from refreshes").fetchone()[0]
    return newest


def asked_since(connection: sqlite3.Connection, refresh_id: int) -> bool:
    """Whether a run after that one asked the registry; imports did not."""
    sql = "select exists (select 1 from refreshes where id > ? and kind != 'import')"
    return bool(connection.execute(sql, (refresh_id,)).fetchone()[0])


def known_studies(connection: sqlite3.Connection) -> tuple[dict[str, Known], int]:
    """What the store has of each study, and the run that this is the state after."""
    newest = newest_refresh(connection)
    rows = connection.execute(
        "select s.nct_id, v.id, v.hash, v.update_posted, v.last_refresh "
        "from studies s join versions v on v.id = s.version_id"
    )
    return {nct_id: Known(*rest) for nct_id, *rest in rows}, newest


def open_members(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The studies in the results of each search."""
    members: dict[str, set[str]] = {}
    for search, nct_id in connection.execute("select search, nct_id from search_results where left_refresh is null"):
        members.setdefault(search, set()).add(nct_id)
    return members


def open_absences(connection: sqlite3.Connection) -> set[str]:
    """The studies that the registry no longer has."""
    return {nct_id for (nct_id,) in connection.execute("select nct_id from absences where back_refresh is null")}


class ApplyRun:
    """The writing of one run. ``take`` gives the raw text of a staged record."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: Mapping[str, Known],
        members: Mapping[str, set[str]],
        absent: set[str],
        found: Collected,
        take: Callable[[str], bytes],
    ) -> None:
        self._connection, self._known, self._members = connection, known, members
        self._absent, self._found, self._take = absent, found, take
        self._id = 0

    def write(self, row: RunRow) -> tuple[int, RunOutcome]:
        """All tables; returns the run's id and what happened."""
        self._id = self._insert_run(row)
        self._write_versions()
        back = self._write_back()
        gone = self._write_gone()
        self._write_left()
        back |= self._write_listed()
        self._write_set_aside()
        outcome = self._outcome(gone, back)
        counts = json.dumps(outcome.counts())
        self._connection.execute("update refreshes set counts = ? where id = ?", (counts, self._id))
        return self._id, outcome

    def _outcome(self, gone: set[str], back: set[str]) -> RunOutcome:
        staged = self._found.staged
        return RunOutcome(
            added=tuple(sorted(nct_id for nct_id, seen in staged.items() if seen is Seen.ADDED)),
            changed=tuple(sorted(nct_id for nct_id, seen in staged.items() if seen is Seen.CHANGED)),
            unchanged=len(self._found.records) - len(staged),
            gone=tuple(sorted(gone)),
            left=tuple(sorted(set().union(*self._found.left.values()))),
            came_back=tuple(sorted(back)),
            set_aside=len(self._found.odd),
            withheld=tuple(sorted(self._found.withheld)),
        )

    def _insert_run(self, row: RunRow) -> int:
        cursor = self._connection.execute(
            "insert into refreshes (kind, started, finished, data_timestamp, api_version, tool_version, requests, "
            "counts, note) values (?, ?, ?, ?, ?, ?, ?, '{}', ?)",
            (
                row.kind,
                clock.to_text(row.started),
                clock.to_text(row.finished),
                row.data_timestamp,
                row.api_version,
                row.tool_version,
                row.requests,
                row.note,
            ),
        )
        refresh_id = cursor.lastrowid or 0
        self._connection.executemany(
            "insert into refresh_searches (refresh_id, search, mode, definition, found) values (?, ?, ?, ?, ?)",
            [(refresh_id, run.search, run.mode, run.definition, run.found) for run in row.searches],
        )
        return refresh_id

    def _write_versions(self) -> None:
        for nct_id, found in self._found.records.items():
            if nct_id in self._found.staged:
                self._add_version(nct_id, found, self._take(f"study {nct_id}"))
            else:
                self._touch(nct_id)
            if nct_id in self._found.mended:
                self._write_body(self._known[nct_id].version_id, None, self._take(f"study {nct_id}"))

    def _touch(self, nct_id: str) -> None:
        self._connection.execute("update studies set last_refresh = ? where nct_id = ?", (self._id, nct_id))
        self._connection.execute(
            "update versions set last_refresh = ? where id = ?", (self._id, self._known[nct_id].version_id)
        )

    def _add_version(self, nct_id: str, found: str, text: bytes) -> None:
        record = json.loads(text)
        version_id = self._connection.execute(
            "insert into versions (nct_id, hash, update_posted, first_refresh, last_refresh) values (?, ?, ?, ?, ?)",
            (nct_id, found, codec.update_posted(record), self._id, self._id),
        ).lastrowid
        self._connection.execute(
            "insert into studies values (:nct_id, :version, :run, :run) on conflict (nct_id) do update set "
            "version_id = excluded.version_id, last_refresh = excluded.last_refresh",
            {"nct_id": nct_id, "version": version_id, "run": self._id},
        )
        self._write_body(version_id or 0, self._known.get(nct_id), text)
        for alias in record_ids(record)[1]:
            self._connection.execute("insert or replace into aliases values (?, ?)", (alias, nct_id))

    def _write_body(self, version_id: int, before: Known | None, text: bytes) -> None:
        base_id, body = self._packed(before, text)
        row = (version_id, base_id, len(text), body)
        self._connection.execute(
            "insert into bodies values (?, ?, ?, ?) on conflict (version_id) do update set "
            "base_id = excluded.base_id, raw_size = excluded.raw_size, body = excluded.body",
            row,
        )

    def _packed(self, known: Known | None, text: bytes) -> tuple[int | None, bytes]:
        """As a difference to the last whole version of the study, or whole when that does not pay or is damaged."""
        if known is not None:
            (base_id,) = self._connection.execute(
                "select coalesce(base_id, version_id) from bodies where version_id = ?", (known.version_id,)
            ).fetchone()
            with contextlib.suppress(StoreError):
                delta = codec.pack_delta(reading.version_text(self._connection, base_id) or b"", text)
                if delta is not None:
                    return base_id, delta
        return None, codec.pack(text)

    def _write_back(self) -> set[str]:
        back = self._absent & self._found.records.keys()
        self._connection.executemany(
            "update absences set back_refresh = ? where nct_id = ? and back_refresh is null",
            [(self._id, nct_id) for nct_id in sorted(back)],
        )
        return back

    def _write_gone(self) -> set[str]:
        gone = {nct_id for nct_id in self._found.gone if self._is_kept(nct_id)}
        for nct_id in sorted(gone - self._absent):
            reason = self._found.gone[nct_id]
            self._connection.execute("insert into absences values (?, ?, null, ?)", (nct_id, self._id, reason))
        self._connection.executemany(
            "update search_results set left_refresh = ? where nct_id = ? and left_refresh is null",
            [(self._id, nct_id) for nct_id in sorted(gone)],
        )
        return gone - self._absent

    def _write_left(self) -> None:
        self._connection.executemany(
            "update search_results set left_refresh = ? where search = ? and nct_id = ? and left_refresh is null",
            [(self._id, search, nct_id) for search, ids in self._found.left.items() for nct_id in sorted(ids)],
        )

    def _write_listed(self) -> set[str]:
        """The results of each search; returns the studies that came back into the results of one."""
        once = set(self._connection.execute("select search, nct_id from search_results where left_refresh is not null"))
        back: set[str] = set()
        for search, ids in self._found.listed.items():
            members = self._members.get(search, set())
            entered = sorted(filter(self._is_kept, ids - members))
            back.update(nct_id for nct_id in entered if (search, nct_id) in once)
            self._connection.executemany(
                "insert into search_results values (?, ?, ?, ?, null)",
                [(search, nct_id, self._id, self._id) for nct_id in entered],
            )
            self._connection.executemany(
                "update search_results set last_refresh = ? where search = ? and nct_id = ? and left_refresh is null",
                [(self._id, search, nct_id) for nct_id in sorted(ids & members)],
            )
        return back

    def _is_kept(self, nct_id: str) -> bool:
        return nct_id in self._known or nct_id in self._found.staged

    def _write_set_aside(self) -> None:
        for key, reason in self._found.odd.items():
            text = self._take(f"odd {key}")
            self._connection.execute(
                "insert into set_aside values (:hash, :nct_id, :reason, :body, :run, :run) on conflict (hash) "
                "do update set last_refresh = excluded.last_refresh, reason = excluded.reason",
                {
                    "hash": _odd_hash(text),
                    "nct_id": None if key.startswith("?") else key,
                    "reason": reason,
                    "body": codec.pack(text),
                    "run": self._id,
                },
            )


def _odd_hash(text: bytes) -> str:
    """The content hash where the text is an object, so that the registry's load date makes no new row."""
    record: Any = json.loads(text)
    return codec.content_hash(record) if isinstance(record, dict) else hashlib.sha256(text).hexdigest()
