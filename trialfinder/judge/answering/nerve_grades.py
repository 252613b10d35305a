"""Grades of a neuropathy ("grade 2 or higher") beside the stage that a person told, and points on named scales."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.answering.by_table import inside
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import common
from trialfinder.person.spans import Span
from trialfinder.reading.amounts.grades import GRADE_WORD
from trialfinder.reading.wording.nouns import contains

_GRADES = {"early": (1, 2), "mild": (1, 2), "moderate": (2, 3), "severe": (3, 4), "end_stage": (3, 5)}
"""The grades that a neuropathy of a stage can have (CTCAE 5.0: 1 without symptoms, 2 moderate ones, 3 severe ones)."""
_GRADE = re.compile(rf"{GRADE_WORD}(\d)-(\d)")


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


def letters(name: str) -> str:
    """The letters and digits of a name, lower case."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def severity_score(asked: Question) -> Told:
    """Points on a named scale that the person told."""
    fact, scores, bounds = "neuropathy.scores", asked.facts.get("neuropathy.scores"), asked.leaf.bounds
    change = asked.says("change", "increase", "decrease", "improvement", "worsening", "progression")
    if not isinstance(scores, dict) or bounds is None or asked.window is not None or change:
        return Told(UNKNOWN, fact)
    names = _scale(asked.leaf.value)
    mine = next((points for name, points in scores.items() if _scale(name) & names), None)
    named = all(any(contains(name, words) for name in names) for words in asked.leaf.narrowing)
    return Told(inside(Span.at(mine) if mine is not None else None, bounds), fact, firm=named)


def _scale(name: str) -> frozenset[str]:
    """All names of a scale by one of them; that one alone where the table has no others."""
    told = letters(name)
    same = (names for names in common().scales if told in map(letters, names))
    return frozenset(next(same, (name,))) | {told}
