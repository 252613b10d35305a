"""Common facts told as command-line options, in words as a person types them: ``--duration 3y --no cancer,hiv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from trialfinder.errors import InputError
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
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(y|yr|years?|m|mo|months?|w|weeks?|d|days?)?", re.IGNORECASE | re.ASCII)
_MONTHS = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375}


def from_options(given: Mapping[str, object], base: Profile | None = None) -> Profile:
    """A profile from options by name; they overrule what ``base`` (the file) says. None means not given.

    ``no`` and ``yes`` hold names of facts ("cancer,hiv"): ``no`` is told false, never, or an empty list; ``yes`` true.

    Raises:
        InputError: an unknown name or a wrong value; the message names the option and never the value.
    """
    facts: dict[str, Value] = {}
    for name, raw in given.items():
        if raw is None or raw in ("", (), []):
            continue
        if name in ("no", "yes"):
            for word in _list(raw):
                fact = option_fact(word, f"--{name}")
                facts[fact.key] = _told_no(fact) if name == "no" else _told_yes(fact)
        else:
            fact = schema()[_KEYS[name]] if name in _KEYS else option_fact(name, "options")
            facts[fact.key] = read_value(fact, _typed(fact, raw, f"--{name}"), f"--{name}")
    told = dict((base or Profile()).facts())
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
    raise InputError(f"--yes: {fact.option or fact.name} needs more than yes; write it into a profile file")


def _number_option(fact: Fact, raw: object, where: str) -> object:
    if not isinstance(raw, str):
        return raw
    if fact.key == "neuropathy.duration_months":
        return months(raw, where)
    try:
        return float(raw)
    except ValueError:
        raise InputError(f"{where}: expected a number ({fact.unit})") from None


def _scores_option(_fact: Fact, raw: object, where: str) -> object:
    if isinstance(raw, Mapping):
        return raw
    found = {}
    for part in _list(raw):
        name, equals, points = part.partition("=")
        try:
            found[name.strip()] = float(points)
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise InputError(f"{where}: expected scales with points, such as TCSS=11")
    return found


def _flag_option(_fact: Fact, raw: object, where: str) -> object:
    if isinstance(raw, str):
        word = raw.strip().lower()
        if word in ("yes", "y", "true", "no", "n", "false"):
            return word in ("yes", "y", "true")
        raise InputError(f"{where}: expected yes or no")
    return raw


def _list_option(_fact: Fact, raw: object, _where: str) -> object:
    words = _list(raw)
    return [] if [word.lower() for word in words] == ["none"] else words


_TYPED: dict[str, Callable[[Fact, object, str], object]] = {
    "number": _number_option,
    "scores": _scores_option,
    "flag": _flag_option,
    "choices": _list_option,
    "names": _list_option,
}


def _typed(fact: Fact, raw: object, where: str) -> object:
    return _TYPED[fact.type](fact, raw, where) if fact.type in _TYPED else raw


def from_words(fact: Fact, words: str, where: str) -> Value:
    """The value of one fact from what a person typed, such as ``yes``, ``3y`` or ``gabapentin, duloxetine``.

    Raises:
        InputError: it cannot be understood; says what was expected.
    """
    return read_value(fact, _typed(fact, words, where), where)


def months(text: str, where: str) -> float:
    """A time such as ``3y``, ``18 months`` or ``6w`` in months; a bare number is months.

    Raises:
        InputError: another form.
    """
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise InputError(f"{where}: expected a time such as 3y, 18m or 6w")
    return float(found[1]) * _MONTHS[(found[2] or "m")[0].lower()]
