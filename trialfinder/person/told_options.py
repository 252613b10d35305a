"""Common facts told as command-line options, in words as a person types them: ``--duration 3y --no cancer,hiv``."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.person.plain_words import is_left_open
from trialfinder.person.profile import Profile, Value
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.read_profile import option_fact, read_value

# Options whose name is not the name of a key; every other name is looked up in the schema.
_KEYS = {
    "neuropathy": "neuropathy.types",
    "duration": "neuropathy.duration_months",
    "failed": "neuropathy.failed_treatments",
    "pain": "neuropathy.pain_score",
    "diabetes": "diabetes.type",
    "near": "person.place",
    "within": "person.travel_km",
    "medication": "treatment.medications",
}


def from_options(given: Mapping[str, object], base: Profile | None = None) -> Profile:
    """A profile from options by name; they overrule what ``base`` (the file) says. None means not given.

    ``no`` and ``yes`` hold names of facts ("cancer,hiv"): ``no`` is told false, never, or an empty list; ``yes`` true.

    Raises:
        InputError: an unknown name or a wrong value; the message names the option and never the value.
    """
    facts: dict[str, Value] = {}
    left_open: set[str] = set()
    for name, raw in given.items():
        if raw is None or raw in ("", (), []):
            continue
        if name in ("no", "yes"):
            for word in _list(raw):
                fact = option_fact(word, f"--{name}")
                facts[fact.key] = _told_no(fact) if name == "no" else _told_yes(fact)
        else:
            fact = schema()[_KEYS[name]] if name in _KEYS else option_fact(name, "options")
            if is_left_open(fact, raw):
                left_open.add(fact.key)
            else:
                facts[fact.key] = read_value(fact, raw, f"--{name}")
    told = {key: value for key, value in (base or Profile()).facts().items() if key not in left_open}
    for key, rivals in _RIVALS.items():  # the option overrules the file, also where the file says it in other words
        if key in facts:
            for rival in rivals:
                told.pop(rival, None)
    return Profile({**told, **facts})


_RIVALS = {
    "person.age": ("person.birth_year",),
    "person.birth_year": ("person.age",),
    "neuropathy.duration_months": ("neuropathy.symptoms_since",),
    "neuropathy.symptoms_since": ("neuropathy.duration_months",),
    "person.place": ("person.latitude", "person.longitude"),
}


def _list(raw: object) -> list[str]:
    words = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
    return [part.strip() for word in words for part in str(word).split(",") if part.strip()]


def _told_no(fact: Fact) -> Value:
    if fact.type == "flag":
        return False
    if fact.no:
        return fact.no
    if fact.type in ("names", "choices"):
        return ()
    raise InputError(f"--no: {fact.option or fact.name} cannot be answered with no")


def _told_yes(fact: Fact) -> Value:
    if fact.type == "flag":
        return True
    more = f": {' or '.join(word for word in fact.allowed if word != fact.no)}" if fact.type == "choice" else ""
    raise InputError(f"--yes: {fact.option or fact.name} needs more than yes{more}; write it into a profile file")


def from_words(fact: Fact, words: str, where: str) -> Value:
    """The value of one fact from what a person typed, such as ``yes``, ``3y`` or ``gabapentin, duloxetine``.

    Raises:
        InputError: it cannot be understood; says what was expected.
    """
    return read_value(fact, words, where)


def date_instead(fact: Fact, typed: str, today: dt.date | None) -> PartialDate | None:
    """The date that was told where a number was asked for: "since 2017" to for how long; None where it is none."""
    if not fact.instead:
        return None
    with contextlib.suppress(InputError):
        date = from_words(schema()[fact.instead], typed, fact.label)
        if isinstance(date, PartialDate) and date.year >= _OLDEST and (today is None or date.earliest() <= today):
            return date
    return None


_OLDEST = 1900
"""No symptom of somebody living began in an earlier year."""


def leaves_open(fact: Fact, typed: str) -> bool:
    """Whether an answer says that it is not known, or that what is asked for the time of never was."""
    return is_left_open(fact, typed) or (fact.key.endswith("_ago") and _NEVER.match(typed.casefold()) is not None)


_NEVER = re.compile(r"(?:none|no|not|never|i never|i have not|i haven't|i did not|i didn't)\b(?! (?:more|less|later))")
"""How somebody says that what is asked for the time of never was."""
