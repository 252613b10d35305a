"""Facts that follow from facts, as rows of ``data/implications.toml``. What is not there is not implied."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.errors import InputError
from trialfinder.person.profile_schema import schema
from trialfinder.person.spans import Span
from trialfinder.person.word_tables import classes_of, drug_classes, refuse_unknown_keys

_ROW_KEYS = ("id", "if", "then", "why", "source", "yes", "no")
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


def read_implications(path: Path) -> tuple[Implication, ...]:
    """All rows of a data file.

    Raises:
        InputError: a row has an unknown key, or names a fact that no profile can hold.
    """
    found = []
    for row in load_toml(path).get("implication", []):
        name = row.get("id", "?")
        refuse_unknown_keys(path, row, _ROW_KEYS, name)
        for key in row["then"]:
            if key not in schema() and not key.startswith("derived."):
                refuse_unknown_keys(path, {key: None}, schema(), name)
        needs = needs_of(row["if"], path, name)
        gives = {key: _given(value) for key, value in row["then"].items()}
        found.append(Implication(name, needs, gives, row["why"], row["source"]))
    return tuple(found)


@functools.cache
def implications() -> tuple[Implication, ...]:
    """The rows of ``data/implications.toml``."""
    return read_implications(data_dir("implications.toml"))
