"""One reading before one person: the words around it, the study's own illness, and the person's facts."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from trialfinder.base.answer import Answer
from trialfinder.judge import nearby_words as words
from trialfinder.person.facts import Facts
from trialfinder.person.word_tables import kinds
from trialfinder.reading.readings import Item, Reading
from trialfinder.study.model import Study


class Hit(NamedTuple):
    """Whether the thing that a reading describes is true of the person, and the fact that tells or would tell it.

    ``fact`` is None when nothing that a profile can hold would settle it.
    """

    answer: Answer
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole study tells about each of its criteria."""

    text: str
    required: frozenset[str]
    """Illnesses (ids of patterns) that some criterion asks people to have."""
    kinds: frozenset[str]
    """Kinds of neuropathy that the study is about; empty when it names none."""
    named_kinds: bool
    """The kinds stand in the criteria, not only in the record's conditions."""


def split_value(value: str) -> str:
    """The value of a reading without its exception."""
    return value.split("except:", 1)[0].strip(" ;,")


def listed(value: str) -> tuple[str, ...]:
    """The single names of a value, lower case."""
    return tuple(part.strip().lower() for part in split_value(value).split(",") if part.strip())


def context_of(study: Study, items: Sequence[Item]) -> Context:
    """Reads off a study what its criteria ask people to have."""
    readings = [reading for item in items for reading in item.readings]
    required = {reading.pattern for reading in readings if _asks_for_illness(reading, study.eligibility_criteria)}
    named = {
        kind
        for reading in readings
        if reading.pattern == "neuropathy_type" and reading.effect == "require"
        for kind in (listed(reading.value) or ("peripheral_unspecified",))
        if kind in kinds()
    }
    about = frozenset(named) if named else _kinds_of_conditions(study.conditions)
    return Context(study.eligibility_criteria, frozenset(required), about, bool(named))


def _asks_for_illness(reading: Reading, text: str) -> bool:
    """Whether people must have something: no number to reach, and no healthy state such as "adequate function"."""
    if reading.effect != "require" or reading.section == "exclusion":
        return False
    if reading.low is not None or reading.high is not None:
        return False
    if words.some_only(text[max(0, reading.start - 60) : reading.start]):
        return False
    return not words.asks_normal(reading.quote) and not words.has("asks-for-function", reading.quote)


@functools.lru_cache(maxsize=4096)
def _kinds_of_conditions(conditions: tuple[str, ...]) -> frozenset[str]:
    """Kinds of neuropathy among the record's conditions ("Diabetes; Neuropathy" is diabetic neuropathy)."""
    text = " ; ".join(conditions)
    if not words.has("nerve-condition", text):
        return frozenset()
    found = {kind.id for kind in kinds().values() if kind.id != "peripheral_unspecified" and kind.words.search(text)}
    return frozenset(found) or frozenset({"peripheral_unspecified"})


_NEAR = 400
"""Characters of an item on either side of a quote that are looked at: a line of 100 kB must not cost minutes."""


class Case:
    """A reading with everything that a rule may look at."""

    __slots__ = ("_after", "_before", "context", "facts", "item", "names", "reading", "value", "wording")

    def __init__(self, reading: Reading, item: Item, context: Context, facts: Facts) -> None:
        self.reading, self.item, self.context, self.facts = reading, item, context, facts
        self.value = split_value(reading.value).lower()
        self.names = listed(reading.value)
        self.wording = f"{self.value} | {reading.quote}"
        """Value and quote, for looking for words."""
        self._before: str | None = None
        self._after: str | None = None

    @property
    def before(self) -> str:
        """The item's words before the quote, as far as they can matter."""
        if self._before is None:
            first = max(self.item.start, self.reading.start - _NEAR)
            self._before = self.context.text[first : self.reading.start]
        return self._before

    @property
    def after(self) -> str:
        """The item's words after the quote, as far as they can matter."""
        if self._after is None:
            last = min(self.item.end, self.reading.end + _NEAR)
            self._after = self.context.text[self.reading.end : last]
        return self._after

    @property
    def item_text(self) -> str:
        """The words of the item around the quote."""
        return f"{self.before}{self.reading.quote}{self.after}"

    def has(self, wording: str) -> bool:
        """Whether one of the wordings of ``data/wording.toml`` occurs in the value or the quote."""
        return words.has(wording, self.wording)

    def mentions(self, name: str) -> bool:
        """Whether a name that the person wrote stands in the value or the quote."""
        return words.mentions(name, self.wording)

    @property
    def bounded(self) -> bool:
        """Whether the reading has a number to compare with."""
        return self.reading.low is not None or self.reading.high is not None

    @property
    def window(self) -> float | None:
        """Months to look back or ahead; None when the words name none."""
        return self.reading.window_months

    @property
    def history(self) -> bool:
        """Whether the criterion reaches into the past."""
        reading = self.reading
        if reading.when == "history":
            return True
        return reading.when != "current" and words.tells_history(f"{self.before[-40:]} {reading.quote}")

    @property
    def severe(self) -> bool:
        """Whether a word of severity or judgement limits the thing."""
        if words.examples_of_severe(self.before, self.reading.quote):
            return False
        if words.severe(self.before, self.reading.quote) or words.graded(self.before, self.after):
            return True
        word = self.reading.qualifier
        return bool(word) and not words.has("no-severity", word) and word.lower() in self.clause.lower()

    @property
    def narrowed(self) -> bool:
        """Whether words after the thing, in the quote or behind it, limit it."""
        if words.narrowed_inside(self.reading.quote) and self.reading.pattern != "neuropathy_type":
            return True
        return words.narrowed(self.after) or (words.specified(self.after) and self.reading.pattern != "diabetes_type")

    @property
    def clause(self) -> str:
        """The quote with the words around it up to the next comma or stop."""
        return words.clause(self.before, self.reading.quote, self.after)

    def says(self, wording: str) -> bool:
        """Whether one of the wordings of ``data/wording.toml`` occurs in the value or the clause around the quote."""
        return words.has(wording, f"{self.value} | {self.clause}")
