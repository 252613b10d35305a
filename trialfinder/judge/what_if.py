"""What one more answer of a person makes of a study: only the criteria that look at it are judged anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from trialfinder.base.answer import Answer, all_of
from trialfinder.judge.answering.by_name import NAMED
from trialfinder.judge.answering.named_unread import told_by
from trialfinder.judge.cohorts import is_asked, of_everybody
from trialfinder.judge.fields import field_answers
from trialfinder.judge.judged import JudgedCriterion
from trialfinder.judge.judging import BesideFields, judge_criterion
from trialfinder.judge.study_context import context_of
from trialfinder.judge.verdict import Outcome, outcome
from trialfinder.person.facts import Facts, facts_of
from trialfinder.person.profile import Profile
from trialfinder.reading.nodes.tree import Criterion, Node, Unread, walk
from trialfinder.study.model import Study


class WatchedFacts(Facts):
    """The facts of a person that note which of them are looked at."""

    watched = True

    def __init__(self, profile: Profile, today: dt.date) -> None:
        super().__init__(profile, today)
        self.seen: set[str] = set()
        told_by(self)  # the same for every criterion, and remembered

    def _value(self, key: str) -> Any:
        self.seen.add(key)
        return super()._value(key)

    def changed_by(self, other: Facts) -> frozenset[str] | None:
        """The keys of which another person's facts say something else; None when that may touch every criterion."""
        if self.clashes != other.clashes:
            return None
        ours, theirs = self.by_key(), other.by_key()
        return frozenset(key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key))


class _CriterionInTrial(NamedTuple):
    criterion: Criterion
    node: Node
    judged: JudgedCriterion
    seen: frozenset[str]
    """Keys of the facts that were looked at."""


class StudyInTrial:
    """One study as it was judged for a person, ready to be judged with one more answer."""

    def __init__(
        self, study: Study, criteria: Sequence[Criterion], studied: frozenset[str] | None, facts: WatchedFacts
    ) -> None:
        self._study, self._context = study, context_of(study, criteria, studied)
        self._beside = BesideFields(study, field_answers(study, facts))
        text = study.eligibility_criteria
        self._parts = [self._part(c, c.node, facts) for c in criteria if c.node is not None and is_asked(c, text)]

    def _part(self, criterion: Criterion, node: Node, facts: WatchedFacts) -> _CriterionInTrial:
        facts.seen = set()
        judged = self._judge(criterion, node, facts, self._beside)
        unread = any(isinstance(part, Unread) for part in walk(node))  # it may name what the person names
        return _CriterionInTrial(criterion, node, judged, frozenset(facts.seen.union(NAMED if unread else ())))

    def _judge(self, criterion: Criterion, node: Node, facts: Facts, beside: BesideFields) -> JudgedCriterion:
        return judge_criterion(criterion, node, self._study.eligibility_criteria, self._context, facts, beside)

    def outcome(self, profile: Profile, today: dt.date, changed: frozenset[str] | None) -> Outcome:
        """The verdict for the person with other answers to ``changed`` (see ``changed_by``)."""
        facts = facts_of(profile, today)
        fields = field_answers(self._study, facts)
        beside = BesideFields(self._study, fields)
        anew = changed is None or beside.too_young_or_old != self._beside.too_young_or_old
        judged = of_everybody(
            [
                self._judge(part.criterion, part.node, facts, beside)
                if anew or not part.seen.isdisjoint(changed or ())
                else part.judged
                for part in self._parts
            ],
            self._study.eligibility_criteria,
        )
        answers = {answer.answer for answer in fields}
        answers |= {one.answer_at(place) for one in judged for place in one.places}
        return outcome(answers, all_of(one.answer for one in judged) if judged else Answer.UNKNOWN)
