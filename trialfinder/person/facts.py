"""What is known of a person: what they told, and what follows from it. Built once for a profile and a day."""

from __future__ import annotations

import datetime as dt
import weakref
from typing import Any, ClassVar

from trialfinder.base.answer import Answer
from trialfinder.base.values import PartialDate
from trialfinder.drugs.drug_names import classes_of
from trialfinder.person.implications import follows_from, implications
from trialfinder.person.none_told import denies
from trialfinder.person.profile import Profile
from trialfinder.person.spans import Span, age_from_birth_year, months_since

_DRUGS = "treatment.medications"
_KIND = "health.cancer_kind"
"""In the person's own words, so that two ways to say it do not clash."""


class Facts:
    """The facts of a profile in a form that can be compared: numbers as spans, dates as months ago.

    Where two told facts lead to opposite conclusions, the fact in question is unknown; ``clashes`` names it.
    """

    __slots__ = ("_apart", "_drug_classes", "_drugs", "_origin", "_values", "clashes", "today")
    watched: ClassVar[bool] = False
    """Whether it is noted what is looked at, so that no look may be left out because it finds nothing."""

    def __init__(self, profile: Profile, today: dt.date) -> None:
        self.today = today
        self._values: dict[str, Any] = {}
        self._origin: dict[str, str] = {}
        self.clashes: set[str] = set()
        self._apart: set[str] = set()
        """Numbers of which two facts say what cannot both hold: nothing that follows narrows them again."""
        for key, value in _comparable(profile, today).items():
            self._values[key] = value
            self._origin[key] = key
        for key, value in follows_from(self._values.get("health.diagnoses") or ()):
            if key != _KIND or key not in self._values:
                self._learn(key, value, "health.diagnoses")
        self._infer()
        drugs = self._values.get(_DRUGS) or ()
        self._drugs: frozenset[str] = frozenset(drug.lower() for drug in drugs)
        self._drug_classes: frozenset[str] = frozenset().union(*(classes_of(drug) for drug in drugs))

    def _infer(self) -> None:
        """Applies the implications until nothing new follows."""
        fired: set[str] = set()
        while True:
            new = [row for row in implications() if row.id not in fired and row.needs.hold(self._values.get)]
            if not new:
                break
            for row in new:
                fired.add(row.id)
                origin = self._origin[next(iter(row.needs))]
                for key, value in row.gives.items():
                    self._learn(key, value, origin)
        for key in self.clashes:
            self._values.pop(key, None)

    def _learn(self, key: str, value: object, origin: str) -> None:
        known = self._values.get(key)
        if known is None:
            self._values[key], self._origin[key] = value, origin
        elif isinstance(known, Span) and isinstance(value, Span):
            if known.apart(value):
                self._apart.add(key)
            self._values[key] = known.spread(value) if key in self._apart else known.joined(value)
        elif known and isinstance(known, tuple) and isinstance(value, tuple):  # a list that was told is never complete
            self._values[key] = tuple(dict.fromkeys((*known, *value)))
        elif known != value:
            self.clashes.add(key)

    def _value(self, key: str) -> Any:
        return self._values.get(key)

    def get(self, key: str) -> Any:
        """The value of a fact; None when it is not known."""
        return self._value(key)

    def by_key(self) -> dict[str, tuple[Any, str]]:
        """Everything that is known, each with the key from which it follows."""
        return {key: (self._values.get(key), origin) for key, origin in self._origin.items()}

    @property
    def drugs(self) -> frozenset[str]:
        """The drugs that are taken, in lower case."""
        self._value(_DRUGS)
        return self._drugs

    @property
    def drug_classes(self) -> frozenset[str]:
        """The classes of these drugs."""
        self._value(_DRUGS)
        return self._drug_classes

    def origin(self, key: str) -> str:
        """The key that the person told and from which the fact follows; the key itself when it is not known."""
        found = self._origin.get(key, key)
        return _PUBLIC.get(found, found)

    def flag(self, key: str) -> Answer:
        """A fact that is true or false."""
        value = self._value(key)
        return Answer.of(value if isinstance(value, bool) else None)

    def span(self, key: str) -> Span | None:
        """A number, as far as it is known."""
        value = self._value(key)
        return value if isinstance(value, Span) else None

    def names(self, key: str) -> tuple[str, ...] | None:
        """A list; None when it was not told, () when the person told that there is none."""
        value = self._value(key)
        return value if isinstance(value, tuple) else None

    def word(self, key: str) -> str:
        """One word of several; '' when not known."""
        value = self._value(key)
        return value if isinstance(value, str) else ""


#: The answers to ``diabetes.type`` of whoever has diabetes.
DIABETES = ("type1", "type2", "type_unknown")

# What a question about a thing that no one is asked directly comes down to.
_PUBLIC = {
    "derived.diabetes": "diabetes.type",
    "derived.cancer_ever": "health.cancer",
    "derived.chemotherapy_ever": "health.chemotherapy",
    "derived.chemotherapy_ended": "health.chemotherapy_ended",
}


def _comparable(profile: Profile, today: dt.date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in profile.facts().items():
        if isinstance(value, float) and key != "person.birth_year":
            found[key] = Span.at(value)
        elif isinstance(value, tuple):
            there = tuple(name for name in value if not denies(name))
            if there or not value:  # "no gout" tells of nothing that is there, and is not "none" either
                found[key] = there
        elif isinstance(value, bool | str | dict):
            found[key] = value
    year = profile.get("person.birth_year")
    if isinstance(year, float):
        _narrow(found, "person.age", age_from_birth_year(year, today))
    since = profile.get("neuropathy.symptoms_since")
    if isinstance(since, PartialDate):
        _narrow(found, "neuropathy.duration_months", months_since(since, today))
    ended = profile.get("health.chemotherapy_ended")
    if isinstance(ended, PartialDate):
        found["derived.chemotherapy_ended"] = months_since(ended, today)
    return found


def _narrow(found: dict[str, Any], key: str, span: Span) -> None:
    found[key] = found[key].joined(span) if key in found else span


_CACHE: weakref.WeakKeyDictionary[Profile, tuple[dt.date, Facts]] = weakref.WeakKeyDictionary()


def facts_of(profile: Profile, today: dt.date) -> Facts:
    """The facts of a profile on a day; kept as long as the profile lives, since thousands of studies are judged."""
    kept = _CACHE.get(profile)
    if kept is None or kept[0] != today:
        kept = (today, Facts(profile, today))
        _CACHE[profile] = kept
    return kept[1]
