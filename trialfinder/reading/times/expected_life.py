"""Lives that are not expected to be so long: "not expected to live 6 months" bars those who live less than that."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.vocabulary.index import Hit

_NOT_EXPECTED = re.compile(r"\b(?:not|unlikely|never)\s(?:be\s|likely\s|to\sbe\s)?\Z")


_LIMITED = re.compile(
    r"\b(?:limit|shorten|reduc|restrict)\w*\s(?:(?:the|their|a|an|expected|overall|patient'?s?)\s){0,3}\Z"
)


def is_limited(lower: str, hit: Hit) -> bool:
    """Whether something limits a life to so much: "no other illness limiting survival to less than a year"."""
    return _LIMITED.search(lower, max(0, hit.start - 40), hit.start) is not None


def expects_not(lower: str, hit: Hit) -> bool:
    """Whether so long a life is what is not expected: "not expected to survive …", "unlikely to live …"."""
    return (
        lower.startswith("unlikely", hit.start)
        or _NOT_EXPECTED.search(lower, max(0, hit.start - 20), hit.start) is not None
    )


def _turned(found: Bounded) -> Bounded:
    """ "not expected to survive more than a day" bars those who live at most a day, "… up to a day" those below it."""
    b = found.bound
    if b.low is None:
        return replace(found, bound=replace(b, high_inclusive=False))
    turned = replace(
        b,
        low=b.high,
        high=b.low,
        low_inclusive=None if b.high is None else not b.high_inclusive,
        high_inclusive=not b.low_inclusive,
    )
    return replace(found, bound=turned, low=found.high, high=found.low)


def as_barred(found: Bounded) -> Bounded:
    """How long those live who are barred because they are not expected to live so long.

    A time without an operator is read as the most that bars, so it has the right side already; only its end is open.
    """
    if found.hit.rule.bound == "months_bare" and found.high is not None:
        return replace(found, bound=replace(found.bound, high_inclusive=False))
    return _turned(found)
