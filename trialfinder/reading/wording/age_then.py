"""Ages at which an illness began: "under 40 years at diagnosis" says nothing of how old somebody is today."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_AT_ITS_START = re.compile(
    r"(?:\s(?:of age|old|years?|or (?:younger|less|older|more|above|below)))*\)?,?\s(?:at|when)\s"
    r"(?:(?:the|their|time|date|age|of|first|initial|original|primary|disease|illness|symptom|being)\s)*"
    r"(?:diagnos(?:is|ed)|onset|(?:first )?presentation)\b"
)


def then_and_not_now(lower: str, end: int) -> bool:
    """Whether a number of years that ends at ``end`` is the age at which an illness began or was diagnosed."""
    return _AT_ITS_START.match(lower, end) is not None
