"""Things that are named only for the sake of another: in a compound, as an example, an item of a score, a definition.

"AIDS-related lymphoma" bars lymphoma, "failed two lines such as ciclosporin" asks nobody to take ciclosporin, "item 5
(motor deficit)" is a part of a score, and "intolerance, meaning neutrophils below 0.5" asks for no such neutrophils.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.findings.pregnancies import is_studied
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Pattern
from trialfinder.reading.vocabulary.scope import Scope

_REACH = 160
_ILL = frozenset({"illness", "event", "state"})
_TREATMENTS = frozenset({"drug", "therapy"})
_GIVEN = frozenset({"drug", "therapy", "procedure"})
_AGAINST = re.compile(
    r"\s?(?:drugs?|medicat\w+|medicines?|therap\w+|treatments?|agents?|antibiotics?|compounds?|preparations?|products?|"
    r"vaccin\w+|immunoglobulins?|regimens?|substances?|globulins?)\b"
)
"""Behind an illness with "anti" in front of it."""
_COMPOUND = re.compile(r"\s?-\s?(?:related|associated|defining|induced|linked|attributable|driven|caused)\b")
"""Behind a thing: what follows is barred, and the thing only says of which sort it is."""
_EARLIER = re.compile(
    r"\b(?:fail\w*|relaps\w*|refractory|recur\w*|progress\w*|came back|returned|resistan\w+|benefit|respon\w+|"
    r"at least|prior|previous\w*|earlier|more|two|three)\b[^.;]{0,60}?"
    r"\b(?:lines?|regimens?|therap(?:y|ies)|treatments?|agents?|medicines?|medications?|drugs?)\b[\s,(:]*"
    r"(?:such as|for example|for instance|e\.?\s?g\b\.?|including|like)[\s,:]*[^.;()]{0,120}\Z"
)
"""Before a treatment that is an example of what was tried before."""
_ITEM = re.compile(
    r"\b(?:items?|sections?|parts?|questions?|domains?|components?|sub-?(?:scores?|scales?|items?))\s?"
    r"(?:[\w/-]+[\s,]+){0,4}?\([^()]{0,60}\Z"
)
"""Before what a part of a score is about."""
_SCORE = re.compile(r"\b(?:scores?|scales?|points?|index|nihss|updrs|questionnaire)\b")
_SPARED_CAUSE = re.compile(
    r"\bnot (?:because of|due to|caused by|explained by|related to|secondary to|attributable to|resulting from)\b"
    r"[^.;:()]{0,50}?\b(?:causes?|reasons?|conditions?|factors?)\b[\s,(]*"
    r"(?:e\.?\s?g\b\.?|i\.?\s?e\b\.?|such as|like|for example)[\s,]*[^.;()]{0,60}\Z"
)
"""Before what would explain a thing away: "not due to a reversible cause (e.g., a drug)"."""
_LEFT_BY = re.compile(
    r"\bincluding\s(?:(?:that|those|any|residual|all)\s)(?:[\w-]+\s){0,2}"
    r"(?:left by|caused by|due to|attributed to|attributable to|resulting from|related to)\b(?:\be\.g\.|[^.;]){0,140}\Z"
)
"""Before what a symptom comes from, in a bracket or a clause that only says which symptoms are meant."""
_BAD_REACTION = (
    r"\b(?:intoleran(?:ce|t)|toxicit(?:y|ies)|hypersensitivity|side effects?|"
    r"(?:bad|adverse|severe|serious|previous|prior) reactions?|adverse (?:events?|effects?))\b"
)
_MEANS = (
    r"(?:(?:is |are |was )?defined (?:as|by|to be)|meaning|that is\b|i\.?\s?e\b|namely|in the form of|"
    r"manifested (?:as|by))"
)
_MEANT = re.compile(rf"{_BAD_REACTION}[^.;:()]{{0,60}}?(?:\(|[\s,(]{_MEANS})[^.;]{{0,100}}\Z")
"""Before the number that says what counts as a bad reaction to a drug."""
DEFINES_A_REACTION = re.compile(rf"{_BAD_REACTION}[^.;:]{{0,60}}?\b{_MEANS}[^.;:]{{0,30}}:?\s*\Z")
"""The same in a line above the numbers, in lower case."""
_NO_CHILD = re.compile(
    r"\b(?:pregnan\w*|conceiv\w+|father\w*|contracepti\w+|child|children|childbearing)\b[^.;]{0,80}?"
    r"\b(?:after|during|following|until|since)\b[^.;,]{0,50}\Z"
)
"""Before the treatment for so long after which nobody should conceive."""
_BEGUN = re.compile(
    r"\b(?:start\w*|beg[iau]n\w*|initiat\w+|randomi\w+|enrol\w*|given|recruited|included|admitted|joined)\b[^.;,]{0,40}?"
    r"\b(?:within|in|up to|at least|no (?:later|more) than|less than|not later than)\s[\w.-]+\s"
    r"(?:hours?|h|days?|weeks?)\s(?:after|of|from|following)\s(?:the\s|an?\s)?(?:\w+\s){0,2}\Z"
)
"""Before what a start is counted from: "able to start within 24 hours after thrombolysis"."""
_MEASURED = frozenset({"platelets", "white_cells", "hemoglobin", "hepatic", "renal", "bleeding_disorder"})


def fights(pattern: Pattern, lower: str, hit: Hit) -> bool:
    """Whether an illness only says what a drug is against: "anti-HIV drugs"."""
    anti = lower.startswith("anti", hit.start) or lower.endswith(("anti-", "anti ", "anti"), 0, hit.start)
    return anti and pattern.type in {"illness", "event"} and _AGAINST.match(lower, hit.end) is not None


def named_for_another(scope: Scope, finding: Finding) -> bool:
    """Whether a thing is named only for the sake of another, so that nothing is asked of it."""
    kind, lower, first = finding.pattern, scope.lower, finding.hit.start
    start = max(scope.clause(first)[0], first - _REACH)
    if finding.bounded is not None:
        return kind.id in _MEASURED and _MEANT.search(lower, start, finding.start) is not None
    if kind.id == "pregnancy" and scope.section == "inclusion":
        return is_studied(lower, start, finding)
    if lower.find("(", start, first) >= 0 and _ITEM.search(lower, start, first) and _SCORE.search(lower):
        return True
    if finding.effect == "require":
        asked = scope.section != "exclusion" and kind.type in _TREATMENTS and kind.id != "failed_conventional"
        return asked and (_EARLIER.search(lower, start, first) or _BEGUN.search(lower, start, first)) is not None
    return _bars_another(lower, start, finding)


def _bars_another(lower: str, start: int, finding: Finding) -> bool:
    """Whether something else is barred than the thing that is named."""
    kind, first = finding.pattern, finding.hit.start
    if kind.type in _ILL and _COMPOUND.match(lower, finding.hit.end):
        return True
    if kind.type in _GIVEN and _NO_CHILD.search(lower, start, first):
        return True
    if lower.find(" not ", start, first) >= 0 and _SPARED_CAUSE.search(lower, start, first):
        return True
    return lower.find("including ", start, first) >= 0 and _LEFT_BY.search(lower, start, first) is not None
