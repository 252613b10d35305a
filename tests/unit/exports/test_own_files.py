"""What a command may write over without being told to: what this program made, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from trialfinder.errors import InputError
from trialfinder.tables import columns
from trialfinder.tables.exports import FORMATS, write_stream
from trialfinder.tables.own_files import check_replaceable

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


def test_a_workbook_that_somebody_edited_is_ours(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", "studies")))
    assert book.active is not None
    book.active["B2"] = "called on Monday"
    book.save(tmp_path / "t.xlsx")
    assert refused(tmp_path / "t.xlsx") == ""


def _own_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(columns.names("studies"))
    book.save(path)


_OTHERS: dict[str, str | bytes | Callable[[Path], None]] = {
    "README.md": "# Studies\n\nMine, made with trialfinder.\n",
    "notes.csv": "nct_id,note\nNCT90000001,she called\n",
    "added.csv": ",".join([*columns.names("signs"), "my notes"]) + "\n",
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
