"""Rows as pandas dataframes with the declared columns and dtypes, also when there is no row at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.tables.columns import Column, table

if TYPE_CHECKING:
    import pandas as pd


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

    Plain ``pandas.read_csv`` turns the phase ``NA`` into a missing value; this does not.
    """
    import pandas as pd

    columns = table(table_name)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows = (
        {c.name: _value(c, text) for c, text in zip(columns, line, strict=True)} for line in raw.itertuples(index=False)
    )
    return frame(table_name, rows)


def _value(column: Column, text: str) -> Any:
    if text == "":
        return None
    if column.dtype == "boolean":
        return text == "yes"
    if column.dtype == "Int64":
        return int(text)
    return float(text) if column.dtype == "Float64" else text
