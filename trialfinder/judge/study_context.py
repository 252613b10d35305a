"""What a whole study tells about each of its criteria: what it asks people to have, and the neuropathy it is about."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialfinder.judge.leaf_tests import asks_health
from trialfinder.judge.names.illness_names import illness_named
from trialfinder.judge.polarity import Place, places
from trialfinder.person.word_tables import kinds
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.structure import read_criteria
from trialfinder.reading.wording.nouns import stems
from trialfinder.study.model import Study


@dataclass(frozen=True, slots=True)
class StudyContext:
    """The study's own illness, as far as it is known."""

    required: frozenset[str]
    """Concepts that some criterion asks people to have, without a number."""
    kinds: frozenset[str]
    """Kinds of neuropathy that the study is about; empty when it names none."""
    named_kinds: bool
    """The kinds stand in the criteria, not only in the record's conditions."""
    conditions: tuple[str, ...] = ()
    """The record's own list of the conditions that are studied."""
    studied: frozenset[str] = frozenset()
    """Concepts among those conditions."""
    asked: frozenset[str] = frozenset()
    """Concepts that some criterion asks people to have, as its text was read."""
    words: frozenset[str] = frozenset()
    """Stems of the words of its title and conditions."""
    given: tuple[str, ...] = ()
    """Names of what is given, lower case."""

    def studies(self, name: str) -> bool:
        """Whether an illness that a person named is one of the conditions that are studied."""
        told = frozenset(stems(name)) - _EMPTY
        return bool(told) and any(told <= frozenset(stems(condition)) for condition in self.conditions)

    def is_about(self, leaf: Leaf) -> bool:
        """Whether a thing is one of those that are studied, or named by the title."""
        own = frozenset(stems(leaf.noun)) - _EMPTY
        return leaf.concept in self.studied or (bool(own) and own <= self.words)


_EMPTY = frozenset({"disease", "syndrome"})


def context_of(study: Study, criteria: Sequence[Criterion], studied: frozenset[str] | None = None) -> StudyContext:
    """Reads off a study what its criteria ask people to have. ``studied`` as in ``judge``."""
    asked = [place for criterion in criteria for place in _asked(criterion)]
    named = {
        kind
        for place in asked
        if place.leaf.concept == "neuropathy_type"
        for kind in (_values(place) or ("peripheral_unspecified",))
        if kind in kinds()
    }
    if studied is None:
        studied = concepts_of(study.conditions)
    in_text = frozenset(place.leaf.concept for place in asked if place.leaf.bounds is None and not _well(place.leaf))
    about = frozenset(named) if named else _kinds_of_conditions(study.conditions)
    words = frozenset(stems(" ".join((study.brief_title or "", study.official_title or "", *study.conditions))))
    return StudyContext(studied | in_text, about, bool(named), study.conditions, studied, in_text, words, _given(study))


def _well(leaf: Leaf) -> bool:
    """Whether a healthy state is asked for, which is no illness that the study is about: "normal liver function"."""
    return asks_health(" ".join((leaf.noun, *leaf.severity, *leaf.narrowing)).lower())


def _given(study: Study) -> tuple[str, ...]:
    return tuple(name.lower() for one in study.interventions for name in (one.name, *one.other_names) if name)


@functools.lru_cache(maxsize=4096)
def concepts_of(conditions: tuple[str, ...]) -> frozenset[str]:
    """What the conditions of a record are in the catalogue's terms: the ids of its concepts."""
    text = "Inclusion Criteria:\n\n" + "\n".join(f"* {condition}" for condition in conditions)
    named = {found.concept for found in map(illness_named, conditions) if found is not None} - {""}
    return frozenset(reading.pattern for item in read_criteria(text) for reading in item.readings) | named


def _asked(criterion: Criterion) -> Iterator[Place]:
    if criterion.node is not None and criterion.section != "exclusion":
        yield from (place for place in places(criterion.node) if place.wanted and place.role == "criterion")


def _values(place: Place) -> tuple[str, ...]:
    return tuple(part.strip() for part in place.leaf.value.lower().split(",") if part.strip())


@functools.lru_cache(maxsize=4096)
def _kinds_of_conditions(conditions: tuple[str, ...]) -> frozenset[str]:
    """Kinds of neuropathy among the record's conditions ("Diabetes; Neuropathy" is diabetic neuropathy)."""
    text = " ; ".join(conditions).lower()
    if not any(word in text for word in ("neuropath", "radicul", "sciatic", "nerve", "neuralg", "carpal")):
        return frozenset()
    found = {kind.id for kind in kinds().values() if kind.id != "peripheral_unspecified" and kind.words.said_in(text)}
    return frozenset(found) or frozenset({"peripheral_unspecified"})
