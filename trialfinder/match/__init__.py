"""Compares a person with the criteria of studies: met, not met or unknown, each with the registry's words."""

from __future__ import annotations

from trialfinder.match.judge import judge
from trialfinder.match.verdict import CriterionAnswer, Unread, Verdict

__all__ = ["CriterionAnswer", "Unread", "Verdict", "judge"]
