"""The laws of judging, on random people and random criteria."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.properties.strategies_match import criteria, profiles, some_leaves, value_of
from tests.thoroughness import examples
from tests.unit.judge.made import asks, bars, bounds, person, study, word
from tests.unit.judge.made import leaf as made_leaf
from tests.unit.judge.test_invented import ROWS, answers_of
from trialfinder.base.answer import Answer
from trialfinder.judge import Verdict, explain, judge
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.asking import Question
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import schema, spellings
from trialfinder.person.read_profile import read_facts
from trialfinder.reading.nodes.tree import Bounds, Criterion, Leaf, Not

TODAY = dt.date(2026, 11, 20)
Criteria = tuple[str, tuple[Criterion, ...]]
_RIVALS = [{"person.age", "person.birth_year"}, {"neuropathy.duration_months", "neuropathy.symptoms_since"}]


def judged(who: Profile, made: Criteria) -> Verdict:
    text, found = made
    return judge(study(text, conditions=("Neuropathy",)), found, who, TODAY)


@settings(max_examples=examples(200))
@given(who=profiles(), made=criteria(), key=st.sampled_from(sorted(schema())), data=st.data())
def test_learning_a_fact_never_turns_a_criterion_around(who: Profile, made: Criteria, key: str, data: Any) -> None:
    """Unknown may become met or not met; met never becomes not met, nor back. Contradictions included."""
    assume(key not in who)
    more = who.with_facts({key: data.draw(value_of(key))})
    text, read = made
    for one in read:
        before, after = (judged(person, (text, (one,))).verdict for person in (who, more))
        assert {before, after} != {"conflict", "nothing_against"}, (key, one)


@settings(max_examples=examples(400))
@given(who=profiles(), leaf=some_leaves(), wanted=st.booleans(), key=st.sampled_from(sorted(schema())), data=st.data())
def test_learning_a_fact_never_turns_a_leaf_around(who: Profile, leaf: Leaf, wanted: bool, key: str, data: Any) -> None:
    assume(key not in who)
    more = who.with_facts({key: data.draw(value_of(key))})
    context = StudyContext(frozenset(), frozenset({"diabetic"}), True, ("Diabetic Neuropathy",))
    before, after = (answer_of(Question(leaf, Facts(one, TODAY), context, wanted)) for one in (who, more))
    assert {before.answer, after.answer} != {Answer.YES, Answer.NO}, (key, before, after)


@settings(max_examples=examples(200))
@given(who=profiles(), made=criteria())
def test_nothing_fits_that_was_not_told(who: Profile, made: Criteria) -> None:
    """Every answer of the text, for or against, names a fact, and the person told it or what it follows from."""
    known = Facts(who, TODAY)
    for found in judged(who, made).answers:
        if found.source == "text" and found.answer is not Answer.UNKNOWN:
            assert found.fact is not None, found
            assert known.get(found.fact) is not None, found


@settings(max_examples=examples(150))
@given(who=profiles(), made=criteria(), order=st.randoms())
def test_the_order_of_the_criteria_changes_nothing(who: Profile, made: Criteria, order: Any) -> None:
    text, read = made
    shuffled = list(read)
    order.shuffle(shuffled)
    one, other = judged(who, (text, read)), judged(who, (text, tuple(shuffled)))
    assert one.verdict == other.verdict
    assert sorted(map(repr, one.answers)) == sorted(map(repr, other.answers))


@settings(max_examples=examples(150))
@given(who=profiles(), made=criteria())
def test_an_unrelated_criterion_changes_no_other_answer(who: Profile, made: Criteria) -> None:
    text, read = made
    unrelated = Criterion("exclusion", Not(made_leaf("left_handed", "left-handed", "some")), 0, 4)
    before, after = judged(who, made), judged(who, (text, (*read, unrelated)))
    assert before.answers == after.answers[:-1]
    assert after.answers[-1].word == "unknown"
    assert after.verdict == ("conflict" if before.verdict == "conflict" else "possible")


@settings(max_examples=examples(200))
@given(made=criteria())
def test_an_empty_profile_decides_nothing(made: Criteria) -> None:
    for answer in judged(Profile(), made).answers:
        assert answer.answer is Answer.UNKNOWN, answer


@settings(max_examples=examples(150))
@given(who=profiles(), made=criteria())
def test_verdicts_follow_from_the_answers_and_every_answer_has_its_words(who: Profile, made: Criteria) -> None:
    found = judged(who, made)
    text, read = made
    words = {answer.word for answer in found.answers}
    assert (found.verdict == "conflict") == ("not_met" in words)
    if found.verdict == "nothing_against":
        assert words == {"met"}
        assert any(one.node is not None for one in read)
    for answer in found.answers:
        assert answer.start is not None and text[answer.start : answer.end] == answer.quote
        assert answer.fact is None or answer.fact in schema()
        assert answer.question or answer.word != "unknown"
        assert not answer.changeable or answer.word == "not_met"
    assert explain(found)


@settings(max_examples=examples(200))
@given(who=profiles(), made=criteria())
def test_the_same_question_gets_the_same_answer(who: Profile, made: Criteria) -> None:
    assert judged(who, made).to_json() == judged(Profile(who.facts()), made).to_json()


# How far a person can travel decides no criterion.
_WITH_UNITS = [
    (name, fact, unit)
    for name, (fact, unit) in spellings().items()
    if unit is not None and fact.key != "person.travel_km"
]
_PATTERN = {
    "diabetes.hba1c": ("hba1c", "", "%"),
    "diabetes.fasting_glucose_mg_dl": ("glucose", "fasting glucose", "mg/dL"),
    "measurements.creatinine_mg_dl": ("renal", "creatinine", "mg/dL"),
    "measurements.bilirubin_mg_dl": ("hepatic", "bilirubin", "mg/dL"),
    "measurements.hemoglobin_g_dl": ("hemoglobin", "", "g/dL"),
    "measurements.platelets": ("platelets", "", "10^9/L"),
    "measurements.white_cells": ("white_cells", "", "10^9/L"),
}


@settings(max_examples=examples(150))
@given(which=st.sampled_from(_WITH_UNITS), data=st.data())
def test_the_unit_in_which_a_fact_is_told_changes_nothing(which: Any, data: Any) -> None:
    """Also exactly on the bound, where a conversion's rounding could tip it over."""
    name, fact, unit = which
    value = data.draw(st.floats(fact.low, fact.high).map(lambda number: float(f"{number:.3g}")))
    assume(fact.low * 1.01 < value < fact.high * 0.99)
    bound = data.draw(st.one_of(st.just(value), st.floats(fact.low, fact.high)))
    other = {unit.name: (value - unit.offset) / unit.factor}
    plain = person(**{fact.section: {fact.name: value}})
    converted = Profile(read_facts({fact.section: other}, name))
    pattern, kind, words_unit = _PATTERN[fact.key]
    for inclusive in (True, False):
        for part in (asks, bars):
            limits = Bounds(bound, inclusive, None, False, words_unit)
            made = part(
                made_leaf(pattern, kind, value=kind if kind in ("creatinine", "bilirubin") else "", bounds=limits),
                "the laboratory value",
            )
            assert word(plain, made) == word(converted, made)


@settings(max_examples=examples(200))
@given(value=st.integers(4, 19), inclusive=st.booleans(), effect=st.sampled_from(["require", "exclude"]))
def test_a_value_on_the_bound_follows_inclusiveness(value: int, inclusive: bool, effect: str) -> None:
    who = person(diabetes={"hba1c": value})
    part = asks if effect == "require" else bars
    limits = bounds(low=float(value), unit="%", inclusive=inclusive)
    inside = word(who, part(made_leaf("hba1c", "hba1c", bounds=limits)))
    assert inside == ("met" if inclusive == (effect == "require") else "not_met")


@settings(max_examples=examples(150))
@given(who=profiles(), made=criteria(), order=st.randoms())
def test_the_order_in_which_facts_are_told_changes_nothing(who: Profile, made: Criteria, order: Any) -> None:
    facts = list(who.facts().items())
    order.shuffle(facts)
    words = [[a.word for a in judged(one, made).answers] for one in (who, Profile(dict(facts)))]
    assert words[0] == words[1]


UNRELATED = (
    "* Owns a bassoon that was made in Graz",
    "* Wears sandals on Tuesdays in the second quarter",
)


@pytest.mark.parametrize(("section", "criterion", "facts", "expected"), ROWS[::3])
def test_no_answer_changes_when_an_unrelated_item_is_added(
    section: str, criterion: str, facts: str, expected: str
) -> None:
    """Neither before nor behind: what is read and judged of an item is its own."""
    before, behind = UNRELATED
    alone = answers_of(section, [f"* {criterion}"], facts)
    assert answers_of(section, [before, f"* {criterion}", behind], facts) == alone
    assert bool("not_met" in {word for _, word in alone}) == (expected == "conflict")
