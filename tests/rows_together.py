"""All rows of a table in one test, when whole folders are run.

Each sentence of a table is a test, and there are eight thousand of them: pytest takes longer to collect, report and
send such a test between its processes than the reader takes to read it. So whoever runs folders has one test for a
table, which tries every row and names each that fails; whoever names a file has a test for each row, to pick from.

A table is taken together where nothing but its rows goes into the test: no fixture, no mark on a row. What may skip
itself, or is expected to fail, stays apart.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import pytest

Row = dict[str, Any]
_PARAM = type(pytest.param())
_HARMLESS = {"parametrize", "shared", "slow"}


def together(test: Callable[..., None]) -> Callable[[], None] | None:
    """The same test with all rows inside; None where it has none, or takes more than them."""
    marks = getattr(test, "pytestmark", [])
    tables = [_rows(mark) for mark in marks if mark.name == "parametrize"]
    if not tables or None in tables or {mark.name for mark in marks} - _HARMLESS:
        return None
    rows = [_joined(each) for each in itertools.product(*(table for table in tables if table))]
    if not rows or set(inspect.signature(test).parameters) != set(rows[0]):
        return None

    def every_row() -> None:
        failures = list(_failures(test, rows))
        if failures:
            raise BaseExceptionGroup(f"{len(failures)} of {len(rows)} rows", failures)

    every_row.__dict__.update(test.__dict__)
    every_row.__doc__ = test.__doc__
    every_row.__wrapped__ = test  # type: ignore[attr-defined] # where pytest looks for the place in the file
    every_row.__signature__ = inspect.Signature()  # type: ignore[attr-defined] # no fixture is wanted
    return every_row


def _rows(mark: pytest.Mark) -> list[Row] | None:
    if set(mark.kwargs) - {"ids"} or len(mark.args) != 2 or not isinstance(mark.args[1], Collection):
        return None
    given, values = mark.args
    names = [name.strip() for name in given.split(",")] if isinstance(given, str) else given
    if any(isinstance(value, _PARAM) and value.marks for value in values):
        return None
    return [dict(zip(names, _values(value, len(names)), strict=True)) for value in values]


def _values(value: Any, count: int) -> Sequence[Any]:
    if isinstance(value, _PARAM):
        return value.values
    return (value,) if count == 1 else value


def _joined(rows: Sequence[Row]) -> Row:
    return {name: value for row in rows for name, value in row.items()}


def _failures(test: Callable[..., None], rows: Sequence[Row]) -> Iterator[BaseException]:
    for row in rows:
        try:
            test(**row)
        except (Exception, pytest.fail.Exception) as error:
            error.add_note(f"row: {row!r:.500}")
            yield error
