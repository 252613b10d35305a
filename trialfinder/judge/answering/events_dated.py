"""When an event was: told as a fact in months, or in the name that the person gave it."""

from __future__ import annotations

import datetime as dt

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.values import PartialDate
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question
from trialfinder.person.spans import Span, months_since

_RECENT = 6.0
"""Months after an event during which a person plainly "has" it, where the words neither say when nor "history of"."""


def ago(asked: Question, span: Span) -> Answer:
    """Whether an event that lies a known time back is what the leaf means. On the edge of a window: unknown."""
    window, direction = asked.window, asked.leaf.direction
    if asked.planned or direction == "lasting":
        return UNKNOWN
    if window is None:
        recent = span.below(_RECENT, inclusive=True) is YES
        return YES if asked.leaf.sense == "history" or recent else UNKNOWN
    within = sooner(span, window)
    return ~within if direction == "at_least_ago" else within


def sooner(span: Span, window: float) -> Answer:
    """Whether a time ago is shorter than a window; unknown on its edge, as words seldom say which day counts."""
    shorter, longer = span.below(window, inclusive=False), span.above(window, inclusive=False)
    if shorter is YES:
        return YES
    return NO if longer is YES else UNKNOWN


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?,? )?(?P<year>(?:19|20)\d\d)(?:-(?P<number>0[1-9]|1[0-2]))?\b"
)
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_AGO = re.compile(rf"\b(?P<count>\d{{1,2}}|an?|{'|'.join(_COUNTS)}) (?P<unit>week|month|year)s? ago\b")
_IN_MONTHS = {"week": 7 / 30.4375, "month": 1.0, "year": 12.0}


def told_ago(name: str, today: dt.date) -> Span | None:
    """How many months ago an illness was by the name that a person gave it: "DVT in May 2026", "stroke 4 months ago".

    None where it says no time, or one to come.
    """
    text = name.lower()
    if found := _AGO.search(text):
        count = found["count"]
        number = int(count) if count.isdigit() else _COUNTS.index(count) + 1 if count in _COUNTS else 1
        length = _IN_MONTHS[found["unit"]]
        return Span((number - 0.5) * length, (number + 0.5) * length)
    day = _DAY.search(text)
    if day is None or int(day["year"]) > today.year:
        return None
    month = _MONTHS.index(day["month"]) + 1 if day["month"] else int(day["number"]) if day["number"] else None
    return months_since(PartialDate(int(day["year"]), month), today)
