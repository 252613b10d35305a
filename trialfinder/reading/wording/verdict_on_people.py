"""Sentences that say of people by what they cannot join: "Patients with A or B > 5 will be excluded"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_OF_PEOPLE = re.compile(
    r"[\W\d]*(?:(?:all|any)\s)?(?:patients?|subjects?|participants?|individuals?|people|persons?|volunteers?|those|"
    r"anyone|women|men|candidates?)\s(?:with|who|whose|having|in whom|on|taking|receiving)\b"
    r"(?![^.;]*\b(?:but|while|whereas|unless|except)\b)"
)
_VERDICT = re.compile(
    r"(?:will|must|should|shall|are|is)\s(?:also\s|to\s)?(?:not\s)?(?:be\s)?(?:excluded|included|enrolled)"
)
_ENDS = re.compile(r"(?:\s(?:from|in)\s(?:the|this|our)\s(?:study|trial|protocol|research))?\s?(?:[.;]|\Z)")


def shuts_out(lower: str, first: int, start: int, end: int) -> bool:
    """Whether the sentence that begins at ``first`` ends with a denial, there, of all people of whom it speaks."""
    verdict = _VERDICT.fullmatch(lower, start, end)
    return verdict is not None and _ENDS.match(lower, end) is not None and _OF_PEOPLE.match(lower, first) is not None
