"""The people's sheet as a file: Excel, HTML or Markdown."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from trialfinder.base.tongue import say
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.pages.paper import text_width
from trialfinder.pages.people_sheet import PeopleSheet, texts
from trialfinder.tables.cells import escaped_markdown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHADE = {"yes": "E2F0D9", "not_yet": "FFF2CC", "unsure": "FFF2CC", "no": "EDEDED"}
_COVER_WIDTH = 100
_LINE_POINTS, _MOST_POINTS = 14.5, 409.0


def sheet_html(sheet: PeopleSheet) -> bytes:
    """One HTML file: the cover, then the table; no script, nothing loaded."""
    from markupsafe import Markup

    from trialfinder.pages.paper_html import asset, policy, rendered

    style = asset("people_sheet.css")
    rows = [(row, texts(row, sheet.columns)) for row in sheet.rows]
    words = {"sheet": sheet, "rows": rows, "style": Markup(style), "policy": policy(style)}  # our own file
    text = rendered("people_sheet.html.j2", sheet.language, **words)
    return text.encode("utf-8", "replace")


def sheet_markdown(sheet: PeopleSheet) -> bytes:
    """Markdown: the cover as a list, then the table, then what the columns mean."""
    lines = [f"# {sheet.title}", "", *(f"- {escaped_markdown(line)}" for line in sheet.cover), ""]
    lines += [_markdown_line([column.title for column in sheet.columns]), "|" + " --- |" * len(sheet.columns)]
    for row in sheet.rows:
        cells = [
            row.url if c.key == "link" else t for c, t in zip(sheet.columns, texts(row, sheet.columns), strict=True)
        ]
        lines.append(_markdown_line(cells))
    lines += ["", f"## {say('What the words mean')}", ""]
    lines += [f"- {escaped_markdown(column.title)}: {escaped_markdown(column.meaning)}" for column in sheet.columns]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _markdown_line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escaped_markdown, cells)) + " |"


def sheet_excel(sheet: PeopleSheet) -> bytes:
    """A workbook: a cover sheet, and the studies with a frozen header, a filter and wrapped text.

    Raises:
        InputError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise InputError("an Excel file needs openpyxl; install it with: pip install 'trialfinder[excel]'") from error
    book = Workbook()
    cover, studies = book.active, book.create_sheet(say("Studies"))
    if cover is None:
        raise TypeError("a new workbook without a sheet")
    _fill_cover(cover, sheet)
    _fill_studies(studies, sheet)
    book.active = studies
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill_cover(cover: Worksheet, sheet: PeopleSheet) -> None:
    from openpyxl.styles import Alignment, Font

    cover.title = say("Read this first")
    _fit_to_width(cover)
    cover.column_dimensions["A"].width, cover.column_dimensions["B"].width = 24, _COVER_WIDTH
    lines: list[tuple[str, str]] = [(sheet.title, ""), *(("", line) for line in sheet.cover), ("", "")]
    lines += [(say("What the words mean"), ""), *((column.title, column.meaning) for column in sheet.columns)]
    bold = {1, 2, len(sheet.cover) + 3}
    for number, pair in enumerate(lines, start=1):
        for column, text in enumerate(pair, start=1):
            if text:
                cell = cover.cell(number, column, text)
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=column == 2, vertical="top")
                cell.font = Font(bold=number in bold or column == 1, size=14 if number == 1 else 11)
        cover.row_dimensions[number].height = 19.0 if number == 1 else _height([(pair[1], _COVER_WIDTH)])


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row in points, by the text and the width of each cell: no program fits rows that it opens."""
    lines = max(math.ceil(text_width(text) * 1.15 / width) for text, width in cells)
    return min(_LINE_POINTS * max(1, lines) + 2, _MOST_POINTS)


def _fit_to_width(sheet: Worksheet) -> None:
    """Prints it across the paper, and on as many sheets as it needs."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = sheet.page_margins.bottom = 0.4
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0


def _fill_studies(studies: Worksheet, sheet: PeopleSheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    studies.freeze_panes = "B2"
    _fit_to_width(studies)
    studies.print_title_rows = "1:1"
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(sheet.columns, start=1):
        studies.column_dimensions[get_column_letter(number)].width = column.width
        title = studies.cell(1, number, column.title)
        studies.row_dimensions[1].height = 2 * _LINE_POINTS + 2
        title.font, title.alignment, title.fill = Font(bold=True), wrapped, PatternFill("solid", fgColor="DDEBF7")
    for line, row in enumerate(sheet.rows, start=2):
        cells = zip(texts(row, sheet.columns), (column.width for column in sheet.columns), strict=True)
        studies.row_dimensions[line].height = _height((text, width) for text, width in cells if text != row.url)
        for number, column in enumerate(sheet.columns, start=1):
            cell: Any = studies.cell(line, number)
            cell.alignment = wrapped
            if column.key == "confirmed":
                _put_date(cell, row.confirmed)
                cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
            elif column.key == "link":
                cell.value, cell.hyperlink, cell.font = row.nct_id, row.url, Font(underline="single", color="0563C1")
            else:
                cell.value = row.words[column.key]
                cell.data_type = "s"  # never a formula, whatever it begins with
            if column.key == "joinable":
                cell.fill = PatternFill("solid", fgColor=_SHADE[row.answer])
    studies.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _put_date(cell: Any, day: PartialDate | None) -> None:
    """A real date, shown as exact as it is known: a month has no day on the sheet, though the cell holds the first."""
    if day is None:
        cell.value = say("never stated")
        return
    cell.value = dt.date(day.year, day.month or 1, day.day or 1)
    cell.number_format = "yyyy-mm-dd" if day.day else "yyyy-mm" if day.month else "yyyy"


WRITERS: dict[str, Callable[[PeopleSheet], bytes]] = {"xlsx": sheet_excel, "html": sheet_html, "md": sheet_markdown}
