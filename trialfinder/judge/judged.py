"""A criterion with the answers to its leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialfinder.base.answer import Answer
from trialfinder.judge.asking import Told
from trialfinder.judge.fold import deciding
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf, Node

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

LeafHits = Mapping[Leaf, Told]


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """One criterion with the answers to its leaves."""

    criterion: Criterion
    node: Node
    hits: LeafHits
    answer: Answer
    against: frozenset[Leaf]
    """The leaves that force a NO."""
    all_places: Sequence[Place]
    """Where its leaves stand."""

    @property
    def places(self) -> Sequence[Place]:
        """The leaves that are told of: those of the criterion itself; of a criterion without any, its conditions."""
        told = [p for p in self.all_places if p.role == "criterion" or p.leaf in self.against]
        if self.answer is YES:  # what was not told does not fit: another thing lets the person in
            sure = [p for p in told if self._satisfied(p) is YES]
            return sure or [p for p in self.all_places if p.leaf in self._deciding()] or told
        return told or ([] if self.answer is UNKNOWN else self.all_places)

    def _deciding(self) -> frozenset[Leaf]:
        return frozenset(deciding(self.node, self._answer))

    def _answer(self, leaf: Leaf) -> Answer:
        return self.hits[leaf].answer if leaf in self.hits else UNKNOWN

    def _satisfied(self, place: Place) -> Answer:
        return self.hits[place.leaf].answer if place.wanted else ~self.hits[place.leaf].answer

    def answer_at(self, place: Place) -> Answer:
        """The answer that is told of a leaf."""
        if place.leaf in self.against:
            return NO
        return YES if self.answer is YES or self._satisfied(place) is YES else UNKNOWN
