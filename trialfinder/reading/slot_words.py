"""The words of ``data/slots.toml``: what stands around a name that no list can hold."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.phrases.screens import SaidWords, Screen, first_words
from trialfinder.reading.index import Hit
from trialfinder.reading.patterns import Rule, load_patterns


def _source(words: Iterable[str]) -> str:
    """Longer ways first; a star stands for any ending."""
    ways = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\*", r"[\w-]*").replace(r"\ ", r"[\s-]") for w in ways) + ")"


class WholeWords:
    """Plain words in lower case as one expression; each must stand as a whole, "*" is any ending."""

    shown: ClassVar[str] = "list of words"

    def __init__(self, words: Iterable[str]) -> None:
        listed = tuple(words)
        self.listed = listed
        made = re.compile(rf"(?<![\w-]){_source(listed)}(?![\w-])")
        self.lets = Screen(first_words(listed)).lets
        self.search, self.match, self.fullmatch, self.finditer = made.search, made.match, made.fullmatch, made.finditer

    @classmethod
    def from_data(cls, value: object) -> WholeWords:
        """The words of a data file; raises ValueError for anything but a list of text."""
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"must be a list of words, not {value!r}")
        return cls(value)


class ScaleWords(DataRow, frozen=True):
    """Of names of scales: "<name> scale of at least 14"."""

    nouns: WholeWords
    """End the name of a scale."""
    weak: WholeWords
    """The same, only behind a name that is written with capital letters."""
    generic: frozenset[str]
    """Say nothing about which scale it is."""
    parts: frozenset[str]
    """Say nothing by themselves, but belong to a name in capitals."""
    others: WholeWords = msgspec.field(name="not")
    """Names of other things."""


class DrugWords(DataRow, frozen=True):
    """Of names of drugs: "<verb> <drug> [time]"."""

    verbs: WholeWords
    """Stand before a drug or therapy."""
    kinds: WholeWords
    """The last word of a drug or a therapy."""
    endings: tuple[str, ...]
    """Endings of drug names."""
    not_alone: frozenset[str]
    """Names of the table of drugs that mean other things as well, so that they need a verb of use."""
    others: WholeWords = msgspec.field(name="not")
    """Used or received, and no drug."""


class ProofWords(DataRow, frozen=True):
    """Of illnesses that a test or a standard has proven."""

    illnesses: WholeWords
    """What can be proven, beside the nerve conditions that have a row."""
    proves: WholeWords
    """Stand between an illness and a test, or before the two or behind them."""
    tests: WholeWords
    """Tests beside those whose kind is known."""
    results: WholeWords
    """Results that prove it."""
    matching: WholeWords
    """Stand between a test and what a person feels."""
    felt: WholeWords
    """What a person feels."""
    according: WholeWords
    """Stand before a standard."""
    standards: WholeWords
    """Standards."""
    named: WholeWords
    """Say that a standard is one that others have set."""
    doctors: WholeWords
    """Who makes a diagnosis."""
    made: WholeWords
    """What they do with it."""
    doubt: WholeWords
    """Say that it is not proven."""
    values: Mapping[str, WholeWords]
    """The words of each kind of test; the first that fits counts."""
    others: WholeWords = msgspec.field(name="not")
    """What else is proven or tested for."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of a proof."""
        ways = (self.proves, self.results, self.standards, self.made, self.matching)
        return any(words.lets(said) for words in ways)


class LastingWords(DataRow, frozen=True):
    """Of how long something has lasted."""

    things: WholeWords
    """What can last, beside what has a row."""
    relations: WholeWords
    """Say that it has lasted, or when it began."""
    begins: WholeWords
    """Say when it began: then a time that is over is no look-back."""
    others: WholeWords = msgspec.field(name="not")
    """Begin another clause or take the time for themselves."""


class PromiseWords(DataRow, frozen=True):
    """Of what a person agrees to do for the study, and of what makes it hard."""

    words: WholeWords
    """Agree or promise."""
    others: WholeWords
    """Stand before when somebody else agrees."""
    no: WholeWords = msgspec.field(name="not")
    """What is agreed to and is no duty of the study."""
    circumstances: tuple[str, ...]
    """Circumstances that can make it hard."""
    hinder: tuple[str, ...]
    """Say that they do."""
    of_life: tuple[str, ...]
    """Kinds of circumstances."""


class UnableWords(DataRow, frozen=True):
    """Of procedures that a person cannot have."""

    words: WholeWords
    """Unable or unwilling."""
    procedures: WholeWords
    """The procedures."""


class OutcomeWords(DataRow, frozen=True):
    """Of treatments that did not help, whatever their names."""

    treatments: WholeWords
    """Treatments beside the drugs that have a name."""
    no: WholeWords
    """Deny a success, or make it small."""
    gains: WholeWords
    """Successes."""
    bad: WholeWords
    """Say behind a treatment that it did not help."""
    lasts: WholeWords
    """Say that the trouble goes on."""
    despite: WholeWords
    """Stand between the trouble and the treatment."""
    others: WholeWords = msgspec.field(name="not")
    """Other illnesses, which the treatment was for."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of one that did not help."""
        return self.bad.lets(said) or self.despite.lets(said) or (self.no.lets(said) and self.gains.lets(said))


class SteadyWords(DataRow, frozen=True):
    """Of medicines that must stay as they are."""

    medicines: WholeWords
    """Medicines beside those that have a name."""
    same: WholeWords
    """Say that nothing changes."""
    change: WholeWords
    """Say that something changes."""
    others: WholeWords = msgspec.field(name="not")
    """What else is stable or changes."""


class SlotWords(DataRow, frozen=True):
    """``data/slots.toml``."""

    scale: ScaleWords
    """Named scales."""
    drug: DrugWords
    """Named drugs and therapies."""
    proof: ProofWords
    """Ways of confirming a diagnosis."""
    lasting: LastingWords
    """How long something has lasted."""
    promise: PromiseWords
    """Duties of the study."""
    unable: UnableWords
    """Procedures that cannot be had."""
    outcome: OutcomeWords
    """Treatments that did not help."""
    steady: SteadyWords
    """Medicines that stay as they are."""


@functools.cache
def load_slot_words() -> SlotWords:
    """Reads ``data/slots.toml`` once.

    Raises:
        InputError: the file is missing or has a key that is not known.
    """
    return load(data_dir("slots.toml"), SlotWords)


@functools.cache
def circumstances() -> re.Pattern[str]:
    """Circumstances of life that are said to hinder."""
    promise = load_slot_words().promise
    life = _source(promise.of_life)
    return re.compile(
        rf"\b{life}(?:(?:,|,?\sor|,?\sand)\s(?:[\w-]+\s)?{life})*\s{_source(promise.circumstances)}\b"
        rf"(?=[^.;]{{0,50}}?\b{_source(promise.hinder)}(?![\w-]))"
    )


@functools.cache
def any_test() -> WholeWords:
    """Tests of whatever kind."""
    proof = load_slot_words().proof
    return WholeWords(dict.fromkeys(w for ways in (proof.tests, *proof.values.values()) for w in ways.listed))


@functools.cache
def life() -> Screen:
    """What ``circumstances`` need."""
    return Screen(first_words(load_slot_words().promise.of_life))


@functools.lru_cache(maxsize=2000)
def made_rule(pattern: str, value: str, bound: str = "") -> Rule:
    """A row for a name that was found in the text itself."""
    row = load_patterns()[pattern].rules[0]
    return msgspec.structs.replace(
        row, value=value, bound=bound, head="", needs=None, unless=None, before=None, after=None, not_before=None,
        not_after=None, section="", effect=None, gap=0, side="", named=False, wide=False, within=False, shift=True,
        window=load_patterns()[pattern].window,
    )  # fmt: skip


def is_free(hits: Iterable[Hit], start: int, end: int) -> bool:
    """Whether none of the hits touches the stretch."""
    return not any(h.start < end and start < h.end for h in hits)
