"""The tables, one function for each step; the number of steps taken is the store's ``user_version``.

To change the tables, append a function to `MIGRATIONS`; never edit one that has been released. Every step runs in a
transaction of its own (see `connection.migrate`), so a step that fails leaves version and tables as they were.
Instants are UTC in ISO 8601. What came first is told by ``refreshes.id``, never by the clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from trialfinder.base.whole_files import STORE_MARK

#: Marks the file as ours, so that no other program's database is written to by mistake.
APPLICATION_ID = int.from_bytes(STORE_MARK)

_FIRST = """
create table meta (key text primary key, value text not null) strict, without rowid;

-- One row for each run that was kept. A run that failed leaves no trace here.
create table refreshes (
    id integer primary key autoincrement,
    kind text not null check (kind in ('full', 'incremental', 'unchanged', 'import')),
    started text not null,
    finished text not null,
    data_timestamp text,
    api_version text,
    tool_version text not null,
    requests integer not null,
    counts text not null,
    note text not null
) strict;

-- Which searches took part, and the exact question each of them asked.
create table refresh_searches (
    refresh_id integer not null references refreshes,
    search text not null,
    mode text not null check (mode in ('full', 'incremental', 'unchanged')),
    definition text not null,
    found integer not null,
    primary key (refresh_id, search)
) strict, without rowid;

create table studies (
    nct_id text primary key,
    version_id integer not null references versions deferrable initially deferred,
    first_refresh integer not null references refreshes,
    last_refresh integer not null references refreshes
) strict, without rowid;

-- Every content a study has had. Coming back to an earlier content is a new version.
create table versions (
    id integer primary key,
    nct_id text not null references studies deferrable initially deferred,
    hash text not null,
    update_posted text,
    first_refresh integer not null references refreshes,
    last_refresh integer not null references refreshes
) strict;
create index versions_by_study on versions (nct_id, first_refresh);
create index versions_by_refresh on versions (first_refresh, nct_id);

-- The packed text; base_id is the whole version that a difference stands on.
create table bodies (
    version_id integer primary key references versions,
    base_id integer references bodies,
    raw_size integer not null,
    body blob not null
) strict;

-- Stays in the results of a search; left_refresh is the first run that no longer found it.
create table search_results (
    search text not null,
    nct_id text not null references studies,
    first_refresh integer not null references refreshes,
    last_refresh integer not null references refreshes,
    left_refresh integer references refreshes,
    primary key (search, nct_id, first_refresh)
) strict, without rowid;
create index search_results_by_study on search_results (nct_id);
create index search_results_by_first on search_results (first_refresh, nct_id);
create index search_results_by_left on search_results (left_refresh, nct_id) where left_refresh is not null;

-- Times during which the registry did not have a study.
create table absences (
    nct_id text not null references studies,
    gone_refresh integer not null references refreshes,
    back_refresh integer references refreshes,
    reason text not null,
    primary key (nct_id, gone_refresh)
) strict, without rowid;
create index absences_by_gone on absences (gone_refresh, nct_id);
create index absences_by_back on absences (back_refresh, nct_id) where back_refresh is not null;

create table aliases (
    alias text primary key,
    nct_id text not null references studies
) strict, without rowid;

-- Records that were not in the promised shape, raw, with the reason.
create table set_aside (
    hash text primary key,
    nct_id text,
    reason text not null,
    body blob not null,
    first_refresh integer not null references refreshes,
    last_refresh integer not null references refreshes
) strict, without rowid;

-- Results of our own reading, which can be made again at any time.
create table derived (
    kind text not null,
    hash text not null,
    version text not null,
    value blob not null,
    primary key (kind, hash)
) strict;
"""


def first_tables(connection: sqlite3.Connection) -> None:
    """Version 1: runs, studies, versions, results of searches, absences, aliases, set aside, derived."""
    run_script(connection, _FIRST)


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Runs several statements inside the open transaction (``executescript`` would commit it first)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


_DELIVERIES = """
-- The events of each run, see trialfinder.changes; can be made again at any time.
create table change_events (
    refresh_id integer primary key references refreshes,
    version text not null,
    body blob not null
) strict;

-- One row for each digest, written before it is sent: a crash in between leaves it pending.
-- A destination is kept as a fingerprint: addresses and secret links do not belong into a store that is shared.
create table deliveries (
    id integer primary key,
    destination text not null,
    scope text not null,  -- destination and what was asked for; the watermark is kept for each
    state text not null check (state in ('pending', 'delivered', 'failed')),
    since_refresh integer not null,
    until_refresh integer not null,
    events text not null,
    created text not null,
    finished text,
    attempts integer not null,
    error text not null
) strict;
create index deliveries_by_scope on deliveries (scope, state, until_refresh);

create table delivered_events (
    destination text not null,
    event_id text not null,
    delivery_id integer not null references deliveries,
    primary key (destination, event_id)
) strict, without rowid;
"""


def delivery_tables(connection: sqlite3.Connection) -> None:
    """Version 2: events by run, digests sent, events delivered."""
    run_script(connection, _DELIVERIES)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (first_tables, delivery_tables)
