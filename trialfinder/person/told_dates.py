"""Dates as people tell them: ``May 2023``, ``17.5.2023``, ``three years ago``.

What can mean two days raises ``ValueError``, and no message repeats what was typed.
"""

from __future__ import annotations

import datetime as dt

from trialfinder.base import lazy_re as re
from trialfinder.base.text import folded
from trialfinder.base.values import PartialDate
from trialfinder.person.plain_words import ABOUT, months

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENDED = re.compile(
    r"^(?:(?:it|i|that) )?(?:was |were )?(?:all )?(?:finished|ended|stopped|completed|done|over)(?: it)?\s+(?=\S)"
)
"""What people say before the date of an end."""
_UNIT = re.compile(r"(?:\b|(?<=\d))(?:y|yrs?|years?|m|mo|mos|mths?|months?|w|wks?|weeks?|d|days?)\b")


def date(text: str) -> PartialDate:
    """A date as people write it: ``2023``, ``2023-05``, ``May 2023``, ``17 May 2023``, ``5/2023``, ``17.5.2023``.

    Raises:
        ValueError: another form, or one that means two days (``05/06/2023``).
    """
    words = _ENDED.sub("", folded(text).strip())
    words = re.sub(r"^(?:in|since|from|about|around|early|late|mid)\s+", "", words)
    if found := re.fullmatch(r"(\d{1,2})[./](\d{4})", words):
        return _day(found[2], found[1])
    if found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", words):
        return _day(found[3], found[2], found[1])
    names = "|".join(_MONTH_NAMES)
    if found := re.fullmatch(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+)?({names})[a-z]*\.?,?\s+(\d{{4}})", words):
        return _day(found[3], _MONTH_NAMES.index(found[2]) + 1, found[1])
    if found := re.fullmatch(rf"({names})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", words):
        return _day(found[3], _MONTH_NAMES.index(found[1]) + 1, found[2])
    return PartialDate.parse(words)


def date_ago(text: str, today: dt.date) -> PartialDate | None:
    """The year or month of "3 years ago", "six months ago", "last year"; None for other words.

    As exact as it was told: years give a year, months and less a month. "Last spring" says neither.
    """
    words = re.sub(r"^in\s+(?=last\b|this\b)|\.$", "", folded(text).strip())
    if found := re.fullmatch(r"(?P<which>last|this) (?P<unit>year|month)", words):
        back = {"last": 1, "this": 0}[found["which"]] * (12 if found["unit"] == "year" else 1)
        return _months_before(today, back, year=found["unit"] == "year")
    if not re.search(r"\S (?:ago|back)$", words) or not _UNIT.search(words):
        return None
    try:
        told = months(ABOUT.sub("", re.sub(r"\s(?:ago|back)$", "", words), count=1))
    except ValueError:
        return None
    by_year = re.search(r"\by(?:ea)?rs?\b|\dy\b", words) is not None and told >= 12 and told % 12 == 0
    return _months_before(today, round(told), year=by_year)


def _months_before(today: dt.date, back: int, *, year: bool) -> PartialDate | None:
    month = today.year * 12 + today.month - 1 - back
    if month < 12:
        return None
    return PartialDate.parse(f"{month // 12:04d}" if year else f"{month // 12:04d}-{month % 12 + 1:02d}")


def _day(year: str, month: str | int, day: str | None = None) -> PartialDate:
    return PartialDate.parse(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
