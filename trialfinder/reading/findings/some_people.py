"""Ages that only say of whom something else is asked: "a bone scan for women over 55 years", "consent if under 18"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording.age_then import then_and_not_now
from trialfinder.reading.wording.sentence_words import MAY_JOIN

_SOME = re.compile(
    r"\b(?:in|for|among)\s(?:the\s|all\s|any\s|those\s|other\s|female\s|male\s){0,2}(?:people|persons?|patients?|adults?|"
    r"subjects?"
    r"|wom[ae]n|m[ae]n|participants?|individuals?|those|children|males?|females?)?\s?"
    r"(?:who are\s|with an?\s|aged?\s|of\s)?\Z"
    r"|\b(?:required|needed|necessary|mandatory|obtained|asked|requested) of\s(?:all\s|any\s)?(?:patients?|subjects?|"
    r"participants?|people|persons?|children)\s(?:who are\s|aged?\s|between\s)?\Z"
    r"|(?<!patients )(?<!subjects )(?<!adults )(?<!participants )(?<!women )(?<!men )(?<!volunteers )"
    r"\((?:in\s|for\s)?(?:wom[ae]n|m[ae]n|patients?|people|persons?|subjects?|females?|males?)\s(?:aged\s)?\Z"
)
_IF = re.compile(
    r"\b(?:if|when|unless)\s(?:(?:the|a|they|he|she|patients?|subjects?|participants?|are|is|aged?)\s){0,4}\Z"
)
_TAKEN_IN = re.compile(r"\b(?:eligib|includ|enrol|accept|consider|admit)")
_SHORT_START = 40
_DIGIT = re.compile(r"\d")
_OWN_AGE = re.compile(r"age\b(?! of onset)")
"""Behind "in the" the age of the person: "in the age group of 18-80 years"."""
_WILL = re.compile(
    r"(?:(?!\bwho\b|\bthat\b)[^.;]){0,80}?\bwill\s(?:also\s)?(?:undergo|have|receive|be screened|be tested|get)\b"
    r"|(?:\sold|\sof age)?\s(?:who|with|without)\b[^.;:]{0,90}?\bare eligible "
    r"(?:for(?!\s(?:the|this|our)\s(?:study|trial|research)\b|\s(?:enrol\w+|inclusion|participation)\b)|if|provided|only)\b"
    r"|\s?--?\s(?:no|not|less|more|at|greater|up)\b"
)
_MINORS = re.compile(
    r"\s(?:of age\s|old\s)?(?:needs?|requires?|(?:must|should|will|need to) (?:also )?have|have)\s(?:the |"
    r"a |an |their )?"
    r"(?:\w+ ){0,2}(?:consent|permission|parents?|guardians?|assent)\b"
)
_MUST_HAVE = re.compile(
    r"\s(?:and|or)\s(?:under|over|older|younger|above|below)\s(?:must|should|need to|will need to)\shave\b"
)
"""Behind an age: "patients 35 years and under must have a donor" says of whom a donor is asked."""
_MUST_ALSO = re.compile(r"[^.;:]{0,400}?\b(?:must|should)\salso\s(?:have|be|meet)\b")
"""Behind an age: what those of this age must have besides."""
_OF_ANOTHER = re.compile(r"\d[^\s(),;:]{0,12}(?:\s[a-z/%^0-9]{1,12})?\s?\((?:if\s|for\s|in\s)?\Z")
_CLOSED = re.compile(r"(?:\s(?:of age|old|years?))*\s?\)")
"""Around an age that alone stands in brackets behind another number: "at least 750 (under 12 months of age)"."""
_MUST_BE = re.compile(
    r"(?:\s(?:of age|old|and older|or older))?\s(?:must|should|need to)\s(?:also\s)?have\s(?:an?\s)?[<>]"
)
"""Behind an age: the number that people of that age must have."""
_SOMEBODY = re.compile(
    r"[\W\d]*(?:(?:has|have|an?|the|their|his|her|study|family|primary|adult|reliable|available|willing)\s)*"
    r"(?:care-?\s?givers?|carers?|partners?|spouses?|informants?|companions?|guardians?)\b(?:\s[\w-]+){0,3}[\s,(]{0,3}"
)
"""In front of an age: it is that of somebody else whom the person needs."""
_WITH = re.compile(r"\s(?:of age\s|old\s)?with\s")


def _own_age(lower: str, first: int, place: int) -> bool:
    """Whether an age near the start of a criterion is the person's: "males or females in the age group of 18-80"."""
    return (
        place - first <= _SHORT_START
        and _OWN_AGE.match(lower, place) is not None
        and not _DIGIT.search(lower, first, place)
    )


def _may_join_too(scope: Scope, end: int) -> bool:
    """Whether an age behind another one, in a sentence or bracket of its own, says who can join as well."""
    first, last = scope.clause(max(0, end - 1))
    opened = scope.lower.rfind("(", first, end)
    if opened >= 0 and scope.lower.find(")", opened, end) < 0:
        first, last = opened, scope.lower.find(")", end) if ")" in scope.lower[end:] else last
    found = MAY_JOIN.search(scope.lower, end, last)
    return (
        found is not None
        and "(" not in scope.lower[end : found.start()]
        and _DIGIT.search(scope.lower, 0, first) is not None
    )


def of_some_people(scope: Scope, finding: Finding) -> bool:
    """Whether an age only says of whom something else is asked: "a bone scan for women over 55 years"."""
    if finding.pattern.id != "age" or finding.bounded is None:
        return False
    start, _ = scope.clause(finding.start)
    before = scope.lower[start : finding.start]
    own = finding.bounded.bound
    ahead = scope.lower[start : own.start]
    if _IF.search(before) and not _TAKEN_IN.search(before):
        return True
    if then_and_not_now(scope.lower, own.end):
        return True
    if _SOMEBODY.fullmatch(before):
        return True
    if _OF_ANOTHER.search(ahead) and _CLOSED.match(scope.lower, own.end):
        return True
    if scope.section == "inclusion" and _may_join_too(scope, own.end):
        return True
    if _MUST_BE.match(scope.lower, own.end) or _MUST_ALSO.match(scope.lower, own.end):
        return True
    if len(before.strip()) > 12 and _SOME.search(before) and not _own_age(scope.lower, start, finding.start):
        return True
    end = finding.bounded.bound.end
    if _MINORS.match(scope.lower, finding.end) or _MUST_HAVE.search(scope.lower, finding.start, end + _SHORT_START):
        return True
    behind = _WITH.match(scope.lower, finding.end) if scope.section == "exclusion" else None
    return behind is not None or _WILL.match(scope.lower, finding.end) is not None
