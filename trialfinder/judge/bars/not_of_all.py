"""What a sentence asks of some people only, or what they need not have yet, by words that the tree does not hold.

"Diabetics must have an HbA1c below 8 %", "willing to have an HIV test", "a candidate for chemotherapy", "patients
enrolled on arm B", and what stands below "concomitant diseases allowed:".
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.words_around import PEOPLE, begins
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS, type_of


def not_of_all(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a wanted thing is asked of some people only, or need not be there yet.

    Args:
        place: where the thing stands.
        criterion: the criterion.
        text: the registry's own.
    """
    leaf = place.leaf
    if leaf.bounds is None and leaf.concept != "sex" and _of_those_only(place, criterion, text):
        return True
    if _ENROLLED.search(text, criterion.start, leaf.end) or under_allowed(criterion, text):
        return True
    if type_of(leaf.concept) == "ability":
        return False
    start = begins(criterion, text, leaf.start, _BOUNDARY)
    return _FUTURE.search(text, start, leaf.start) is not None or _tested(leaf, start, text)


_BOUNDARY = re.compile(r"[.;]\s|\n")


_WILLING = re.compile(r"\b(?:willing(?:ness)?|agree(?:s|ment)?|consent(?:s|ing)?|accepts?)\b[^.;]*\Z", re.IGNORECASE)
_TEST = re.compile(r"[\s-](?:antibody\s)?(?:tests?|testing|screening|serolog\w+|counsell?ing)\b", re.IGNORECASE)


def _tested(leaf: Leaf, start: int, text: str) -> bool:
    """Whether only a test of the thing is agreed to: "willing to receive the results of an HIV test"."""
    return _TEST.match(text, leaf.end) is not None and _WILLING.search(text[start : leaf.start]) is not None


_FUTURE = re.compile(
    r"\b(?:candidates?|eligible|suitable|suited|fit|scheduled|planned|planning|indicated|considered|referred|waiting"
    r"|assigned)\s(?:for|to)\s(?:(?:an?|the|undergo|receive|have|start|begin|get|first|standard|high-dose|intensive"
    r"|adjuvant|neoadjuvant|curative|systemic|subsequent|elective|or|and|[\w]+-based)\s){0,4}\Z",
    re.IGNORECASE,
)
"""In front of what is to be done yet: "a candidate for chemotherapy"."""


_THEM = re.compile(
    r"\b(?:diabetics|smokers|hypertensives|asthmatics|epileptics|alcoholics|arthritics|haemophiliacs|hemophiliacs|users"
    r"|survivors|carriers|recipients|amputees)\Z",
    re.IGNORECASE,
)
_PATIENTS_MUST = re.compile(
    rf"(?:[\s-](?:positive|infected|seropositive|co-?infected))?\s{PEOPLE}\s"
    r"(?:must|should|shall|need|have to|are required|may|can|will)\b",
    re.IGNORECASE,
)
"""Behind an infection: what those who have it must do."""
_MUST = re.compile(r"\s(?:must|should|shall|need|have to|are required|may|can|will)\b", re.IGNORECASE)


def _of_those_only(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a sentence says what people of one kind must do: "Diabetics must have an HbA1c below 8 %"."""
    leaf = place.leaf
    if _THEM.search(text, leaf.start, leaf.end) and _MUST.match(text, leaf.end, criterion.end):
        return True
    return leaf.concept in SINGLE_INFECTIONS and _PATIENTS_MUST.match(text, leaf.end, criterion.end) is not None


_ENROLLED = re.compile(
    r"\b(?:enrolled|enrolling|entered|entering|randomi[sz]ed|assigned|treated|included)\s(?:on|in|to|into|onto)\s"
    r"(?:the\s)?(?:arm|cohort|group|part|phase|stratum|stage)s?\s(?:\d|[a-z]\b|i+\b)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?P<head>[^\n]{3,120}?)\s*:\s*$", re.MULTILINE)
_ALLOWS = re.compile(
    r"(?<!not )(?<!no )\b(?:allowed|permitted|acceptable|accepted|tolerated|can be included"
    r"|may be (?:included|enrolled|present|continued))\W*\Z",
    re.IGNORECASE,
)


def under_allowed(criterion: Criterion, text: str) -> bool:
    """Whether the nearest heading above says that what stands below is allowed: "Concomitant diseases allowed:".

    What is allowed is asked of nobody.
    """
    heads = list(_HEAD.finditer(text, 0, criterion.start))
    last = heads[-1] if heads else None
    if last is None or "\n\n" in text[last.end() : criterion.start].lstrip("\n"):
        return False
    return _ALLOWS.search(last["head"]) is not None
