"""Facts as a person reads them. For the person's own terminal only: these lines hold values."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

from trialfinder.base.tongue import figures, say
from trialfinder.person.plain_words import spoken
from trialfinder.person.profile import Profile, ToldNumber, Value
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.word_tables import kinds

SECTIONS = {
    "person": "You",
    "neuropathy": "Your nerve condition",
    "diabetes": "Diabetes",
    "measurements": "Measurements",
    "health": "Health",
    "treatment": "Treatment",
}


def by_section(profile: Profile, title: Callable[[str], str], line: Callable[[Fact, Value], str]) -> list[str]:
    """A title for each group of facts that were told, and one line a fact, in the order of the schema."""
    lines: list[str] = []
    told = [(fact, value) for fact in schema().values() if (value := profile.get(fact.key)) is not None]
    for section, facts in itertools.groupby(told, key=lambda each: each[0].section):
        lines += [*([""] if lines else []), title(section), *(line(fact, value) for fact, value in facts)]
    return lines


def show(profile: Profile) -> list[str]:
    """The profile in words: a title for each group of facts, and one line a fact."""
    lines = by_section(profile, lambda name: SECTIONS.get(name, name), lambda f, v: f"  {f.label}: {told(f, v)}")
    return lines or ["nothing told yet"]


# The other way to tell the same number.
_OTHERWISE = {
    "person.age": "person.birth_year",
    "neuropathy.duration_months": "neuropathy.symptoms_since",
}


def told_for(profile: Profile, key: str) -> str:
    """What the person told about a fact, also where they told it otherwise (a year of birth for the age); '' if not."""
    for name in (key, _OTHERWISE.get(key, "")):
        value = profile.get(name)
        if value is not None and name in schema():
            named = "" if name == key else f"{say(schema()[name].label)} "
            return named + told(schema()[name], value)
    return ""


def told(fact: Fact, value: Value) -> str:
    """The value of one fact in words, with its unit."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, ToldNumber) and fact.unit != "km":
        return f"{value.told} ({_number(float(f'{value:.3g}'), fact.unit)})"
    if isinstance(value, float):
        return _distance(value) if fact.unit == "km" else _number(value, fact.unit)
    if isinstance(value, tuple):
        return ", ".join(_word(fact, word) for word in value) or say("none")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {figures(f'{points:g}')}" for name, points in value.items()) or say("none")
    return _word(fact, str(value))


def _distance(km: float) -> str:
    return say("{km} km ({miles} miles)").format(km=f"{km:.0f}", miles=f"{km / 1.609344:.0f}")


def _number(value: float, unit: str) -> str:
    bare = unit in ("ratio", "INR", "year")
    if unit == "months" and value >= 24 and not value % 12:
        value, unit = value / 12, "years"
    if value == 1 and unit in ("months", "years"):
        unit = unit[:-1]
    plain = "" if bare else f" {say(unit)}"
    return f"{figures(f'{value:.6g}')}{'%' if unit == 'percent' else plain}"


def _word(fact: Fact, word: str) -> str:
    """A word that the file knows by its id: ``type2`` is "type 2"."""
    if word not in fact.allowed:
        return word
    if fact.key == "neuropathy.types" and word in kinds():
        return say(kinds()[word].label)
    return say(spoken(word))
