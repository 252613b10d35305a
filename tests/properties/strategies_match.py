"""Random people and random criteria."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from trialfinder.base.values import PartialDate
from trialfinder.judge.rules import RULES
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.word_tables import kinds
from trialfinder.reading.readings import Item, Logic, Reading, Section

WORDS = [
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
]
_UNITS = ["", "years", "months", "%", "mg/dL", "mmHg", "xULN", "U/L", "points", "g/dL", "10^9/L"]


def value_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value that a person may tell."""
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


@st.composite
def profiles(draw: st.DrawFn, max_size: int = 25) -> Profile:
    """A person who told some facts, also such as contradict each other."""
    keys = draw(st.lists(st.sampled_from(sorted(schema())), unique=True, max_size=max_size))
    return Profile({key: draw(value_of(schema()[key])) for key in keys})


_BOUND = st.one_of(st.none(), st.floats(0, 200).map(lambda number: float(f"{number:.3g}")))


@st.composite
def readings(draw: st.DrawFn, words: str, section: Section, pattern: str | None = None) -> Reading:
    """A reading of the words, with anything that the reader may say."""
    start = draw(st.integers(0, max(0, len(words) - 1)))
    end = draw(st.integers(start + 1, len(words)))
    low, high = draw(_BOUND), draw(_BOUND)
    window = draw(st.one_of(st.none(), st.sampled_from([1.0, 6.0, 60.0])))
    return Reading(
        section=section,
        group=draw(st.sampled_from(["", "", "", "Group A", "Group B"])),
        pattern=pattern or draw(st.sampled_from(sorted(RULES))),
        effect=draw(st.sampled_from(["require", "exclude"])),
        value=draw(st.sampled_from(VALUES)),
        low=low,
        low_inclusive=None if low is None else draw(st.booleans()),
        high=high,
        high_inclusive=None if high is None else draw(st.booleans()),
        unit=draw(st.sampled_from(_UNITS)),
        window_months=window,
        quote=words[start:end],
        start=start,
        end=end,
        item_start=0,
        item_end=len(words),
        complete=True,
        direction=draw(st.sampled_from(["", "within", "planned", "lasting"])) if window else "",
        when=draw(st.sampled_from(["", "current", "history", "planned"])),
        exception=draw(st.sampled_from(["", "", "skin cancer", "CIDP"])),
        qualifier=draw(st.sampled_from(["", "", "severe"])),
        condition=draw(st.sampled_from(["", "", "women of child-bearing potential", "if diabetic", "if able"])),
        applies_to_sex=draw(st.sampled_from(["", "", "female", "male"])),
        alternatives=draw(st.sampled_from([0, 0, 1])),
    )


@st.composite
def criteria(draw: st.DrawFn) -> tuple[str, tuple[Item, ...]]:
    """A criteria text with its items: up to five, some below others."""
    from tests.unit.judge.made import text_of

    parts: list[tuple[str, Item]] = []
    sections: list[Section] = ["inclusion", "exclusion", "exclusion", "unknown"]
    joins: list[Logic] = ["single", "single", "any", "all", "at_least"]
    for index in range(draw(st.integers(1, 5))):
        words = draw(st.sampled_from(WORDS))
        section = draw(st.sampled_from(sections))
        found = tuple(draw(readings(words, section)) for _ in range(draw(st.integers(0, 3))))
        parent = draw(st.one_of(st.none(), st.integers(0, index - 1))) if index else None
        logic = draw(st.sampled_from(joins))
        parts.append(
            (
                words,
                Item(
                    section=section,
                    group="",
                    start=0,
                    end=len(words),
                    complete=draw(st.booleans()) and bool(found),
                    readings=found,
                    depth=0 if parent is None else parts[parent][1].depth + 1,
                    parent=parent,
                    logic=logic,
                    needed=2 if logic == "at_least" else 0,
                ),
            )
        )
    return text_of(*parts)
