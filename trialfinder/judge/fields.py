"""Age and sex from the record's own fields. They stand before the text; where both disagree, that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from trialfinder.base.answer import Answer
from trialfinder.base.values import Age
from trialfinder.judge.polarity import Place
from trialfinder.judge.shown.tell import tell
from trialfinder.judge.verdict import CriterionAnswer, TextAgainstField
from trialfinder.person.facts import Facts
from trialfinder.person.spans import same
from trialfinder.study.model import Study

AGE, SEX = "person.age", "person.sex"


def field_answers(study: Study, facts: Facts) -> list[CriterionAnswer]:
    """Whether the person's age and sex fit ``minimum_age``, ``maximum_age`` and ``sex``; both ages count as inside."""
    found = []
    span = facts.span(AGE)
    for limit, lower in ((study.minimum_age, True), (study.maximum_age, False)):
        if limit is not None:
            bound = limit.years
            answer = Answer.UNKNOWN
            if span is not None:
                answer = span.above(bound, inclusive=True) if lower else span.below(bound, inclusive=True)
            words = f"{'minimum' if lower else 'maximum'} age: {limit}"
            found.append(replace(_answer("age", answer, str(limit), facts.origin(AGE), facts), sentence=words))
    if study.sex in ("FEMALE", "MALE"):
        told = facts.word(SEX)
        answer = Answer.of(told.upper() == study.sex if told else None)
        found.append(_answer("sex", answer, study.sex, facts.origin(SEX), facts))
    return found


def _answer(pattern: str, answer: Answer, quote: str, fact: str, facts: Facts) -> CriterionAnswer:
    why, question = tell(pattern, "require", answer, fact, facts)
    return CriterionAnswer(
        pattern,
        "inclusion",
        "require",
        answer,
        quote,
        None,
        None,
        fact,
        True,
        source="field",
        question=question,
        why=why,
    )


def _limits(place: Place) -> tuple[float | None, float | None]:
    """The lowest and the highest age that a leaf of the text lets in."""
    bounds = place.leaf.bounds
    if bounds is None:
        return None, None
    # barred below 18 is the same limit as asked for from 18 on
    return (bounds.low, bounds.high) if place.wanted else (bounds.high, bounds.low)


def age_disagreements(study: Study, place: Place) -> list[TextAgainstField]:
    """Where an age bound of the text and the record's field differ. A field without a limit says nothing."""
    low, high = _limits(place)
    sides: tuple[tuple[Literal["low", "high"], float | None, Age | None], ...] = (
        ("low", low, study.minimum_age),
        ("high", high, study.maximum_age),
    )
    return [
        TextAgainstField(side, text, field)
        for side, text, field in sides
        if text is not None and field is not None and not same(text, field.years)
    ]


def field_decides(study: Study, place: Place) -> bool:
    """Whether every bound of an age in the text has a field beside it."""
    low, high = _limits(place)
    return (low is None or study.minimum_age is not None) and (high is None or study.maximum_age is not None)
