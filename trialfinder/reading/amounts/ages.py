"""Ages that no word names: "18 to 65 years", "men and women, 20-70 years"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bind import bind
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.amounts.number_roles import THINGS
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Rule
from trialfinder.reading.vocabulary.scope import Scope

_AGE_START = re.compile(
    r"(?:[\W_]|\d{1,2}[.)]\s|the|all|any|both|male|males|female|females|men|women|man|woman|minors?|and|or|/|patients?|"
    r"subjects?|participants?|volunteers?|adults?|healthy|children|"
    r"must|be|is|are|who|have|has|had|having|already|individuals|people|persons?|of|either|sex|gender|any|between|aged?|boys|girls|ambulatory|"
    r"inpatients?|outpatients?|consenting|eligible|older|younger|over|at least|at the time|from|eligible|ages|"
    r"under|years|"
    r"minimum|hispanic|white|right-handed|community|dwelling|pre|post|menopausal|premenopausal|postmenopausal|"
    r"mature|english|speaking|ethnicity|race|range)*\Z"
)
_EITHER = re.compile(r"(?:\s(?:years?|yrs?|of age|old))?\s?,?\s(?:or|and|and/or)\s")
"""Between two ages of which the second has no word of its own: "< 18 or > 70 years"."""
_GROWN = 16
_BARE = (10, 100)
"""Lowest and highest number that can be an age where no unit is written."""
_NOT_AGE = re.compile(
    r"\s?\(?(?:of (?!age)\w+|prior|before|ago|after|following|since|from|previous|post|duration|history|or (?:more"
    r"|longer) (?:of|since|after|before|prior|history|duration)|with diabetes|in duration|for|\w+ history|"
    r"follow[\s-]?up|course|survival|life|to live|experience|education|disease|on\b|postmenopausal|without|"
    r"free\b|clear\b|clean\b|sober\b|abstin|in remission|diagnos|"
    r"(?:have |has |had |must |should )*(?:elapsed|passed|gone by|went by))"
)

_SAYS_AGE = re.compile(r"\b(?:older|younger|elder)\b|\b(?:years?|yrs?) (?:or|and) (?:over|above|under|below)\b")
_OLD_BEHIND = re.compile(r"[\s-]?(?:(?:years?|yrs?)[\s-]?)?(?:old\b|of age\b)")
_THINGS = re.compile(
    rf"\b(?:{THINGS}|child|son\b|daughter|bab|infant|partner|spouse|caregiver|carer|parent|mother|father|donor|relative|"
    r"mri\b|ct\b|diagnos|onset|history|duration|treatment|therapy)\w*[^.;,]{0,30}\Z"
)
"""What may be older than something besides the person, or has a duration."""


_OF_PEOPLE = re.compile(
    r"\b(?:patients?|subjects?|participants?|persons?|people|individuals?|volunteers?|men|women|adults?)\s(?:who )?"
    r"(?:are |is |be )?\Z"
)
"""Right in front of "older than 75 years prior to …": then the age is the person's, whatever follows."""


def _names_age(lower: str, bound: Bound) -> bool:
    """Whether the bound itself says that it is an age ("that are 14 or older", "younger than 19 years")."""
    young = _of_the_young(lower, bound)
    if bound.unit not in {"", "year"} and not young:
        return False
    if _NOT_AGE.match(lower, bound.end) and not _OF_PEOPLE.search(lower, 0, bound.start):
        return False
    if not (_SAYS_AGE.search(lower, bound.start, bound.end) or _OLD_BEHIND.match(lower, bound.end)):
        return False
    sizes = [x for x in (bound.low, bound.high) if x is not None]
    if not bound.unit and not all(_BARE[0] <= x <= _BARE[1] for x in sizes):
        return False
    return young or _THINGS.search(lower[max(0, bound.start - 60) : bound.start]) is None


_YOUNG = re.compile(
    r"(?:[\W\d_]|an?\b|the|all|any|both|is|are|be|who|must|male|female|healthy|term|full|premature|preterm|infants?|newborns?"
    r"|neonates?|bab(?:y|ies)|children|child|toddlers?|boys|girls|patients?|subjects?|participants?|between|birth|and|hours|of|age"
    r"|aged?)*\Z"
)
"""In front of an age in days, weeks or months: those whose age it is, and nothing that may be old itself."""


def _of_the_young(lower: str, bound: Bound) -> bool:
    """Whether a bound in a smaller unit than years is an age: "more than 3 days old", "infants < 6 months of age"."""
    if bound.unit not in {"month", "week", "day", "hour"}:
        return False
    return _YOUNG.match(lower[: bound.start]) is not None


def _with_something(lower: str, bound: Bound) -> bool:
    """Whether few years are how long something has been there: "more than 7 years with diabetes"."""
    return bound.high is None and (bound.low or 0) < _GROWN and lower.startswith(" with ", bound.end)


def bare_ages(rules: tuple[Rule, ...], scope: Scope, free: list[Bound]) -> list[Bounded]:
    """Years with no other word, at the start of an item or behind "men and women", are an age."""
    out: list[Bounded] = []
    rule = next((r for r in rules if r.bound == "age"), None)
    if rule is None:
        return out
    for bound in free:
        if _names_age(scope.lower, bound):
            out += bind(scope, [Hit(rule, bound.number_start, bound.end)], [bound])
            continue
        before = scope.lower[scope.clause(bound.start)[0] : bound.start]
        last = out[-1].bound if out else None
        if last is not None and bound.unit == last.unit and _EITHER.fullmatch(scope.lower, last.end, bound.start):
            out += bind(scope, [Hit(rule, bound.number_start, bound.end)], [bound])
            continue
        if bound.unit not in {"year", "month"} or (bound.unit == "month" and (bound.low is None or bound.high is None)):
            continue
        if (
            _with_something(scope.lower, bound)
            or len(before) > 70
            or not _AGE_START.match(before)
            or _NOT_AGE.match(scope.lower, bound.end)
        ):
            continue
        out += bind(scope, [Hit(rule, bound.number_start, bound.end)], [bound])
    return out
