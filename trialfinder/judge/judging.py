"""Judges one study for one person: an answer to every criterion that was read, and a verdict on the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trialfinder.base.answer import Answer
from trialfinder.judge.case import Case, Context, Hit, context_of
from trialfinder.judge.combine import Key, combine
from trialfinder.judge.fields import SEX_NOTE, age_disagreements, field_answers, field_decides
from trialfinder.judge.rules import RULES
from trialfinder.judge.soften import satisfied
from trialfinder.judge.tell import tell
from trialfinder.judge.verdict import CriterionAnswer, Unread, Verdict, outcome
from trialfinder.person.facts import Facts, facts_of
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import schema
from trialfinder.reading.readings import Item
from trialfinder.study.model import Study

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def judge(study: Study, items: Sequence[Item], profile: Profile, today: dt.date) -> Verdict:
    """Compares a person with every criterion of a study.

    Args:
        study: the record; its age and sex fields stand before the text.
        items: the criteria of ``study.eligibility_criteria`` as the reader gives them.
        profile: what the person told; left out is unknown.
        today: the day on which "within 6 months" ends.
    """
    facts = facts_of(profile, today)
    context = context_of(study, items)
    hits = {key: satisfied(case) for key, case in _cases(items, context, facts)}
    joined = combine(items, context.text, {key: hit.answer for key, hit in hits.items()})
    fields = field_answers(study, facts)
    final, notes = _beside_the_fields(study, items, joined, fields)
    answers = fields + [
        _criterion(items[key[0]], key, final[key], hit, context.text, facts) for key, hit in hits.items()
    ]
    unread = tuple(
        Unread(item.section, context.text[item.start : item.end], item.start, item.end)
        for item in items
        if not item.readings
    )
    all_read = bool(items) and not unread and all(item.complete for item in items)
    verdict = outcome(answers, all_read=all_read)
    return Verdict(study.nct_id, verdict, tuple(answers), _unknown_facts(answers, facts), unread, notes)


def _cases(items: Sequence[Item], context: Context, facts: Facts) -> list[tuple[Key, Case]]:
    return [
        ((index, at), Case(reading, item, context, facts))
        for index, item in enumerate(items)
        for at, reading in enumerate(item.readings)
        if reading.pattern in RULES
    ]


def _beside_the_fields(
    study: Study, items: Sequence[Item], joined: dict[Key, Answer], fields: Sequence[CriterionAnswer]
) -> tuple[dict[Key, Answer], tuple[str, ...]]:
    """The answers where text and fields of the record may disagree on age or sex; and a note for each disagreement.

    A criterion that was read in part is never met.
    """
    final: dict[Key, Answer] = {}
    notes: list[str] = []
    too_young_or_old = any(found.pattern == "age" and found.answer is NO for found in fields)
    for key, answer in joined.items():
        item = items[key[0]]
        reading = item.readings[key[1]]
        if reading.pattern == "age":
            notes += [str(found) for found in age_disagreements(study, reading)]
            if answer is NO and field_decides(study, reading) and not too_young_or_old:
                answer = UNKNOWN
        elif reading.pattern == "sex" and answer is NO and study.sex == "ALL":
            notes.append(SEX_NOTE)
            answer = UNKNOWN
        final[key] = UNKNOWN if answer is YES and not item.complete else answer
    return final, tuple(dict.fromkeys(notes))


def _criterion(item: Item, key: Key, answer: Answer, hit: Hit, text: str, facts: Facts) -> CriterionAnswer:
    reading = item.readings[key[1]]
    group = reading.group or item.group
    why, question = tell(reading.pattern, reading.effect, answer, hit.fact, facts, complete=item.complete, group=group)
    return CriterionAnswer(
        pattern=reading.pattern,
        section=reading.section,
        effect=reading.effect,
        answer=answer,
        quote=reading.quote,
        start=reading.start,
        end=reading.end,
        fact=hit.fact,
        item_complete=item.complete,
        group=group,
        question=question,
        why=why,
        sentence=text[item.start : item.end],
    )


def _unknown_facts(answers: Sequence[CriterionAnswer], facts: Facts) -> tuple[str, ...]:
    """The facts that were not told and would settle a criterion, in the order of the criteria."""
    known = schema()
    open_facts = (answer.fact for answer in answers if answer.answer is UNKNOWN and answer.fact in known)
    return tuple(dict.fromkeys(fact for fact in open_facts if fact and facts.get(fact) is None))
