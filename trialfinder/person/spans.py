"""Numbers that are known only within limits: an age from a birth year, a time since a partial date."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from trialfinder.base.answer import Answer
from trialfinder.base.values import PartialDate
from trialfinder.person.profile import Profile

DAYS_PER_MONTH = 30.4375
_SAME = 5e-4
"""Two numbers that agree within half a part in a thousand are the same: units were converted and bounds rounded."""


def same(one: float, other: float) -> bool:
    """Whether two numbers differ by no more than the rounding of a converted unit."""
    return math.isclose(one, other, rel_tol=_SAME, abs_tol=1e-9)


@dataclass(frozen=True, slots=True)
class Span:
    """All that is known of a number: it lies between ``low`` and ``high``; equal ends are a known number.

    ``open_high`` says that ``high`` itself is not possible.
    """

    low: float
    high: float
    open_high: bool = False

    @classmethod
    def at(cls, value: float) -> Span:
        """A known number."""
        return cls(value, value)

    def above(self, bound: float, *, inclusive: bool) -> Answer:
        """Whether the number is above the bound, or on it when ``inclusive``."""
        if self.low > bound and not same(self.low, bound):
            return Answer.YES
        if same(self.low, bound) and inclusive:
            return Answer.YES
        if self.high < bound and not same(self.high, bound):
            return Answer.NO
        if same(self.high, bound) and (not inclusive or self.open_high):
            return Answer.NO
        return Answer.UNKNOWN

    def below(self, bound: float, *, inclusive: bool) -> Answer:
        """Whether the number is below the bound, or on it when ``inclusive``."""
        return ~self.above(bound, inclusive=not inclusive)

    def joined(self, other: Span) -> Span:
        """Where both hold; where they cannot both hold, everything between them (nothing is decided by a clash)."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low <= high:
            return Span(low, high, (self.open_high and high == self.high) or (other.open_high and high == other.high))
        return self.spread(other)

    def apart(self, other: Span) -> bool:
        """Whether they cannot both hold."""
        return max(self.low, other.low) > min(self.high, other.high)

    def spread(self, other: Span) -> Span:
        """Everything from the one to the other."""
        return Span(min(self.low, other.low), max(self.high, other.high))


def months_since(date: PartialDate, today: dt.date) -> Span:
    """How many months ago a date was that may name a year or a month only; not below 0.

    Counted by the calendar: from 28 February to 28 November are exactly nine months, and to the last day of a shorter
    month is a whole month, too. Under two months, where criteria count in days, the count of days in months of mean
    length lies in the span as well.
    """
    newest, oldest = _months(date.latest(), today), _months(date.earliest(), today)
    return Span(min(newest), max(oldest))


def _months(day: dt.date, today: dt.date) -> tuple[float, ...]:
    """The months from a day to today, by the calendar; under two months by days as well. (0.0,) for a later day."""
    if day >= today:
        return (0.0,)
    whole = (today.year - day.year) * 12 + today.month - day.month
    if _later(day, whole) > today:
        whole -= 1
    begun, ends = _later(day, whole), _later(day, whole + 1)
    exact = whole + (today - begun) / (ends - begun)
    return (exact, (today - day).days / DAYS_PER_MONTH) if whole < 2 else (exact,)


def _later(day: dt.date, months: int) -> dt.date:
    """The day so many months later, or the last one of that month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_from_birth_year(year: float, today: dt.date) -> Span:
    """The age in whole years: the birthday of this year may have passed or not."""
    return Span(max(0.0, today.year - year - 1), max(0.0, today.year - year))


_DATES = ("neuropathy.symptoms_since", "health.chemotherapy_ended")


def in_the_future(profile: Profile, today: dt.date | None) -> Iterator[str]:
    """Keys of dates in the past that lie wholly after today. A day's slack: it may be tomorrow where the person is."""
    if today is None:
        return
    for key in _DATES:
        date = profile.get(key)
        if isinstance(date, PartialDate) and date.earliest() > today + dt.timedelta(days=1):
            yield key
    year = profile.get("person.birth_year")
    if isinstance(year, float) and year > today.year:
        yield "person.birth_year"


def contradictions(profile: Profile, today: dt.date | None) -> Iterator[tuple[str, str]]:
    """Pairs of keys that say different things about the same number. A month and a half of rounding is allowed."""
    if today is None:
        return
    age, year = profile.get("person.age"), profile.get("person.birth_year")
    if isinstance(age, float) and isinstance(year, float):
        span = age_from_birth_year(year, today)
        if not span.low <= math.floor(age) <= span.high:
            yield "person.age", "person.birth_year"
    told, since = profile.get("neuropathy.duration_months"), profile.get("neuropathy.symptoms_since")
    if isinstance(told, float) and isinstance(since, PartialDate):
        span, slack = months_since(since, today), 1.5 + told * 0.1
        if not span.low - slack <= told <= span.high + slack:
            yield "neuropathy.duration_months", "neuropathy.symptoms_since"
