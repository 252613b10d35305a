"""Compares numbers with bounds and times with windows."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.judge.case import Case, Hit
from trialfinder.person.spans import Span
from trialfinder.reading.readings import Reading

UNKNOWN, YES, NO = Answer.UNKNOWN, Answer.YES, Answer.NO


def inside(span: Span | None, reading: Reading) -> Answer:
    """Whether a number lies inside the bounds of a reading; UNKNOWN when it is not known or on both sides."""
    if span is None or (reading.low is None and reading.high is None):
        return UNKNOWN
    answer = YES
    if reading.low is not None:
        answer &= span.above(reading.low, inclusive=bool(reading.low_inclusive))
    if reading.high is not None:
        answer &= span.below(reading.high, inclusive=bool(reading.high_inclusive))
    return answer


def number(case: Case, key: str, units: tuple[str, ...] = ()) -> Hit:
    """Compares one number. Another unit than the table knows, or multiples of a laboratory's limit: unknown."""
    if units and case.reading.unit not in units:
        return Hit(UNKNOWN, None)
    return Hit(inside(case.facts.span(key), case.reading), case.facts.origin(key))


def ago(case: Case, key: str) -> Hit:
    """Whether something that ended or happened a known time ago lies within the window of the reading.

    "At least 3 months ago" means the time outside the window where it is asked for, and the time inside it where it
    bars. Exactly on the edge is unknown: the words seldom say whether the last day counts.
    """
    span, window = case.facts.span(key), case.window
    fact = case.facts.origin(key)
    if span is None or window is None:
        return Hit(UNKNOWN, fact)
    answer = sooner(span, window)
    asked_for = case.reading.effect == "require" and case.reading.direction == "at_least_ago"
    return Hit(~answer if asked_for else answer, fact)


def sooner(span: Span, window: float) -> Answer:
    """Whether a time ago is shorter than a window; unknown on its edge."""
    shorter, longer = span.below(window, inclusive=False), span.above(window, inclusive=False)
    if shorter is YES:
        return YES
    return NO if longer is YES else UNKNOWN
