"""Judges one study for one person: every criterion folded into one answer, each leaf with its own, and a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, all_of
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.beside_others import one_of_many_spared, told_by_others
from trialfinder.judge.answering.dated_behind import dated_behind
from trialfinder.judge.answering.every_kind import all_of_a_fact
from trialfinder.judge.answering.retold import retold
from trialfinder.judge.answering.set_apart import set_apart
from trialfinder.judge.answering.severities import grave_anyhow
from trialfinder.judge.answering.told_for_it import told_for_it
from trialfinder.judge.asking import Question, Told
from trialfinder.judge.bars.doubts import doubted, says_nothing
from trialfinder.judge.bars.narrower import some_of_those
from trialfinder.judge.bars.no_heading import plain_by_itself, says_itself
from trialfinder.judge.bars.ruled import ruled_from_afar
from trialfinder.judge.bars.several_limits import of_several_limits
from trialfinder.judge.bars.surely_met import surely_met
from trialfinder.judge.bars.surely_told import told_less
from trialfinder.judge.cohorts import is_asked, of_everybody
from trialfinder.judge.denials.denied_parts import with_denials
from trialfinder.judge.fields import age_disagreements, field_answers, field_decides
from trialfinder.judge.fold import deciding, fold
from trialfinder.judge.judged import JudgedCriterion
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.own.own_asked import with_own_illness
from trialfinder.judge.polarity import Place, places
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
    judged = of_everybody(
        [
            judge_criterion(c, c.node, text, context, facts, beside)
            for c in criteria
            if c.node is not None and is_asked(c, text)
        ],
        text,
    )
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


def _some_of_those(asked: Question, place: Place, criterion: Criterion, text: str) -> bool:
    """Whether who has a thing may still not be meant, by words that the tree does not hold."""
    ruled = ruled_from_afar(place, criterion, text) and not grave_anyhow(asked)
    return ruled or some_of_those(place, criterion, text)


def judge_criterion(
    criterion: Criterion, node: Node, text: str, context: StudyContext, facts: Facts, beside: BesideFields
) -> JudgedCriterion:
    """Judges one criterion by itself; ``node`` is what it describes."""
    node = with_denials(criterion, retold(node, text, facts, context), text, context, facts)
    node = with_own_illness(criterion, node, text, context, facts)
    hits: dict[Leaf, Told] = {}
    found = tuple(places(node))
    for place in found:
        asked = Question(place.leaf, facts, context, place.wanted, place.spared_from, place.spared_with)
        hit = answer_of(asked)
        hit = told_for_it(asked, hit)
        far = place.leaf.start - criterion.start > _FIRST_WORDS
        hits[place.leaf] = beside.settle(place, hit)
        less = one_of_many_spared(place, criterion, text) or _some_of_those(asked, place, criterion, text)
        if (hit.answer is YES and less) or says_nothing(place, criterion, text):
            hits[place.leaf] = Told(UNKNOWN, hit.fact)
        far = far or place.leaf.concept in _OF_FEW_STUDIES
        if far and hit.answer is NO and _hardly_asked(place, context):
            hits[place.leaf] = Told(UNKNOWN, hit.fact)
    hits.update(told_by_others(found, hits, text))
    hits.update(all_of_a_fact(node, text, facts))
    hits.update(set_apart(found, hits, facts, text))
    hits.update(of_several_limits(node, hits))
    hits.update(dated_behind(found, hits, criterion, text, facts))
    hits.update(told_less(found, hits, criterion, text, facts, context))
    answer, against = _decided(node, hits)
    if doubts := doubted([place for place in found if place.leaf in against], found, hits, criterion, text, context):
        hits.update((place.leaf, Told(UNKNOWN, hits[place.leaf].fact)) for place in doubts)
        answer, against = _decided(node, hits)
    if criterion.section == "unknown" and not (
        plain_by_itself(found, answer, against) or says_itself([p for p in found if p.leaf in against], criterion, text)
    ):
        answer, against = UNKNOWN, frozenset()
    if answer is YES and not surely_met(node, hits, found, criterion, text, facts):
        answer = UNKNOWN
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
    """Whether the words reach into the past, which nobody can change. For some weeks a drug may still be paused."""
    if type_of(leaf.concept) == "drug" and leaf.window_months is not None:
        return False
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
