"""What to find out next: the open facts, by how many studies each would decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from trialfinder.judge.verdict import Verdict
from trialfinder.person.profile_schema import schema


class OpenQuestion(NamedTuple):
    """A fact that was not told, its question, and in how many of the open studies it would settle a criterion."""

    fact: str
    question: str
    decides: int
    of: int


def rank_questions(verdicts: Iterable[Verdict]) -> list[OpenQuestion]:
    """The unknown facts of the studies that are still possible, those that decide most first.

    Studies with a conflict are left out: no further fact opens them. ``of`` counts the studies that are possible.
    """
    open_studies = [verdict for verdict in verdicts if verdict.verdict == "possible"]
    counts = Counter(fact for verdict in open_studies for fact in verdict.unknown_facts)
    order = {key: place for place, key in enumerate(schema())}
    ranked = sorted(counts, key=lambda fact: (-counts[fact], order.get(fact, len(order))))
    return [OpenQuestion(fact, schema()[fact].question, counts[fact], len(open_studies)) for fact in ranked]
