"""Units that measure something else than what is asked: hours for a distance, stone for a body mass index.

A number with one of them is no answer, and is never taken for one without its unit.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.number_words import ONES, TEENS, TENS
from trialfinder.base.text import folded
from trialfinder.person.profile_schema import Fact

_UNITS = {
    "time": "hours hour hrs hr h minutes minute mins days day weeks week months month years year yrs yr",
    "length": "km kilometres kilometers miles mile metres meters metre meter cm mm feet foot ft inches inch yards",
    "weight": "kg kgs kilos kilo kilograms kilogram stone stones st lbs lb pounds pound grams gram ounces",
    "temperature": "celsius fahrenheit",
    "": "tablets tablet pills pill capsules capsule patches patch packs pack packets packet boxes drinks pints glasses",
}
"""By what they measure; '' for things that are counted."""
_MEASURES = {word: what for what, words in _UNITS.items() for word in words.split()}
_UNIT = rf"(?:\s*(?:½|and a half))?[\s-]*(?P<unit>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})(?![\w/])"
_BY_DIGITS = re.compile(rf"-?\d+(?:[.,]\d+)*{_UNIT}")
_SOME = "an?|half an?|a few|few|several|some|a couple of"
_BY_WORDS = re.compile(rf"\b(?:{_SOME}|{'|'.join((*ONES, *TEENS, *TENS))}){_UNIT}")


def other_unit(fact: Fact, text: str) -> str:
    """What to say of a unit behind the first number that is none of the fact's; '' where there is no such unit."""
    words = folded(text)
    digits = re.search(r"\d", words)
    found = _BY_DIGITS.match(words, max(0, digits.start())) if digits else _BY_WORDS.search(words)
    if found is None or found["unit"] in _own(fact):
        return ""
    what = _MEASURES[found["unit"]]
    return f"“{found['unit']}” is a unit of {what}" if what else f"“{found['unit']}” is not what is counted"


def _own(fact: Fact) -> set[str]:
    """The units in which the fact can be told; a time can be told in any of them."""
    told = {fact.unit, *fact.unit_words, *(name for each in fact.also for name in (each.unit, *each.words))}
    times = _UNITS["time"].split() if fact.unit in ("months", "years") else ()
    return (
        {unit.casefold() for unit in told} | {unit.split()[0].casefold() for unit in told if " " in unit} | set(times)
    )
