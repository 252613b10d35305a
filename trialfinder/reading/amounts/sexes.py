"""Of which sex a limit is: "under 11 for women", "men aged 30 to 60 or women aged 35 to 55"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.vocabulary.index import Hit

Sex = Literal["", "female", "male"]
_PEOPLE = r"(?:(?P<f>wom[ae]n|females?|girls?)|(?P<m>m[ae]n|males?|boys?))\b"
_SEX_BEHIND = re.compile(
    rf"(?:\s?\(?|,?\s(?:in|for|if|among)\s)(?:adult\s)?{_PEOPLE}(?!\s?(?:or|and|/)\s?(?:wom|m[ae]n|fem|mal))"
)
_SEX_BEFORE = re.compile(rf"\b{_PEOPLE}(?:\spatients|\ssubjects)?[\s:,(-]{{0,3}}(?:with\s|is\s|are\s)?\Z")
_SEX_ITSELF = re.compile(_PEOPLE)
_NEXT = re.compile(r"\d[^.;\d]{0,12}\b(?:and|or)\s\Z")
"""Before a sex that has the second limit: "from 35 to 68 and men from 35 to 63"."""
_WHOSE = re.compile(
    rf"\b{_PEOPLE}(?:\s(?:patients|subjects|participants))?[\s,:(]{{1,2}}"
    r"(?:(?:who|that|are|is|must|be|of|at|least|over|under|above|below|older|younger|than|between|from|with|an?|"
    r"[<>]=?)[\s,(]{1,2}){0,5}\Z"
)
"""In front of the measured thing or its limit: whose it is."""
_NEW_MEMBER = re.compile(r"\d[^.;]{0,40}?\b(?:and|or|,|;)\s?\Z")
"""In front of a sex: a member with a limit of its own ended."""


def sex_of(lower: str, hit: Hit, bound: Bound) -> Sex:
    """The sex named between the measured thing and its limit, or right behind the limit."""
    match = _SEX_BEFORE.search(lower, max(hit.end, bound.start - 30), bound.start) if hit.end < bound.start else None
    behind = _SEX_BEHIND.match(lower, bound.end)
    if match is None or (behind is not None and lower[: match.start()].endswith(("in ", "for ", "among "))):
        match = behind  # "above 11 in women, above 12 in men"
    if match is None and _NEXT.search(lower[max(0, hit.start - 20) : hit.start]):
        match = _SEX_ITSELF.match(lower, hit.start)
    return _named(match)


def _named(match: re.Match[str] | None) -> Sex:
    if match is None:
        return ""
    return "female" if match["f"] else "male"


def _in_front(lower: str, b: Bounded) -> Sex:
    first = min(b.hit.start, b.bound.start)
    itself = _SEX_ITSELF.match(lower, b.hit.start)
    if itself is not None:  # "men 18 to 60": the word for the sex carries the age
        return _named(itself)
    found = _WHOSE.search(lower, max(0, first - 60), first)
    if found is None:
        return ""
    ahead = lower[max(0, found.start() - 60) : found.start()]
    joined = re.search(r"(?:\band|\bor|/|,)\s?\Z", ahead)
    return _named(found) if joined is None or _NEW_MEMBER.search(ahead) else ""


def of_each_sex(lower: str, found: Sequence[Bounded]) -> list[Bounded]:
    """The limits; where one thing has a limit for women and one for men, each with its sex."""
    out = list(found)
    for at, b in enumerate(out):
        if not b.sex and (own := _in_front(lower, b)):
            out[at] = replace(b, sex=own)
    named: dict[tuple[str, str], set[str]] = {}
    for b in out:
        named.setdefault((b.hit.rule.pattern, b.value or b.hit.rule.value), set()).add(b.sex)
    return [
        replace(b, each_sex=True)
        if b.sex and named[b.hit.rule.pattern, b.value or b.hit.rule.value] >= {"female", "male"}
        else old
        for b, old in zip(out, found, strict=True)
    ]
