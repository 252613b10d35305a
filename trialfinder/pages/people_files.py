"""The people's sheet as a file: Excel, HTML, Markdown, CSV or TSV."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import math
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING

from trialfinder.base.text import shorten
from trialfinder.base.tongue import say, unmarked
from trialfinder.base.values import PartialDate
from trialfinder.pages.people_sheet import PeopleRow, PeopleSheet, meanings, texts
from trialfinder.tables.cells import escaped_markdown, safe_text
from trialfinder.tables.own_files import MARKDOWN_MARK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_SHADE = {"yes": "#E2F0D9", "not_yet": "#FFF2CC", "unsure": "#FFF2CC", "no": "#EDEDED"}
_WRAPPED = {"text_wrap": True, "valign": "top"}
_COVER_WIDTH = 100
_LINE_POINTS, _MOST_POINTS = 14.5, 409.0
_MORE_WIDTHS, _NAMED = (40, 14, 20, 110), 100
_HEAD = 240  # Excel takes 255 characters


def sheet_html(sheet: PeopleSheet) -> bytes:
    """One HTML file: the cover, the table, then the criteria of each study to unfold; no script, nothing loaded.

    Printed, only what is unfolded is there.
    """
    from markupsafe import Markup

    from trialfinder.pages.paper_html import asset, policy, rendered

    style = asset("people_sheet.css")
    rows = [(row, texts(row, sheet.columns)) for row in sheet.rows]
    words = {"sheet": sheet, "rows": rows, "style": Markup(style), "policy": policy(style)}  # our own file
    told = meanings(sheet, names_in(sheet))
    text = rendered("people_sheet.html.j2", sheet.language, meanings=told, **words)
    return text.encode("utf-8", "replace")


def sheet_markdown(sheet: PeopleSheet) -> bytes:
    """Markdown: the cover as a list, then the table, then what the columns mean."""
    lines = [f"# {sheet.title}", "", MARKDOWN_MARK, "", *(f"- {escaped_markdown(line)}" for line in sheet.cover), ""]
    lines += [_markdown_line([column.title for column in sheet.columns]), "|" + " --- |" * len(sheet.columns)]
    for row in sheet.rows:
        cells = [
            row.url if c.key == "link" else t for c, t in zip(sheet.columns, texts(row, sheet.columns), strict=True)
        ]
        lines.append(_markdown_line(cells))
    lines += ["", f"## {escaped_markdown(sheet.more)}"]
    for row in sheet.rows:
        lines += ["", f"### {escaped_markdown(safe_text(row.words['study']))} ({row.nct_id})", ""]
        lines += [f"- {escaped_markdown(title)}: {escaped_markdown(text)}" for title, text in row.more]
    lines += ["", f"## {say('What the words mean')}", ""]
    told = meanings(sheet, names_in(sheet))
    lines += [f"- {escaped_markdown(word)}: {escaped_markdown(meaning)}" for word, meaning in told]
    return unmarked("\n".join(lines) + "\n").encode("utf-8", "replace")


def names_in(sheet: PeopleSheet) -> frozenset[str]:
    """The short names of scales and tests in its rows."""
    return frozenset().union(*(row.named for row in sheet.rows))


def _markdown_line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escaped_markdown, cells)) + " |"


def sheet_excel(sheet: PeopleSheet) -> bytes:
    """A workbook: a cover sheet, the studies with a frozen header, a filter and wrapped text, then their criteria.

    Raises:
        InputError: what writes Excel files is not installed.
    """
    made = io.BytesIO()
    with people_workbook(sheet, made) as put:
        for row in sheet.rows:
            put(row)
    return made.getvalue()


@contextlib.contextmanager
def people_workbook(sheet: PeopleSheet, stream: IO[bytes]) -> Iterator[Callable[[PeopleRow], None]]:
    """A workbook like that of `sheet_excel`, whose rows are put in one by one; those of ``sheet`` do not count.

    Raises:
        InputError: what writes Excel files is not installed.
    """
    from trialfinder.tables.workbook import new_workbook

    with new_workbook(stream) as book:
        cover = _landscape(book, say("Read this first"))
        named: set[str] = set()
        studies, more = _Studies(book, sheet), _More(book, sheet)

        def put(row: PeopleRow) -> None:
            studies.put(row)
            more.put(row)
            named.update(row.named)

        yield put
        _fill_cover(book, cover, sheet, named)
        studies.end()
        more.end()


def _fill_cover(book: Workbook, cover: Worksheet, sheet: PeopleSheet, named: Iterable[str]) -> None:
    cover.activate()
    cover.set_column(0, 0, 24)
    cover.set_column(1, 1, _COVER_WIDTH)
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format(_WRAPPED)
    strong = book.add_format({**_WRAPPED, "bold": True})
    cover.set_row(0, 19)
    cover.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    lines: list[tuple[str, str]] = [*(("", line) for line in sheet.cover), ("", ""), (say("What the words mean"), "")]
    lines += [(unmarked(word), unmarked(meaning)) for word, meaning in meanings(sheet, named)]
    for number, (name, text) in enumerate(lines, start=1):
        cover.set_row(number, _height([(text, _COVER_WIDTH)]))
        cover.write_string(number, 0, name, bold)
        cover.write_string(number, 1, text, strong if number == 1 else wrapped)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row in points, by the text and the width of each cell: no program fits rows that it opens."""
    lines = max(math.ceil(_text_width(text) * 1.15 / width) for text, width in cells)
    return min(_LINE_POINTS * max(1, lines) + 2, _MOST_POINTS)


def _text_width(text: str) -> int:
    """Characters, wide ones twice."""
    text = unmarked(text)
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _landscape(book: Workbook, name: str, wide: int = 1) -> Worksheet:
    """A sheet that is printed across the paper, on so many sheets side by side and as many as it needs below."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.fit_to_pages(wide, 0)
    sheet.set_margins(0.4, 0.4, 0.4, 0.4)
    return sheet


class _Studies:
    """The sheet of the studies, a row each."""

    def __init__(self, book: Workbook, sheet: PeopleSheet) -> None:
        self._page, self._columns, self._line = _landscape(book, say("Studies"), wide=2), sheet.columns, 0
        _head_and_foot(self._page, sheet)
        self._page.freeze_panes(1, 1)
        self._page.repeat_rows(0)
        self._page.repeat_columns(0)
        self._page.set_row(0, 2 * _LINE_POINTS + 2)
        head, self._put = (
            book.add_format({**_WRAPPED, "bold": True, "bg_color": "#DDEBF7"}),
            _CellWriter(book, self._page),
        )
        for at, column in enumerate(sheet.columns):
            self._page.set_column(at, at, column.width)
            self._page.write_string(0, at, column.title, head)

    def put(self, row: PeopleRow) -> None:
        self._line += 1
        cells = zip(texts(row, self._columns), (column.width for column in self._columns), strict=True)
        self._page.set_row(self._line, _height((text, width) for text, width in cells if text != row.url))
        for at, column in enumerate(self._columns):
            self._put(self._line, at, column.key, row)

    def end(self) -> None:
        self._page.autofilter(0, 0, self._line, len(self._columns) - 1)


class _More:
    """What is too long for the sheet of studies: a row a criterion."""

    def __init__(self, book: Workbook, sheet: PeopleSheet) -> None:
        self._page, self._line = _landscape(book, sheet.more), 0
        _head_and_foot(self._page, sheet)
        self._page.freeze_panes(1, 0)
        self._page.repeat_rows(0)
        head, self._look = book.add_format({**_WRAPPED, "bold": True, "bg_color": "#DDEBF7"}), book.add_format(_WRAPPED)
        titles = {column.key: column.title for column in sheet.columns}
        heads = (titles["study"], titles["link"], say("What it is about"), say("In words"))
        for at, (width, title) in enumerate(zip(_MORE_WIDTHS, heads, strict=True)):
            self._page.set_column(at, at, width)
            self._page.write_string(0, at, title, head)

    def put(self, row: PeopleRow) -> None:
        study = shorten(row.words["study"], _NAMED)
        for title, text in row.more:
            self._line += 1
            cells = (study, row.nct_id, title, text)
            self._page.set_row(self._line, _height(zip(cells, _MORE_WIDTHS, strict=True)))
            for at, cell in enumerate(cells):  # a string is never a formula, whatever it begins with
                self._page.write_string(self._line, at, unmarked(cell), self._look)

    def end(self) -> None:
        self._page.autofilter(0, 0, max(self._line, 1), len(_MORE_WIDTHS) - 1)


def _head_and_foot(studies: Worksheet, sheet: PeopleSheet) -> None:
    """On every printed page: that nothing is approved, and of which day the sheet is (its cover may lie elsewhere)."""
    studies.set_margins(0.4, 0.4, 0.8, 0.6)
    for put, line in ((studies.set_header, sheet.cover[0]), (studies.set_footer, sheet.cover[1])):
        words = shorten(line, _HEAD).replace("&", "&&")
        put("&L&8" + "\n".join(textwrap.wrap(" " + words, 120, drop_whitespace=False)))


class _CellWriter:
    """Puts one cell of a study into the sheet, in the form of its column."""

    def __init__(self, book: Workbook, studies: Worksheet) -> None:
        self._studies = studies
        self._wrapped = book.add_format(_WRAPPED)
        self._link = book.add_format({**_WRAPPED, "underline": 1, "font_color": "#0563C1"})
        self._shades = {answer: book.add_format({**_WRAPPED, "bg_color": shade}) for answer, shade in _SHADE.items()}
        forms = {form: {**_WRAPPED, "num_format": form, "align": "left"} for form in ("yyyy-mm-dd", "yyyy-mm", "yyyy")}
        self._dates = {form: book.add_format(look) for form, look in forms.items()}

    def __call__(self, line: int, at: int, key: str, row: PeopleRow) -> None:
        if key == "confirmed" and row.confirmed is not None:
            self._put_date(line, at, row.confirmed)
        elif key == "confirmed":
            self._studies.write_string(line, at, row.unconfirmed, self._wrapped)
        elif key == "link":
            self._studies.write_url(line, at, row.url, self._link, row.nct_id)
        else:  # a string is never a formula, whatever it begins with
            look = self._shades[row.answer] if key == "joinable" else self._wrapped
            self._studies.write_string(line, at, unmarked(row.brief[key]), look)

    def _put_date(self, line: int, at: int, day: PartialDate) -> None:
        """A real date, shown as exact as it is known: a month has no day here, though the cell holds the first."""
        form = "yyyy-mm-dd" if day.day else "yyyy-mm" if day.month else "yyyy"
        date = dt.datetime(day.year, day.month or 1, day.day or 1)  # noqa: DTZ001 # a day has no zone
        self._studies.write_datetime(line, at, date, self._dates[form])


def sheet_csv(sheet: PeopleSheet, mark: str = ",") -> bytes:
    """The table alone, its cells as long as they are, with what the import of a spreadsheet expects."""
    made = io.BytesIO()
    put = people_csv(sheet, made, mark)
    for row in sheet.rows:
        put(row)
    return made.getvalue()


def people_csv(sheet: PeopleSheet, stream: IO[bytes], mark: str = ",") -> Callable[[PeopleRow], None]:
    """Begins such a table; what it gives puts a row into it. What ``sheet`` has of rows does not count."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=mark, lineterminator="\r\n")

    def put(cells: Iterable[str]) -> None:
        writer.writerow(cells)
        stream.write(unmarked(line.getvalue()).encode("utf-8", "replace"))
        line.seek(0)
        line.truncate()

    stream.write(b"\xef\xbb\xbf")
    put(column.title for column in sheet.columns)
    return lambda row: put(texts(row, sheet.columns, brief=False))


def _sheet_tsv(sheet: PeopleSheet) -> bytes:
    return sheet_csv(sheet, "\t")


WRITERS: dict[str, Callable[[PeopleSheet], bytes]] = {
    "xlsx": sheet_excel, "html": sheet_html, "md": sheet_markdown, "csv": sheet_csv, "tsv": _sheet_tsv,
}  # fmt: skip
