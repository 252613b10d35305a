"""Diagnoses by a standard, or by a doctor, in front of a name: "meets the WHO criteria for type 2 diabetes"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_ASKED = re.compile(
    r"(?:\b(?:meet\w*|met|fulfil\w*|satisf\w*)\s)?(?:[\w'’(),/.-]+\s){0,9}?"
    r"(?:criteri(?:a|on)|definitions?|standards?|guidelines?)\s(?:[\w'’(),/.-]+\s){0,6}?(?:for|of)\s(?:the\s|an?\s)?"
    r"(?:diagnosis of\s)?\Z"
)
_BY_A_DOCTOR = re.compile(
    r"(?:[\w'’-]+\s){0,4}?(?:physicians?|doctors?|clinicians?|specialists?|medical|gps?|practitioners?|providers?|\w+ologists?"
    r"|\w+iatrists?)(?:['’]s?)?[\s-](?:(?:confirmed|documented|reported|established|made|clinical|recorded)\s)?diagnosis\s(?:of|for)\s"
    r"(?:the\s|an?\s|any\s)?\Z"
)
_ADMITS = re.compile(r"\b(?:inclusion|exclusion|eligib|entry|enrol|treat|surg|transplant|respon|remission|hospital)")


def by_standard(words: str) -> bool:
    """Whether the words before a name only say by which criteria, or by whom, it was found: the name is asked for."""
    said = _ASKED.match(words) or _BY_A_DOCTOR.match(words)
    return said is not None and _ADMITS.search(words) is None
