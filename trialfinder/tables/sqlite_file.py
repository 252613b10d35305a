"""All tables as one SQLite file that opens in Datasette and sqlite-utils, and the metadata that Datasette shows.

It is made whole each time: a file to look into, not the store. Text stays as the registry has it; what a spreadsheet
would run as a formula is nothing to SQLite.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trialfinder.base.text import one_line
from trialfinder.errors import InputError
from trialfinder.tables.columns import EXPORTED, TABLES, Column
from trialfinder.tables.own_files import CAREFUL, OwnFiles

_TYPES = {"string": "TEXT", "Int64": "INTEGER", "Float64": "REAL", "boolean": "INTEGER"}
#: The full-text index of a table, by what a person looks for in it.
_SEARCHED = {
    "studies": ("brief_title", "official_title", "conditions", "interventions", "keywords", "brief_summary"),
    "criteria": ("text", "read"),
}
_FACETS = {
    "studies": ("overall_status", "joinable", "relevance", "cell_product", "phases"),
    "readings": ("pattern", "section"),
    "signs": ("id", "kind"),
    "locations": ("country", "status"),
}
_DICTIONARY = ("table_name", "column_name", "type", "unit", "meaning", "empty_means", "source")


def write_database(
    path: Path,
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
    about: Mapping[str, Any],
    files: OwnFiles = CAREFUL,
) -> int:
    """Writes every exported table, the data dictionary (``_meta``) and where it all comes from (``_about``).

    The file is written whole or not at all; an earlier export of that name is replaced, and of other
    things what ``files`` allows.

    Args:
        path: the file.
        tables: rows by table, ``studies`` among them; a table that is missing here is there without rows.
        about: values of ``_about`` by key; what is no text is kept as JSON.
        files: over what it may be written.

    Returns:
        How many studies it holds.

    Raises:
        InputError: the folder is missing or cannot be written to, the disk is full, or another database has that name.
    """
    try:
        with (
            files.replacing(path) as temporary,
            contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as database,
        ):
            return _fill(database, tables, about)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be written: {error}") from error


def _fill(
    database: sqlite3.Connection, tables: Mapping[str, Iterable[Mapping[str, Any]]], about: Mapping[str, Any]
) -> int:
    # Nobody sees the file before it is whole, so nothing has to survive a crash.
    database.executescript("pragma journal_mode = memory; pragma synchronous = off; pragma foreign_keys = on; begin")
    for name in EXPORTED:
        database.execute(table_sql(name))
        columns = TABLES[name]
        marks = ", ".join("?" * len(columns))
        rows = ([_cell(row[column.name]) for column in columns] for row in tables.get(name, ()))
        database.executemany(f'insert into "{name}" values ({marks})', rows)
    for sql in _indexes():
        database.execute(sql)
    database.execute(f"create table _meta ({', '.join(f'{key} TEXT' for key in _DICTIONARY)}) strict")
    database.executemany(f"insert into _meta values ({', '.join('?' * len(_DICTIONARY))})", dictionary())
    database.execute("create table _about (key TEXT primary key, value TEXT) strict")
    said = [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in about.items()]
    database.executemany("insert into _about values (?, ?)", said)
    database.execute("commit")
    return int(database.execute("select count(*) from studies").fetchone()[0])


def table_sql(name: str) -> str:
    """The statement that makes a table: a study is found by its id, everything else belongs to a study."""
    lines = [f'  "{column.name}" {_TYPES[column.dtype]}{_limits(name, column)}' for column in TABLES[name]]
    if name == "criteria":
        lines.append('  primary key ("nct_id", "item")')
    return f'create table "{name}" (\n' + ",\n".join(lines) + "\n) strict"


def _limits(table: str, column: Column) -> str:
    if column.name == "nct_id":
        return " primary key not null" if table == "studies" else ' not null references "studies"("nct_id")'
    return f' check ("{column.name}" in (0, 1))' if column.dtype == "boolean" else ""


def _indexes() -> Iterator[str]:
    for name in EXPORTED:
        if name != "studies":
            yield f'create index "idx_{name}_nct_id" on "{name}" ("nct_id")'
    for name, columns in _SEARCHED.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        yield f'create virtual table "{name}_fts" using fts5 ({listed}, content="{name}", tokenize="porter unicode61")'
        yield f'insert into "{name}_fts" ("{name}_fts") values (\'rebuild\')'


def _cell(value: Any) -> Any:
    if isinstance(value, str):  # half a surrogate pair is no UTF-8
        return value.encode("utf-8", "replace").decode("utf-8")
    return int(value) if isinstance(value, bool) else value


def dictionary() -> Iterator[tuple[str, ...]]:
    """The data dictionary, a row a column, in the order of ``_meta``."""
    for name in EXPORTED:
        for c in TABLES[name]:
            yield name, c.name, c.dtype, c.unit, c.meaning, c.missing, c.source


def datasette_metadata(database: str, about: Mapping[str, Any], notice: str) -> str:
    """``metadata.yaml`` for Datasette: what each column means, what to filter by, and the sentence on approval.

    ``database`` is the file's name without its ending, which is what Datasette calls it.
    """
    tables = {
        name: {
            **({"sort_desc": "study_first_post_date"} if name == "studies" else {}),
            **({"facets": list(_FACETS[name])} if name in _FACETS else {}),
            "columns": {c.name: one_line(f"{c.meaning} Empty: {c.missing}.") for c in TABLES[name]},
        }
        for name in EXPORTED
    }
    made = {
        "title": "trialfinder",
        "description": notice,
        "source": about.get("source", ""),
        "source_url": "https://clinicaltrials.gov",
        "databases": {database: {"tables": tables}},
    }
    return "\n".join(_yaml(made)) + "\n"


def _yaml(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Nested mappings as YAML. Its quoted texts and lists are those of JSON."""
    for key, each in value.items():
        name = json.dumps(key, ensure_ascii=False)
        if isinstance(each, Mapping):
            yield f"{indent}{name}:"
            yield from _yaml(each, indent + "  ")
        else:
            yield f"{indent}{name}: {json.dumps(each, ensure_ascii=False)}"
