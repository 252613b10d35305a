"""The keys of a profile, read from ``data/profile.toml``.

What a person can be asked is data: a volunteer can correct a question, a range or a unit without touching code.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Literal

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown
from trialfinder.phrases.guards import Guard

FactType = Literal["flag", "number", "choice", "choices", "names", "text", "date", "scores"]


class Unit(DataRow, frozen=True):
    """Another name of the same number, in another unit: ``value = factor * number + offset``."""

    name: str
    """The key in this unit."""
    unit: str
    """The unit, as a question names it."""
    factor: int | float
    """What a number in this unit is multiplied by."""
    offset: int | float = 0.0
    """What is added then."""
    words: tuple[str, ...] = ()
    """Other ways to write the unit."""

    def convert(self, number: float) -> float:
        """The number in the unit of the fact."""
        return self.factor * number + self.offset


class MayMean(DataRow, frozen=True):
    """Words that are no answer, and the answers that they may be about."""

    said: Guard
    """One of these stands in what was typed."""
    allowed: tuple[str, ...]
    """Words that can be answered, the likeliest first."""
    yes: tuple[str, ...] = ()
    """Examples of what is meant."""
    no: tuple[str, ...] = ()
    """Examples of what is not."""


class Fact(DataRow, frozen=True):
    """One thing that a person can tell."""

    key: str
    """``section.name`` in the profile file."""
    label: str
    """The fact in a few words."""
    type: FactType
    """What can be answered."""
    question: str
    """In plain words."""
    help: str
    """Shown for ``?``."""
    answers: tuple[str, ...]
    """The patterns that the answer helps to judge."""
    unit: str = ""
    """Of a number."""
    low: int | float | None = None
    """Less cannot be true of a living person."""
    high: int | float | None = None
    """More cannot be true of a living person."""
    unit_words: tuple[str, ...] = ()
    """Other ways to write the unit."""
    allowed: tuple[str, ...] = ()
    """The words that can be answered."""
    words: dict[str, tuple[str, ...]] | None = None
    """Other words for an allowed one."""
    also: tuple[Unit, ...] = ()
    """Other names of the fact, in other units."""
    option: str = ""
    """The word for ``--no`` and ``--yes`` where it is not the name of the key."""
    no: str = ""
    """The answer that ``--no`` stands for."""
    ask: bool = True
    """Whether ``profile new`` asks for it."""
    ask_if: dict[str, Any] | None = None
    """Asked only when these keys have these values."""
    first_if: dict[str, tuple[str, ...]] | None = None
    """Asked among the first questions when one of these keys has one of these values."""
    hardly_from: int | None = None
    """From this age on it is true of hardly anybody, so that it is asked after all others."""
    may_mean: tuple[MayMean, ...] = ()
    """What people say in place of an allowed word: where it hurts, what it came from. Only suggested."""
    which: str = ""
    """What is asked back where an answer says yes and not which of the allowed words holds."""
    unsure: str = ""
    """The allowed word that is kept where somebody says yes and then cannot say which; '' where nothing can be kept."""
    says_yes: Guard | None = None
    """Words that say yes to it: insulin to a diabetes."""
    of_pair: int = 0
    """Which of two numbers it is that people say together ("150 over 85"): 1 or 2; 0 for a number of its own."""
    besides: str = ""
    """The key of what such an answer tells besides: the kind of a cancer."""
    instead: str = ""
    """The key of a date that is kept in place of this fact where a date is told: the symptoms' first year."""
    over_is_no: bool = False
    """Whether it is asked how it is now, so that "healed" and "quit" are a no."""
    counted_in: dict[str, int] | None = None
    """Things in which people count it, and how many each holds. Only asked back, never taken so."""

    @property
    def section(self) -> str:
        """The table of the profile file, such as ``diabetes``."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key inside its table, such as ``hba1c``."""
        return self.key.partition(".")[2]


class ProfileFile(DataRow, frozen=True):
    """``data/profile.toml``."""

    fact: tuple[Fact, ...] = ()
    """In the order in which they are asked."""


def read_schema(path: Path) -> dict[str, Fact]:
    """All facts of a data file by their key, in the order in which they are asked.

    Raises:
        InputError: a row is wrong or a key comes twice.
    """
    found: dict[str, Fact] = {}
    for number, fact in enumerate(load(path, ProfileFile).fact):
        place = ("fact", number)
        if fact.key in found:
            raise mistake(path, place, f"{fact.key} comes twice")
        for word in fact.words or {}:
            if word not in (fact.allowed or ("yes", "no")):
                raise mistake(path, (*place, "words", word), f"{fact.key}: {unknown('answer', word, fact.allowed)}")
        for at, row in enumerate(fact.may_mean):
            for word in row.allowed:
                if word not in fact.allowed:
                    where = (*place, "may_mean", at, "allowed")
                    raise mistake(path, where, f"{fact.key}: {unknown('answer', word, fact.allowed)}")
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


class FactKey(str):
    """A key that a profile can hold, or a conclusion (``derived.…``)."""

    __slots__ = ()
    shown = "key of a profile"

    @classmethod
    def from_data(cls, value: object) -> FactKey:
        """The key of a data file; raises ValueError for one that no profile can hold."""
        if not isinstance(value, str) or (value not in schema() and not value.startswith("derived.")):
            raise ValueError(unknown("key", str(value), schema()))
        return cls(value)


def section_of(name: str) -> str:
    """The table that a key belongs to; '' for none."""
    return next((fact.section for fact in schema().values() if fact.name == name), "")


def belongs_below(name: str) -> str:
    """Where a key that stands outside of every table belongs: "; it belongs on a line below [person]"; '' for none."""
    section = section_of(name)
    return f"; it belongs on a line below [{section}]" if section else ""


def lines_such_as(section: str) -> str:
    """How a table goes on: "and below it lines such as types = ..."."""
    return f"and below it lines such as {next(f.name for f in schema().values() if f.section == section)} = ..."
