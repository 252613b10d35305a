"""Excel files, row by row: nothing of a sheet is held, and the same rows always make the same bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from trialfinder.base import lazy_re as re
from trialfinder.base.extras import install
from trialfinder.errors import InputError
from trialfinder.tables.own_files import MAKER

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: The moment at which every workbook says that it was made, so that a host need not copy the same one again.
_MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001 # the format has no zones
#: A sheet holds no more links than this; further addresses are text.
MOST_LINKS = 65_000


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Rows are as many whole pixels high, of so many points each.
_PIXEL = 0.75
#: What stands in the place of the number of a cell's look until the workbook is written.
_LOOK = "\x1f"
_MODEL = re.compile(rb'<row r="2">.*?<c r="A2"(?P<look>[^>]*?) t="inlineStr">.*?</row>', re.DOTALL)
_SIZE = re.compile(rb'(?P<head><dimension ref="A1:[A-Z])2(?="/>)')
_CONTROL = re.compile("[\x00-\x1f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class TextRows:
    """Rows of text below the head of a sheet, all cells of one look: a fifth of the work of cells put in one by one.

    The sheet has its head in its first row and nothing below. As in any sheet that is written here a cell is never a
    formula, whatever it begins with.
    """

    def __init__(self, book: Workbook, sheet: Worksheet, look: Format, columns: int) -> None:
        self.count, self._file = 0, f"xl/worksheets/sheet{book.worksheets().index(sheet) + 1}.xml"
        self._letters = _LETTERS[:columns]
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 # closed when they are written
        for at in range(columns):
            sheet.write_string(1, at, "", look)  # the model of a row: the rows take its look and its place

    def put(self, cells: Sequence[str], height: float) -> None:
        """Puts a row in; ``cells`` are as `text_cell` makes them, ``height`` in points."""
        self.count += 1
        line = self.count + 1
        body = "".join(f'<c r="{letter}{line}"{_LOOK} t="inlineStr"><is>{cell}</is></c>'
                       for letter, cell in zip(self._letters, cells, strict=True))  # fmt: skip
        row = f'<row r="{line}" ht="{int(height / _PIXEL + 0.5) * _PIXEL:.16G}" customHeight="1">{body}</row>\n'
        self._kept.write(row.encode("utf-8", "replace"))

    def write(self, book: IO[bytes], stream: IO[bytes]) -> None:
        """Writes the workbook ``book``, which is whole but for these rows, with them to ``stream``."""
        with self._kept, zipfile.ZipFile(book) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for each in old.infolist():
                file = zipfile.ZipInfo(each.filename, each.date_time)
                file.compress_type, file.external_attr = each.compress_type, each.external_attr
                with old.open(each) as source, new.open(file, "w", force_zip64=True) as target:
                    if each.filename == self._file:
                        self._write_page(source.read(), target)
                    else:
                        shutil.copyfileobj(source, target)

    def _write_page(self, page: bytes, target: IO[bytes]) -> None:
        model = _MODEL.search(page)
        if model is None:
            raise ValueError("the model of a row is not where it was written")
        target.write(_SIZE.sub(rb"\g<head>%d" % (self.count + 1), page[: model.start()]))
        self._kept.seek(0)
        for row in self._kept:
            target.write(row.rstrip(b"\n").replace(_LOOK.encode(), model["look"]))
        target.write(page[model.end() :])


def text_cell(text: str) -> str:
    """Text as `TextRows` takes it: what no file of this kind can hold is left out."""
    if not text.isascii() or not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if "_x" in text:
        text = _LIKE_ESCAPED.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{keep}>{html.escape(text, quote=False)}</t>"


@contextlib.contextmanager
def new_workbook(stream: IO[bytes]) -> Iterator[Workbook]:
    """A workbook that is written to ``stream`` at the end; rows and cells have to come in their order.

    Raises:
        InputError: what writes it is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise InputError(f"an Excel file needs xlsxwriter; install it with: {install('excel')}") from error
    book = Workbook(stream, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _MADE, "author": MAKER})
    yield book
    book.close()
