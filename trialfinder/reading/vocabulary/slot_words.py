"""The words of ``data/slots.toml``: what stands around a name that no list can hold."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.phrases.screens import Screen, first_words
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Rule, load_patterns
from trialfinder.reading.vocabulary.told_words import (
    DegreeWords,
    LastingWords,
    OutcomeWords,
    PartakingWords,
    ProofWords,
    SpineWords,
    SteadyWords,
)
from trialfinder.reading.wording.whole_words import WholeWords, source_of


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


class ValueWords(DataRow, frozen=True):
    """Of what is measured and has no row."""

    names: WholeWords
    """Names of such values; the number right behind is theirs."""


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


class SlotWords(DataRow, frozen=True):
    """``data/slots.toml``."""

    scale: ScaleWords
    """Named scales."""
    value: ValueWords
    """Values without a row."""
    drug: DrugWords
    """Named drugs and therapies."""
    proof: ProofWords
    """Ways of confirming a diagnosis."""
    lasting: LastingWords
    """How long something has lasted."""
    degree: DegreeWords
    """How severe the nerve condition is."""
    spine: SpineWords
    """Operations and bends of the spine, and nerve emergencies."""
    partaking: PartakingWords
    """Whether a person can take part."""
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
    life = source_of(promise.of_life)
    return re.compile(
        rf"\b{life}(?:(?:,|,?\sor|,?\sand)\s(?:[\w-]+\s)?{life})*\s{source_of(promise.circumstances)}\b"
        rf"(?=[^.;]{{0,50}}?\b{source_of(promise.hinder)}(?![\w-]))"
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
