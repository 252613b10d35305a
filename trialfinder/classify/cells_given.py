"""Reads how many cells are given: the record's own words, whole, or nothing."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.classify.classification import Dose
from trialfinder.classify.measures import in_zones
from trialfinder.classify.product import Given
from trialfinder.classify.study_text import Mention, StudyText, Zone

_KG = r"(?:\s?(?:cells?|mscs?|[a-z-]{2,12} cells|[a-z-]{2,6})?\s?(?:/|per)\s?(?:kg|kilogram))"
# "cells", "cells/mL", "/leg": without it nobody can tell what a number counts.
_OF_WHAT = (
    r"(?:\s?(?:(?:viable|living|total|nucleated|stem|umc|huc|bm|ad) ){0,2}(?:cells?|u?c?-?mscs?)\b)?"
    r"(?:\s?(?:/|per)\s?(?:ml|cm2|cm|dose|injection|infusion|point|site|leg|limb|side|patient|person|time)\b)?"
)
_COUNT = re.compile(
    r"(?<![\w.])(?P<base>\d{1,4}(?:[.,]\d{1,3})?)\s?(?:x|×|\*|·)\s?10\s?(?:\^|e|\*\*)?\s?[({\[]?(?P<power>\d{1,2})[)}\]]?"
    r"(?=\D|$)(?:(?P<kg1>" + _KG + r")|" + _OF_WHAT + r")"
    r"|(?<![\w.])(?P<amount>\d{1,4}(?:[.,]\d{1,3})?)\s?(?P<scale>million|billion|m)\b(?=[^.;\n]{0,30}?\bcells?|[^.;\n]{0,12}?mscs?)"
    r"(?:(?P<kg2>" + _KG + r")|" + _OF_WHAT + r")"
    r"|(?<![\w.,])(?P<plain>\d{1,3}(?:,\d{3}){2,3})\s?(?:[a-z-]{2,14} ){0,3}cells?(?P<kg3>" + _KG + r")?"
)
_SCALE = {"million": 1e6, "m": 1e6, "billion": 1e9}
# Fewer are laboratory counts, more do not fit into a syringe or a bag.
_FEWEST, _MOST = 1e4, 1e12
_COUNTED = r"\d{1,4}(?:[.,]\s?\d{1,3})?\s?(?:x|×|\*|·)\s?10\s?(?:\^|e|\*\*)?\s?[({\[]?\d{1,2}[)}\]]?"
_NUMBER = r"\d{1,4}(?:[.,]\s?\d{1,3})?"
# A number is half of what is said where another one, or the word that it is a limit, stands beside it.
_BEFORE = re.compile(
    r"(?:(?:(?:a |the )?"
    r"(?:min(?:imum)?|max(?:imum)?|at least|at most|up to|more than|less than|between|either|from)"
    rf"(?: (?:dose|number|total|of)){{0,3}} ?)|{_NUMBER}\s?(?:-|–|to|or)\s?)+$"
)
_BEHIND = re.compile(
    r"\s?(?:\([a-z]{1,12}\)\s?)?(?:cells?\s?)?(?:/\s?\w{1,9}\s?){0,2}"
    r"(?:,?\s?(?:or|to|and|vs\.?|versus|followed by)|\s?[-–/])\s?"
    r"(?:a |the )?(?:max(?:imum)?|min(?:imum)?|up)?(?: (?:dose|of|to)){0,2}\s?"
    rf"(?:{_COUNTED}|{_NUMBER}\s?(?:m|million|billion)\b)"
)
_UNIT_BEHIND = re.compile(rf"^{_OF_WHAT}(?:{_KG})?")
_MADE = re.compile(r"\b(?:isolat|yield|harvest|process|cultur|cultiv|expand)\w*")
_GIVEN = re.compile(r"\b(?:inject|infus|administ|given|receiv|transplant|dos(?:e|age)|deliver|inocul|implant|get)\w*")
_REACH = 60


def dose(document: StudyText, given: Given) -> tuple[Dose | None, tuple[Mention, ...]]:
    """The first number of cells that interventions, arms or descriptions state; None when none does.

    Of several numbers, or of a range, the words are all of it, and the number is None.
    """
    if given.product == "none":
        return None, ()
    bare = None
    for match, found in in_zones(
        document, _COUNT, (Zone.GIVEN, Zone.GIVEN_TEXT, Zone.TITLE, Zone.SUMMARY, Zone.DETAIL)
    ):
        cells = _cells(found)
        if cells is None or not _FEWEST <= cells <= _MOST or _is_made(document, match):
            continue
        per_kg = any(found[group] for group in ("kg1", "kg2", "kg3"))
        whole = _whole(document, match)
        words = whole.words.strip()
        read = Dose(words, cells if whole == match else None, per_kg), (whole,)
        if not words[-1].isdigit() and (bare is None or cells == bare[0]):
            return read
        if bare is None:
            bare = cells, read  # "2 x 10^7" of what? the same number may stand there with its unit
    return bare[1] if bare else (None, ())


def _is_made(document: StudyText, match: Mention) -> bool:
    """Whether the sentence tells what a device or a laboratory makes, not what is given."""
    sentence = document.sentence(match)
    return _MADE.search(sentence) is not None and _GIVEN.search(sentence) is None


def _whole(document: StudyText, match: Mention) -> Mention:
    """All of a range, or of several numbers: "2-6 x 10^6 cells", "at least 1 x 10^6/kg and at most …"."""
    field = match.at - match.start
    start = max(field, match.at - _REACH)
    before = _BEFORE.search(document.low, start, match.at)
    at, to = before.start() if before else match.at, match.to
    end = min(field + len(match.passage.text), to + 3 * _REACH)
    while more := _BEHIND.match(document.low, to, end):
        to = more.end()
        if unit := _UNIT_BEHIND.match(document.low[to:end]):
            to += unit.end()
    return match if (at, to) == (match.at, match.to) else document.match("", at, to)


def _cells(found: re.Match[str]) -> float | None:
    if found["base"]:
        power = int(found["power"])
        return float(found["base"].replace(",", ".")) * 10**power if power <= 12 else None
    if found["amount"]:
        return float(found["amount"].replace(",", ".")) * _SCALE[found["scale"]]
    return float(found["plain"].replace(",", ""))
