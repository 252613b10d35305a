"""A measured thing with its limit in the catalogue's unit."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.vocabulary.index import Hit


class Bounded(Struct, frozen=True):
    """A variable with its converted bound. ``value`` overrides the rule's value when not ''."""

    hit: Hit
    bound: Bound
    low: float | None
    high: float | None
    unit: str
    value: str = ""
    sex: Literal["", "female", "male"] = ""
    """The sex that this limit alone is for: "under 11 for women"."""
    each_sex: bool = False
    """The other sex has a limit of its own."""


_HIGH_IS_BAD = frozenset({"creatinine", "liver_enzyme", "bilirubin", "urea", "inr", "clotting_seconds", "hba1c"})


def is_wished(found: Bounded) -> bool:
    """Whether a limit leaves the good side open: at least so many platelets, at most so much creatinine."""
    if load_units().analytes[found.hit.rule.bound].low_is_bad:
        return found.high is None
    return found.low is None and found.hit.rule.bound in _HIGH_IS_BAD
