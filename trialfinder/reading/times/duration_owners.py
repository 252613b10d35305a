"""Whose duration a word such as "duration" or "onset" tells: the condition's, or that of something else.

"Steroid therapy of over 6 weeks' duration" and, where it bars, "diarrhoea of more than 4 weeks' duration" say nothing
of how long a neuropathy has been there. The owner stands right behind the word ("duration of …") or in front of it.
"""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording.age_then import then_and_not_now

_DURATIONS = frozenset({"symptom_duration", "diabetes_duration"})
_BARE = re.compile(
    r"(?:duration|onset|course of\b.*|disease duration|disease course"
    r"|(?:since|from|after)\s(?:the\s)?(?:onset|diagnosis)(?:\sof)?)"
)
_DONE = (
    r"(?:therap|treat|medic|drug|dos(?:e|es|age|ing)\b|regimen|steroid|antibiotic|antiretroviral|antiviral|vaccin|infusion|"
    r"administration|ventilat|intubat|dialysis|prophyla|transplant|stay\b|admission|hospitali|surger|operation|procedure|an[a]?esthe|"
    r"participation|trial\b|study\b|follow-?\s?up|visit|contracepti|abstinen|remission|response|chemo|radio)"
)
_BEHIND = re.compile(
    rf"\s(?:of|in|for)\s(?:(?:the|a|an|any|their|his|her|its|this|each|such)\s)?(?:[\w-]+\s){{0,2}}?{_DONE}"
)
_ON_IT = re.compile(r"\son\s(?:an?|the|this|these|any|current|stable|one|two)\s")
"""Behind a time: what somebody has been on for so long."""
_IN_SPITE = re.compile(
    r"\b(?:despite|in spite of|notwithstanding)\s(?:(?:at least|an?|the|more than|over|[<>]=?)\s){0,2}\Z"
)
"""Before a time that a treatment took in vain."""
_BEFORE = re.compile(
    rf"\b{_DONE}\w*(?:\s\([^()]{{0,40}}\))?(?:\s(?!or\b|and\b|who\b|with\b)[\w%-]+){{0,3}}[\s(,]{{0,3}}\Z"
)
_CONDITION = re.compile(
    r"\b(?:pains?|painful|symptom\w*|complaints?|numb(?:ness)?|tingling|weakness|pals(?:y|ies)|paralysis|par[a]?esthesia|"
    r"neuralgia|neuropath\w*|polyneuropath\w*|radicul\w*|sciatica|diabet\w*|disease|illness|condition|injur\w*|nerve|"
    r"deficits?|headaches?|migraine|disability)\b"
)
_NOTHING = re.compile(
    r"(?:[\W\d]|\b(?:an?|the|of|is|with|has|have|patients?|participants?|subjects?|known|long|total)\b)*"
)


def of_something_else(scope: Scope, found: Bounded) -> bool:
    """Whether a time is how long something else has lasted than the condition of the study."""
    hit, lower = found.hit, scope.lower
    if hit.rule.pattern not in _DURATIONS:
        return False
    if found.bound.end <= hit.end and then_and_not_now(lower, found.bound.end):
        return True
    if hit.rule.pattern != "symptom_duration":
        return False
    if _IN_SPITE.search(lower, max(0, found.bound.start - 60), found.bound.number_start):
        return True
    if not _BARE.fullmatch(lower, hit.start, hit.end):
        return False
    first = min(hit.start, found.bound.start)
    before = lower[max(scope.clause(first)[0], first - 80) : first]
    behind = max(hit.end, found.bound.end)
    if (
        _BEHIND.match(lower, behind)
        or _ON_IT.match(lower, behind)
        or _BEHIND.match(lower, hit.end)
        or _BEFORE.search(before)
    ):
        return True
    if scope.section != "exclusion" or _NOTHING.fullmatch(before):
        return False
    around = before + lower[hit.end : hit.end + 40]
    return _CONDITION.search(around) is None


_LATER = re.compile(r"\b(?:later|earlier|sooner)\b")
_ANCHORED = re.compile(r"\s?\)?\s?(?:before|prior|preceding)\b")


def before_an_anchor(lower: str, time: Bound) -> Bound:
    """ "No later than 18 months before screening" is at least so long ago, "no earlier than …" at most."""
    if not _LATER.search(lower, time.start, time.number_start) or not _ANCHORED.match(lower, time.end):
        return time
    return replace(
        time, low=time.high, low_inclusive=time.high_inclusive, high=time.low, high_inclusive=time.low_inclusive
    )
