"""Words that mean now and any earlier time: "cancer, now or earlier"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords, Screen

_NOW = r"(?:now|current(?:ly)?|active(?:ly)?|ongoing|at present|present(?:ly)?)"
_EVER = r"(?:earlier|past|in the past|previous(?:ly)?|prior|before|former(?:ly)?|ever|historic(?:al(?:ly)?)?)"
_OR = r"\s?(?:/|,?\s(?:and/or|or|and)\s)\s?"
BOTH_TIMES = re.compile(
    rf"\b(?:(?:either|whether)\s)?(?:{_NOW}{_OR}{_EVER}|{_EVER}{_OR}{_NOW})\b(?![\s-]\d|\srecent)|\bever\b(?!\ssince)"
)
"""The words: "now or earlier", "past/present", "ever"; not those of a time: "current or past 5 years"."""
_NOW_SAID = Screen("now|current(?:ly)?|active(?:ly)?|ongoing|present(?:ly)?")
_EVER_SAID = Screen("earlier|past|previous(?:ly)?|prior|before|former(?:ly)?|historic(?:al(?:ly)?)?")
_ALWAYS_SAID = Screen("ever")
_ENDS = re.compile(r"(?:\s(?:diagnosed|documented))?\s*(?:[,;:.)]|\Z|(?:or|and)\b)")
"""What follows words that belong to what stands before them."""
_REACH = 45


def both_times_can_be(said: SaidWords) -> bool:
    """Whether a text of these words can hold such words at all."""
    return _ALWAYS_SAID.lets(said) or (_EVER_SAID.lets(said) and _NOW_SAID.lets(said))


def for_both_times(lower: str, start: int, end: int) -> bool:
    """Whether words for now and earlier stand right beside what is found between two places of an item."""
    for said in BOTH_TIMES.finditer(lower, max(0, start - _REACH), end + _REACH):
        if said.start() >= end and not lower[end : said.start()].strip(" ,(") and _ENDS.match(lower, said.end()):
            return True
        if said.end() <= start and not lower[said.end() : start].strip() and said[0] != "ever":
            return True
    return False
