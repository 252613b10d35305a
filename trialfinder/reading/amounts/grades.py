"""Numbers that bound without an operator: "ECOG 0, 1 or 2", "stage III-IV", "onset within 6 weeks"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bind import sided
from trialfinder.reading.amounts.bound import Bound, one_sided
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.amounts.number_roles import bounds_nothing
from trialfinder.reading.amounts.numbers import Quantity
from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.scope import Scope

_KINDS = frozenset({"grade"})
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_ONE = r"(?:\d(?:\.\d)?(?!\d)|iii|ii|iv|vi|v|i)(?![a-z%])"
_SAID_OF_IT = r"(?:\s?\([a-z][^()\d<>=]{0,60}\))?"
"""In a list of grades: what one of them means ("4 (rest pain) or 5 (tissue loss)")."""
_WORDS = (
    r"performance|status|ps|functional|class(?:es|ification)?|scores?|scale|grades?|stages?|categor(?:y|ies)|levels?|"
    r"of|is|are|must|be|has|with|at|the|a|in|or|equal|to|symptoms?|part|motor|clinical"
)
_LIST = re.compile(
    rf"(?:[\s:=,-]{{1,2}}|\([a-z][a-z /&-]{{0,40}}\)|\b(?:{_WORDS})\b|\(){{0,12}}(?P<op>>=|<=|>|<|at least|"
    rf"(?:more|greater|higher) than)?"
    rf"(?:\s?(?:{_WORDS})\b){{0,2}}\s?"
    rf"(?P<list>{_ONE}(?:{_SAID_OF_IT}\s?(?:,\s?or|,\s?and|,|or|and|to|-|/|and/or|through|&)\s?(?:grades?|stages?|class|"
    rf"category)?\s?{_ONE}){{0,5}})"
    r"(?P<more>\s?(?:and|or|/)\s?(?:more|higher|above|greater|worse|over)|\+)?(?P<less>\s?(?:and|or|/)\s?(?:less|"
    r"lower|below|better|under))?"
)
_BEHIND = re.compile(
    rf"(?P<op>>=|<=|>|<|at least\s|(?:more|greater|higher) than\s)?\s?"
    rf"(?P<list>{_ONE}(?:\s?(?:,\s?or|,\s?and|,|or|to|-|and|/)\s?{_ONE}){{0,5}})"
    r"(?P<more>\s?(?:and|or|/)\s?(?:more|higher|above|greater|worse|over)|\+)?(?P<less>\s?(?:and|or|/)\s?(?:less|lower|"
    r"below|better|under))?\s?(?:according to|in|on|by|per|as per|of)\s(?:the\s)?\Z"
)
"""A grade in front of the name of its scale: "stage >= III according to Fontaine"."""
_AHEAD = re.compile(r"(?P<op>=<|=>|>=|<=|>|<|at least|(?:more|greater|higher) than|less than)\s?(?:grade\s)?\Z")
"""An operator in front of the name of a scale: "<= CTCAE grade 1"."""
_EACH = re.compile(_ONE)


def _value(words: str) -> float:
    return float(_ROMAN[words]) if words in _ROMAN else float(words)


def _bound(hit: Hit, match: re.Match[str], low: float, high: float, before: str) -> Bound:
    """The two-sided bound of a list of grades, or the open one when words such as "or more" stand beside it."""
    start, end = match.start("list"), match.end()
    judged = next((word for word in ("worse", "better") if match.group().endswith(word)), "")
    if judged:
        high_end = (judged == "better") != hit.rule.low_is_bad
        single = one_sided(
            Quantity(start, end, end, high if high_end else low, "point"), start, end, "low", inclusive=True
        )
        return sided(hit, replace(single, judged=judged))
    operator = match["op"] or before
    if match["more"] or operator.startswith((">", "at", "more", "greater", "higher")):
        inclusive = bool(match["more"]) or operator in {">=", "at least"}
        return Bound(start, end, start, low, inclusive, None, None, "point")
    if match["less"] or operator:
        return Bound(start, end, start, None, None, high, operator != "<", "point")
    return Bound(start, end, start, low, True, high, True, "point", operated=False)


def grades(lower: str, hits: Iterable[Hit], done: Iterable[Bounded]) -> list[Bounded]:
    """Bounds of the scales that no operator or range has given one yet, from the grades listed right behind them."""
    settled = {id(b.hit) for b in done}
    taken = [(b.bound.start, b.bound.end) for b in done]
    found: list[Bounded] = []
    for hit in hits:
        if hit.rule.bound not in _KINDS or id(hit) in settled:
            continue
        match = _LIST.match(lower, hit.end) or _BEHIND.search(lower, max(0, hit.start - 40), hit.start)
        if match is None or any(s < match.end("list") and match.start("list") < e for s, e in taken):
            continue
        values = [_value(m.group()) for m in _EACH.finditer(match["list"])]
        low, high = min(values), max(values)
        start, end = match.span("list")
        ahead = _AHEAD.search(lower, max(0, hit.start - 20), hit.start)
        bound = _bound(hit, match, low, high, ahead["op"].replace("=<", "<=").replace("=>", ">=") if ahead else "")
        if bounds_nothing(lower, (hit.start, hit.end), bound, hit.rule.bound):
            continue
        taken.append((start, end))
        found.append(Bounded(hit, bound, bound.low, bound.high, "points"))
    return found


_EQUALS = re.compile(
    r"(?:\s?\([a-z-]{2,12}\))?[\s:(]{0,2}(?:(?:total|scores?|scale|index|is|are|must be|should be)\s){0,4}"
    r"(?:=|equal(?:s|ing)?\s(?:to\s)?|(?:of\s)?exactly\s)\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)(?![\d.,]\d|\d|\s?(?:[-–/%]|to\b|or\b|and\b|points?\s(?:or|and)\b|\+))"
)
"""Behind the name of a scale: the one value that is meant ("Coma Scale = 15")."""


def equal_values(lower: str, hits: Iterable[Hit], done: Iterable[Bounded]) -> list[Bounded]:
    """Scales of which one value alone is asked for or bars: "MMSE = 30"."""
    settled = {id(b.hit) for b in done}
    found: list[Bounded] = []
    for hit in hits:
        match = (
            _EQUALS.match(lower, hit.end) if hit.rule.bound in {"scale", "index"} and id(hit) not in settled else None
        )
        if match is not None:
            value = float(match["n"])
            bound = Bound(match.start(), match.end(), match.start("n"), value, True, value, True, "point")
            found.append(Bounded(hit, bound, value, value, "points"))
    return found


_BESIDE = re.compile(r"[\s:=]{0,2}(?:(?:of|is|at|pressure)\s)?")
_HIGHEST = {"systolic": (130, 260), "diastolic": (80, 160)}


def pressures(scope: Scope, hits: Iterable[Hit], found: list[Quantity], done: Iterable[Bounded]) -> list[Bounded]:
    """High blood pressures without an operator, where they bar: "systolic 170 or diastolic 100"."""
    used = {b.bound.number_start for b in done}
    out: list[Bounded] = []
    for hit in hits if scope.section == "exclusion" else ():
        limits = _HIGHEST.get(hit.rule.value) if hit.rule.bound == "blood_pressure" else None
        for q in found if limits is not None else ():
            start, end = (hit.end, q.start) if q.start >= hit.end else (q.end, hit.start)
            fits = limits is not None and limits[0] <= q.value <= limits[1] and q.unit in {"", "mmhg"}
            if fits and q.start not in used and _BESIDE.fullmatch(scope.lower, start, end):
                used.add(q.start)
                bound = Bound(q.start, q.end, q.start, q.value, True, None, None, q.unit, operated=False)
                out.append(Bounded(hit, bound, q.value, None, "mmHg"))
                break
    return out


_WHICH_PRESSURE = re.compile(r"[\s(\[]{0,3}(?P<s>systolic|sbp)?(?P<d>diastolic|dbp)?")
_PRESSURE_OF = re.compile(r"\b(?P<which>systolic|diastolic)\s(?:arterial\s|blood\s)*\Z")


def which_pressure(lower: str, found: Bounded) -> str:
    """ "systolic" or "diastolic" when the words right beside a blood pressure say which; ''."""
    if found.hit.rule.bound != "blood_pressure":
        return ""
    behind = _WHICH_PRESSURE.match(lower, found.bound.end)
    if behind is not None and (behind["s"] or behind["d"]):
        return "systolic" if behind["s"] else "diastolic"
    before = _PRESSURE_OF.search(lower, max(0, found.hit.start - 30), found.hit.start)
    return before["which"] if before is not None else ""


_WITHIN = re.compile(
    r"(?:with ?in|in|during|over(?=\s[a-z])|less than|not more than)(?:\s(?:the|a|period|of|last|past|previous|"
    r"preceding|"
    r"prior|recent)){0,4}\s\Z"
)
_TO = re.compile(r"[\s:(]{0,2}(?:to|of|is|as|about|around|at|for|within|in|before)?\s?\Z")
_REACH = 70


def spans_of_time(scope: Scope, hits: Iterable[Hit], found: list[Quantity], done: Iterable[Bounded]) -> list[Bounded]:
    """Upper bounds stated by "onset within 6 weeks" and "limits life expectancy to 2 years"."""
    settled = {id(b.hit) for b in done}
    used = {b.bound.number_start for b in done}
    out: list[Bounded] = []
    for hit in hits:
        bare = hit.rule.bound == "months_bare"
        if id(hit) in settled or not (bare or (hit.rule.within and scope.section != "exclusion")):
            continue
        _, clause_end = scope.clause(hit.start)
        for q in found:
            inside = bare and hit.start < q.start < hit.end  # "limits 1-year survival"
            if not (inside or hit.end <= q.start < min(clause_end, hit.end + _REACH)) or q.start in used:
                continue
            limit = load_units().analytes[hit.rule.bound].convert(q.value, q.unit)
            between = scope.lower[hit.end : q.start]
            if limit is None or not (inside or (_TO.fullmatch(between) if bare else _WITHIN.search(between))):
                continue
            out.append(_span_bound(hit, q, limit, least=bare and scope.section == "inclusion"))
            used.add(q.start)
            break
    return out


def _span_bound(hit: Hit, q: Quantity, limit: tuple[float, str], *, least: bool) -> Bounded:
    """A time without an operator: what is asked for is at least that long, what bars is at most that long."""
    if least:
        return Bounded(hit, Bound(hit.end, q.end, q.start, q.value, True, None, None, q.unit), limit[0], None, limit[1])
    return Bounded(hit, Bound(hit.end, q.end, q.start, None, None, q.value, True, q.unit), None, *limit)


GRADES = frozenset(["i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "e", "0", "1", "2", "3", "4", "5", "6"])
_HEADS = frozenset({"grade", "stage", "class", "category", "nyha", "level"})


def begins_grades(words: Sequence[str]) -> bool:
    """Whether the words of a first member are only a grade of what follows: "Grade 2 or higher neuropathy"."""
    said = set(words)
    return bool(said & _HEADS) and said <= _HEADS | GRADES


_SCALE = (
    r"(?:(?:nci|nci-ctc\w*|ctc|ctcae|cio|who|calgb|toxicity|common|terminology|criteria|v(?:ersion)?\.?\s?\d(?:\.\d)?)"
    r"[\s,]{1,2}){0,6}"
)
_OP = (
    r"(?:=\s?or\s?[<>]|[<>]\s?or\s?=|>\s?=?|<\s?=?|=\s?[<>]|"
    r"(?:no |not )?(?:more|greater|higher|worse|less|lower) than(?: or equal to)?|"
    r"at least|at most|up to|exceeding|above|below)"
)
_ORDINAL = r"(?:[0-5](?=[abc]?\b)|iii|ii|iv|i|v)(?![d-z\d%]|\.\d)"
_GRADED_WORDS = re.compile(
    rf"(?:(?P<before>{_OP})\s?)?(?:a\s)?{_SCALE}\bgrades?\s?(?:(?P<op>{_OP})\s?)?"
    rf"(?P<list>{_ORDINAL}[abc]?(?:\s?(?:-|to|,?\s?(?:or|and)|,|/)\s?(?:grade\s)?{_ORDINAL}[abc]?){{0,4}})"
    r"(?P<more>\s?(?:or|and|/)\s?(?:more|higher|above|greater|worse|over)\b|\+)?"
    r"(?P<less>\s?(?:or|and|/)\s?(?:less|lower|below|better|under)\b)?"
)
GRADE_WORD = "grade "
"""How a grade begins that was read: "grade 2-5" for "grade 2 or higher"."""
_HIGHEST_GRADE = 5


def graded_words(lower: str) -> list[tuple[int, int, str]]:
    """Where a grade of severity stands, and which grades it means: "greater than grade 1" -> "grade 2-5"."""
    if "grade" not in lower:
        return []
    found: list[tuple[int, int, str]] = []
    for match in _GRADED_WORDS.finditer(lower):
        values = [int(_value(m.group())) for m in _EACH_GRADE.finditer(match["list"])]
        low, high = min(values), max(values)
        operator = " ".join((match["op"] or match["before"] or "").split())
        turned = operator.startswith(("no ", "not "))
        inclusive = "=" in operator or "equal" in operator or turned or operator in ("at least", "at most", "up to")
        operator = operator.replace("= or ", "=").replace(" or =", "=")
        upwards = operator.startswith(
            (">", "=>", "= >", "more", "greater", "higher", "worse", "at least", "exceed", "above")
        )
        if match["more"] or (
            operator and (upwards or operator.startswith(("no less", "no lower", "not less", "not lower")))
        ):
            low, high = low + (not (inclusive or match["more"])), _HIGHEST_GRADE
        elif match["less"] or operator:
            low, high = 0, high - (not (inclusive or match["less"]))
        if low <= high:
            found.append((*match.span(), f"{GRADE_WORD}{low}-{high}"))
    return found


_EACH_GRADE = re.compile(_ORDINAL)
