"""Diagnoses by a published standard in front of a name: "meets the WHO criteria for type 2 diabetes"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_ASKED = re.compile(
    r"(?:\b(?:meet\w*|met|fulfil\w*|satisf\w*)\s)?(?:[\w'’(),/.-]+\s){0,9}?"
    r"(?:criteri(?:a|on)|definitions?|standards?|guidelines?)\s(?:[\w'’(),/.-]+\s){0,6}?(?:for|of)\s(?:the\s|an?\s)?"
    r"(?:diagnosis of\s)?\Z"
)
_ADMITS = re.compile(r"\b(?:inclusion|exclusion|eligib|entry|enrol|treat|surg|transplant|respon|remission|hospital)")


def by_standard(words: str) -> bool:
    """Whether the words before a name only say by which criteria it was found: the name is what is asked for."""
    return _ASKED.match(words) is not None and _ADMITS.search(words) is None
