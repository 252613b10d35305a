"""Brackets behind a range that only say that both its ends count: "18-55 years (including 18 and 55 years)"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_YEARS = r"(?:[\s-]?(?:years?|yrs?)(?:[\s-]?old|\sof\sage)?)?"
_TWO = rf"(?:both\s)?\d{{1,3}}{_YEARS}\s?(?:and|&|,|to|-|or)\s?\d{{1,3}}{_YEARS}"
_ENDS = (
    r"(?:both|(?:both\s)?(?:the\s)?(?:age\s)?(?:boundar(?:y|ies)|limits?|end\s?points?|ends?|borders?|extremes?)"
    r"(?:\s(?:values?|ages?|years?))?)"
)
_AGAIN = re.compile(
    rf"(?:[\s-]?old|\sof\sage)?\s?\(\s?(?:(?:including|incl\.?|inclusive\sof)\s(?:the\sages?\sof\s)?(?:{_ENDS}|{_TWO})"
    rf"|(?:{_ENDS}|{_TWO}),?\s(?:(?:are|both|all)\s){{0,2}}(?:included|inclusive|including))\s?\)"
)
_NUMBER = re.compile(r"\d+")


def behind_ends(lower: str, end: int, low: float | None, high: float | None) -> int:
    """Where a range ends with a bracket that says of its own two ends, and of nothing else, that they count."""
    found = _AGAIN.match(lower, end)
    if found is None:
        return end
    said = [float(number) for number in _NUMBER.findall(found.group())]
    return found.end() if said in ([], [low, high]) else end
