"""Compares a person with the criteria of studies: met, not met or unknown, each with the registry's words."""

from __future__ import annotations

from trialfinder.match.explain import explain, reason, verdict_row
from trialfinder.match.judge import judge
from trialfinder.match.questions import OpenQuestion, rank_questions
from trialfinder.match.verdict import CriterionAnswer, Unread, Verdict

__all__ = [
    "CriterionAnswer",
    "OpenQuestion",
    "Unread",
    "Verdict",
    "explain",
    "judge",
    "rank_questions",
    "reason",
    "verdict_row",
]
