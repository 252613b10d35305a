"""Which files this program made, and which of those are as it left them: only these does a command replace unasked.

A job re-exports to one path every week, and must go on. A README, somebody's own table or picture is none of ours to
write over, nor is a list of ours into which a group wrote whom it rang. The program remembers what it wrote
(`tables.written`). Where it does not, of an older version or another computer, what was made here is known by its first
bytes: the header of a table, a mark in what can bear one. Whether such a file was changed nobody can say; it is kept
under another name.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from trialfinder.base import computer_clock
from trialfinder.base import lazy_re as re
from trialfinder.base.whole_files import spare_store, whole
from trialfinder.errors import InputError
from trialfinder.tables import written
from trialfinder.tables.columns import TABLES

#: Who made it, as a workbook, a picture, a page or a feed says.
MAKER = "trialfinder"
#: Stands under the title of a Markdown sheet, where nobody sees it.
MARKDOWN_MARK = "<!-- made by trialfinder -->"
_MUCH, _FEW = 1 << 20, 4096
_FORCE = "add --force to replace it"
#: What stands at a place: nothing, what was written here, what looks so, what was changed since, or another's.
State = Literal["free", "ours", "unknown", "changed", "foreign"]
Tell = Callable[[str], object]
_REFUSED: dict[State, str] = {
    "changed": "has changed since trialfinder wrote it",
    "foreign": "is there and was not made by trialfinder",
}
_MARKS = (
    f'<meta name="generator" content="{MAKER}">',
    f"<title>{MAKER}</title>",
    f"<metadata>{MAKER}</metadata>",
    f"<name>{MAKER}</name>",
)
_BEGINS = re.compile(rf'"title": "{MAKER}"\n|Studies for [^\n]+, as of \d{{4}}-\d\d-\d\d')
_GROUP = {"study", "title", "can it be joined?"}
_AUTHOR = re.compile(rf"creator\b[^>]*>{MAKER}<".encode())
_UNTOUCHED = re.compile(rb"modified\b[^>]*>1980-01-01T00:00:00Z<")
_SEEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
_JSON = ("[", "{")


def check_replaceable(path: Path, *, force: bool = False, way_out: str = _FORCE) -> None:
    """Refuses to write where something stands that this program did not make, or that has changed since it did.

    Args:
        path: the file that is to be written; nothing there, or an empty file, is always fine.
        force: replace also what another made or changed. A folder, a device or a store stays all the same.
        way_out: what else the user can do than to name another file.

    Raises:
        InputError: one clear line.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: is no file that can be replaced; name another")
    spare_store(path)
    found = "free" if force else _state(path)
    if found in _REFUSED:
        raise InputError(f"{path}: {_REFUSED[found]}; name another file, or {way_out}")


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """How a command writes files: whether also over what another made or changed, and whom it tells what it kept.

    ``tell`` is told in one sentence when what stood there was kept under another name.
    """

    force: bool = False
    way_out: str = _FORCE
    tell: Tell | None = None

    def check(self, path: Path) -> None:
        """See `check_replaceable`; raises InputError."""
        check_replaceable(path, force=self.force, way_out=self.way_out)

    @contextlib.contextmanager
    def replacing(self, path: Path) -> Iterator[Path]:
        """A file beside ``path`` to write into; at the end it takes its place, and what was written is remembered.

        Raises:
            InputError: something stands there that is not to be replaced, or it cannot be written; all is as it was.
        """
        self.check(path)
        with whole(path) as temporary:
            yield temporary
            kept = _keep_aside(path) if not self.force and _state(path) == "unknown" else None
            remembered = written.remember(path, written.fingerprint(temporary))
        if kept and self.tell:
            why = (
                "" if remembered else "; this one will not be known either, for the program's home cannot be written to"
            )
            self.tell(f"{path}: what stood there is trialfinder's; whether it was changed is unknown, so it is now "
                      f"{kept.name}{why}")  # fmt: skip

    def write(self, path: Path, content: bytes | Callable[[IO[bytes]], object]) -> None:
        """Writes a file whole or not at all; ``content`` is what it holds, or what writes that into a stream.

        Raises:
            InputError: see `replacing`.
        """
        with self.replacing(path) as temporary, temporary.open("wb") as stream:
            if callable(content):
                content(stream)
            else:
                stream.write(content)


#: Over nothing that another made or changed, and without a word.
CAREFUL = OwnFiles()


def _keep_aside(path: Path) -> Path:
    day, number = computer_clock.today().isoformat(), 1
    while (aside := path.with_name(f"{path.stem}-before-{day}{f'-{number}' * (number > 1)}{path.suffix}")).exists():
        number += 1
    shutil.copy2(path, aside)
    return aside


def _state(path: Path) -> State:
    """What stands at a place, and whether it is as this program left it."""
    if not path.exists():
        return "free"
    try:
        with path.open("rb") as file:
            head = file.read(_MUCH)
        mark = written.fingerprint(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not head.strip() and len(head) < _MUCH:
        return "free"
    marks = written.marks_of(path)
    if mark in marks or written.is_known(mark):
        return "ours"
    return "changed" if marks else _by_its_looks(path, head)


def _by_its_looks(path: Path, head: bytes) -> State:
    """Of what nothing is remembered."""
    if head.startswith(b"PK"):
        return _workbook(path)
    if head.startswith(b"SQLite format 3\0"):
        return _unless(not _is_database(path))
    if head.startswith(b"PAR1"):
        return _unless(not _is_parquet(path))
    if head.startswith(b"\x89PNG"):
        return _unless(b"tEXtSoftware\0" + MAKER.encode() not in head)
    return _text(head.decode("utf-8", "replace").lstrip("\ufeff"))


def _unless(foreign: bool) -> State:
    return "foreign" if foreign else "unknown"


def _text(text: str) -> State:
    if text.startswith("<"):
        return _unless(not any(mark in text[:_FEW] for mark in _MARKS) and not _is_digest(text))
    if text.startswith(_JSON):
        return _json(text)
    first, _, rest = text.partition("\n")
    if _BEGINS.match(text) or (first.startswith("# ") and rest.lstrip().startswith(MARKDOWN_MARK)) or _is_digest(text):
        return "unknown"
    found = {_table(names) for names in _headers(first)}
    return "unknown" if "unknown" in found else "changed" if "changed" in found else "foreign"


def _is_digest(text: str) -> bool:
    """Whether it is news: of a moment that stands at the head, and about studies of the registry."""
    return bool(_SEEN.search(text[:_FEW])) and "https://clinicaltrials.gov/study/NCT" in text


def _headers(line: str) -> Iterable[list[str]]:
    """The names of the columns, with each mark that may stand between them (also after a spreadsheet saved it)."""
    for mark in ",;\t":
        with contextlib.suppress(csv.Error):
            yield next(csv.reader(io.StringIO(line.strip()), delimiter=mark), [])
    yield [name.strip().replace("\\", "") for name in line.strip().strip("|").split("|")]


def _table(names: Iterable[str]) -> State:
    """Whether these are columns of one table of ours: most of them; and what somebody added is a change."""
    there = set(names)
    for known in (_GROUP, *({column.name for column in table} for table in TABLES.values())):
        if 4 * len(there & known) >= 3 * len(known):
            return "unknown" if there <= known or known is _GROUP else "changed"
    return "foreign"


def _json(text: str) -> State:
    begin = text.find("{")
    if begin < 0:
        return _unless(text.strip() != "[]")
    try:
        first, _ = json.JSONDecoder().raw_decode(text[begin:])
    except (ValueError, RecursionError):
        return "foreign"
    return "unknown" if str(first.get("tool", "")).startswith(f"{MAKER} ") else _table(first)


def _workbook(path: Path) -> State:
    """By its author, whom a spreadsheet keeps when somebody edits it, and by the moment of its last change.

    Ours bear one moment, whenever they are made (`tables.workbook`); whatever saves them again puts its own there.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as file:
            core = file.read(_MUCH)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return "foreign"
    if not _AUTHOR.search(core):
        return "foreign"
    return "ours" if _UNTOUCHED.search(core) else "changed"


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
