"""Small frozen values of the registry that refuse nonsense: NCT IDs, partial dates, ages."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import shlex
from dataclasses import dataclass

from trialfinder.base import lazy_re as re
from trialfinder.errors import InputError

#: The saved search for all peripheral neuropathy x all cell products; asked when nothing else is said.
DEFAULT_SEARCH = "neuropathy-cells"
# The registry itself fills a short id up with zeros; here a missing digit would silently become another study.
_NCT_ID = re.compile(r"nct[ :-]?([0-9]{8})", re.IGNORECASE | re.ASCII)
_LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)*clinicaltrials\.gov/([^?#\s]*)\S*", re.IGNORECASE | re.ASCII)
_IN_LINK = re.compile(r"(?<![a-z0-9])nct[0-9]{8}(?![a-z0-9])", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.ASCII)
_AGE = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*(year|month|week|day|hour|minute)s?", re.IGNORECASE | re.ASCII)
_UNITS_PER_YEAR = {
    "year": 1,
    "month": 12,
    "week": 365.25 / 7,
    "day": 365.25,
    "hour": 365.25 * 24,
    "minute": 365.25 * 1440,
}


def nct_id(text: str) -> str:
    """The registry's spelling of an NCT ID: ``nct05507697`` and a link to its page give ``NCT05507697``.

    Raises:
        InputError: not an NCT ID, such as one with a digit missing.
    """
    if found := _found_id(text):
        return found
    shown = " ".join(text.split())[:60]
    raise InputError(f"{shown!r} is not an NCT ID, which is NCT and eight digits", suggestions=_meant_by(shown))


def is_nct_id(text: str) -> bool:
    """Whether the text can be read as one NCT ID."""
    return _found_id(text) is not None


def _found_id(text: str) -> str | None:
    text = text.strip().rstrip("/.,;")
    if link := _LINK.fullmatch(text):
        found = list(dict.fromkeys(_IN_LINK.findall(link[1]) or _IN_LINK.findall(text)))
        text = found[0] if len(found) == 1 else ""
    whole = _NCT_ID.fullmatch(text)
    return f"NCT{whole[1]}" if whole and int(whole[1]) else None


def _meant_by(shown: str) -> tuple[str, ...]:
    """A command that does what was probably meant."""
    if re.fullmatch(r"[0-9]{8}", shown, re.ASCII):
        return (f"trialfinder show NCT{shown}",)
    if found := re.fullmatch(r"nct[ :-]?([0-9]+)", shown, re.IGNORECASE | re.ASCII):
        wrong = "missing" if len(found[1]) < 8 else "too many"
        return (f"{wrong} digits: compare it with the place where you found it",)
    return (f"trialfinder search {shlex.quote(shown)}",) if any(c.isalpha() for c in shown) else ()


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as the registry knows it: a year, a month or a day. No missing part is ever filled in.

    Sorts by the earliest day that it can mean; a less exact date comes before the exact one on that day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads ``2024``, ``2024-05`` or ``2024-05-17``; a time after the day is dropped.

        Raises:
            ValueError: another form, or a day that no calendar has.
        """
        found = _DATE.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a date: {text[:40]!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None  # the pattern has it
        date = cls(year, month, day)
        date.earliest()
        return date

    def earliest(self) -> dt.date:
        """The first day that this date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        """The last day that this date can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def _key(self) -> tuple[dt.date, int]:
        return self.earliest(), (self.month is not None) + (self.day is not None)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._key() < other._key()


@dataclass(frozen=True, slots=True)
class Age:
    """An age limit as the registry writes it, such as ``6 Months``. No limit is None, never 0 or 999."""

    amount: float
    unit: str

    @classmethod
    def parse(cls, text: str) -> Age:
        """Reads ``18 Years``, ``6 Months``, ``1 Day``.

        Raises:
            ValueError: another form.
        """
        found = _AGE.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not an age: {text[:40]!r}")
        return cls(float(found[1]), found[2].lower())

    @property
    def years(self) -> float:
        """The age in years, rounded to four places (a month is a twelfth of a year)."""
        return round(self.amount / _UNITS_PER_YEAR[self.unit], 4)

    def __str__(self) -> str:
        amount = f"{self.amount:g}"
        return f"{amount} {self.unit.capitalize()}{'' if amount == '1' else 's'}"
