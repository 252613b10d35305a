"""One parser for all numeric bounds: operators before and after, ranges, "between", multiples, ``a/b`` pairs.

Input is cleaned lower-case text and its quantities; output says which side of what number is meant. What the number
measures is decided elsewhere.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound, one_sided
from trialfinder.reading.amounts.left_ranges import out_of_ten, outside
from trialfinder.reading.amounts.limit_of_age import limit_of_age
from trialfinder.reading.amounts.numbers import Quantity, quantities
from trialfinder.reading.wording.ends_told import behind_ends
from trialfinder.reading.wording.operators import AFTER_HIGH, AFTER_LOW, OF_THING, REVERSED, operator_before

_NUMBERED_AGE = re.compile(r"\d\.(?P<age>\d{2})(?!\d)")
"""The number of an item glued to an age: "2.18 to 65 years"."""
_RAISED = re.compile(r"higher|greater|above|over|elevat|increas")
_RISES_TO = re.compile(r"\s(?:increases?|elevations?|rises?)\s(?:of|in)\b(?![^.;,]{0,60}\bbaseline)")
"""Behind "3-fold": so many times the normal, and not a change from an earlier value."""
_DASH = re.compile(
    r"\s?(?:-{1,2}(?:to-)?|to|~|through|thru|until|till|up to and including|up to|and up to|->)"
    r"\s?(?:the\s)?(?:age\s(?:of\s)?)?\Z"
)
_OPEN_END = re.compile(
    r"[\s,(]{0,2}(?:(?:up )?to|until|till)?[\s,(]{0,2}(?:but )?(?:not (?:including|inclusive of)|excluding|"
    r"exclusive of)\s\Z"
)
"""Before the end of a range that is not in it: "18 years up to but not including 70"."""

_AND = re.compile(r"\s?(?:and|&|or|,|en|y|und)\s?(?:the\s)?(?:age\s(?:of\s)?)?\Z")
_BETWEEN = re.compile(
    r"\b(?:between|from|within|range(?:s|d|ing)?(?:\s(?:of|from|is))?|among)(?:\s(?:the|ages?|an?|of|from|years|age\srang"
    r"e|and|is|:)){0,4}\s?[(:]?\Z"
)
_BUT = re.compile(r"\s?,?\s?(?:and|but|&|yet)\s?\Z")
_WHO = r"(?:wom[ae]n|m[ae]n|females?|males?|girls?|boys?|systolic(?:ally)?|diastolic(?:ally)?|sbp|dbp)\b"
_FOR_WHOM = rf"(?:(?:in|for|if|among)\s)?(?:blood\spressure\s)?{_WHO}(?:\s(?:patients|subjects|blood\spressure))?"
_SHARED = re.compile(
    rf"[\s(,]{{0,3}}(?P<first>{_FOR_WHOM})?[\s),]{{0,3}}(?:and/or|and|or|/|,|;)[\s(]{{0,2}}(?P<second>{_FOR_WHOM})?"
    r"[\s:(]{0,2}\Z"
)
_PEOPLE = (
    r"(?:those|people|persons|patients|subjects|participants|individuals|adults|children|smokers|non-?smokers|"
    r"volunteers|controls|athletes)\b"
)
OF_ONE_GROUP = re.compile(
    rf"\s?,?\s(?:in|for|if|among)\s(?:(?:the|all)\s)?(?:[a-z-]+\s)?{_PEOPLE}(?:\s[\w-]+){{0,4}}?[\s,]{{1,2}}(?:and|or)\s"
)
_OF_NEXT_GROUP = re.compile(rf"\s(?:in|for|if|among)\s(?:(?:the|all)\s)?(?:[a-z-]+\s)?{_PEOPLE}")
"""Around a second limit: "27 or more for walking patients and 22 for patients in a wheelchair"."""
_FOR_WHOM_BEHIND = re.compile(rf"[\s(]{{0,2}}{_FOR_WHOM}")
_EITHER = re.compile(rf"\s?,?\s?(?:or|and|and/or|but not|nor)\s(?:{_FOR_WHOM}\s)?|\s?[,;]\s{_FOR_WHOM}\s")
_PRESSURES = ((70, 260), (40, 160))
"""Lowest and highest systolic and diastolic pressure that a criterion can mean by "BP 185/100"."""
_SIZES = frozenset({"mm_scale", "cm_scale", "other"})
_OF_SCALE = re.compile(r"\s?(?:points?\s)?(?:out\s)?of\s(?:a\s(?:possible|maximum)\s(?:of\s)?)?")
_ENDS_A_NAME = re.compile(r"(?<=[a-z]-)\d+\s(?:(?:total|sum)\s)?(?:scores?\s)?of\s\d")
"""A number that a name ends in, which is none of its points: "PHQ-9 of 10 or more"."""
_OF_A_NAME = re.compile(
    r"\s?-?\s?(?:hours?|hrs?|h|minutes?|min)\s(?:post[\s-]?(?:prandial|load|meal|challenge)?\s?)?(?:plasma\s|blood\s|serum\s|oral\s|urine\s|urinary\s)*"
    r"(?:glucose|ogtt|gtt|pg|insulin|values?|levels?|walk\w*|urine|protein\w*|holter|ecg|monitoring|recall|collection)\b"
)
"""Behind a number that belongs to a name: "two-hour glucose", "6-minute walk"."""
_JOIN = re.compile(r"(?:[\s,(]|and|but|to|-|&|years?|old|of age|is|also|are|bmi|age|or|through|thru|until|till){0,8}\Z")


_OF_ANOTHER = frozenset({"", "percent", "point"})
_FROM = re.compile(
    r"\s(?:points?\s)?(?:below|above|under|over|(?:lower|higher|less|greater|more)\sthan)\s(?:the\s)?(?:\w+\s){0,3}?"
    r"(?:normal|baseline|(?:lower|upper)\slimit|predicted|mean)\b"
)
"""Behind a number: "10% below institutional normal"."""


def _single(lower: str, q: Quantity, floor: int) -> Bound | None:
    """The bound that one number states alone; none where it only says how far from normal something is."""
    if q.unit in _OF_ANOTHER and _FROM.match(lower, q.end):
        return None
    before = operator_before(lower, floor, q.start)
    if before is not None:
        place, side, inclusive = before
        return one_sided(q, place, q.end, side, inclusive=inclusive)
    thing = OF_THING.match(lower, q.end)
    end = thing.end() if thing is not None else q.end
    after = AFTER_LOW.match(lower, end) or AFTER_LOW.match(lower, q.number_end)
    if after is not None:
        judged = next((word for word in ("worse", "better") if after.group().endswith(word)), "")
        inclusive = not after.group().endswith(("exceeded", "surpassed"))
        return replace(one_sided(q, q.start, max(q.end, after.end()), "low", inclusive=inclusive), judged=judged)
    after = AFTER_HIGH.match(lower, end) or AFTER_HIGH.match(lower, q.number_end)
    if after is not None:
        return one_sided(q, q.start, max(q.end, after.end()), "high", inclusive=True)
    if (
        q.unit == "xuln"
        and q.number_end > q.start
        and (lower[q.start].isalpha() or _RAISED.search(lower[q.number_end : q.end]) or _RISES_TO.match(lower, q.end))
    ):
        return one_sided(q, q.start, q.end, "low", inclusive=True)
    limit = limit_of_age(lower, q)
    if limit is not None:
        return limit
    back = REVERSED.match(lower, q.end)
    if back is not None:
        side = "low" if "<" in back["op"] else "high"
        return one_sided(q, q.start, back.end(), side, inclusive="=" in back["op"], back=True)
    return None


def _range(lower: str, q: Quantity, following: Quantity, floor: int) -> Bound | None:
    """The range that two neighbouring numbers state, or None."""
    gap = lower[q.end : following.start]
    open_end = _OPEN_END.fullmatch(gap) is not None
    if (len(gap) > 24 and not open_end) or following.value <= _lower_end(lower, q, following):
        return None
    if q.unit and following.unit and q.unit != following.unit and {q.unit, following.unit} & {"percent", "kg_m2"}:
        return None
    between = _BETWEEN.search(lower[max(floor, q.start - 40) : q.start])
    before = operator_before(lower, floor, q.start)
    if before is not None and before[1] == "high":
        return None
    top = operator_before(lower, q.end, following.start) if not (open_end or _DASH.fullmatch(gap)) else None
    if top is not None and (top[1] == "low" or before is not None):
        return None
    if top is not None:
        gap = lower[q.end : top[0]]
    gap = re.sub(r"^[\s-]*(?:years?|yrs?|old|of age|y/?o|inclusive)\b", "", gap)
    joined = (
        open_end
        or _DASH.fullmatch(gap)
        or (between and _AND.fullmatch(gap))
        or (q.unit == "" and following.unit == "year" and gap in {" and ", " an "})
        or (top is not None and _BUT.fullmatch(gap) and q.unit in {"", following.unit} and following.unit not in _SIZES)
    )
    if not joined:
        return None
    start = between.start() + max(floor, q.start - 40) if between else q.start
    low = _lower_end(lower, q, following)
    return Bound(
        start if before is None else min(start, before[0]),
        behind_ends(lower, following.end, low, following.value),
        q.start,
        low,
        before[2] if before is not None else True,
        following.value,
        not open_end and (top is None or top[2]),
        following.unit or q.unit,
        operated=bool(before or between or top),
    )


_TIME = {"year": 12.0, "month": 1.0, "week": 0.23, "day": 1 / 30, "hour": 1 / 720}


def _lower_end(lower: str, q: Quantity, following: Quantity) -> float:
    """The first number in the unit of the second: "6 months to 10 years" -> 0.5; "2.18 to 65 years" (item 2) -> 18."""
    if q.unit in _TIME and following.unit in _TIME and q.unit != following.unit:
        return q.value * _TIME[q.unit] / _TIME[following.unit]
    numbered = _NUMBERED_AGE.fullmatch(lower, q.start, q.number_end) if following.unit == "year" else None
    if numbered is not None and 10 <= float(numbered["age"]) < following.value:
        return float(numbered["age"])
    return q.value


def _in_unit(bound: Bound, unit: str) -> Bound:
    """A lower limit of time in another unit of time."""
    return replace(bound, low=(bound.low or 0) * _TIME[bound.unit] / _TIME[unit], unit=unit)


def _merge(lower: str, first: Bound, second: Bound) -> Bound | None:
    """'≥ 18 and ≤ 75' as one bound with two sides."""
    if first.second is not None or second.second is not None or (second.start < first.end and not first.reversed):
        return None
    low, high = (first, second) if first.low is not None else (second, first)
    if low.low is None or high.high is None or low.high is not None or high.low is not None:
        return None
    if first.unit != second.unit and first.unit in _TIME and second.unit in _TIME:
        low, unit = _in_unit(low, high.unit), high.unit  # "at least 6 weeks but shorter than 3 years"
        first, second = (replace(each, unit=unit) for each in (first, second))
    gap = lower[first.end : second.start] if second.start > first.end else ""
    joined = _JOIN.fullmatch(gap) and " or" not in gap if not first.reversed else len(gap) <= 40 and ";" not in gap
    if not joined or (low.low or 0) >= high.high or (first.unit and second.unit and first.unit != second.unit):
        return None
    return replace(
        low,
        start=first.start,
        end=max(first.end, second.end),
        number_start=first.number_start,
        high=high.high,
        high_inclusive=high.high_inclusive,
        unit=second.unit or first.unit,
        reversed=False,
    )


def _on_scale(q: Quantity, following: Quantity) -> bool:
    """Whether "4 of 10" is four points on a scale that ends at ten."""
    return following.unit in {"", "point"} and q.unit in {"", "point"} and following.value >= max(4.0, q.value)


def _pair(lower: str, q: Quantity, following: Quantity, floor: int) -> Bound | None:
    """The bound of ``a/b``; a plain pair that can only be a blood pressure is one too, without an operator."""
    bound = _single(lower, replace_end(q, following), floor)
    if bound is None:
        pressure = following.unit in {"", "mmhg"} and all(
            low <= x.value <= high for x, (low, high) in zip((q, following), _PRESSURES, strict=True)
        )
        if not pressure or q.value <= following.value:
            return None
        bound = replace(one_sided(q, q.start, following.end, "low", inclusive=True), operated=False)
    return replace(bound, second=following.value, unit=following.unit, end=max(bound.end, following.end))


def _sharing(lower: str, first: Bound, q: Quantity) -> Bound | None:
    """A second number under the operator of the first: "under 11 for women or 12 for men", "> 160 systolic or 95"."""
    if (first.low is None) == (first.high is None) or first.second is not None or q.start < first.end:
        return None
    if not first.operated or (first.unit and q.unit and first.unit != q.unit):
        return None
    shared = _SHARED.fullmatch(lower, first.end, q.start)
    if shared is None or not (shared["first"] or shared["second"] or _FOR_WHOM_BEHIND.match(lower, q.end)):
        group = OF_ONE_GROUP.fullmatch(lower, first.end, q.start)
        if group is None or _OF_NEXT_GROUP.match(lower, q.end) is None:
            return None
    side, inclusive = ("low", first.low_inclusive) if first.low is not None else ("high", first.high_inclusive)
    return one_sided(q, q.start, q.end, side, inclusive=bool(inclusive))


def bounds(lower: str, found: list[Quantity]) -> list[Bound]:
    """All bounds stated by the quantities ``found`` in ``lower``, from left to right."""
    found = out_of_ten(lower, found)
    out: list[Bound] = []
    at, floor = 0, 0
    while at < len(found):
        q = found[at]
        if _ENDS_A_NAME.match(lower, q.start) or _OF_A_NAME.match(lower, q.number_end):
            at += 1
            continue
        following = found[at + 1] if at + 1 < len(found) else None
        bound: Bound | None = None
        used = 1
        if following is not None and lower[q.number_end : following.start].strip() == "/" and q.end <= following.start:
            bound = _pair(lower, q, following, floor)
            used = 2
        elif following is not None and _OF_SCALE.fullmatch(lower, q.number_end, following.start):
            bound = _single(lower, replace_end(q, following), floor) if _on_scale(q, following) else None
            bound = replace(bound, unit="point") if bound is not None else None
            used = 2 if bound is not None else 1
        elif following is not None:
            bound = _range(lower, q, following, floor)
            used = 1 if bound is None else max(2, sum(each.start < bound.end for each in found[at:]))
        if bound is None and used == 1:
            bound = _single(lower, q, floor) or (_sharing(lower, out[-1], q) if out else None)
        if bound is not None:
            merged = _merge(lower, out[-1], bound) if out else None
            if merged is not None:
                out[-1] = merged
            else:
                out += outside(lower, bound, floor, out[-1] if out else None)
        floor = max(q.end, found[at + used - 1].end)
        at += used
    return _with_shared_units(lower, out)


def _with_shared_units(lower: str, found: list[Bound]) -> list[Bound]:
    """ "Less than 6 or more than 60 months": a unit behind the second of two limits is that of both."""
    for at, (bound, following) in enumerate(pairwise(found)):
        if not bound.unit and following.unit and _EITHER.fullmatch(lower, bound.end, following.start):
            found[at] = replace(bound, unit=following.unit, lent=True)
    return found


def replace_end(q: Quantity, following: Quantity) -> Quantity:
    """``q`` made to reach over the ``/ b`` that follows it, so that operators after the pair are seen."""
    return Quantity(q.start, following.end, following.number_end, q.value, following.unit)


def read_numbers(lower: str, offset: int) -> tuple[list[Quantity], list[Bound]]:
    """The numbers of an item behind its list marker, which ends at ``offset``, and the bounds that they state."""
    words = lower[offset:]
    found = quantities(words)
    stated = bounds(words, found) if found else []
    if not offset:
        return found, stated
    return [replace(q, start=q.start + offset, end=q.end + offset, number_end=q.number_end + offset) for q in found], [
        replace(b, start=b.start + offset, end=b.end + offset, number_start=b.number_start + offset) for b in stated
    ]
