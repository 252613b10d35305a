"""Grades of a neuropathy: those that a criterion names ("grade 2 or higher") beside the stage that a person told."""

from __future__ import annotations

import re

from msgspec.structs import replace

from trialfinder.base.answer import Answer
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question
from trialfinder.judge.changed import changed
from trialfinder.reading.grades import GRADE_WORD
from trialfinder.reading.tree import AllOf, Leaf, Node

_GRADES = {"early": (1, 2), "mild": (1, 2), "moderate": (2, 3), "severe": (3, 4), "end_stage": (3, 5)}
"""The grades that a neuropathy of a stage can have (CTCAE 5.0: 1 without symptoms, 2 moderate ones, 3 severe ones)."""
_GRADE = re.compile(rf"{GRADE_WORD}(\d)-(\d)")
_BOTH = 2


def grade(asked: Question, words: str) -> Answer | None:
    """Whether the person's neuropathy has one of the grades that the words name ("grade 2-5"); None without a grade."""
    named = _GRADE.fullmatch(words)
    if named is None or asked.leaf.concept != "neuropathy_type":
        return None
    mine = _GRADES.get(asked.facts.word("neuropathy.stage") or "")
    if mine is None:
        return UNKNOWN
    low, high = int(named[1]), int(named[2])
    if low <= mine[0] and mine[1] <= high:
        return YES
    return UNKNOWN if low <= mine[1] and mine[0] <= high else NO


_WITHIN = re.compile(
    r"\b(?P<least>at least |minimum )?(?P<above>(?:>|above|more than|greater than|higher than|worse than) ?)?grades? ?"
    r"(?P<grade>[1-5]|iii|ii|iv|i)\b(?P<more>(?: or| and|/) ?(?:more|higher|greater|above|worse))?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def grade_in(noun: str) -> str:
    """The grades that a neuropathy's own words name, as ``grade`` takes them; '' where they name none."""
    found = _WITHIN.search(noun)
    if found is None:
        return ""
    low = _ROMAN.get(found["grade"]) or int(found["grade"])
    low += found["above"] is not None
    return f"{GRADE_WORD}{low}-{5 if found['least'] or found['above'] or found['more'] else low}"


def with_toxicity(node: Node, _text: str) -> Node:
    """ "Neuropathy, CTCAE grade 2 or higher": the scale grades every side effect, here the one beside it."""

    def change(part: AllOf) -> Node:
        if len(part.parts) != _BOTH:
            return part
        scale = next((p for p in part.parts if _is_scale(p)), None)
        thing = next((p for p in part.parts if isinstance(p, Leaf) and p.concept == "neuropathy_type"), None)
        if not isinstance(scale, Leaf) or thing is None:
            return part
        narrowing = tuple(words for words in thing.narrowing if not _OF_SCALE.fullmatch(words))
        return replace(thing, severity=(*thing.severity, _grades_of(scale)), narrowing=narrowing)

    return changed(node, AllOf, change)


_OF_SCALE = re.compile(
    r"(?:nci|ctc|ctcae|v?\d(?:\.\d)?|version|common|terminology|toxicity|criteria|cancer|institute)\w*"
)


def _is_scale(node: Node) -> bool:
    return isinstance(node, Leaf) and node.value == "nci ctcae" and node.bounds is not None


def _grades_of(scale: Leaf) -> str:
    """The limits of a scale of side effects as grades from 0 to 5."""
    bounds = scale.bounds
    low = 0 if bounds is None or bounds.low is None else int(bounds.low) + (not bounds.low_inclusive)
    high = 5 if bounds is None or bounds.high is None else int(bounds.high) - (not bounds.high_inclusive)
    return f"{GRADE_WORD}{low}-{high}"
