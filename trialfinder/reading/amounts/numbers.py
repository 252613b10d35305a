"""Finds numbers with their units in cleaned lower-case text: ``18``, ``7,5 %``, ``100,000/mm3``, ``six (6) months``.

Also in words ("thirty-five", "two and a half"), as fractions ("1 1/2 years") and in the Indian way ("1,00,000").
"""

from __future__ import annotations

import functools

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.base.number_words import ONES, TEENS, TENS
from trialfinder.phrases.screens import Screen
from trialfinder.reading.amounts.units import load_units

_WORDS = {
    "zero": 0.0, "half an": 0.5, "half": 0.5, "half a": 0.5, "a half": 0.5, "one half": 0.5,
    "twice": 2.0, "double": 2.0, "thrice": 3.0, "triple": 3.0,
    **{word: float(n) for n, word in enumerate((*ONES, *TEENS), 1)},
    **{word: 10.0 * n for n, word in enumerate(TENS, 2)},
}  # fmt: skip
_WORD = "|".join(f"{w}(?=[ -]years?)" if w == "half" else w for w in sorted(_WORDS, key=len, reverse=True))
_TIME = r"(?=\s(?:full\s|whole\s|calendar\s)?(?:year|month|week|day)\b)"
_NUMBER = re.compile(
    r"(?=[\d.-]|\b[adefhnostz])(?:"
    r"(?<![\w.^/])(?P<whole>\d{1,2}[ -])?(?P<over>[1-3])/(?P<under>[2-4])(?![\d/])"
    r"(?(whole)|(?=\s(?:an?\s|the\s|of\sa\s)?(?:year|month|week)s?\b))"
    r"|(?<![\w.^])(?<!\d,)-?(?P<n>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?(?!\d)|"
    r"\d{1,3}(?: \d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,4})?|\.\d{1,4})"
    r"(?![\d^])(?:-?(?:st|nd|rd|th)\b(?P<nth>))?"
    rf"|\b(?P<w>(?:{'|'.join(TENS)})[ -](?:{'|'.join(ONES)})|{_WORD})(?:\b|(?=fold\b))"
    r"(?P<times>\shundred\b)?(?P<half>\sand\s(?:a|one)(?:\s|-)half\b)?(?: ?\( ?(?P<again>\d{1,3}) ?\))?"
    rf"|\b(?P<one>an?){_TIME}(?=\s(?:\w+\s)?(?:or|and)\s(?:more|longer|less|over)\b)"
    rf"|(?:(?<=least\s)|(?<=than\s)|(?<=over\s)|(?<=about\s)|(?<=under\s)|(?<=exceeding\s)|(?<=minimum\sof\s))"
    rf"(?P<a>an?){_TIME})"
)
NUMBERS = Screen(
    rf"\w*\d\w*|{'|'.join(word for said in _WORDS for word in said.split() if len(word) > 2)}|uln?|upper|"
    r"\w+fold|year|month|week|day"
)
"""What a quantity needs: digits, a number in words, a limit of normal, or a time of which there is one."""
_OR_MORE = re.compile(r" ?(?:\+|(?:or|and) (?:more|less|fewer|greater|longer|above|over|higher)) ")
"""Between a number and its unit: "3 or more months"."""
_FRESH = re.compile(r" ?(?:\(\d{1,3}\) ?)?")
_WHICH = re.compile(
    r" ?(?:last|past|previous|preceding|prior|next|coming|following|calendar|consecutive|more|further|additional) "
    r"(?=(?:year|month|week|day|hour))"
)
"""Between a number and its time: "the 3 preceding months", "30 calendar days"."""
_LIMIT = re.compile(
    r"(?:\bthe\s)?(?:\b(?:institutional|laboratory|local|respective|age-adjusted)\s)*\b(?:ul ?n\b|upper\s(?:normal\s)?"
    r"(?:limits?|ranges?|bound|level|value)(?:\sof\s(?:the\s)?(?:normal|reference)(?:\s(?:range|values?|limits?))?)?\b|"
    r"normal\supper\slimits?\b)"
)
"""The upper limit of normal without a number: one times it."""
_LIMIT_TIMES = re.compile(
    r"(?:\s?\(\s?u\.?l\.?n\.?\s?\))?\s?(?:x|\*|times)\s?(?P<plain>\d{1,2}(?:[.,]\d{1,2})?)(?![\w.,]*\d|\s?[x/^])"
    r"|(?:\s?\(\s?u\.?l\.?n\.?\s?\))?\sby\s(?:(?:a factor of|more than|at least|over|greater than|>)\s?)*"
    r"(?P<n>\d{1,2}(?:[.,]\d{1,2})?)(?:\s?-?\s?(?:fold|times|x)\b)"
)
"""Behind the upper limit of normal how many times it is meant: "ULN x 2.5", "above it by more than 3 times"."""
_LARGE = re.compile(r" ?(?:(?:lakh|lac)s?|(?P<million>millions?))\b(?! ?(?:i\.?u|units?))")


class Quantity(Struct, frozen=True, gc=False):
    """A number and its unit. ``unit`` is a unit id of ``data/units.toml``, '' when none is written."""

    start: int
    end: int
    number_end: int
    value: float
    unit: str


def _digits(words: str) -> float:
    """'100,000' -> 100000; '1,00,000' -> 100000; '18,5' -> 18.5; '1 500' -> 1500; '7.5' -> 7.5."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}", words) and not words.startswith("0"):
        return float(words.replace(",", ""))
    return float(words.replace(" ", "").replace(",", "."))


def _word(match: re.Match[str]) -> float:
    """ "thirty-five" -> 35; "one hundred" -> 100; "two and a half" -> 2.5."""
    words = match["w"]
    value = _WORDS.get(words)
    if value is None:
        tens, _, ones = words.replace("-", " ").partition(" ")
        value = _WORDS[tens] + _WORDS[ones]
    if match["times"]:
        value *= 100
    return value + (0.5 if match["half"] else 0)


def _value(match: re.Match[str]) -> float:
    if match["w"]:
        return _word(match)
    if match["over"]:
        return float(match["whole"] or 0) + int(match["over"]) / int(match["under"])
    return 1.0 if match["a"] or match["one"] else _digits(match["n"])


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    return load_units().pattern


def quantities(lower: str) -> list[Quantity]:
    """Every number in ``lower`` that stands by itself (not the 12 of "b12"), from left to right."""
    found: list[Quantity] = []
    unit_at = _unit_pattern().match
    told = 0
    for match in _NUMBER.finditer(lower):
        if match["nth"] is not None or match.start() < told:
            continue
        start, end = match.span()
        if lower[start] == "-":
            start += 1
        value = _value(match)
        large = _LARGE.match(lower, end)
        if large is not None:
            value, end = value * (1_000_000 if large["million"] else 100_000), large.end()
        fresh = _WHICH.match(lower, end) or _FRESH.match(lower, end)
        at = fresh.end() if fresh else end
        more = _OR_MORE.match(lower, at)
        unit = unit_at(lower, more.end() if more else at)
        if unit is not None and unit.end() > at:
            told = max(unit.end(), _told_again(lower, unit.end(), unit.lastgroup or ""))
            found.append(Quantity(start, told, end, value, unit.lastgroup or ""))
        else:
            found.append(Quantity(start, end, end, value, ""))
    found = _years_with_months(lower, found) if "year" in lower and "month" in lower else found
    return _with_limits(lower, found) if "upper" in lower or "uln" in lower or "ul n" in lower else found


_MONTHS_BESIDE = re.compile(r",?\s(?:and\s|&\s)?")


def _years_with_months(lower: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with "16 years, 6 months" as one."""
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        whole = last is not None and last.unit == "year" and q.unit == "month" and q.value < _YEAR
        if whole and last is not None and _MONTHS_BESIDE.fullmatch(lower, last.end, q.start):
            out[-1] = Quantity(last.start, q.end, last.number_end, last.value + q.value / _YEAR, "year")
        else:
            out.append(q)
    return out


_YEAR = 12


_AMOUNT = r"\d[\d.,]*"
_AGAIN = re.compile(
    rf"\s?[(\[]\s?(?P<number>(?:i\.?e\.?,?\s|or\s|approx\w*\.?\s|about\s|~\s?|[<>]\s?=?\s?|=\s?[<>]?\s?)?"
    rf"{_AMOUNT}(?:\s?(?:-|to)\s?{_AMOUNT})?\s?)?"
)
_SAME_UNIT = re.compile(r"\s?(?:[(\[][^()\[\]]{1,20}[)\]])?\s?[)\]]")
_OTHER_UNITS = frozenset(
    {"mg_dl", "g_dl", "g_l", "mg_l", "mmol_mol", "mmol_l", "umol_l", "e9_l", "e3_ul", "e6_l", "per_ul", "percent"}
)


def _told_again(lower: str, end: int, unit: str) -> int:
    """Where a bracket ends that says an amount once more in another unit, or only the unit; 0 where none does.

    "10 % (86 mmol/mol)", "27 kilograms per square metre (kg/m2)".
    """
    opened = _AGAIN.match(lower, end)
    other = _unit_pattern().match(lower, opened.end()) if opened is not None else None
    if opened is None or other is None or other.end() == opened.end():
        return 0
    if opened["number"] and (other.lastgroup == unit or not {other.lastgroup, unit} <= _OTHER_UNITS):
        return 0
    closed = _SAME_UNIT.match(lower, other.end())
    return closed.end() if closed is not None else 0


def _with_limits(lower: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with "the upper limit of normal" that no number stands before, as one times it."""
    for match in _LIMIT.finditer(lower):
        start, end = match.span()
        if any(q.start <= start < q.end for q in found):
            continue
        times = _LIMIT_TIMES.match(lower, end)
        if times is None:
            found.append(Quantity(start, end, start, 1.0, "xuln"))
            continue
        found = [q for q in found if not end <= q.start < times.end()]
        found.append(Quantity(start, times.end(), start, _digits(times["plain"] or times["n"]), "xuln"))
    return sorted(found, key=lambda q: q.start)
