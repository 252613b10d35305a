"""The keys of a profile, read from ``data/profile.toml``.

What a person can be asked is data: a volunteer can correct a question, a range or a unit without touching code.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.suggest import nearest
from trialfinder.errors import InputError

TYPES = ("flag", "number", "choice", "choices", "names", "text", "date", "scores")


@dataclass(frozen=True, slots=True)
class Unit:
    """Another name of the same number, in another unit: ``value = factor * number + offset``."""

    name: str
    unit: str
    factor: float
    offset: float = 0.0
    words: tuple[str, ...] = ()

    def convert(self, number: float) -> float:
        """The number in the unit of the fact."""
        return self.factor * number + self.offset


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a person can tell. ``ask_if`` maps a key to the values that make the question sensible."""

    key: str
    label: str
    type: str
    question: str
    help: str
    answers: tuple[str, ...]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    unit_words: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    words: Mapping[str, Sequence[str]] | None = None
    also: tuple[Unit, ...] = ()
    option: str = ""
    no: str = ""
    ask: bool = True
    ask_if: Mapping[str, Any] | None = None

    @property
    def section(self) -> str:
        """The table of the profile file, such as ``diabetes``."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key inside its table, such as ``hba1c``."""
        return self.key.partition(".")[2]


_KNOWN = {field.name for field in fields(Fact)}
_UNIT_KEYS = {field.name for field in fields(Unit)}


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _check_keys(path: Path, row: Mapping[str, Any], known: set[str]) -> None:
    for key in row:
        if key not in known:
            near = nearest(key, known) or ", ".join(sorted(known))
            raise InputError(f"{path}: {row.get('key', '?')}: unknown key {key!r}; nearest: {near}")


def read_fact(row: Mapping[str, Any], path: Path) -> Fact:
    """One row of the data file as a fact.

    Raises:
        InputError: a key is unknown or missing, or the type is none of ``TYPES``.
    """
    _check_keys(path, row, _KNOWN)
    for unit in row.get("also", []):
        _check_keys(path, unit, _UNIT_KEYS)
    try:
        found = Fact(**{**_tuples(row), "also": tuple(Unit(**_tuples(unit)) for unit in row.get("also", []))})
    except TypeError as error:
        raise InputError(f"{path}: {row.get('key', '?')}: {error}") from error
    if found.type not in TYPES:
        raise InputError(f"{path}: {found.key}: type must be one of {', '.join(TYPES)}")
    for word in found.words or {}:
        if word not in found.allowed:
            raise InputError(f"{path}: {found.key}: words: {word!r} is not one of {', '.join(found.allowed)}")
    return found


def read_schema(path: Path) -> dict[str, Fact]:
    """All facts of a data file by their key, in the order in which they are asked.

    Raises:
        InputError: a row is wrong or a key comes twice.
    """
    found: dict[str, Fact] = {}
    for row in load_toml(path).get("fact", []):
        fact = read_fact(row, path)
        if fact.key in found:
            raise InputError(f"{path}: {fact.key}: comes twice")
        found[fact.key] = fact
    return found


@functools.cache
def schema() -> dict[str, Fact]:
    """All facts that a profile can hold."""
    return read_schema(data_dir("profile.toml"))


@functools.cache
def spellings() -> dict[str, tuple[Fact, Unit | None]]:
    """Every key that a profile file may use, alternative units included, with the fact that it stands for."""
    found: dict[str, tuple[Fact, Unit | None]] = {}
    for fact in schema().values():
        found[fact.key] = (fact, None)
        for unit in fact.also:
            found[f"{fact.section}.{unit.name}"] = (fact, unit)
    return found


@functools.cache
def options() -> dict[str, Fact]:
    """Short names for ``--no`` and for options: the name of the key or what ``option`` says, and the label."""
    labels = {fact.label.lower().replace(" ", "_"): fact for fact in schema().values()}
    return labels | {fact.option or fact.name: fact for fact in schema().values()}
