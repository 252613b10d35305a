"""Finds numbers with their units in cleaned lower-case text: ``18``, ``7,5 %``, ``100,000/mm3``, ``six (6) months``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from trialfinder.reading.units import load_units

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
    "twenty-one": 21, "twenty-four": 24, "thirty": 30, "forty": 40, "forty-eight": 48, "fifty": 50, "sixty": 60,
    "sixty-five": 65, "seventy": 70, "seventy-five": 75, "eighty": 80, "ninety": 90, "half a": 0.5,
    "twice": 2, "thrice": 3,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.^])(?<!\d,)-?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d{1,9}(?:[.,]\d{"
    r"1,4})?|\.\d{1,4})"
    r"(?![\d^])(?:-?(?:st|nd|rd|th)\b(?P<nth>))?"
    r"|\b(?P<w>" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b(?: ?\( ?(?P<again>\d{1,3}) ?\))?"
)
_FRESH = re.compile(r" ?(?:\(\d{1,3}\) ?)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit. ``unit`` is a unit id of ``data/units.toml``, '' when none is written."""

    start: int
    end: int
    number_end: int
    value: float
    unit: str


def _value(words: str) -> float:
    """'100,000' -> 100000; '18,5' -> 18.5; '1 500' -> 1500; '7.5' -> 7.5."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", words) and not words.startswith("0"):
        return float(words.replace(",", ""))
    return float(words.replace(" ", "").replace(",", "."))


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    return load_units().pattern


def quantities(lower: str) -> list[Quantity]:
    """Every number in ``lower`` that stands by itself (not the 12 of "b12"), from left to right."""
    found: list[Quantity] = []
    unit_at = _unit_pattern().match
    for match in _NUMBER.finditer(lower):
        if match["nth"] is not None:
            continue
        word = match["w"]
        start, end = match.span()
        if word is None and lower[start] == "-":
            start += 1
        value = float(_WORDS[word]) if word else _value(match["n"])
        fresh = _FRESH.match(lower, end)
        at = fresh.end() if fresh else end
        unit = unit_at(lower, at)
        if unit is not None and unit.end() > at:
            found.append(Quantity(start, unit.end(), end, value, unit.lastgroup or ""))
        else:
            found.append(Quantity(start, end, end, value, ""))
    return found
