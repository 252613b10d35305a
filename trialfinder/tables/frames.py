"""Rows as pandas dataframes with the declared columns and dtypes, also when there is no row at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base.resources import decoded
from trialfinder.errors import InputError
from trialfinder.tables.columns import Column, table

if TYPE_CHECKING:
    import pandas as pd

_YES = {"yes": True, "no": False, "true": True, "false": False}


def frame(table_name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A dataframe of one of the declared tables.

    Raises:
        ValueError: a row has other keys than the table has columns (pandas would drop them in silence).
    """
    columns = table(table_name)
    return frame_of(columns, rows)


def frame_of(columns: Iterable[Column], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A dataframe of any declared columns; see ``frame``."""
    import pandas as pd

    columns = tuple(columns)
    wanted = {column.name for column in columns}
    kept = []
    for row in rows:
        if row.keys() != wanted:
            raise ValueError(f"row and columns differ in {sorted(wanted ^ row.keys())}")
        kept.append(row)
    return pd.DataFrame(
        {column.name: pd.array([row[column.name] for row in kept], dtype=column.dtype) for column in columns},
        columns=[column.name for column in columns],
    )


def read_csv(path: str | Path, table_name: str = "studies") -> pd.DataFrame:
    """Reads a CSV that ``export`` wrote back into the frame it was written from.

    Plain ``pandas.read_csv`` turns the phase ``NA`` into a missing value; this does not. A spreadsheet may have saved
    the file again in the manner of its country: with semicolons or tabs, decimal commas, or as UTF-16.

    Raises:
        InputError: the file cannot be read, has other columns than the table, or a value of another kind; says where.
    """
    columns = table(table_name)
    header, *lines = _cells(Path(path).expanduser()) or [[]]
    names = [column.name for column in columns]
    if header != names:
        odd = ", ".join(sorted(set(names) ^ set(header))[:3])
        raise InputError(f"{path}: the columns are not those of the table {table_name} ({odd or 'another order'})")
    return frame(table_name, [_row(columns, cells, f"{path}, row {number}") for number, cells in enumerate(lines, 2)])


def _cells(path: Path) -> list[list[str]]:
    """The cells of each line that is not empty; which mark parts them is told by the first line."""
    try:
        text = decoded(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}; save it as CSV in UTF-8") from error
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(2**31 - 1)
    try:
        return [cells for cells in csv.reader(io.StringIO(text), delimiter=mark, strict=True) if cells]
    except csv.Error as error:
        raise InputError(f"{path}: is no CSV: {error}") from error


def _row(columns: Sequence[Column], cells: Sequence[str], place: str) -> dict[str, Any]:
    if len(cells) != len(columns):
        raise InputError(f"{place}: {len(cells)} cells, expected {len(columns)}; the file may have been cut")
    found = {}
    for column, text in zip(columns, cells, strict=True):
        try:
            found[column.name] = _value(column, text)
        except (ValueError, OverflowError) as error:
            raise InputError(f"{place}: {column.name} {text[:40]!r} is not of the kind {column.dtype}") from error
    return found


def _value(column: Column, text: str) -> Any:
    if text == "":
        return None
    if column.dtype == "boolean":
        if text.casefold() not in _YES:
            raise ValueError(text)
        return _YES[text.casefold()]
    if column.dtype == "Int64":
        return int(text)
    return float(text.replace(",", ".")) if column.dtype == "Float64" else text
