"""Compares a person with the criteria of studies: met, not met or unknown, each with the registry's words."""

from __future__ import annotations

from trialfinder.judge.explain import could_change, explain, reason, states_criteria, verdict_row
from trialfinder.judge.judging import judge
from trialfinder.judge.questions import Judged, OpenQuestion, rank_questions
from trialfinder.judge.study_context import concepts_of
from trialfinder.judge.verdict import CriterionAnswer, UnreadCriterion, Verdict

__all__ = [
    "CriterionAnswer",
    "Judged",
    "OpenQuestion",
    "UnreadCriterion",
    "Verdict",
    "concepts_of",
    "could_change",
    "explain",
    "judge",
    "rank_questions",
    "reason",
    "states_criteria",
    "verdict_row",
]
