"""What may stand in a cell: the registry's text made harmless for spreadsheets, without losing what it says."""

from __future__ import annotations

import html
from typing import Any

from trialfinder.base import lazy_re as re
from trialfinder.base.text import plain
from trialfinder.tables.columns import Column

# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection"), full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "|", "%")
_XLSX_LIMIT = 32_767
_CUT = " … [cut: more than a cell can hold]"
_LEADING_SPACE = re.compile(r"^[\s\u00a0]+")


def safe_text(text: str) -> str:
    """Plain text that no spreadsheet runs: what looks like the start of a formula gets an apostrophe before it."""
    text = _unindented(text)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _unindented(text: str) -> str:
    return _LEADING_SPACE.sub("", plain(text))


def csv_cell(column: Column, value: Any) -> str:
    """The cell as CSV text; '' for a missing value."""
    if value is None:
        return ""
    if column.dtype == "boolean":
        return "yes" if value else "no"
    if column.dtype == "string":
        return safe_text(str(value))
    return number_text(value)


def number_text(value: float) -> str:
    """A number without a needless ``.0`` and without a thousands mark."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def xlsx_cell(column: Column, value: Any) -> Any:
    """The cell as a value of a worksheet; numbers stay numbers.

    Text is as it is, "+1 555 0100" too: a cell that is written as a string never runs, whatever it begins with.
    """
    if value is None or column.dtype in ("Int64", "Float64"):
        return value
    text = _unindented(str(value)) if column.dtype == "string" else csv_cell(column, value)
    return text if len(text) <= _XLSX_LIMIT else text[: _XLSX_LIMIT - len(_CUT)] + _CUT


def markdown_cell(column: Column, value: Any) -> str:
    """The cell for a Markdown table: on one line, with the marks that would break it escaped."""
    return escaped_markdown(csv_cell(column, value))


def escaped_markdown(text: str) -> str:
    """Text on one line in which Markdown finds no marks."""
    return re.sub(r"([\\|<>`*_\[\]])", r"\\\1", " ".join(text.split()))


def html_cell(column: Column, value: Any) -> str:
    """The cell for a page; the registry's own addresses can be followed."""
    text = html.escape(" ".join(csv_cell(column, value).split()))
    return f'<a href="{text}">{text}</a>' if column.name == "url" and text.startswith("https://") else text
