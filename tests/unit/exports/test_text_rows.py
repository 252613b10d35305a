"""Rows of text that are put into a workbook all at once are those that would be put in cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from trialfinder.tables.packed_rows import PackedRows
from trialfinder.tables.workbook import TextRows, new_workbook, text_cell

ODD = ["=1+1", "a < b & c > d", " begins and ends with a space ", "_x0041_ stays", "Größe ≥ 5 é", "", '"quoted"']


def made(rows: Sequence[Sequence[str]]) -> bytes:
    plain, whole = io.BytesIO(), io.BytesIO()
    with new_workbook(plain) as book:
        book.add_worksheet("first").write_string(0, 0, "of another sheet")
        sheet = book.add_worksheet("rows")
        for at, head in enumerate(("one", "two")):
            sheet.write_string(0, at, head)
        put = TextRows(book, sheet, book.add_format({"text_wrap": True}), 2)
        for row in rows:
            put.put([text_cell(cell) for cell in row], 30.2)
    put.write(plain, whole)
    return whole.getvalue()


def test_each_text_comes_back_as_it_was_and_none_is_a_formula() -> None:
    page = openpyxl.load_workbook(io.BytesIO(made([(text, "beside") for text in ODD])))["rows"]
    escaped = {"_x0041_ stays": "_x005F_x0041_ stays"}  # so that Excel takes it for no letter; openpyxl shows it so
    assert [cell.value for cell in page["A"][1:]] == [escaped.get(text, text) for text in ODD]
    assert {cell.data_type for cell in page["A"] if cell.value} == {"s"}
    assert page["A2"].alignment.wrap_text and page["B8"].value == "beside"
    assert page.dimensions == "A1:B8" and page.row_dimensions[2].height == 30.0  # whole pixels


@pytest.mark.parametrize("broken", ["a\x00b", "a\x0bb", "a\ufffeb", "a\ud800b"])
def test_what_such_a_file_cannot_hold_is_left_out(broken: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(made([(broken, "x")])))["rows"]
    assert page["A2"].value == "a b"


def test_without_rows_there_is_only_the_head() -> None:
    page = openpyxl.load_workbook(io.BytesIO(made([])))["rows"]
    assert page.dimensions == "A1:B1" and [cell.value for cell in page[1]] == ["one", "two"]


def test_the_same_rows_make_the_same_bytes() -> None:
    again = made([("a", "b")])
    assert again == made([("a", "b")])
    assert {each.date_time[0] for each in zipfile.ZipFile(io.BytesIO(again)).infolist()} == {1980}


def test_rows_that_wait_come_out_as_they_went_in() -> None:
    rows = [
        {"nct_id": f"NCT{at}", "lead_sponsor": name, "n": at / 2, "yes": None} for at, name in enumerate(["b", None])
    ]
    waiting = PackedRows(rows)
    assert list(waiting) == rows and [waiting.sponsor(0), waiting.sponsor(1)] == ["b", ""]
    waiting[1] = rows[1] | {"yes": True}
    assert waiting[1] == rows[1] | {"yes": True} and waiting[0] == rows[0]
    waiting.clear()
    assert list(waiting) == [] and waiting.nct_ids == ["NCT0", "NCT1"]
