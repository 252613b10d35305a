"""Where records wait between a bulk download and the dataset: one SQLite file, so that a killed import goes on.

How far a file was read is written together with the records that came from it: whatever happens, each record is here
once, with its counts.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trialfinder.base.whole_files import whole
from trialfinder.errors import InputError, RecordError
from trialfinder.scale.bulk_files import Bulk, CutOff, bulk_records
from trialfinder.scale.dataset import part_of
from trialfinder.store import codec
from trialfinder.study.model import record_nct_id

_COMMIT = 2_000
_TABLES = """
create table if not exists sources (name text primary key, size int, changed int, member int, number int, done int,
    seen int, repeated int, set_aside int) strict;
create table if not exists records (nct_id text primary key, part text, hash text, posted text, holder text,
    source text, body blob) strict;
create table if not exists set_aside (source text, place text, reason text, raw text) strict;
create table if not exists settled (part text primary key, counts text) strict;
create index if not exists records_part on records (part);
"""
_PUT = """
insert into records values (?, ?, ?, ?, ?, ?, ?) on conflict (nct_id) do update
set hash = excluded.hash, posted = excluded.posted, holder = excluded.holder, source = excluded.source,
    body = excluded.body
where (excluded.posted, excluded.holder) > (posted, holder)
"""


class Staging:
    """The staging of a dataset; use as a context manager. Every sqlite3 error becomes an InputError of one line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            self._database = sqlite3.connect(path, isolation_level=None)
            # A killed process loses nothing; only a machine that loses its power may have to begin a file again.
            self._database.executescript("pragma journal_mode = wal; pragma synchronous = normal;" + _TABLES)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def take(self, path: Path) -> Iterator[int]:
        """Takes in what is left of a file; gives how many of its records have been seen, again and again.

        Raises:
            InputError: it is no download of studies, ends too soon, or the disk is full. What was read stays.
        """
        name, stat = str(path.resolve()), _stat(path)
        member, number, done = self._begin(name, stat)
        if done:
            return
        with contextlib.closing(bulk_records(path, (member, number))) as stream:
            cut, ended = None, False
            while cut is None and not ended:
                batch, cut = _batch(stream)
                ended = not batch and cut is None
                self._take_batch(name, [each for each in batch if (each.member, each.number) > (member, number)], ended)
                yield self._count("seen", name)
        if cut is not None:
            raise InputError(
                f"{path}: cut off or damaged after {cut.place or 'its beginning'} ({cut.reason}); what came before is "
                "kept: get the file anew and run the same again"
            )

    def _take_batch(self, name: str, batch: Sequence[Bulk], ended: bool) -> None:
        """The records and how far they bring their source, together or not at all."""
        with self._transaction():
            for each in batch:
                self._put(name, each)
            place = (batch[-1].member, batch[-1].number) if batch else None
            if place:
                self._database.execute("update sources set member = ?, number = ? where name = ?", (*place, name))
            self._database.execute("update sources set done = ? where name = ?", (ended, name))

    def waiting(self) -> list[str]:
        """The parts for which records wait, in order."""
        with self._told():
            return [part for (part,) in self._database.execute("select distinct part from records order by part")]

    def records(self, part: str) -> Iterator[tuple[str, str, str, str, bytes]]:
        """The waiting records of a part by id: id, hash, posted, holder, JSON."""
        found = self._database.execute(
            "select nct_id, hash, posted, holder, body from records where part = ? order by nct_id", (part,)
        )
        with self._told():
            for nct_id, digest, posted, holder, body in found:
                yield nct_id, digest, posted, holder, zlib.decompress(body)

    def name_of_run(self) -> str:
        """Of which files this import is made, in any order of taking them in."""
        with self._told():
            return json.dumps(
                self._database.execute("select name, size, changed from sources order by name").fetchall()
            )

    def settle(self, part: str, counts: dict[str, int]) -> None:
        """Notes that a part is in the dataset; its records wait no more."""
        with self._transaction():
            self._database.execute("delete from records where part = ?", (part,))
            old = self._database.execute("select counts from settled where part = ?", (part,)).fetchone()
            both = {key: value + (json.loads(old[0])[key] if old else 0) for key, value in counts.items()}
            self._database.execute("insert or replace into settled values (?, ?)", (part, json.dumps(both)))

    def counts(self) -> dict[str, int]:
        """Everything that came, by what became of it; ``seen`` is the sum of the others."""
        found = {name: self._count(name) for name in ("seen", "repeated", "set_aside")}
        with self._told():
            for (text,) in self._database.execute("select counts from settled"):
                for key, value in json.loads(text).items():
                    found[key] = found.get(key, 0) + value
        return found

    def set_aside(self) -> Iterator[dict[str, str]]:
        """What could not be read, with its own words."""
        with self._told():
            rows = self._database.execute("select source, place, reason, raw from set_aside order by rowid")
            for source, place, reason, raw in rows:
                yield {"source": source, "place": place, "reason": reason, "raw": raw}

    def _begin(self, name: str, stat: tuple[int, int]) -> tuple[int, int, bool]:
        """How far a file has been read; from its beginning when it is another one than before."""
        with self._transaction():
            row = self._database.execute(
                "select size, changed, member, number, done from sources where name = ?", (name,)
            ).fetchone()
            if row is not None and row[:2] == stat:
                return row[2], row[3], bool(row[4])
            # Another file of the same name: its records come again, those of the one before stay and stay counted.
            self._database.execute("insert or ignore into sources values (?, 0, 0, 0, 0, 0, 0, 0, 0)", (name,))
            self._database.execute(
                "update sources set size = ?, changed = ?, member = 0, number = 0, done = 0 where name = ?",
                (*stat, name),
            )
        return 0, 0, False

    def _put(self, source: str, found: Bulk) -> None:
        kind = "repeated"
        try:
            row = _row(found)
        except RecordError as error:
            raw = found.raw or ("" if found.record is None else json.dumps(found.record))
            row_aside = (source, found.place, str(error), raw)
            self._database.execute("insert into set_aside values (?, ?, ?, ?)", [_utf8(text) for text in row_aside])
            kind = "set_aside"
        else:
            known = self._database.execute("select 1 from records where nct_id = ?", (row[0],)).fetchone()
            self._database.execute(_PUT, (*row[:5], source, row[5]))
            kind = "repeated" if known else ""
        more = f", {kind} = {kind} + 1" if kind else ""
        self._database.execute(f"update sources set seen = seen + 1{more} where name = ?", (source,))

    def _count(self, column: str, name: str | None = None) -> int:
        with self._told():
            where, values = ("where name = ?", (name,)) if name else ("", ())
            return int(self._database.execute(f"select total({column}) from sources {where}", values).fetchone()[0])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._database.execute("begin immediate")
            try:
                yield
                self._database.execute("commit")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("rollback")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise InputError(
                f"{self._path}: cannot be written ({error}); make room or give write permission and run the same "
                "again, what is done stays done"
            ) from error


def _stat(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return found.st_size, found.st_mtime_ns


def _batch(stream: Iterator[Bulk]) -> tuple[list[Bulk], CutOff | None]:
    """The next records of a stream, and how it was cut off when it was; no record at its end."""
    found: list[Bulk] = []
    try:
        for each in stream:
            found.append(each)
            if len(found) >= _COMMIT:
                break
    except CutOff as cut:
        return found, cut
    return found, None


def _row(found: Bulk) -> tuple[str, str, str, str, str, bytes]:
    """Raises RecordError when it is no record that can be kept."""
    record = found.record
    if found.problem:
        raise RecordError(found.problem)
    if not isinstance(record, dict):
        raise RecordError(f"expected a study, found {type(record).__name__}")
    nct_id = record_nct_id(record)
    try:
        digest, text = codec.content_hash(record), codec.to_text(record)
    except ValueError as error:
        raise RecordError(f"{nct_id}: {error}") from error
    posted, holder = codec.update_posted(record) or "", codec.version_holder(record) or ""
    return nct_id, part_of(nct_id), digest, posted, holder, zlib.compress(text, 1)


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def write_aside(path: Path, rows: Iterable[dict[str, str]]) -> int:
    """Adds what could not be read to the file beside the dataset, each once; returns how many it holds now."""
    old = path.read_text("utf-8").splitlines() if path.exists() else []
    lines = list(dict.fromkeys([*old, *(json.dumps(row, ensure_ascii=False) for row in rows)]))
    if lines != old:
        with whole(path) as file:
            file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return len(lines)
