"""What a bundle carries beside the records of its moment: every run, every older version, and where each was found.

``history.jsonl`` has one row of a table to a line; ``versions.jsonl`` the raw texts of the versions that are not the
record of the moment. Both go by NCT ID like ``records.jsonl``, so that a store is made again in one pass. What was
delivered where is not in it: a bundle is made to be given away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from trialfinder.store import codec
from trialfinder.store import lookups as reading

#: How each table looked after the run ``:until``; in an order in which every row finds those that it points to.
_TABLES = {
    "refreshes": "select id, kind, started, finished, data_timestamp, api_version, tool_version, requests, counts, "
    "note from refreshes where id <= :until order by id",
    "refresh_searches": "select refresh_id, search, mode, definition, found from refresh_searches "
    "where refresh_id <= :until order by refresh_id, search",
    "studies": "select s.nct_id, v.id, s.first_refresh, "
    "min(:until, case when v.id = s.version_id then s.last_refresh else v.last_refresh end) from studies s "
    "join versions v on v.id = (select w.id from versions w where w.nct_id = s.nct_id and w.first_refresh <= :until "
    "order by w.first_refresh desc, w.id desc limit 1) order by s.nct_id",
    "versions": "select id, nct_id, hash, update_posted, first_refresh, min(last_refresh, :until) from versions "
    "where first_refresh <= :until order by nct_id, id",
    "search_results": "select search, nct_id, first_refresh, min(last_refresh, :until), "
    "case when left_refresh <= :until then left_refresh end from search_results where first_refresh <= :until "
    "order by search, nct_id, first_refresh",
    "absences": "select nct_id, gone_refresh, case when back_refresh <= :until then back_refresh end, reason "
    "from absences where gone_refresh <= :until order by nct_id, gone_refresh",
    "aliases": "select alias, nct_id from aliases where nct_id in (select nct_id from studies "
    "where first_refresh <= :until) order by alias",
    "set_aside": "select hash, nct_id, reason, body, first_refresh, min(last_refresh, :until) from set_aside "
    "where first_refresh <= :until order by hash",
}
_BODY = 3
"""Where the packed text stands in a row of ``set_aside``; a bundle has it as text."""


def rows(database: sqlite3.Connection, until: int) -> Iterator[list[Any]]:
    """Every row as it was after a run: the name of its table, then its values."""
    for table, sql in _TABLES.items():
        for row in database.execute(sql, {"until": until}):
            values = list(row)
            if table == "set_aside":
                values[_BODY] = codec.unpack(values[_BODY]).decode("utf-8")
            yield [table, *values]


def older_texts(database: sqlite3.Connection, until: int) -> Iterator[str]:
    """The raw texts of the versions that were not a study's newest after a run, in the order of their rows."""
    newest = _newest(rows(database, until))
    for version_id, nct_id, *_ in database.execute(_TABLES["versions"], {"until": until}).fetchall():
        if newest[nct_id] != version_id:
            yield (reading.version_text(database, version_id) or b"").decode("utf-8")


def _newest(found: Iterable[list[Any]]) -> dict[str, int]:
    return {row[1]: row[2] for row in found if row[0] == "studies"}


def restore_rows(
    database: sqlite3.Connection, found: Iterable[list[Any]], records: Iterator[bytes], older: Iterator[bytes]
) -> int:
    """Puts the rows and texts of a bundle into empty tables, in an open transaction; returns how many versions.

    Raises:
        ValueError, TypeError, IndexError, StopIteration, sqlite3.Error: they do not fit each other.
    """
    newest: dict[str, int] = {}
    base: tuple[str, int, bytes] = ("", 0, b"")
    count = 0
    for table, *values in found:
        marks = ", ".join("?" * len(values))
        if table == "set_aside":
            values[_BODY] = codec.pack(values[_BODY].encode("utf-8"))
        if table not in _TABLES:
            raise ValueError(f"a table {table!r}")
        database.execute(f"insert into {table} values ({marks})", values)
        if table == "studies":
            newest[values[0]] = values[1]
        if table == "versions":
            count += 1
            text = next(records if newest[values[1]] == values[0] else older).rstrip(b"\n")
            base = _put_text(database, values, text, base)
    return count


def _put_text(
    database: sqlite3.Connection, version: list[Any], text: bytes, base: tuple[str, int, bytes]
) -> tuple[str, int, bytes]:
    """Keeps the text of a version, as a difference to ``base`` where that pays; gives the base of the next one."""
    version_id, nct_id, hash_, *_ = version
    if codec.content_hash(json.loads(text)) != hash_:
        raise ValueError(f"the text of {nct_id}")
    body = codec.pack_delta(base[2], text) if base[0] == nct_id else None
    values = (version_id, base[1] if body else None, len(text), body or codec.pack(text))
    database.execute("insert into bodies values (?, ?, ?, ?)", values)
    return base if body else (nct_id, version_id, text)
