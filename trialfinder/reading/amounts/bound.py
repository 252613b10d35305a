"""What the words say about one number or range: which side of it is meant, whether it counts itself, its unit."""

from __future__ import annotations

from msgspec import Struct

from trialfinder.reading.amounts.numbers import Quantity


class Bound(Struct, frozen=True, gc=False):
    """What the words say about one number or range. ``second`` is the b of ``a/b`` (blood pressure), else None."""

    start: int
    end: int
    number_start: int
    low: float | None
    low_inclusive: bool | None
    high: float | None
    high_inclusive: bool | None
    unit: str
    operated: bool = True
    """False for a plain range such as "18-65"."""
    second: float | None = None
    reversed: bool = False
    judged: str = ""
    """The word "worse" or "better" where the limit is told by it: what measures decides which side is meant."""
    lent: bool = False
    """The unit is that of the next limit: "less than 6 or more than 60 months"."""
    outside: bool = False
    """One end of a range that must not be left: "outside 6-9 %" is below 6 and above 9."""


def one_sided(q: Quantity, start: int, end: int, side: str, *, inclusive: bool, back: bool = False) -> Bound:
    """The limit that a number states on one side: "low" for "at least N", else "high"."""
    if side == "low":
        return Bound(start, end, q.start, q.value, inclusive, None, None, q.unit, reversed=back)
    return Bound(start, end, q.start, None, None, q.value, inclusive, q.unit, reversed=back)
