"""Ranges that bar what is not in them ("outside 6-9 %"), and ranges of points out of ten ("between 4/10 and 8/10")."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.numbers import Quantity

_OUTSIDE = re.compile(
    r"\b(?:(?P<out>outside(?:\sof)?|out\sof|beyond)|(?:not|n't)\s(?:lie\s|fall\s|be\s)?(?:within|in|between|ranging))"
    r"(?:\s(?:(?:the|a|an|this|specified|required|allowed|permitted|acceptable|target|following|ranges?|limits?|interval|"
    r"values?|of|from|between)\b|:)){0,6}\s?[(:]?\s?\Z"
)
"""Before a range that bars what is not in it."""
_NEXT = re.compile(r"[^.;:<>=]{0,60}(?:,|\b(?:and|or)\b)[^.;:<>=]{0,40}")
"""Between a range that must not be left and the next one of a list."""
_TEN = re.compile(r"\s?/\s?")
_OUT_OF = frozenset({"", "point"})


def out_of_ten(lower: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with "4/10" as four points, where two such make a range: "between 4/10 and 8/10"."""
    if lower.count("/10") < 2:
        return found
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        if (
            last is not None
            and q.value == 10 >= last.value
            and {q.unit, last.unit} <= _OUT_OF
            and _TEN.fullmatch(lower, last.number_end, q.start)
            and not lower.startswith("/", q.number_end)
        ):
            out[-1] = Quantity(last.start, q.end, q.end, last.value, "point")
        else:
            out.append(q)
    return out


def outside(lower: str, bound: Bound, floor: int, last: Bound | None) -> tuple[Bound, ...]:
    """Both ways of leaving a range that words in front of it forbid to leave; the range itself otherwise.

    What is said of one range holds for the next one of a list: "outside 90-140 for systolic and 50-90 for diastolic".
    """
    if bound.low is None or bound.high is None or bound.second is not None:
        return (bound,)
    cut = max(floor, bound.number_start - 70)
    said = _OUTSIDE.search(lower[cut : bound.number_start])
    if said is None and not (last is not None and last.outside and _NEXT.fullmatch(lower, last.end, bound.start)):
        return (bound,)
    start = min(bound.start, cut + said.start()) if said is not None else bound.start
    below = replace(
        bound,
        start=start,
        low=None,
        low_inclusive=None,
        high=bound.low,
        high_inclusive=False,
        operated=True,
        outside=True,
    )
    above = replace(below, low=bound.high, low_inclusive=False, high=None, high_inclusive=None)
    above = replace(above, number_start=bound.number_start + 1)  # each has a place of its own
    return below, above
