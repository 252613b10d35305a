"""Questions to the store: records now or at an earlier time, versions, searches, runs."""

from __future__ import annotations

import datetime as dt
import functools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from trialfinder.store import clock, codec
from trialfinder.store.connection import damaged
from trialfinder.store.stored import RefreshInfo, SearchRun, StoredRecord, Transition, VersionInfo

_RECORDS = """
select v.nct_id, v.hash, v.id, {body}, first.finished, last.finished,
       (select group_concat(r.search, char(10)) from search_results r where r.nct_id = v.nct_id
           and r.first_refresh <= :until and (r.left_refresh is null or r.left_refresh > :until)),
       exists (select 1 from absences a where a.nct_id = v.nct_id
           and a.gone_refresh <= :until and (a.back_refresh is null or a.back_refresh > :until)) as gone,
       exists (select 1 from search_results r where r.nct_id = v.nct_id and r.first_refresh <= :until) as listed
from studies s
-- "cross" keeps this order: one look-up for each study, however many versions there are
cross join versions v
{bodies}
join refreshes first on first.id = s.first_refresh
join refreshes last on last.id = min(:until, case when v.id = s.version_id then s.last_refresh else v.last_refresh end)
where """

_BODIES = {
    "body": "b.body, whole.body",
    "bodies": "join bodies b on b.version_id = v.id left join bodies whole on whole.version_id = b.base_id",
}
_NO_BODIES = {"body": "null, null", "bodies": ""}
_NOW = "v.id = s.version_id"
_THEN = """v.id = (select w.id from versions w where w.nct_id = s.nct_id and w.first_refresh <= :until
    order by w.first_refresh desc, w.id desc limit 1)"""

_VERSIONS = """
select v.id, v.nct_id, v.hash, v.first_refresh, v.last_refresh, first.finished, last.finished, v.update_posted
from versions v
join refreshes first on first.id = v.first_refresh
join refreshes last on last.id = v.last_refresh
"""

_REFRESHES = """
select id, kind, started, finished, data_timestamp, api_version, tool_version, requests, counts, note from refreshes
"""

#: Stands for "now" where a run id is asked for.
LATEST = 2**62


def records(
    connection: sqlite3.Connection,
    *,
    until: int = LATEST,
    searches: Iterable[str] | None = None,
    nct_id: str | None = None,
    everything: bool = False,
    later: Callable[[int], bytes] | None = None,
) -> Iterator[StoredRecord]:
    """See `Store.records`; ``until`` is the run after which the store is looked at. ``later`` gets the text of a
    version when it is asked for; None: all are taken at once."""
    wanted = None if searches is None else frozenset(searches)
    only = "" if nct_id is None else " and s.nct_id = :nct_id"
    path = path_of(connection)
    what = _RECORDS.format_map(_NO_BODIES if later else _BODIES)
    sql = f"{what}{_NOW if until == LATEST else _THEN}{only} order by s.nct_id"
    for row in connection.execute(sql, {"until": until, "nct_id": nct_id}):
        load = functools.partial(later, row[2]) if later else loader(row[3], row[4], path, row[2])
        stored = _stored(row, load)
        is_left = bool(row[9]) and not stored.searches
        if not everything and (stored.gone or is_left):
            continue
        if wanted is None or wanted.intersection(stored.searches):
            yield stored


def _stored(row: tuple[Any, ...], load: Callable[[], bytes]) -> StoredRecord:
    nct_id, hash_, version_id, _, _, first_seen, last_seen, searches, gone, _ = row
    return StoredRecord(
        nct_id,
        hash_,
        version_id,
        clock.from_text(first_seen),
        clock.from_text(last_seen),
        tuple(sorted(searches.split("\n"))) if searches else (),
        bool(gone),
        load,
    )


def loader(body: bytes, whole: bytes | None, path: Path, version_id: int) -> Callable[[], bytes]:
    """Unpacks a body when called; ``whole`` is the packed text that a difference stands on.

    What it returns raises StoreError when the store is damaged.
    """

    def load() -> bytes:
        try:
            return codec.unpack(body) if whole is None else codec.unpack_delta(codec.unpack(whole), body)
        except (ValueError, IndexError) as error:
            raise damaged(path, [f"version {version_id}: {error}"]) from error

    return load


def path_of(connection: sqlite3.Connection) -> Path:
    """The file of a connection."""
    return Path(connection.execute("pragma database_list").fetchone()[2] or "store")


def version_text(connection: sqlite3.Connection, version_id: int) -> bytes | None:
    """The raw text of a version; None when there is no such version."""
    row = connection.execute(
        "select b.body, whole.body from bodies b left join bodies whole on whole.version_id = b.base_id "
        "where b.version_id = ?",
        (version_id,),
    ).fetchone()
    return loader(row[0], row[1], path_of(connection), version_id)() if row else None


def versions(connection: sqlite3.Connection, nct_id: str) -> list[VersionInfo]:
    """The versions of a study, oldest first."""
    rows = connection.execute(f"{_VERSIONS} where v.nct_id = ? order by v.first_refresh, v.id", (nct_id,))
    return [_version(row) for row in rows]


def version(connection: sqlite3.Connection, version_id: int) -> VersionInfo | None:
    """One version by its id."""
    row = connection.execute(f"{_VERSIONS} where v.id = ?", (version_id,)).fetchone()
    return _version(row) if row else None


def version_at(connection: sqlite3.Connection, nct_id: str, until: int) -> VersionInfo | None:
    """The version that a study had after a run; None when it was not known yet."""
    row = connection.execute(
        f"{_VERSIONS} where v.nct_id = ? and v.first_refresh <= ? order by v.first_refresh desc, v.id desc limit 1",
        (nct_id, until),
    ).fetchone()
    return _version(row) if row else None


def _version(row: tuple[Any, ...]) -> VersionInfo:
    version_id, nct_id, hash_, first, last, first_seen, last_seen, posted = row
    return VersionInfo(
        version_id, nct_id, hash_, first, last, clock.from_text(first_seen), clock.from_text(last_seen), posted
    )


def resolve(connection: sqlite3.Connection, nct_id: str) -> str:
    """The id under which a study is kept: itself, or the study that replaced it."""
    row = connection.execute(
        "select a.nct_id from aliases a where a.alias = :id and not exists "
        "(select 1 from studies s where s.nct_id = :id and not exists "
        "(select 1 from absences g where g.nct_id = :id and g.back_refresh is null))",
        {"id": nct_id},
    ).fetchone()
    return row[0] if row else nct_id


def refreshes(connection: sqlite3.Connection, where: str = "1", *values: object) -> list[RefreshInfo]:
    """Runs, oldest first; ``where`` is SQL of ours, never a user's."""
    rows = connection.execute(f"{_REFRESHES} where {where} order by id", values).fetchall()
    return [_refresh(connection, row) for row in rows]


def _refresh(connection: sqlite3.Connection, row: tuple[Any, ...]) -> RefreshInfo:
    refresh_id, kind, started, finished, timestamp, api_version, tool, requests, counts, note = row
    searches = connection.execute(
        "select search, mode, definition, found from refresh_searches where refresh_id = ? order by search",
        (refresh_id,),
    )
    return RefreshInfo(
        refresh_id,
        kind,
        clock.from_text(started),
        clock.from_text(finished),
        timestamp,
        api_version,
        tool,
        requests,
        json.loads(counts),
        note,
        tuple(SearchRun(*search) for search in searches),
    )


def last_refresh(
    connection: sqlite3.Connection, *, search: str | None = None, mode: str | None = None
) -> RefreshInfo | None:
    """The last run that asked the registry (of a search, in a mode); None when there was none."""
    row = connection.execute(
        "select max(r.id) from refreshes r left join refresh_searches s on s.refresh_id = r.id "
        "where r.kind != 'import' and (:search is null or s.search = :search) and (:mode is null or s.mode = :mode)",
        {"search": search, "mode": mode},
    ).fetchone()
    found = refreshes(connection, "id = ?", row[0]) if row[0] is not None else []
    return found[0] if found else None


def missed(connection: sqlite3.Connection, nct_id: str) -> dt.datetime | None:
    """When it was seen that the registry has a study no more (UTC); None for one that it is not known to lack."""
    found = connection.execute(
        "select r.finished from absences a join refreshes r on r.id = a.gone_refresh "
        "where a.nct_id = ? and a.back_refresh is null",
        (nct_id,),
    ).fetchone()
    return clock.from_text(found[0]) if found else None


def asked_searches(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the searches that a run has asked the registry for, also of those that found nothing."""
    rows = connection.execute(
        "select distinct s.search from refresh_searches s join refreshes r on r.id = s.refresh_id "
        "where r.kind != 'import' order by 1"
    )
    return tuple(name for (name,) in rows)


def refresh_at(connection: sqlite3.Connection, instant: dt.datetime) -> int:
    """The id of the last run that had finished at an instant; 0 when none had."""
    row = connection.execute("select max(id) from refreshes where finished <= ?", (clock.to_text(instant),)).fetchone()
    return row[0] or 0


_TOUCHED = """
select nct_id from versions where first_refresh > :since and first_refresh <= :until
union select nct_id from search_results where first_refresh > :since and first_refresh <= :until
union select nct_id from search_results where left_refresh > :since and left_refresh <= :until
union select nct_id from absences where gone_refresh > :since and gone_refresh <= :until
union select nct_id from absences where back_refresh > :since and back_refresh <= :until
order by 1
"""


def transitions(connection: sqlite3.Connection, since: int, until: int) -> Iterator[Transition]:
    """One for each study in which anything differs between the ends; see `Store.transitions`."""
    touched = connection.execute(_TOUCHED, {"since": since, "until": until}).fetchall()
    for (nct_id,) in touched:
        found = _transition(connection, nct_id, since, until)
        if _differs(found):
            yield found


def _transition(connection: sqlite3.Connection, nct_id: str, since: int, until: int) -> Transition:
    spans = connection.execute(
        "select search, first_refresh, left_refresh from search_results where nct_id = ?", (nct_id,)
    ).fetchall()
    before = {search for search, first, left in spans if _holds(first, left, since)}
    after = {search for search, first, left in spans if _holds(first, left, until)}
    once = {search for search, first, _ in spans if first <= since}
    gaps = connection.execute(
        "select gone_refresh, back_refresh, reason from absences where nct_id = ?", (nct_id,)
    ).fetchall()
    was_gone = any(_holds(gone, back, since) for gone, back, _ in gaps)
    reasons = [reason for gone, back, reason in gaps if _holds(gone, back, until)]
    entered = after - before
    return Transition(
        nct_id,
        version_at(connection, nct_id, since),
        version_at(connection, nct_id, until),
        entered=tuple(sorted(entered)),
        returned=tuple(sorted(entered & once)),
        left=tuple(sorted(before - after)),
        gone=bool(reasons) and not was_gone,
        gone_reason=reasons[0] if reasons and not was_gone else None,
        came_back=was_gone and not reasons,
    )


def _holds(first: int, end: int | None, at: int) -> bool:
    """Whether a span of runs, end excluded, covers a run."""
    return first <= at and (end is None or end > at)


def _differs(found: Transition) -> bool:
    return bool(found.is_new or found.is_changed or found.entered or found.left or found.gone or found.came_back)
