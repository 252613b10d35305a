"""Facts that follow from facts, as rows of ``data/implications.toml``. What is not there is not implied."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown
from trialfinder.errors import InputError
from trialfinder.person.profile_schema import schema
from trialfinder.person.spans import Span
from trialfinder.person.word_tables import classes_of, drug_classes, refuse_unknown_keys

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Implication:
    """When every test of ``needs`` holds for the fact of its key, ``gives`` follows."""

    id: str
    needs: Mapping[str, Test]
    gives: Mapping[str, Any]
    why: str
    source: str

    def fires(self, values: Mapping[str, Any]) -> bool:
        """Whether all that is needed is known and holds."""
        return all(key in values and test(values[key]) for key, test in self.needs.items())


def _equals(wanted: object) -> Test:
    def test(value: object) -> bool:
        return wanted in value if isinstance(value, tuple) else value == wanted

    return test


def _special(wanted: Mapping[str, Any], where: str) -> Test:
    (name, limit), *more = wanted.items()
    if more or name not in _TESTS:
        raise InputError(f"{where}: expected one of {', '.join(_TESTS)}")
    if name == "drug" and limit not in drug_classes():
        raise InputError(f"{where}: no drug class is called {limit!r}")
    return functools.partial(_TESTS[name], limit)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "min": lambda limit, value: isinstance(value, Span) and value.low >= limit,
    "max": lambda limit, value: isinstance(value, Span) and value.high <= limit,
    "more_than": lambda limit, value: isinstance(value, Span) and value.low > limit,
    "told": lambda limit, value: bool(value) is limit,
    "none": lambda limit, value: (value == ()) is limit,
    "any_of": lambda limit, value: value in limit,
    "drug": lambda limit, value: any(limit in classes_of(drug) for drug in value),
}


def _given(value: object) -> object:
    if isinstance(value, Mapping):
        if "above" in value:
            return Span(float(value["above"]), float("inf"))
        return Span(float("-inf"), float(value["below"]), open_high=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Span.at(float(value))
    return value


def needs_of(wanted: Mapping[str, Any], path: Path, name: str) -> dict[str, Test]:
    """The tests of an ``if``: a value means equals or is in the list, a table is one of the special tests.

    Raises:
        InputError: a test or a drug class is unknown, or no profile can hold the fact.
    """
    for key in wanted:
        if key not in schema() and not key.startswith("derived."):
            refuse_unknown_keys(path, {key: None}, schema(), name)
    return {
        key: _special(value, f"{path}: {name}: {key}") if isinstance(value, dict) else _equals(value)
        for key, value in wanted.items()
    }


class ImplicationRow(DataRow, frozen=True):
    """One row of the file."""

    id: str
    """Short name."""
    needs: dict[str, Any] = msgspec.field(name="if")
    """Facts that must all be told or follow; see the head of the file."""
    then: dict[str, Any]
    """What follows; see the head of the file."""
    why: str = ""
    """In plain words."""
    source: str = ""
    """Where it is written."""
    yes: tuple[dict[str, Any], ...] = ()
    """Facts from which the row must fire."""
    no: tuple[dict[str, Any], ...] = ()
    """Facts from which it must not."""


class ImplicationFile(DataRow, frozen=True):
    """``data/implications.toml``."""

    implication: tuple[ImplicationRow, ...] = ()
    """The rows."""


def read_implications(path: Path) -> tuple[Implication, ...]:
    """All rows of a data file.

    Raises:
        InputError: a row has an unknown key, or names a fact that no profile can hold.
    """
    found = []
    for number, row in enumerate(load(path, ImplicationFile).implication):
        for key in row.then:
            if key not in schema() and not key.startswith("derived."):
                raise mistake(path, ("implication", number, "then"), f"{row.id}: {unknown('key', key, schema())}")
        gives = {key: _given(value) for key, value in row.then.items()}
        found.append(Implication(row.id, needs_of(row.needs, path, row.id), gives, row.why, row.source))
    return tuple(found)


@functools.cache
def implications() -> tuple[Implication, ...]:
    """The rows of ``data/implications.toml``."""
    return read_implications(data_dir("implications.toml"))
