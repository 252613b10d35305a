"""Excel files, row by row: nothing of a sheet is held, and the same rows always make the same bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from trialfinder.base.extras import install
from trialfinder.errors import InputError
from trialfinder.tables.own_files import MAKER

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: The moment at which every workbook says that it was made, so that a host need not copy the same one again.
_MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001 # the format has no zones
#: A sheet holds no more links than this; further addresses are text.
MOST_LINKS = 65_000


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
