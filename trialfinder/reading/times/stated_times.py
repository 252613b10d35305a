"""Every time that an item states and nothing else has taken: with an operator, without one, and "the last year"."""

from __future__ import annotations

from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.numbers import Quantity
from trialfinder.reading.amounts.units import MONTHS
from trialfinder.reading.times.duration_owners import before_an_anchor
from trialfinder.reading.times.lasting import WITHIN
from trialfinder.reading.wording.age_then import then_and_not_now

_BARE = re.compile(
    r"\b(?:with ?in|in|during)\s(?:the\s)?(?:last|past|previous|preceding)\s(?:calendar\s)?(?P<unit>year|month|week)\b"
)


def _plain(lower: str, q: Quantity) -> Bound:
    """The bound of a time without an operator: within it is at most, otherwise at least that long."""
    if WITHIN.search(lower[max(0, q.start - 40) : q.start]):
        return Bound(q.start, q.end, q.start, None, None, q.value, True, q.unit, operated=False)
    return Bound(q.start, q.end, q.start, q.value, True, None, None, q.unit, operated=False)


def times_of(lower: str, found: Iterable[Quantity], stated: Iterable[Bound], used: set[int]) -> list[Bound]:
    """Every time in an item that nothing else has taken, from left to right."""
    bounds = [b for b in stated if b.unit in MONTHS]
    spoken = [(b.start, b.end) for b in bounds]
    plain = [_plain(lower, q) for q in found if q.unit in MONTHS and not any(s <= q.start < e for s, e in spoken)]
    bounds += [
        Bound(m.start(), m.end(), m.start(), None, None, 1.0, True, m["unit"], operated=False)
        for m in _BARE.finditer(lower)
    ]
    free = (
        b
        for b in [*bounds, *plain]
        if b.number_start not in used
        and not lower.startswith((" of age", " of life"), b.end)
        and not then_and_not_now(lower, b.end)
    )
    return sorted((before_an_anchor(lower, b) for b in free), key=lambda b: b.start)
