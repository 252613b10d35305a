"""Judges one study for one person: every criterion folded into one answer, each leaf with its own, and a verdict."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, all_of
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.beside_others import one_of_many_spared, told_by_others
from trialfinder.judge.answering.every_kind import all_of_a_fact
from trialfinder.judge.answering.retold import retold
from trialfinder.judge.answering.set_apart import set_apart
from trialfinder.judge.asking import Question, Told
from trialfinder.judge.bars.doubts import doubted, says_nothing
from trialfinder.judge.bars.group_lists import of_other_groups
from trialfinder.judge.bars.narrower import some_of_those
from trialfinder.judge.bars.no_heading import plain_by_itself, says_itself
from trialfinder.judge.denials.denied_parts import with_denials
from trialfinder.judge.fields import age_disagreements, field_answers, field_decides
from trialfinder.judge.fold import deciding, fold, no_group
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.own.own_asked import with_own_illness
from trialfinder.judge.polarity import Place, group_names, places
from trialfinder.judge.shown.tell import narrow_question, tell
from trialfinder.judge.study_context import StudyContext, context_of
from trialfinder.judge.verdict import CriterionAnswer, TextAgainstField, UnreadCriterion, Verdict, outcome
from trialfinder.person.facts import Facts, facts_of
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import schema
from trialfinder.reading.nodes.tree import Criterion, Leaf, Node, complete
from trialfinder.reading.telling.tree_words import not_understood
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.study.model import Study

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
        return told or ([] if self.answer is UNKNOWN else self.all_places)

    def answer_at(self, place: Place) -> Answer:
        """The answer that is told of a leaf."""
        if place.leaf in self.against:
            return NO
        satisfied = self.hits[place.leaf].answer if place.wanted else ~self.hits[place.leaf].answer
        return YES if self.answer is YES or satisfied is YES else UNKNOWN


def judge(
    study: Study,
    criteria: Sequence[Criterion],
    profile: Profile,
    today: dt.date,
    studied: frozenset[str] | None = None,
) -> Verdict:
    """Compares a person with every criterion of a study.

    Args:
        study: the record; its age and sex fields stand before the text.
        criteria: ``study.eligibility_criteria`` as ``reading.criteria_tree`` gives it.
        profile: what the person told; left out is unknown.
        today: the day on which "within 6 months" ends.
        studied: as ``KeptStudy`` has it; None: it is read here, which takes longer than all the rest.
    """
    facts = facts_of(profile, today)
    context = context_of(study, criteria, studied)
    fields = field_answers(study, facts)
    beside = BesideFields(study, fields)
    text = study.eligibility_criteria
    judged = with_groups(
        [judge_criterion(c, c.node, text, context, facts, beside) for c in criteria if c.node is not None]
    )
    judged = with_arms(judged, text)
    answers = fields + [answer for one in judged for answer in _answers(one, text, facts)]
    unread = tuple(_unread(one.criterion, text) for one in judged if not one.places)
    everything = all_of(one.answer for one in judged) if judged else UNKNOWN
    verdict = outcome({answer.answer for answer in answers}, everything)
    notes = tuple(dict.fromkeys(beside.notes))
    parts = tuple(words for one in judged if (words := _unread_parts(one, text)))
    return Verdict(study.nct_id, verdict, tuple(answers), _unknown_facts(answers, facts), unread, notes, parts)


class BesideFields:
    """The record's own age and sex fields beside a text that may say otherwise."""

    def __init__(self, study: Study, fields: Iterable[CriterionAnswer]) -> None:
        self.study = study
        self.too_young_or_old = any(found.pattern == "age" and found.answer is NO for found in fields)
        self.notes: list[TextAgainstField] = []

    def settle(self, place: Place, hit: Told) -> Told:
        """The answer to a leaf of age or sex: where a field speaks of the same limit, the text does not bar."""
        bars = hit.answer is (NO if place.wanted else YES)
        if place.leaf.concept == "age" and place.role == "criterion" and not place.groups:
            self.notes += age_disagreements(self.study, place)
            if bars and field_decides(self.study, place) and not self.too_young_or_old:
                return Told(UNKNOWN, hit.fact)
        if place.leaf.concept == "sex" and place.role == "criterion" and bars and self.study.sex == "ALL":
            self.notes.append(TextAgainstField())
            return Told(UNKNOWN, hit.fact)
        return hit


def judge_criterion(
    criterion: Criterion, node: Node, text: str, context: StudyContext, facts: Facts, beside: BesideFields
) -> JudgedCriterion:
    """Judges one criterion by itself; ``node`` is what it describes."""
    node = with_denials(criterion, retold(node, text, facts, context), text, context, facts)
    node = with_own_illness(criterion, node, text, context, facts)
    hits: dict[Leaf, Told] = {}
    found = tuple(places(node))
    for place in found:
        hit = answer_of(Question(place.leaf, facts, context, place.wanted, place.spared_from, place.spared_with))
        far = place.leaf.start - criterion.start > _FIRST_WORDS
        hits[place.leaf] = beside.settle(place, hit)
        less = one_of_many_spared(place, criterion, text) or some_of_those(place, criterion, text)
        if (hit.answer is YES and less) or says_nothing(place, criterion, text):
            hits[place.leaf] = Told(UNKNOWN, hit.fact)
        far = far or place.leaf.concept in _OF_FEW_STUDIES
        if far and hit.answer is NO and _hardly_asked(place, context):
            hits[place.leaf] = Told(UNKNOWN, hit.fact)
    hits.update(told_by_others(found, hits, text))
    hits.update(all_of_a_fact(node, text, facts))
    hits.update(set_apart(found, hits, facts, text))
    answer, against = _decided(node, hits)
    if doubts := doubted([place for place in found if place.leaf in against], found, hits, criterion, text, context):
        hits.update((place.leaf, Told(UNKNOWN, hits[place.leaf].fact)) for place in doubts)
        answer, against = _decided(node, hits)
    if criterion.section == "unknown" and not (
        plain_by_itself(found, answer, against) or says_itself([p for p in found if p.leaf in against], criterion, text)
    ):
        answer, against = UNKNOWN, frozenset()
    return JudgedCriterion(criterion, node, hits, answer, against, found)


def _decided(node: Node, hits: Mapping[Leaf, Told]) -> tuple[Answer, frozenset[Leaf]]:
    """The answer to a criterion by those to its things, and the things that decide where it is no."""
    answer = fold(node, lambda leaf: hits[leaf].answer)
    return answer, frozenset(deciding(node, lambda leaf: hits[leaf].answer)) if answer is NO else frozenset()


_FIRST_WORDS = 60
"""What stands so near the beginning of a criterion is what it asks for."""
_OF_FEW_STUDIES = frozenset({"substance_abuse"})
"""What only studies of it ask people to have; elsewhere it is one of several risks, or a partner's."""
_ASKED_OF_FEW = frozenset({"illness", "event", "drug", "therapy", "procedure"})


def _hardly_asked(place: Place, context: StudyContext) -> bool:
    """Whether a study hardly asks for a thing although its words look so: one that it is not about.

    Who is let in has what is studied. A stroke that a long sentence of a transplant study names at its end is a reason,
    a test or an example more often than something that people must have had.
    """
    leaf = place.leaf
    if not place.wanted or place.role != "criterion" or leaf.bounds is not None:
        return False
    of_few = leaf.concept in _OF_FEW_STUDIES or type_of(leaf.concept) in _ASKED_OF_FEW
    asked = of_few and leaf.concept != "diagnosis_confirmed"
    return asked and not context.is_about(leaf)


def with_groups(judged: Sequence[JudgedCriterion]) -> list[JudgedCriterion]:
    """What is asked of one cohort bars from the study only when every cohort that is named is closed to the person."""
    names = frozenset(name for one in judged for name in group_names(one.node))
    if not names:
        return list(judged)
    closed = len(names) > 1 and all(any(_only(one, name) is NO for one in judged) for name in names)
    return [one if closed or not group_names(one.node) else _of_everybody(one) for one in judged]


def with_arms(judged: Sequence[JudgedCriterion], text: str) -> list[JudgedCriterion]:
    """What stands in the lists of one arm or group bars only when something bars from every one."""
    free = of_other_groups(text, [one.criterion for one in judged], lambda number: judged[number].answer is NO)
    return [
        dataclasses.replace(one, answer=UNKNOWN, against=frozenset()) if number in free else one
        for number, one in enumerate(judged)
    ]


def _only(one: JudgedCriterion, name: str) -> Answer:
    if one.answer is UNKNOWN:
        return UNKNOWN
    return fold(one.node, lambda leaf: one.hits[leaf].answer, lambda other: other == name)


def _of_everybody(one: JudgedCriterion) -> JudgedCriterion:
    """A criterion that names cohorts: only what it asks of everybody can bar."""
    if one.answer is not NO:
        return one
    answer = fold(one.node, lambda leaf: one.hits[leaf].answer, no_group)
    if answer is NO:
        against = frozenset(deciding(one.node, lambda leaf: one.hits[leaf].answer, no_group)) & one.against
        return dataclasses.replace(one, against=against or one.against)
    return dataclasses.replace(one, answer=UNKNOWN, against=frozenset())


def _answers(one: JudgedCriterion, text: str, facts: Facts) -> list[CriterionAnswer]:
    other = _open_beside(one)
    return [_criterion(one, place, other, text, facts) for place in one.places]


def _open_beside(one: JudgedCriterion) -> str | None:
    """The fact of a condition or exception that keeps a criterion open, when one does."""
    if one.answer is not UNKNOWN:
        return None
    beside = (one.hits[p.leaf] for p in one.all_places if p.role != "criterion")
    return next((hit.fact for hit in beside if hit.answer is UNKNOWN and hit.fact), None)


def _criterion(one: JudgedCriterion, place: Place, other: str | None, text: str, facts: Facts) -> CriterionAnswer:
    leaf, hit, answer = place.leaf, one.hits[place.leaf], one.answer_at(place)
    fact = hit.fact if hit.answer is UNKNOWN or answer is not UNKNOWN else other or hit.fact
    effect = "require" if place.wanted else "exclude"
    group = place.groups[0] if place.groups else ""
    whole = complete(one.node)
    words = text[leaf.start : leaf.end]
    if _OPEN_END.search(words):
        words = text[leaf.start : min(one.criterion.end, leaf.end + _BEHIND)]
    if answer is UNKNOWN and (narrow := narrow_question(leaf.concept, words)) and narrow.own:
        fact = None
    why, question = tell(leaf.concept, effect, answer, fact, facts, complete=whole, group=group, words=words)
    test = leaf_tests().get(leaf.concept)
    return CriterionAnswer(
        pattern=leaf.concept,
        section=one.criterion.section,
        effect=effect,
        answer=answer,
        quote=text[leaf.start : leaf.end],
        start=leaf.start,
        end=leaf.end,
        fact=fact,
        item_complete=whole,
        group=group,
        question=question,
        why=why,
        sentence=text[one.criterion.start : one.criterion.end],
        changeable=test is not None and test.changeable and answer is NO and not _over(leaf),
    )


_OPEN_END, _BEHIND = re.compile(r"\b(?:with|to|use)\s*\Z"), 40
"""What may be about the words behind it: "comply with" birth control."""


def _over(leaf: Leaf) -> bool:
    """Whether the words reach into the past, which nobody can change."""
    return leaf.sense == "history" or leaf.direction == "at_least_ago"


def _unread(criterion: Criterion, text: str) -> UnreadCriterion:
    return UnreadCriterion(criterion.section, text[criterion.start : criterion.end], criterion.start, criterion.end)


def _unread_parts(one: JudgedCriterion, text: str) -> tuple[str, ...]:
    """What is not understood of a criterion that has answers and stays open."""
    if one.answer is not UNKNOWN or not one.places or one.criterion.node is None:
        return ()
    return tuple(text[part.start : part.end] for part in not_understood(one.criterion.node))


def _unknown_facts(answers: Iterable[CriterionAnswer], facts: Facts) -> tuple[str, ...]:
    """The facts that were not told and would settle a criterion, in the order of the criteria."""
    known = schema()
    open_facts = (answer.fact for answer in answers if answer.answer is UNKNOWN and answer.fact in known)
    return tuple(dict.fromkeys(fact for fact in open_facts if fact and facts.get(fact) is None))
