"""What decides against a person although its sentence does not plainly say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.judge.asked_plainly import plainly_asked
from trialfinder.judge.asking import NO, YES, Told
from trialfinder.judge.polarity import Place
from trialfinder.judge.said_of_some import said_of_some
from trialfinder.judge.study_context import StudyContext
from trialfinder.reading.tree import Criterion, Leaf, Unread, walk


def doubted(
    against: Sequence[Place],
    every: Sequence[Place],
    hits: Mapping[Leaf, Told],
    criterion: Criterion,
    text: str,
    context: StudyContext,
) -> list[Place]:
    """The things that decide against a person although the sentence does not plainly say so.

    One that bars by lacking although it is not plainly asked of everybody; one that is said of some people, or that
    bars only together with another.
    """
    all_true = criterion.node is not None and not any(isinstance(node, Unread) for node in walk(criterion.node))
    all_true = all_true and all(hits[place.leaf].answer is YES for place in every)
    return [
        place
        for place in against
        if (
            place.wanted and hits[place.leaf].answer is NO and not plainly_asked(place, criterion, text, every, context)
        )
        or said_of_some(place, against, all_true, criterion, text)
    ]
