"""Facts that follow from facts, as rows of ``data/implications.toml``. What is not there is not implied."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, unknown
from trialfinder.drugs.drug_names import classes_of, drug_classes
from trialfinder.person.profile_schema import FactKey
from trialfinder.person.spans import Span
from trialfinder.phrases.guards import Guard

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "min": lambda limit, value: isinstance(value, Span) and value.low >= limit,
    "max": lambda limit, value: isinstance(value, Span) and value.high <= limit,
    "more_than": lambda limit, value: isinstance(value, Span) and value.low > limit,
    "told": lambda limit, value: bool(value) is limit,
    "none": lambda limit, value: (value == ()) is limit,
    "any_of": lambda limit, value: value in limit,
    "drug": lambda limit, value: any(limit in classes_of(drug) for drug in value),
}


def _test(wanted: object) -> Callable[[Any], bool]:
    """A value means equals or is in the list; a table is one of the special tests."""
    if not isinstance(wanted, Mapping):
        return lambda value: wanted in value if isinstance(value, tuple) else bool(value == wanted)
    (name, limit), *more = wanted.items() or [("", None)]
    if more or name not in _TESTS:
        raise ValueError(f"expected one of {', '.join(_TESTS)}")
    if name == "drug" and limit not in drug_classes():
        raise ValueError(unknown("drug class", str(limit), drug_classes()))
    return functools.partial(_TESTS[name], limit)


def _given(value: object) -> object:
    if isinstance(value, Mapping):
        if "above" in value:
            return Span(float(value["above"]), float("inf"))
        return Span(float("-inf"), float(value["below"]), open_high=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Span.at(float(value))
    return value


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"must be a table, not {value!r}")  # noqa: TRY004 # the loader tells ValueErrors
    return value


class Needs(dict[str, Callable[[Any], bool]]):
    """What facts must be, by their keys."""

    shown = "table of keys of a profile and what they must be"

    @classmethod
    def from_data(cls, value: object) -> Needs:
        """The tests of a data file; raises ValueError for an unknown key, test or drug class."""
        return cls({FactKey.from_data(key): _test(wanted) for key, wanted in _table(value).items()})

    def hold(self, values: Callable[[str], Any]) -> bool:
        """Whether all that is needed is known (``values`` gives None for what is not) and is as it must be."""
        return all((value := values(key)) is not None and test(value) for key, test in self.items())


class Gives(dict[str, Any]):
    """Facts that follow, by their keys."""

    shown = "table of keys of a profile and their values"

    @classmethod
    def from_data(cls, value: object) -> Gives:
        """The facts of a data file, numbers as spans; raises ValueError for an unknown key."""
        return cls({FactKey.from_data(key): _given(given) for key, given in _table(value).items()})


class Implication(DataRow, frozen=True):
    """When everything that it needs holds, what it gives follows."""

    id: str
    """Short name."""
    needs: Needs = msgspec.field(name="if")
    """Facts that must all be told or follow; see the head of the file."""
    gives: Gives = msgspec.field(name="then")
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

    implication: tuple[Implication, ...] = ()
    """The rows."""


@functools.cache
def implications() -> tuple[Implication, ...]:
    """The rows of ``data/implications.toml``."""
    return load(data_dir("implications.toml"), ImplicationFile).implication


# Words that make a name something else than "I have this".
_NOT_MINE = re.compile(
    r"\b(?:no|not|never|without|family|mother|father|sister|brother|suspected|possible|risk|scare|healed|cured|"
    r"vaccinat\w+)\b|\?",
    re.IGNORECASE,
)


class IllnessRow(DataRow, frozen=True):
    """One group of named illnesses, as the file has it."""

    id: str
    """Short name of the group."""
    words: Guard
    """The names, as phrases."""
    gives: Gives
    """What is true of a person who has it: keys of a profile or ``derived.…``."""
    source: str = ""
    """Where that is written."""
    list: FactKey | None = None
    """The list of the profile that the name belongs into."""
    named: FactKey | None = None
    """A fact that the name itself tells, where the person named one such illness and no more."""
    yes: tuple[str, ...] = ()
    """Names of the group."""
    no: tuple[str, ...] = ()
    """Words that are none."""
    unless: Guard | None = None
    """Names with one of these are none of the group."""

    def knows(self, name: str) -> bool:
        """Whether a name is one of the group."""
        return self.words.said_in(name) and not (self.unless is not None and self.unless.said_in(name))


class IllnessFile(DataRow, frozen=True):
    """``data/terms/illnesses.toml``."""

    illness: tuple[IllnessRow, ...] = ()
    """The groups."""


@functools.cache
def illnesses() -> tuple[IllnessRow, ...]:
    """The rows of ``data/terms/illnesses.toml``."""
    return load(data_dir("terms", "illnesses.toml"), IllnessFile).illness


@functools.lru_cache(maxsize=1024)
def known_as(name: str) -> tuple[IllnessRow, ...]:
    """The groups that an illness belongs to, as a person wrote it; () when no row knows it or the words deny it."""
    if _NOT_MINE.search(name):
        return ()
    return tuple(row for row in illnesses() if row.knows(name))


def follows_from(names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Facts that follow from named illnesses: (key, value); a list of names for a fact that is a list."""
    lists: dict[str, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for name in names:
        for row in known_as(name):
            yield from row.gives.items()
            if row.list:
                lists.setdefault(row.list, []).append(name)
            if row.named:
                alone.setdefault(row.named, []).append(name)
    yield from ((key, found[0]) for key, found in alone.items() if len(found) == 1)
    yield from ((key, tuple(dict.fromkeys(found))) for key, found in lists.items())
