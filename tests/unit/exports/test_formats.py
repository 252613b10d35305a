"""What is written, cell by cell, and that it is whole or not there."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from trialfinder.base.whole_files import write_file
from trialfinder.errors import InputError
from trialfinder.tables.cells import markdown_cell, safe_text, xlsx_cell
from trialfinder.tables.columns import Column
from trialfinder.tables.exports import FORMATS, format_of, write_stream

COLUMNS = (
    Column("name", "string", "Name."),
    Column("count", "Int64", "Count."),
    Column("degrees", "Float64", "Degrees."),
    Column("fine", "boolean", "Fine."),
    Column("url", "string", "Address."),
)
ROWS: list[dict[str, Any]] = [
    {
        "name": '=HYPERLINK("http://x")',
        "count": 3,
        "degrees": -1.5,
        "fine": True,
        "url": "https://clinicaltrials.gov/study/NCT90000001",
    },
    {"name": "line one\nline \x1b[31mtwo", "count": None, "degrees": 18.0, "fine": False, "url": "=javascript"},
    {"name": None, "count": 0, "degrees": None, "fine": None, "url": None},
]


def written(name: str, *, excel: bool = False) -> bytes:
    stream = io.BytesIO()
    write_stream(FORMATS[name], COLUMNS, ROWS, stream, excel=excel)
    return stream.getvalue()


def test_csv_is_harmless_and_numbers_stay_numbers() -> None:
    assert written("csv").decode() == (
        "name,count,degrees,fine,url\n"
        '"\'=HYPERLINK(""http://x"")",3,-1.5,yes,https://clinicaltrials.gov/study/NCT90000001\n'
        "line one line two,,18,no,'=javascript\n"
        ",0,,,\n"
    )


def test_excel_gets_its_mark_and_line_ends() -> None:
    content = written("csv", excel=True)
    assert content.startswith(b"\xef\xbb\xbfname,count,degrees,fine,url\r\n")
    assert content.endswith(b",0,,,\r\n")


@given(st.text(max_size=40))
def test_no_text_begins_as_a_formula(text: str) -> None:
    cell = safe_text(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not any(ord(char) < 32 and char != "\n" for char in cell)


def test_json_forms_keep_types_and_order() -> None:
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert lines == ROWS == json.loads(written("json"))
    assert list(lines[0]) == [column.name for column in COLUMNS]


def test_markdown_cells_stay_in_their_column() -> None:
    assert markdown_cell(COLUMNS[0], "a|b\n*c* <i>") == r"a\|b \*c\*"
    assert len(written("md").decode().splitlines()) == 5


def test_a_worksheet_has_a_frozen_header_a_filter_and_links_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(written("xlsx"))).active
    assert sheet is not None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E4")
    assert [cell.value for cell in sheet[2]] == ['=HYPERLINK("http://x")', 3, -1.5, "yes", ROWS[0]["url"]]
    assert sheet["E2"].hyperlink.target == ROWS[0]["url"]
    assert sheet["E3"].hyperlink is None
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert sheet["A2"].data_type in ("s", "inlineStr")


def test_a_phone_number_in_a_worksheet_has_no_apostrophe() -> None:
    assert xlsx_cell(COLUMNS[0], "+1 555 0100") == "+1 555 0100"
    assert xlsx_cell(COLUMNS[0], "\u00a0=1+1\x1b[2J") == "=1+1"


def test_a_huge_cell_says_that_it_was_cut() -> None:
    cell = xlsx_cell(COLUMNS[0], "x" * 40_000)
    assert (len(cell), cell.endswith("[cut: more than a cell can hold]")) == (32_767, True)


def test_parquet_keeps_the_types() -> None:
    import pandas as pd

    back = pd.read_parquet(io.BytesIO(written("parquet")))
    assert back["count"].tolist()[::2] == [3, 0]
    assert back["fine"].tolist()[:2] == [True, False]


@pytest.mark.parametrize(
    ("path", "name"), [("a.csv", "csv"), ("B.XLSX", "xlsx"), ("x.y.md", "md"), ("l.ndjson", "jsonl")]
)
def test_the_ending_names_the_form(path: str, name: str) -> None:
    assert format_of(path).name == name
    assert format_of(path, "json").name == "json"


@pytest.mark.parametrize(
    ("path", "chosen", "words"),
    [
        ("-", None, "needs --format"),
        ("a.doc", None, "names no form"),
        ("a.ods", None, "parquet and, by its ending, sqlite"),
        ("a.csv", "cvs", "no format 'cvs'"),
    ],
)
def test_no_form_is_guessed(path: str, chosen: str | None, words: str) -> None:
    with pytest.raises(InputError, match=words):
        format_of(path, chosen)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def rows() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise RuntimeError("half-way")

    def write(stream: IO[bytes]) -> None:
        write_stream(FORMATS["csv"], COLUMNS, rows(), stream)

    with pytest.raises(RuntimeError, match="half-way"):
        write_file(path, write)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out.csv", "old")]


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"out\.csv: cannot be written: No such file or directory"):
        write_file(tmp_path / "nowhere" / "out.csv", lambda _stream: None)
