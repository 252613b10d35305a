"""One thing that a criterion asks of one person, with all that its rule may look at; and the rule's answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from trialfinder.base.answer import Answer
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.wording.nouns import mentions

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


class Told(NamedTuple):
    """Whether the thing is true of the person, and the fact that tells or would tell it.

    ``fact`` is None when nothing that a profile can hold would settle it. ``firm``: the rule looked at the words of
    severity and at what narrows the thing itself, so that they do not open a YES any more.
    """

    answer: Answer
    fact: str | None = None
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A leaf before a person. ``wanted``: the study asks for it; otherwise it bars."""

    leaf: Leaf
    facts: Facts
    study: StudyContext
    wanted: bool
    spared_from: tuple[Leaf, ...] = ()
    """Where the leaf says what an exception spares: the leaves that it is spared from."""
    spared_with: tuple[Leaf, ...] = ()
    """Where the leaf says what an exception spares: all that it spares, the leaf among them."""

    @property
    def spared(self) -> bool:
        """Whether the leaf says what an exception spares."""
        return bool(self.spared_from)

    @property
    def words(self) -> str:
        """The words of the thing: its value and its noun, lower case."""
        return f"{self.leaf.value} {self.leaf.noun}".strip()

    @property
    def all_words(self) -> str:
        """The words of the thing with those of severity and of what narrows it."""
        return " ".join((self.leaf.value, self.leaf.noun, *self.leaf.severity, *self.leaf.narrowing)).lower()

    def says(self, *phrases: str) -> bool:
        """Whether one of the phrases stands in the words; ``*`` at the end leaves the ending open."""
        return mentions(self.words, phrases)

    @property
    def values(self) -> tuple[str, ...]:
        """The single values."""
        return tuple(part.strip() for part in self.leaf.value.lower().split(",") if part.strip())

    @property
    def window(self) -> float | None:
        """Months to look back or ahead; None when the words name none."""
        return self.leaf.window_months

    @property
    def planned(self) -> bool:
        """Whether it lies ahead."""
        return "planned" in (self.leaf.sense, self.leaf.direction)

    @property
    def past(self) -> bool:
        """Whether the words reach into the past: "history of", or a look-back."""
        return self.leaf.sense == "history" or (self.window is not None and not self.planned)
