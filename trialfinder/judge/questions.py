"""What to find out next: the open facts, by how many studies an answer could decide."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trialfinder.base.answer import Answer
from trialfinder.base.values import PartialDate
from trialfinder.judge.verdict import Verdict
from trialfinder.judge.what_if import StudyInTrial, WatchedFacts
from trialfinder.person.facts import facts_of
from trialfinder.person.profile import Profile, Value
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.study.model import Study


class Judged(NamedTuple):
    """One study with its criteria as they were read, and the verdict for one person."""

    study: Study
    criteria: Sequence[Criterion]
    verdict: Verdict
    studied: frozenset[str] | None = None
    """As ``KeptStudy`` has it; None: read when it is needed."""


class OpenQuestion(NamedTuple):
    """A fact that was not told, and its question.

    ``decides`` is the number of studies for which some answer would settle everything: something would speak against
    it, or nothing would be left open. ``helps`` is the number of studies that ask for it; ``of`` that of all open ones.
    """

    fact: str
    question: str
    decides: int
    helps: int
    of: int


def rank_questions(judged: Iterable[Judged], profile: Profile, today: dt.date) -> list[OpenQuestion]:
    """The facts that the studies still possible ask for, those first that would decide most.

    Each fact is tried with answers of every kind, and the study judged with each. Studies with a conflict are left
    out: no further fact opens them. What hardly anybody of the person's age has comes last, whatever it decides.
    """
    open_studies = [each for each in judged if each.verdict.verdict == "possible"]
    trials = _Trials(profile, today)
    helps = Counter(fact for each in open_studies for fact in each.verdict.unknown_facts)
    decides = Counter(fact for each in open_studies for fact in trials.deciding(each))
    order = {key: place for place, key in enumerate(schema())}
    hardly = {fact for fact in helps if _hardly_true(schema()[fact], profile, today)}
    ranked = sorted(helps, key=lambda fact: (fact in hardly, -decides[fact], -helps[fact], order.get(fact, len(order))))
    return [
        OpenQuestion(fact, schema()[fact].question, decides[fact], helps[fact], len(open_studies)) for fact in ranked
    ]


def _hardly_true(fact: Fact, profile: Profile, today: dt.date) -> bool:
    """Whether the fact is true of hardly anybody of the person's age: breastfeeding at 58."""
    age = facts_of(profile, today).span("person.age") if fact.hardly_from is not None else None
    return age is not None and fact.hardly_from is not None and age.low >= fact.hardly_from


class _Trials:
    """The person with one more answer each; kept, since many studies ask for the same fact."""

    def __init__(self, profile: Profile, today: dt.date) -> None:
        self._profile, self._today = profile, today
        self._facts = WatchedFacts(profile, today)
        self._people: dict[tuple[str, str], tuple[Profile, frozenset[str] | None]] = {}

    def deciding(self, judged: Judged) -> Iterator[str]:
        """The open facts of which some answer decides about the study."""
        study = StudyInTrial(judged.study, judged.criteria, judged.studied, self._facts)
        for key in judged.verdict.unknown_facts:
            if any(self._decides(study, key, value) for value in self._answers(judged.verdict, schema()[key])):
                yield key

    def _decides(self, study: StudyInTrial, key: str, value: Value) -> bool:
        """Whether an answer settles the study."""
        name = (key, repr(value))
        if name not in self._people:
            person = self._profile.with_facts({key: value})
            self._people[name] = person, self._facts.changed_by(facts_of(person, self._today))
        person, changed = self._people[name]
        return study.outcome(person, self._today, changed) != "possible"

    def _answers(self, verdict: Verdict, fact: Fact) -> Iterator[Value]:
        """Answers that a person might give, of every kind that could make a difference."""
        if fact.type == "flag":
            yield from (True, False)
        elif fact.type == "number":
            yield from (float(fact.low or 0), float(fact.high or 0))
        elif fact.type == "date":
            yield from (PartialDate(self._today.year, self._today.month, self._today.day), PartialDate(1930, 1, 1))
        elif fact.type == "choice":
            yield from fact.allowed
        elif fact.type == "choices":
            yield ()
            yield from ((word,) for word in fact.allowed)
        else:
            yield from _named(verdict, fact)


def _named(verdict: Verdict, fact: Fact) -> Iterator[Value]:
    """Answers in names: none of them, and the names that the criteria themselves use."""
    quotes = [found.quote for found in verdict.answered(Answer.UNKNOWN) if found.fact == fact.key]
    if fact.type == "scores":
        names = {name for quote in quotes for name in re.findall(r"[A-Z][\w-]+", quote)}
        yield from ({name: points} for name in sorted(names) for points in (0.0, 1000.0))
    elif fact.type == "names":
        yield ()
        yield from ((quote,) for quote in quotes)
    else:
        yield from quotes
