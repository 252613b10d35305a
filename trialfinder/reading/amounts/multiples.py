"""Multiples of the upper limit of normal that bar without an operator: "AST 3 x ULN", "ALT or AST 2 times normal"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.amounts.numbers import Quantity
from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.scope import Scope

_BESIDE = re.compile(
    r"(?:\s?\([a-z][a-z ,/-]{0,30}\))?(?:[\s:=,(]|\b(?:levels?|values?|results?|is|are|of|at|by|or|and/or|and)\b){0,6}"
)
"""Between the name of a value and its multiple."""
_LISTED = re.compile(r"(?:\s?\([a-z]{2,5}\))?[\s,(/]*(?:and/or|and|or|/)?[\s(/]*(?:the\s|serum\s)?")
"""Between two names that share a multiple."""


def multiples(scope: Scope, hits: Sequence[Hit], found: Iterable[Quantity], done: Sequence[Bounded]) -> list[Bounded]:
    """So many times the normal, right behind the name of a value where it bars: that much or more."""
    if scope.section != "exclusion":
        return []
    settled = {b.hit.start for b in done}
    used = {b.bound.number_start for b in done}
    out: list[Bounded] = []
    for q in found:
        if q.unit != "xuln" or q.start in used or q.number_end == q.start or q.value < 1:
            continue
        edge = q.start
        between = _BESIDE
        for hit in reversed(hits):
            if hit.end > edge or not between.fullmatch(scope.lower, hit.end, edge):
                continue
            limit = load_units().analytes[hit.rule.bound].convert(q.value, q.unit)
            if limit is None or hit.start in settled:
                break
            bound = Bound(q.start, q.end, q.start, q.value, True, None, None, q.unit, operated=False)
            out.append(Bounded(hit, bound, limit[0], None, limit[1]))
            edge, between = hit.start, _LISTED
    return out
