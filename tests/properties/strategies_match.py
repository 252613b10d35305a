"""Random people and random criteria.

Strategies are made once: hypothesis looks through each new one before it draws, which takes longer than to draw.
"""

from __future__ import annotations

import functools
from typing import Any, Literal

from hypothesis import strategies as st

from tests.unit.judge.made import Part, text_of
from trialfinder.base.values import PartialDate
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import schema
from trialfinder.person.word_tables import kinds
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Bounds,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Not,
    Section,
    Unread,
    When,
)

CONCEPTS = [*sorted(leaf_tests()), "a concept without a rule"]
WORDS = [
    "",
    "multiple sclerosis",
    "ms",
    "lupus",
    "myocardial infarction",
    "basal cell skin cancer",
    "breastfeeding",
    "plan to become pregnant",
    "other neuropathy than diabetes",
    "history of heart disease",
    "severe liver disease",
    "cancer within 5 years, except skin cancer",
    "pregnant or breastfeeding women",
    "taking anticoagulants or steroids",
    "neurological disease",
    "diabetic polyneuropathy due to diabetes",
    "active infection",
    "herniated disc",
    "any comorbidity",
    "other autoimmune disease",
    "another study in the last 3 months",
    "planned surgery",
    "adequate kidney function",
    "chemotherapy completed",
    "moderate or severe",
    "allergic constitution",
    "contraindication to MRI",
]
VALUES = [
    "",
    *kinds(),
    "type1",
    "type2",
    "any",
    "egfr",
    "creatinine",
    "alt",
    "systolic",
    "INR",
    "TCSS",
    "sensory",
    "nerve_conduction",
    "azathioprine",
    "apixaban",
    "except: skin cancer",
    "ulcer",
    "female",
]
NAMES = [
    "metformin",
    "apixaban",
    "azathioprine",
    "gabapentin",
    "steroid",
    "CIDP",
    "lupus",
    "alcohol",
    "penicillin",
    "epilepsy",
    "multiple sclerosis",
    "atrial fibrillation",
]
_UNITS = ["", "years", "months", "%", "mg/dL", "mmHg", "xULN", "U/L", "points", "g/dL", "10^9/L"]


@functools.cache
def value_of(key: str) -> st.SearchStrategy[Any]:
    """Any value that a person may tell for a fact."""
    fact = schema()[key]
    if fact.type == "number":
        return st.floats(fact.low, fact.high, allow_nan=False).map(lambda number: float(f"{number:.3g}"))
    return {
        "flag": st.booleans(),
        "choice": st.sampled_from(fact.allowed or ("",)),
        "choices": st.lists(st.sampled_from(fact.allowed or ("",)), unique=True, max_size=3).map(tuple),
        "names": st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map(tuple),
        "text": st.just("Atlanta"),
        "date": st.builds(PartialDate, st.integers(2000, 2026), st.one_of(st.none(), st.integers(1, 11))),
        "scores": st.dictionaries(st.sampled_from(["TCSS", "INCAT"]), st.floats(0, 100), max_size=2),
    }[fact.type]


@functools.cache
def _keys(max_size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(schema())), unique=True, max_size=max_size)


@st.composite
def profiles(draw: st.DrawFn, max_size: int = 25) -> Profile:
    """A person who told some facts, also such as contradict each other."""
    keys = draw(_keys(max_size))
    return Profile({key: draw(value_of(key)) for key in keys})


_BOUND = st.one_of(st.none(), st.floats(0, 200).map(lambda number: float(f"{number:.3g}")))


_UNIT = st.sampled_from(_UNITS)


@st.composite
def limits(draw: st.DrawFn) -> Bounds | None:
    """Any limits, or none."""
    low, high = draw(_BOUND), draw(_BOUND)
    if low is None and high is None:
        return None
    return Bounds(low, draw(st.booleans()), high, draw(st.booleans()), draw(_UNIT))


_LIMITS = limits()
_WINDOW = st.one_of(st.none(), st.sampled_from([1.0, 6.0, 60.0]))
_CONCEPT = st.sampled_from(CONCEPTS)
_VALUE = st.sampled_from(VALUES)
_DIRECTIONS: list[Literal["within", "at_least_ago", "planned", "lasting"]] = [
    "within",
    "at_least_ago",
    "planned",
    "lasting",
]
_DIRECTION = st.sampled_from(_DIRECTIONS)
_SENSES: list[Literal["", "current", "history", "planned"]] = ["", "current", "history", "planned"]
_SENSE = st.sampled_from(_SENSES)
_SEVERITY = st.sampled_from([(), (), ("severe",), ("uncontrolled",), ("serious", "chronic")])
_NARROWING = st.sampled_from([(), (), (), ("requiring surgery",), ("left", "ventricular")])


@functools.cache
def _noun(concept: str) -> st.SearchStrategy[str]:
    plain = sorted(leaf_tests()[concept].plain | set(leaf_tests()[concept].mentions)) if concept in leaf_tests() else []
    return st.sampled_from([*WORDS, *plain])


@st.composite
def some_leaves(draw: st.DrawFn, concept: str | None = None) -> Leaf:
    """A leaf with anything that the reader may say."""
    window = draw(_WINDOW)
    concept = concept or draw(_CONCEPT)
    return Leaf(
        concept=concept,
        value=draw(_VALUE),
        noun=draw(_noun(concept)),
        bounds=draw(_LIMITS),
        window_months=window,
        direction=draw(_DIRECTION) if window else "",
        sense=draw(_SENSE),
        severity=draw(_SEVERITY),
        narrowing=draw(_NARROWING),
        possible=draw(st.booleans()),
        start=0,
        end=4,
    )


_SUBJECTS: list[Literal["participant", "other"]] = ["participant", "other"]


@functools.cache
def nodes() -> st.SearchStrategy[Node]:
    """Any tree."""
    small: st.SearchStrategy[Node] = st.one_of(some_leaves(), some_leaves(), st.just(Unread(0, 3)))

    def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            several.map(AllOf),
            several.map(AnyOf),
            st.builds(AtLeast, st.integers(1, 3), several),
            inner.map(Not),
            st.builds(Except, inner, inner),
            st.builds(When, inner, inner, st.booleans()),
        )

    return st.recursive(small, larger, max_leaves=5)


_SECTIONS: list[Section] = ["inclusion", "exclusion", "exclusion", "unknown"]
_SECTION = st.sampled_from(_SECTIONS)
_GROUP = st.sampled_from(["Group A", "Group B"])
_SUBJECT = st.sampled_from(_SUBJECTS)
_LOST = st.sampled_from([False, False, False, True])
"""Whether nothing was read of a criterion."""


@st.composite
def criteria(draw: st.DrawFn) -> tuple[str, tuple[Criterion, ...]]:
    """A criteria text with its criteria: up to four."""
    parts: list[Part] = []
    for _ in range(draw(st.integers(1, 4))):
        node, section = draw(nodes()), draw(_SECTION)
        if section == "exclusion":
            node = Not(node)
        if draw(st.integers(0, 4)) == 0:  # the reader puts a group at the top of a criterion and nowhere else
            node = Group(draw(_GROUP), draw(_SUBJECT), node)
        parts.append(("some words", None if draw(_LOST) else node, section))
    return text_of(*parts)
