"""Whether a cancer is over."""

from __future__ import annotations

from trialfinder.person.facts import Facts

STATE, FREE = "health.cancer", "health.cancer_free_years"
NOT_OVER = (
    "metasta*", "incurable", "unresectable", "inoperable", "terminal", "advanced", "relaps*", "refractory",
    "progressive", "measurable", "evaluable", "residual",
)  # fmt: skip
"""Cancers that nobody has who is free of cancer."""
THERE = (
    "metasta*", "incurable", "unresectable", "inoperable", "terminal", "advanced", "late stage", "late-stage",
    "measurable",
)  # fmt: skip
"""Those of them that bar only who has them now."""


def free_of_cancer(facts: Facts) -> bool:
    """Whether a cancer is over for a year or more: none is there, and none is treated."""
    free = facts.span(FREE) if facts.word(STATE) == "past" else None
    return free is not None and free.low >= 1
