"""Hand-made criteria, readings, studies and people, so that judging is tested without the reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from trialfinder.base.values import Age
from trialfinder.judge import CriterionAnswer, Judged, Verdict, judge
from trialfinder.person.profile import Profile
from trialfinder.person.read_profile import read_facts
from trialfinder.reading.readings import Item, Reading
from trialfinder.study.model import Study

TODAY = dt.date(2026, 11, 20)


def person(**tables: dict[str, Any]) -> Profile:
    """A profile from tables, as in a file: ``person(diabetes={"hba1c": 8.2})``."""
    return Profile(read_facts(tables, "test"))


def reading(words: str, pattern: str, effect: str = "exclude", quote: str = "", **more: Any) -> Reading:
    """A reading of ``words``; the quote is all of them unless given. Bounds are not inclusive unless said."""
    quote = quote or words
    start = words.index(quote)
    values: dict[str, Any] = {
        "section": "inclusion" if effect == "require" else "exclusion",
        "group": "",
        "pattern": pattern,
        "effect": effect,
        "value": "",
        "low": None,
        "high": None,
        "unit": "",
        "window_months": None,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "item_start": 0,
        "item_end": len(words),
        "complete": True,
        **more,
    }
    for side in ("low", "high"):
        known = values[side] is not None
        values.setdefault(f"{side}_inclusive", False if known else None)
    return Reading(**values)


def item(words: str, *readings: Reading, **more: Any) -> Item:
    """One criterion with its readings."""
    section = readings[0].section if readings else more.pop("section", "inclusion")
    values: dict[str, Any] = {"group": "", "complete": all(r.complete for r in readings) and bool(readings), **more}
    return Item(section=section, start=0, end=len(words), readings=readings, **values)


def text_of(*parts: tuple[str, Item]) -> tuple[str, tuple[Item, ...]]:
    """Puts criteria below each other and moves all offsets to where they stand in the whole text."""
    text, items = "", []
    for words, one in parts:
        shift = len(text)
        moved = tuple(
            replace(r, start=r.start + shift, end=r.end + shift, item_start=shift, item_end=shift + len(words))
            for r in one.readings
        )
        items.append(replace(one, start=shift, end=shift + len(words), readings=moved))
        text += words + "\n"
    return text, tuple(items)


def study(text: str = "", **fields: Any) -> Study:
    """A study with this criteria text; ages as words ("18 Years")."""
    for key in ("minimum_age", "maximum_age"):
        if isinstance(fields.get(key), str):
            fields[key] = Age.parse(fields[key])
    return Study(nct_id="NCT01234567", eligibility_criteria=text, **fields)


def verdict(who: Profile, *parts: tuple[str, Item], **fields: Any) -> Verdict:
    """Judges made-up criteria."""
    text, items = text_of(*parts)
    return judge(study(text, **fields), items, who, TODAY)


def judged(who: Profile, *parts: tuple[str, Item], **fields: Any) -> Judged:
    """A study with made-up criteria and its verdict."""
    text, items = text_of(*parts)
    made = study(text, **fields)
    return Judged(made, items, judge(made, items, who, TODAY))


def one(
    who: Profile, words: str, pattern: str, effect: str = "exclude", quote: str = "", **more: Any
) -> CriterionAnswer:
    """The answer to one criterion with one reading."""
    return verdict(who, (words, item(words, reading(words, pattern, effect, quote, **more)))).answers[0]


def word(who: Profile, words: str, pattern: str, effect: str = "exclude", quote: str = "", **more: Any) -> str:
    """``met``, ``not_met`` or ``unknown`` for one criterion with one reading."""
    return one(who, words, pattern, effect, quote, **more).word
