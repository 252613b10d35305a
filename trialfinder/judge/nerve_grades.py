"""Grades of a neuropathy: those that a criterion names ("grade 2 or higher") beside the stage that a person told."""

from __future__ import annotations

import re

from trialfinder.base.answer import Answer
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question
from trialfinder.reading.grades import GRADE_WORD

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
