"""Results of our own reading, kept by record hash so that an unchanged study is not read again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from trialfinder.errors import StoreError
from trialfinder.store.connection import transaction

_FEW = 500  # SQLite takes no more than some thousands of parameters
_LEVEL = 1  # these are read often and made again easily


def get(
    connection: sqlite3.Connection,
    kind: str,
    version: str,
    hashes: Iterable[str] | None = None,
    decode: Callable[[bytes], Any] = msgspec.json.decode,
) -> dict[str, Any]:
    """Results by record hash; only those made by this ``version`` of the reader, and for these hashes if given.

    A damaged row counts as missing. ``decode``: what makes a result of its JSON; raises ValueError where it cannot.
    """
    wanted = None if hashes is None else frozenset(hashes)
    few = sorted(wanted) if wanted is not None and len(wanted) <= _FEW else []
    only = f" and hash in ({', '.join('?' * len(few))})" if few else ""
    sql = f"select hash, value from derived where kind = ? and version = ?{only}"
    rows = connection.execute(sql, (kind, version, *few))
    found = {}
    for key, value in rows:
        if wanted is None or key in wanted:
            try:
                found[key] = decode(zlib.decompress(value))
            except (zlib.error, ValueError):
                continue
    return found


def hashes(connection: sqlite3.Connection, kind: str, version: str) -> set[str]:
    """Of which records there are results, damaged ones as well."""
    rows = connection.execute("select hash from derived where kind = ? and version = ?", (kind, version))
    return {key for (key,) in rows}


def put(connection: sqlite3.Connection, kind: str, version: str, results: Mapping[str, Any], path: Path) -> bool:
    """Keeps results and drops those that another version of the reader made; see `Store.put_derived`."""
    rows = [(kind, key, version, zlib.compress(_text(value), _LEVEL)) for key, value in results.items()]
    # A search must not wait for a refresh that is being written only to save itself work next time.
    (patience,) = connection.execute("pragma busy_timeout").fetchone()
    connection.execute("pragma busy_timeout = 200")
    try:
        with _unhurried(connection), transaction(connection, path):
            connection.execute("delete from derived where kind = ? and version != ?", (kind, version))
            connection.executemany("insert or replace into derived values (?, ?, ?, ?)", rows)
    except StoreError:
        return False
    finally:
        connection.execute(f"pragma busy_timeout = {int(patience)}")
    return True


@contextlib.contextmanager
def _unhurried(connection: sqlite3.Connection) -> Iterator[None]:
    """Within it a transaction does not wait until the disk has it: what a power cut takes is made again.

    A write-ahead log stays whole by that; without one the store itself could be damaged, so there it waits.
    """
    (journal,) = connection.execute("pragma journal_mode").fetchone()
    if journal != "wal" or connection.in_transaction:
        yield
        return
    (before,) = connection.execute("pragma synchronous").fetchone()
    connection.execute("pragma synchronous = normal")
    try:
        yield
    finally:
        connection.execute(f"pragma synchronous = {int(before)}")


def _text(value: Any) -> bytes:
    """A JSON value as text; one that is text already as it is."""
    return bytes(value) if isinstance(value, msgspec.Raw) else json.dumps(value, separators=(",", ":")).encode("ascii")
