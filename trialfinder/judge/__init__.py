"""Compares a person with the criteria of studies: met, not met or unknown, each with the registry's words."""

from __future__ import annotations

from trialfinder.judge.judging import judge
from trialfinder.judge.kept import KeptStudy, keep, kept, kept_by
from trialfinder.judge.questions import Judged, OpenQuestion, rank_questions
from trialfinder.judge.shown.as_it_stands import could_change
from trialfinder.judge.shown.explain import explain, reason, states_criteria, verdict_row
from trialfinder.judge.verdict import CriterionAnswer, UnreadCriterion, Verdict

__all__ = [
    "CriterionAnswer",
    "Judged",
    "KeptStudy",
    "OpenQuestion",
    "UnreadCriterion",
    "Verdict",
    "could_change",
    "explain",
    "judge",
    "keep",
    "kept",
    "kept_by",
    "rank_questions",
    "reason",
    "states_criteria",
    "verdict_row",
]
