"""Clauses behind a thing, or in front of it, by which only some of those who have it are barred.

"Autoimmune disease, which in the investigator's opinion weakens bones"; "any other disease, requiring dialysis";
"immunosuppressants with unstable dose"; "mental illness and poor compliance"; "neuropathy or hearing loss > grade 1".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.asking import YES, Told
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import type_of

_SUFFERED = ("illness", "state", "event", "symptom")
_WORDS = r"[\w'’-]+(?:\s[\w'’-]+){0,4}"
_AND = r"(?:,\s(?:(?:or|and|and/or)\s)?|\s(?:or|and|and/or)\s|\s?/\s?)"
_MEMBERS = rf"(?:\s?\([^()\n]*\))?(?:{_AND}(?!any\b|other\b){_WORDS}(?:\s\([^()\n]*\))?){{0,4}}?"
_WHICH = re.compile(
    rf"{_MEMBERS},\s(?:which|that|who)\s"
    r"(?!(?:is|are|was|were)\s(?:also\s)?(?:excluded|ineligible|not eligible|an exclusion))",
    re.IGNORECASE,
)
"""Behind a comma: said of all that stands in front of it."""
_REQUIRING = re.compile(
    r"(?:\s(?:states?|process|processes|conditions?))?,\s(?:currently\s)?"
    r"(?:requiring|needing|necessitating|warranting|in need of)\s",
    re.IGNORECASE,
)
_UNSTABLE_DOSE = re.compile(
    r"[^.;:\n]*?\b(?:with|at|on|in|of)\s(?:an?\s)?(?:unstable|changing|varying|variable|fluctuating|non-?stable|altered"
    r"|increasing|changed)\s(?:daily\s)?(?:dos\w+|regimens?|schedules?)\b",
    re.IGNORECASE,
)
_AND_UNABLE = re.compile(
    r"\s(?:and|with|plus|combined with|together with)\s(?:an?\s|the\s)?"
    r"(?:(?:poor|bad|low|insufficient|inadequate|limited)"
    r"|(?:lack|absence)\sof|non-?|un(?:able|cooperative|willing)|inab\w+|cannot|can not|not able)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r",|\bor\b|/")
_SCALE = r"(?:(?:ctc\w*|nci|who|toxicity)[\s-])*"
_GRADE = re.compile(
    rf"(?:{_AND}{_WORDS}?){{1,3}}?,?\s(?:(?:of\s)?{_SCALE}"
    rf"(?:(?:greater|higher|more|worse)\s(?:than|or equal to)|>\s?=?|≥|above|at least|exceeding|of)\s?(?:to\s)?"
    rf"{_SCALE}grade\s?[1-4I]"
    rf"|(?:of\s)?{_SCALE}grade\s?(?:[1-4]|I{{1,3}}V?)\s?(?:or|and|\+|/|-))",
    re.IGNORECASE,
)
"""A grade behind the last of several complaints."""
_OF_A_GRADE = frozenset({"neuropathy_type", "other_neuropathy_cause", "cardiac", "pulmonary", "renal", "hepatic"})
_WITH = re.compile(
    r"\s(?:mellitus\s|disease\s)?(?:with|complicated by)\s(?:[\w-]+\s){1,4}(?:or|and|and/or)\s(?:[\w-]+\s){0,2}\Z"
)
"""Between an illness and the last of what must come with it."""
_COMES_AGAIN = re.compile(r"\brecurr\w+", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:detain|incarcerat|imprison|commit|institutionali[sz]|confin|intern)\w*\b[^.;:]{0,60}?"
    r"\b(?:for|because of|due to|owing to|on account of|by reason of)\s[^.;:,]*\Z",
    re.IGNORECASE,
)
"""Who is locked up because of something; who only has it is not."""
_BEGUN = re.compile(
    r"[\W\d]*(?:(?:patients?|subjects?|participants?|those|who|have|has|had|any|the|planned|plan|plans|to|need|of|for)\s)*"
    r"(?:start\w*|beginn?\w*|initiat\w*|increas\w*|rais\w*|chang\w*|adjust\w*|escalat\w*|modif\w*|intensif\w*|introduc\w*)\b"
    r"(?!\s(?:of|in)?\s?(?:the\s|this\s)?(?:study|trial|protocol|investigation\w*|screening))[^.;:\n]*\Z",
    re.IGNORECASE,
)
"""A drug that is new or whose dose went up: whoever takes it may have done so for long."""


def of_some_in_a_clause(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a clause about a whole list leaves it open whether who has or takes one of it is barred."""
    leaf = place.leaf
    if place.wanted:  # of an ulcer that comes and goes, "none now" tells nothing
        return leaf.concept == "foot_ulcer" and _COMES_AGAIN.search(text, leaf.start, leaf.end) is not None
    if leaf.bounds is not None:
        return False
    if type_of(leaf.concept) == "drug" or leaf.concept == "chemotherapy":
        start = _sentence(criterion, text, leaf.start)
        return bool(_UNSTABLE_DOSE.match(text, leaf.start, criterion.end) or _BEGUN.match(text[start : leaf.start]))
    if type_of(leaf.concept) not in _SUFFERED and leaf.concept != "named_illness":
        return False
    if _HELD.search(text, criterion.start, leaf.start) or _REQUIRING.match(text, leaf.end, criterion.end):
        return True
    if _WHICH.match(text, leaf.end, criterion.end):
        return True
    if leaf.concept in _OF_A_GRADE and not leaf.severity and _GRADE.match(text, leaf.end, criterion.end):
        return True
    alone = _LISTED.search(text, criterion.start, leaf.start) is None
    return alone and criterion.section == "exclusion" and bool(_AND_UNABLE.match(text, leaf.end, criterion.end))


def _sentence(criterion: Criterion, text: str, at: int) -> int:
    return max(criterion.start, *(text.rfind(mark, criterion.start, at) + 1 for mark in (". ", ";", ":", "\n")))


def comes_with_another(place: Place, every: Sequence[Place], hits: Mapping[Leaf, Told], text: str) -> bool:
    """Whether a thing bars only with the illness in front of it: "diabetes with serious eye disease or neuropathy"."""
    leaf = place.leaf
    if place.wanted or type_of(leaf.concept) not in _SUFFERED:
        return False
    return any(
        other.leaf.end <= leaf.start
        and other.wanted is place.wanted
        and type_of(other.leaf.concept) in _SUFFERED
        and hits[other.leaf].answer is not YES
        and _WITH.fullmatch(text, other.leaf.end, leaf.start) is not None
        for other in every
    )
