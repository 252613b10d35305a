"""Brackets that say for whom another limit holds: "(5 x ULN if there are metastases)"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_CONDITION = re.compile(r"\([^()]*\b(?:if|in case of|in the case of|when)\s[^()]{0,40}\Z")
_LIMIT_FIRST = re.compile(
    r"\((?:or\s)?(?:[<>]|up to|less|greater|no (?:more|greater)|\d)[^()]*(?:uln|normal|%|/l|/dl)\s"
    r"(?:with|for|in)\s[^()]{0,40}\Z"
)
"""Another limit, and then for whom it holds: "(up to 5 x ULN with liver metastases)"."""
_LIMIT_BEHIND = re.compile(r"[\w\s]{0,20}(?:[<>]=?|less than|up to)\s?\d[^()]{0,20}(?:uln|normal)")
"""The other way round: "(liver metastases > 5 x ULN)"."""
_REACH = 120


def in_aside(lower: str, start: int) -> bool:
    """Whether a place stands in a bracket that says when the limit in front of it differs."""
    first = max(0, start - _REACH)
    opened = lower.rfind("(", first, start)
    if opened < 0:
        return False
    if _CONDITION.search(lower, first, start) or _LIMIT_FIRST.search(lower, first, start):
        return True
    inside = lower.find(")", opened, start) < 0 and "uln" in lower[first:opened]
    return inside and _LIMIT_BEHIND.match(lower, start) is not None
