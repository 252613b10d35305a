"""What a command may write over without being told to: what this program made, and nothing else."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from trialfinder.base import computer_clock, whereabouts
from trialfinder.errors import InputError
from trialfinder.tables import columns, written
from trialfinder.tables.exports import FORMATS, write_stream
from trialfinder.tables.own_files import CAREFUL, OwnFiles, check_replaceable

CHANGED = "{path}: has changed since trialfinder wrote it; name another file, or add --force to replace it"
_NO_ROWS: list[dict[str, Any]] = []


def made(form: str, table: str, rows: list[dict[str, Any]] | None = None) -> bytes:
    stream, shape = io.BytesIO(), columns.table(table)
    empty = dict.fromkeys(columns.names(table)) | {"nct_id": "NCT90000001"}
    write_stream(FORMATS[form], shape, [empty] if rows is None else rows, stream)
    return stream.getvalue()


def refused(path: Path, *, force: bool = False) -> str:
    try:
        check_replaceable(path, force=force)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", columns.EXPORTED)
def test_every_table_in_every_form_is_known_again(tmp_path: Path, form: str, table: str) -> None:
    path = tmp_path / f"t.{form}"
    path.write_bytes(made(form, table))
    assert refused(path) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_without_rows_is_known_again(tmp_path: Path, form: str) -> None:
    (tmp_path / "t").write_bytes(made(form, "signs", _NO_ROWS))
    assert refused(tmp_path / "t") == ""


def test_a_table_that_a_spreadsheet_saved_again_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(made("csv", "studies").decode().replace(",", ";"), encoding="utf-8-sig")
    assert refused(path) == ""


def test_a_workbook_that_somebody_saved_again_has_changed_wherever_it_lies(tmp_path: Path) -> None:
    """Nothing has to be remembered for that: another program puts the time of its change into it."""
    path = tmp_path / "t.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", "studies")))
    assert book.active is not None
    book.active["B2"] = "called on Monday"
    book.save(path)
    assert refused(path) == CHANGED.format(path=path)
    assert refused(path, force=True) == ""


def _own_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(columns.names("studies"))
    book.save(path)


_OTHERS: dict[str, str | bytes | Callable[[Path], None]] = {
    "README.md": "# Studies\n\nMine, made with trialfinder.\n",
    "notes.csv": "nct_id,note\nNCT90000001,she called\n",
    "few.csv": "nct_id,brief_title,overall_status\n",
    "notes.txt": "Studies for my mother\n",
    "own.html": "<!DOCTYPE html>\n<title>About trialfinder</title>\n<p>trialfinder</p>\n",
    "late.html": "<p>" + "x" * 5000 + '<meta name="generator" content="trialfinder">',
    "own.svg": '<svg xmlns="http://www.w3.org/2000/svg"><desc>trialfinder</desc></svg>',
    "own.json": '{"nct_id": "NCT90000001", "note": "trialfinder"}',
    "list.json": '["nct_id"]',
    "broken.json": '{"nct_id": ',
    "deep.json": "[{" + '"a":[' * 50_000,
    "own.png": b"\x89PNG\r\n\x1a\n....tEXtSoftware\0Matplotlib",
    "own.parquet": b"PAR1 columns nct_id PAR1",
    "own.sqlite": b"SQLite format 3\0 but damaged",
    "own.zip": b"PK\x03\x04 but damaged",
    "own.xlsx": _own_workbook,
    "bytes.bin": bytes(range(256)),
}


@pytest.mark.parametrize("name", _OTHERS)
def test_what_another_made_is_left_alone_unless_told_to_replace_it(tmp_path: Path, name: str) -> None:
    path, content = tmp_path / name, _OTHERS[name]
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert refused(path) == (
        f"{path}: is there and was not made by trialfinder; name another file, or add --force to replace it"
    )
    assert refused(path, force=True) == ""


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_file_and_one_that_is_not_there_are_fine(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path / "new.csv") == ""
    (tmp_path / "empty.csv").write_text(content)
    assert refused(tmp_path / "empty.csv") == ""


def test_a_folder_a_device_and_a_store_stay_whatever_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path, force=True) == f"{tmp_path}: is a folder; name a file in it"
    assert refused(Path("/dev/null"), force=True) == "/dev/null: is no file that can be replaced; name another"
    store = tmp_path / "store.sqlite"
    store.write_bytes(b"SQLite format 3\0".ljust(68, b"\0") + b"TFND")
    assert "is a store of trialfinder" in refused(store, force=True)


def test_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "t.csv").symlink_to(tmp_path / "README.md")
    assert "was not made by trialfinder" in refused(tmp_path / "t.csv")


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_written_is_written_again_without_a_word(tmp_path: Path, form: str) -> None:
    path, told = tmp_path / f"t.{form}", list[str]()
    for rows in (None, _NO_ROWS, None):
        OwnFiles(tell=told.append).write(path, made(form, "studies", rows))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert told == []
    assert path.read_bytes() == made(form, "studies")


@pytest.mark.parametrize("form", FORMATS)
def test_what_changed_since_it_was_written_is_refused(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"t.{form}"
    CAREFUL.write(path, made(form, "studies"))
    edited = path.read_bytes() + b" Tom rang 3 Nov"
    path.write_bytes(edited)
    with pytest.raises(InputError) as told:
        CAREFUL.write(path, made(form, "studies"))
    assert str(told.value) == CHANGED.format(path=path)
    assert path.read_bytes() == edited
    OwnFiles(force=True).write(path, made(form, "studies"))
    CAREFUL.write(path, made(form, "studies"))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_column_of_ones_own_is_a_change(tmp_path: Path) -> None:
    path = tmp_path / "copy.csv"
    path.write_text(",".join([*columns.names("signs"), "my notes"]) + "\n", encoding="utf-8")
    assert refused(path) == CHANGED.format(path=path)
    path.write_text(json.dumps([dict.fromkeys([*columns.names("signs"), "my notes"])]), encoding="utf-8")
    assert refused(path) == CHANGED.format(path=path)


def test_a_copy_that_nobody_changed_gives_way(tmp_path: Path) -> None:
    told: list[str] = []
    CAREFUL.write(tmp_path / "t.csv", content := made("csv", "signs"))
    (tmp_path / "copy.csv").write_bytes(content)
    OwnFiles(tell=told.append).write(tmp_path / "copy.csv", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.csv", "t.csv"]
    assert told == []


def test_of_what_nothing_is_remembered_nothing_is_lost(tmp_path: Path) -> None:
    """Of an older version, another computer, or a copy that was written into: a job goes on, and says what it kept."""
    told: list[str] = []
    path = tmp_path / "t.csv"
    for day in range(2):
        (tmp_path / "copy").write_bytes(made("csv", "studies") + f"Tom rang {day}".encode())
        (tmp_path / "copy").replace(path)
        _forget()
        OwnFiles(tell=told.append).write(path, b"new")
    today = computer_clock.today().isoformat()
    first, second = tmp_path / f"t-before-{today}.csv", tmp_path / f"t-before-{today}-2.csv"
    assert first.read_bytes().endswith(b"Tom rang 0")
    assert second.read_bytes().endswith(b"Tom rang 1")
    assert path.read_bytes() == b"new"
    assert told == [
        f"{path}: what stood there is trialfinder's; whether it was changed is unknown, so it is now {kept.name}"
        for kept in (first, second)
    ]


def test_where_nothing_can_be_remembered_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("no folder")
    with monkeypatch.context() as patched:
        patched.setenv("TRIALFINDER_HOME", str(tmp_path / "home"))
        told: list[str] = []
        path = tmp_path / "t.csv"
        path.write_bytes(made("csv", "signs"))
        OwnFiles(tell=told.append).write(path, b"new")
        (line,) = told
        assert line.endswith("; this one will not be known either, for the program's home cannot be written to")
        assert path.read_bytes() == b"new"


def test_a_run_that_was_killed_before_its_file_was_in_place_leaves_none_that_looks_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    CAREFUL.write(path, b"one")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _killed_at(path))
        for number in range(3):
            with pytest.raises(KeyboardInterrupt):
                CAREFUL.write(path, f"two {number}".encode())
    CAREFUL.write(path, b"three")
    assert path.read_bytes() == b"three"


def _killed_at(path: Path) -> Callable[[Path, Path], Path]:
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if target == path:
            raise KeyboardInterrupt
        return replace(self, target)

    return killed


def test_what_is_remembered_tells_nothing_and_does_not_grow_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_PLACES", 20)
    with monkeypatch.context() as patched:
        patched.setenv("TRIALFINDER_HOME", str(tmp_path / "home"))
        for number in range(50):
            CAREFUL.write(tmp_path / f"anna-{number}.txt", b"Anna")
        CAREFUL.write(tmp_path / "anna-49.txt", b"Anna again")
        notes = list((tmp_path / "home" / "written").iterdir())
        assert 18 <= len(notes) <= 20
        assert not any("anna" in (note.name + note.read_text()).lower() for note in notes)
        assert written.marks_of(tmp_path / "anna-49.txt") == tuple(
            hashlib.sha256(text).hexdigest() for text in (b"Anna", b"Anna again")
        )


def test_what_a_killed_run_left_of_its_memory_goes_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALFINDER_HOME", str(tmp_path / "home"))
    CAREFUL.write(tmp_path / "a.txt", b"a")
    folder = tmp_path / "home" / "written"
    for name, age in ((".fresh", 3_600), (".old", 90_000)):
        (folder / name).write_text("half")
        then = computer_clock.now().timestamp() - age
        os.utime(folder / name, (then, then))
    CAREFUL.write(tmp_path / "b.txt", b"b")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == [".fresh"]
    assert len(list(folder.iterdir())) == 3


def _forget() -> None:
    shutil.rmtree(whereabouts.home() / "written", ignore_errors=True)  # also where no test wrote before
