"""Decides what a number measures: binds each bound to the nearest word that can carry it, and converts its unit."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.bounds import OF_ONE_GROUP
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.amounts.number_roles import SCORES, bounds_nothing
from trialfinder.reading.amounts.sexes import sex_of
from trialfinder.reading.amounts.units import Analyte, load_units
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.vocabulary.slot_words import load_slot_words

_SCALE = "severity_score"
_LEFT_REACH = 90
_RIGHT_REACH = 45
_JOINED = 45
_BESIDE = 2
_COUNTS = re.compile(
    r"\s?-?(?!(?:and|or|to|but|at|on|in|with|if|for|as|by|points?|pts|years?|inclusive|from|during|who|when|"
    r"within|using|per|is|are|the|"
    r"despite|measured|before|after|prior|due|unless|while|than|will|of|x|uln|score|confirmed|up|units|both|"
    r"out|between|that|because|male|female|men|women|based|regardless|"
    r"under|despite|without|documented|therefore|calculated|over|capable|able|willing|healthy|patients?|adults?|"
    r"volunteers?|at|according|on|per|rated|cut-?off|median|mean|baseline|screening|wom[ae]n|females?|males?|"
    r"systolic|diastolic|"
    r"percent|or|above|below|inclusive|inclusively)\b)[a-z]{3,}"
)
_TIGHT_RIGHT = re.compile(r"[;:]|\.\s|\b(?:and|or|with|for|but|if)\b|,")
_WHOLE_SCALES = frozenset({10.0, 100.0})
_WHOLE = 10.0
_STARTS = frozenset({0.0, 1.0})
_OF_THE_SCALE = re.compile(r"[\s-](?:[\w-]+\s){0,3}scale\b")
"""Behind the range that a scale has: "on the 0-4 Lennox scale"."""
_OF = re.compile(r"^\s?(?:for|of|in|on)\s(?:the\s|both\s|either\s|serum\s)*")
_FOR = re.compile(r"\sfor\s(?:the\s)?")
_OWN_VALUE = re.compile(r"=\s?\d[\d.]*\s?[,;]")
"""Between a scale and a limit: the scale has its value already ("A = 0.5, B less than 9")."""
_BEHIND_LIMIT = re.compile(r"\s?\(?(?:(?:in|for|if|among)\s)?(?:the\s|adult\s)?")
"""Between a limit and the people whom it is for, whose age nobody tells: "above 30 in men and above 35 in women"."""
_AND_OR = re.compile(r"[\s,(/)]*(?:and/or|and|or|/)[\s(/]*(?:the\s|serum\s)?")
_TIED = re.compile(
    r"[\s)]{0,2}(?:points?\s)?(?:according\sto|as\sper|per|on|by|using|measured\s(?:by|on|with)|"
    r"rated\son)\s(?:the\s|an?\s|"
    r"(?:11|eleven|ten|10)-?\s?point\s)*"
)
_AMONG = re.compile(
    r"[\s,;()/]{0,3}(?:(?:or|and|and/or|in|for|if|among|is|are|to|the|with|at|wom[ae]n|m[ae]n|females?|males?|"
    r"girls?|boys?|patients|"
    r"subjects|participants|people|those|adults|systolic|diastolic|respectively|screening|baseline|"
    r"mmhg)\b[\s,;()/]{0,3}){0,8}"
)
"""Between two limits of one thing: for whom the first one was."""
_ANOTHER = re.compile(r"\A[^a-z]*\s(?!(?:and|but|or|to|in|if|for|is|at|no|not|the|with)\b)[a-z]{4,}\s\Z")
"""Between two limits: the second has a head of its own ("creatinine < 2 mg/dl calcium > 11 mg/dl")."""
_EITHER_LIMIT = re.compile(r"\s?,?\s?(?:or|and|/)\s")
"""Between two limits of one thing in two units: "<= 1000 U/L or < 4 x ULN"."""
_OTHERWISE = re.compile(r"\s?\(?(?:by|on|in|at|with|using)\s[^.;<>\d]{2,40}?,?\s(?:or|and)\s")
"""Between two limits of one thing: how it was measured the first time."""
_SAID_NORMAL = re.compile(r"\b(?:normal|lln|uln)\b")
"""Between two things of a list: the first has its own limit ("bilirubin normal, AST at most 2 x ULN")."""
_RIGHT_BEFORE = re.compile(
    r"(?:[\s:=,]|\b(?:level|levels|value|values|count|concentration|scores?|of|is|was|must be|should be|serum)\b){0,6}"
)
"""Between the name of a value and its limit."""
_BP_ORDER = ("systolic", "diastolic")


def _limits(analyte: Analyte, bound: Bound, *, second: bool = False) -> tuple[float | None, float | None, str] | None:
    """Both sides in the catalogue's unit; None when one cannot be right."""
    low, high = bound.low, bound.high
    if second:
        low, high = (bound.second if low is not None else None), (bound.second if high is not None else None)
    stated = tuple(side for side in (low, high) if side is not None)
    found = analyte.convert_all(stated, bound.unit)
    if found is None and bound.lent and analyte.id == "grade":
        found = analyte.convert_all(stated, "")  # "ECOG over 1 or less than 3 months to live"
    if found is None:
        return None
    sides = iter(found[0])
    return (next(sides) if low is not None else None), (next(sides) if high is not None else None), found[1]


def sided(hit: Hit, bound: Bound) -> Bound:
    """The limit on the side that "or worse" or "or better" means for what is measured."""
    if not bound.judged or bound.low is None or bound.high is not None:
        return bound
    low_is_bad = hit.rule.low_is_bad or load_units().analytes[hit.rule.bound].low_is_bad
    if (bound.judged == "better") == low_is_bad:
        return bound
    return replace(bound, low=None, low_inclusive=None, high=bound.low, high_inclusive=bound.low_inclusive)


def _accepts(lower: str, hit: Hit, bound: Bound, distance: int) -> bool:
    analyte = load_units().analytes[hit.rule.bound]
    if hit.rule.gap and distance > hit.rule.gap:
        return False
    if _limits(analyte, bound) is None:
        return False
    if analyte.id in {"pain", "scale"} and bound.low == 0 and bound.high in _WHOLE_SCALES:
        return False
    if analyte.id == "pain" and bound.low is not None and bound.high is not None and bound.low < _WHOLE < bound.high:
        return False  # "8-13 points" is on another scale than ten points or 100 mm
    if analyte.id in SCORES and not bound.operated and _OF_THE_SCALE.match(lower, bound.end) and bound.low in _STARTS:
        return False
    if bounds_nothing(lower, (hit.start, hit.end), bound, analyte.id):
        return False
    if bound.second is not None and not bound.operated and analyte.id != "blood_pressure":
        return False
    beside = distance <= 2 and analyte.id not in {"age_years", "pain"}
    return bool(bound.unit) or bound.reversed or beside or not _COUNTS.match(lower, bound.end)


def _has_another_head(lower: str, before: Bound, bound: Bound) -> bool:
    """Whether a limit behind another one is not that of the same thing."""
    gap = (before.end, bound.start)
    if before.unit and bound.unit and before.unit != bound.unit and not _EITHER_LIMIT.fullmatch(lower, *gap):
        return True
    far = gap[1] - gap[0] > 14 or _ANOTHER.search(lower[slice(*gap)])
    return bool(far) and not any(same.fullmatch(lower, *gap) for same in (_AMONG, _OTHERWISE, OF_ONE_GROUP))


def _of_an_unknown_value(lower: str, start: int, end: int) -> bool:
    """Whether a value that no row knows stands right in front of a number: "anaemia or low sodium (Na < 128)"."""
    names = load_slot_words().value.names.finditer(lower, start, end)
    return any(_RIGHT_BEFORE.fullmatch(lower, name.end(), end) for name in names)


def _is_of_another(lower: str, hit: Hit, bound: Bound, others: list[Bound]) -> bool:
    """Whether something else than a hit before a bound has it: the head of a limit in between, or an unknown value."""
    between = [o for o in others if hit.end <= o.start < bound.start and o is not bound]
    if between and _has_another_head(lower, between[-1], bound):
        return True
    told = [o for o in others if o is not bound]
    if hit.rule.bound == "age" and bound.unit and any(o.start < hit.start <= o.end + len(" of ") for o in told):
        return True  # "40 years of age and > 5 years": the unit of the first
    if hit.rule.bound == "months" and any(0 <= hit.start - o.end <= _BESIDE for o in told):
        return True  # "3 months duration and … for 3 weeks": it has its time already
    if hit.rule.bound in SCORES and _OWN_VALUE.search(lower, hit.end, bound.start):
        return True
    if hit.rule.bound == "age_years" and any(_BEHIND_LIMIT.fullmatch(lower, o.end, hit.start) for o in others):
        return True
    far = bound.start - hit.end > _BESIDE and bound.unit != "xuln"
    return far and _of_an_unknown_value(lower, hit.end, bound.start)


def _left(scope: Scope, hits: list[Hit], bound: Bound, others: list[Bound]) -> list[Hit]:
    """The variables before a bound that it belongs to: the nearest one and those listed with it."""
    clause_start, _ = scope.clause(bound.number_start)
    chosen: list[Hit] = []
    edge = bound.start
    for hit in reversed(hits):
        if hit.start >= bound.number_start:
            continue
        if hit.start < clause_start:
            break
        distance = max(0, edge - hit.end)
        if not chosen:
            if distance > _LEFT_REACH or not _accepts(scope.lower, hit, bound, distance) or hit.rule.side == "right":
                continue
            if _is_of_another(scope.lower, hit, bound, others):
                continue
        else:
            first = chosen[0]
            if (
                distance > _JOINED
                or _SAID_NORMAL.search(scope.lower, hit.end, first.start)
                or any(hit.end <= o.number_start < first.start for o in others)
                or hit.rule.pattern != first.rule.pattern
            ):
                break
            if not _accepts(scope.lower, hit, bound, 0) or hit.rule.gap:
                if any(other is not hit and other.start == hit.start for other in hits):
                    continue  # the same words for another unit
                break
        chosen.append(hit)
        edge = hit.start
    return chosen


def _right(scope: Scope, hits: list[Hit], bound: Bound) -> list[Hit]:
    _, clause_end = scope.clause(bound.start)
    for hit in hits:
        if (
            not bound.end - 14 <= hit.start < clause_end
            or hit.start < bound.number_start
            or hit.start - bound.end > _RIGHT_REACH
            or hit.rule.side == "left"
        ):
            continue
        between = scope.lower[bound.end : hit.start]
        if bound.unit:
            between = _OF.sub("", between)
        if not _TIGHT_RIGHT.search(between) and _accepts(scope.lower, hit, bound, max(0, hit.start - bound.end)):
            return [hit, *_listed_behind(scope, hits, hit, bound)]
    return []


def _listed_behind(scope: Scope, hits: list[Hit], first: Hit, bound: Bound) -> list[Hit]:
    """The other measured things of a list behind a number: "over 3 x ULN for ALT or AST"."""
    found: list[Hit] = []
    end = first.end
    for hit in hits:
        if hit.start < end or hit.rule.pattern != first.rule.pattern:
            continue
        if not _AND_OR.fullmatch(scope.lower, end, hit.start) or not _accepts(scope.lower, hit, bound, 0):
            break
        found.append(hit)
        end = hit.end
    return found


def _inside(scope: Scope, hits: list[Hit], bound: Bound) -> list[Hit]:
    return [
        h
        for h in hits
        if bound.start <= h.start
        and h.end <= bound.end + 12
        and h.start <= bound.end
        and _accepts(scope.lower, h, bound, 0)
    ][:1]


def _tied(scope: Scope, hits: list[Hit], bound: Bound) -> list[Hit]:
    """The scale that a number is tied to from behind: "at least 4 according to Rutherford"."""
    for hit in hits:
        if not bound.end <= hit.start <= bound.end + _RIGHT_REACH or hit.rule.bound not in SCORES:
            continue
        if _TIED.fullmatch(scope.lower, bound.end, hit.start) and _accepts(scope.lower, hit, bound, 0):
            return [hit]
    return []


def _named_behind(scope: Scope, hits: list[Hit], bound: Bound) -> list[Hit]:
    """What a limit is said to be for: "90 to 140 mmHg for systolic and 50 to 90 mmHg for diastolic pressure"."""
    said = _FOR.match(scope.lower, bound.end)
    if said is None or bound.reversed:
        return []
    found = (h for h in hits if h.start == said.end() and h.rule.side != "left" and h.rule.pattern != "age")
    return [h for h in found if _accepts(scope.lower, h, bound, 0)][:1]


def _distinct(hits: list[Hit]) -> Iterable[Hit]:
    """The hits with each name once; two names of one scale ("Karnofsky or Lansky score") are one, from the first on."""
    found: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        key = (hit.rule.pattern, hit.rule.value)
        other = found.setdefault(key, hit)
        if hit.start < other.start and hit.rule.pattern == _SCALE:
            found[key] = Hit(other.rule, hit.start, other.end)
    return found.values()


def bind(scope: Scope, hits: list[Hit], found: list[Bound]) -> list[Bounded]:
    """Each bound with each variable that it belongs to. ``hits`` are those whose rule needs a bound, in order."""
    out: list[Bounded] = []
    for bound in found:
        chosen = (
            _inside(scope, hits, bound)
            or _tied(scope, hits, bound)
            or _named_behind(scope, hits, bound)
            or _left(scope, hits, bound, found)
            or _right(scope, hits, bound)
        )
        for hit in _distinct(chosen):
            analyte, bound = load_units().analytes[hit.rule.bound], sided(hit, bound)
            limits = _limits(analyte, bound)
            if limits is None:
                continue
            if scope.section != "exclusion" and (bound.outside or (bound.second is not None and not bound.operated)):
                continue
            if hit.rule.bound == "blood_pressure" and bound.second is not None:
                for order, value in enumerate(_BP_ORDER):
                    pair = _limits(analyte, bound, second=bool(order))
                    if pair is not None:
                        out.append(Bounded(hit, bound, *pair, value))
                break
            out.append(Bounded(hit, bound, *limits, sex=sex_of(scope.lower, hit, bound)))
    return out
