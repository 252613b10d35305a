"""Which files this program made: only those does a command replace without being told to.

A job re-exports to one path every week, and must go on. A README, somebody's own table or picture is none of ours to
write over. What was made here is known by its first bytes alone: the header of a table, a mark in what can bear one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from trialfinder.base.whole_files import spare_store
from trialfinder.errors import InputError
from trialfinder.tables.columns import TABLES

#: Who made it, as a workbook, a picture, a page or a feed says.
MAKER = "trialfinder"
#: Stands under the title of a Markdown sheet, where nobody sees it.
MARKDOWN_MARK = "<!-- made by trialfinder -->"
_MUCH, _FEW = 1 << 20, 4096
_MARKS = (
    f'<meta name="generator" content="{MAKER}">',
    f"<title>{MAKER}</title>",
    f"<metadata>{MAKER}</metadata>",
    f"<name>{MAKER}</name>",
)
_BEGINS = re.compile(rf'"title": "{MAKER}"\n|Studies for [^\n]+, as of \d{{4}}-\d\d-\d\d')
_GROUP = {"study", "title", "can it be joined?"}
_AUTHOR = re.compile(rf"creator\b[^>]*>{MAKER}<".encode())
_JSON = ("[", "{")


def check_replaceable(path: Path, *, force: bool = False, way_out: str = "add --force to replace it") -> None:
    """Refuses to write where something stands that this program did not make.

    Args:
        path: the file that is to be written; nothing there, or an empty file, is always fine.
        force: replace also what another made. A folder, a device or a store stays all the same.
        way_out: what else the user can do than to name another file; "" for nothing.

    Raises:
        InputError: one clear line.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: is no file that can be replaced; name another")
    spare_store(path)
    if force or not path.exists() or _is_ours(path):
        return
    ways = f"name another file, or {way_out}" if way_out else "name another file"
    raise InputError(f"{path}: is there and was not made by trialfinder; {ways}")


def _is_ours(path: Path) -> bool:
    """Whether nothing is lost when another file of ours takes its place; not so what cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_MUCH)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not head.strip():
        return True
    if head.startswith(b"PK"):
        return _is_workbook(path)
    if head.startswith(b"SQLite format 3\0"):
        return _is_database(path)
    if head.startswith(b"PAR1"):
        return _is_parquet(path)
    if head.startswith(b"\x89PNG"):
        return b"tEXtSoftware\0" + MAKER.encode() in head
    return _is_text(head.decode("utf-8", "replace").lstrip("\ufeff"))


def _is_text(text: str) -> bool:
    if text.startswith("<"):
        return any(mark in text[:_FEW] for mark in _MARKS)
    if text.startswith(_JSON):
        return _is_json(text)
    first, _, rest = text.partition("\n")
    if first.startswith("# "):
        return rest.lstrip().startswith(MARKDOWN_MARK)
    return bool(_BEGINS.match(text)) or any(_is_table(names) for names in _headers(first))


def _headers(line: str) -> Iterable[list[str]]:
    """The names of the columns, with each mark that may stand between them (also after a spreadsheet saved it)."""
    for mark in ",;\t":
        with contextlib.suppress(csv.Error):
            yield next(csv.reader(io.StringIO(line.strip()), delimiter=mark), [])
    yield [name.strip().replace("\\", "") for name in line.strip().strip("|").split("|")]


def _is_table(names: Iterable[str]) -> bool:
    """Whether these are columns of one table of ours: most of them, and none that somebody added."""
    there = set(names)
    if there >= _GROUP:
        return True
    tables = ({column.name for column in table} for table in TABLES.values())
    return any(there <= known and 4 * len(there) >= 3 * len(known) for known in tables)


def _is_json(text: str) -> bool:
    begin = text.find("{")
    if begin < 0:
        return text.strip() == "[]"
    try:
        first, _ = json.JSONDecoder().raw_decode(text[begin:])
    except (ValueError, RecursionError):
        return False
    return str(first.get("tool", "")).startswith(f"{MAKER} ") or _is_table(first)


def _is_workbook(path: Path) -> bool:
    """By its author, whom a spreadsheet keeps when somebody edits it."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as file:
            return _AUTHOR.search(file.read(_MUCH)) is not None
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def _is_database(path: Path) -> bool:
    import sqlite3

    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database,
    ):
        return len(database.execute("select 1 from sqlite_master where name in ('_meta', '_about')").fetchall()) == 2
    return False


def _is_parquet(path: Path) -> bool:
    """By the names of its columns, which stand at its end."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, _MUCH), io.SEEK_END)
        end = file.read()
    return any(all(f'"name": "{c.name}"'.encode() in end for c in table) for table in TABLES.values())
