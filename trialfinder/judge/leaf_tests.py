"""The rows of ``data/tests.toml``, which says what its keys mean: what is true of a person when a thing is named."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake
from trialfinder.person.facts import Facts
from trialfinder.person.implications import Needs
from trialfinder.person.profile_schema import FactKey
from trialfinder.reading.wording.nouns import mentions


class Conditions(tuple[Needs, ...]):
    """Ways in which facts can settle something: one of the alternatives, all tests of it."""

    __slots__ = ()
    shown = "table, or list of tables, of keys of a profile and what they must be"

    @classmethod
    def from_data(cls, value: object) -> Conditions:
        """The conditions of a data file; raises ValueError for an unknown key or test."""
        return cls(map(Needs.from_data, value if isinstance(value, list) else [value]))

    def fired(self, facts: Facts) -> str | None:
        """The key of a fact by which one of the alternatives holds; None when none does."""
        return next((facts.origin(next(iter(needs))) for needs in self if needs.hold(facts.get)), None)

    @property
    def key(self) -> str | None:
        """The fact that would settle it."""
        return next((key for needs in self for key in needs), None)


class SpecialForm(DataRow, frozen=True):
    """A special form, or a degree of the thing, with the facts that tell it."""

    says: tuple[str, ...]
    """The words."""
    yes_if: Conditions = Conditions()
    """Facts that say yes."""
    no_if: Conditions = Conditions()
    """Facts that say no."""
    clash: Conditions = Conditions()
    """Facts beside which no ``no_if`` counts: told of the same thing, they say the contrary."""
    ago: FactKey | None = None
    """A fact in months, by which an event lies that long ago."""


class Number(DataRow, frozen=True):
    """A measurement."""

    key: FactKey
    """The fact."""
    units: tuple[str, ...]
    """As in the catalogue of patterns."""
    says: tuple[str, ...] = ()
    """Words of the leaf that pick it; none for the only or default one."""
    upper: tuple[float, float] | None = None
    """Where the upper limits of normal of laboratories lie; multiples of it decide nothing when left out."""
    lower: tuple[float, float] | None = None
    """Where the lower limits of normal lie; None when low values are no illness."""
    within: float = 0.0
    """How far the fact may lie from what is asked, as a part of it, where it is another way to measure the same."""
    source: str = ""
    """Where that is written."""


class LeafExample(DataRow, frozen=True):
    """A leaf before a person."""

    leaf: dict[str, Any]
    """Fields of the leaf."""
    told: dict[str, Any]
    """What the person told."""


class LeafTest(DataRow, frozen=True):
    """What is true of a person when a criterion names one thing."""

    concept: str
    """Id of the catalogue of patterns."""
    fact: FactKey = FactKey("")
    """The fact that says yes or no to the thing as such."""
    plain: frozenset[str] = frozenset()
    """The plain forms: told true answers them, and leaves everything else open."""
    anyhow: frozenset[str] = frozenset()
    """Words that are true of every such thing: "of the legs" behind peripheral artery disease."""
    mentions: tuple[str, ...] = ()
    """Words that are enough anywhere in what the criterion names."""
    beyond: tuple[str, ...] = ()
    """Words that reach further than the fact: told false does not deny them."""
    forms: tuple[SpecialForm, ...] = msgspec.field(name="form", default=())
    """Special forms."""
    degrees: tuple[SpecialForm, ...] = msgspec.field(name="degree", default=())
    """The same for words of severity."""
    numbers: tuple[Number, ...] = msgspec.field(name="number", default=())
    """Measurements."""
    lists: tuple[FactKey, ...] = ()
    """Lists of the profile that name such illnesses; one told empty says that there is none."""
    names: bool = False
    """An illness that the person named in their own words counts when the criterion names it too."""
    past: bool = True
    """False where "do you have it" told false says nothing about earlier times."""
    dated: bool = False
    """It happened once and the profile does not tell when: a time in the words leaves it open."""
    exact: bool = False
    """Told false, too, answers only the plain forms."""
    changeable: bool = False
    """Whether what is told may change, as a drug or smoking; never shown as a step to take."""
    standards: tuple[str, ...] = ()
    """Whose criteria every diagnosis is made by: a told one is one by theirs."""
    treated_by: tuple[str, ...] = ()
    """Classes of drugs by which such an illness is treated: who has it and takes one has one that is treated."""
    together: tuple[tuple[str, ...], ...] = ()
    """Words of the parts of which the fact tells that there is one: a list that names them all leaves nothing out."""
    apart: tuple[str, ...] = ()
    """Words by which such a list means something else all the same."""
    yes: tuple[LeafExample, ...] = ()
    """Examples that are true."""
    no: tuple[LeafExample, ...] = ()
    """Examples that are not."""
    open: tuple[LeafExample, ...] = ()
    """Examples that stay open."""


class TestsFile(DataRow, frozen=True):
    """``data/tests.toml``: words that every row shares, and the rows."""

    narrowing: tuple[str, ...] = msgspec.field(name="harmless_behind")
    """Words that a leaf may carry as narrowing although having the thing answers it all the same."""
    idle: frozenset[str]
    """Single words that take nothing away from what they stand beside."""
    idle_where_barred: frozenset[str]
    """Single words that take nothing away from what bars."""
    around_degree: frozenset[str]
    """Words around a degree that stands behind a thing as a clause."""
    by_standard: frozenset[str]
    """Words around the name of whoever set the criteria of a diagnosis."""
    by_method: frozenset[str]
    """Words about the way in which a thing was found, which take nothing away from it."""
    marks: frozenset[str]
    """Words that only name what a limit marks, or when a value was found."""
    every_kind: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Pairs of words that leave nothing out when an "or" joins them: inborn or acquired."""
    healthy: tuple[str, ...]
    """Words of a healthy state."""
    ill: tuple[str, ...]
    """Words of illness."""
    scales: tuple[tuple[str, ...], ...]
    """Names of one scale each."""
    test: tuple[LeafTest, ...]
    """The rows, one for each concept."""


@functools.cache
def common() -> TestsFile:
    """The whole file, for the words that every row shares."""
    return load(data_dir("tests.toml"), TestsFile)


@functools.cache
def leaf_tests() -> dict[str, LeafTest]:
    """All rows by their concept.

    Raises:
        InputError: the file is wrong or a concept comes twice.
    """
    found: dict[str, LeafTest] = {}
    for number, test in enumerate(common().test):
        if test.concept in found:
            raise mistake(data_dir("tests.toml"), ("test", number), f"{test.concept}: comes twice")
        found[test.concept] = test
    return found


@functools.cache
def idle_words_beside() -> frozenset[str]:
    """Single words that take nothing away from what they stand beside."""
    return common().by_method | common().idle


@functools.cache
def idle_words_barred() -> frozenset[str]:
    """Single words that take nothing away from what bars."""
    return idle_words_beside() | common().idle_where_barred


def asks_health(words: str) -> bool:
    """Whether the words mean a healthy state ("adequate kidney function") and no illness."""
    return mentions(words, common().healthy) and not mentions(words, common().ill)
