"""Limits of which each is for some people only, and limits that are joined so that both cannot be meant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from trialfinder.base.answer import Answer
from trialfinder.judge.fold import fold
from trialfinder.reading import criteria_tree
from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import Leaf, leaves


def _answer(text: str, section: str, person: Mapping[str, float | str]) -> str:
    """Whether somebody with these values, sex and nothing else known can join by one criterion: "yes", "no", "open"."""
    (criterion,) = criteria_tree(f"{section.title()} Criteria:\n\n* {text}")

    def ask(leaf: Leaf) -> Answer:
        known = person.get(leaf.value) if leaf.value in person else person.get(leaf.concept)
        if leaf.concept == "sex":
            return Answer.of(person["sex"] == leaf.value)
        if known is None or leaf.bounds is None or not isinstance(known, int | float) or leaf.narrowing:
            return Answer.UNKNOWN
        low, high = leaf.bounds.low, leaf.bounds.high
        above = low is None or known > low or (known == low and leaf.bounds.low_inclusive)
        return Answer.of(above and (high is None or known < high or (known == high and leaf.bounds.high_inclusive)))

    assert criterion.node is not None
    return {Answer.YES: "yes", Answer.NO: "no"}.get(fold(criterion.node, ask), "open")


@pytest.mark.parametrize(
    ("concept", "name", "low", "high", "unit"),
    [
        ("hemoglobin", "Haemoglobin", 11, 12, "g/dL"),
        ("bmi", "BMI", 21, 24, "kg/m2"),
        ("creatinine", "Creatinine", 1.1, 1.3, "mg/dL"),
        ("platelets", "Platelets", 90, 130, "x 10^9/L"),
    ],
)
@pytest.mark.parametrize("join", [" and ", " or ", ", "])
def test_each_sex_has_its_own_limit(concept: str, name: str, low: float, high: float, unit: str, join: str) -> None:
    text = f"{name} ≥ {low} {unit} in women{join}≥ {high} {unit} in men"
    between = (low + high) / 2
    assert _answer(text, "inclusion", {concept: between, "sex": "female"}) == "yes"
    assert _answer(text, "inclusion", {concept: between, "sex": "male"}) == "no"
    assert _answer(text, "inclusion", {concept: high + 0.5, "sex": "male"}) == "yes"
    barred = text.replace("≥", "<")
    assert _answer(barred, "exclusion", {concept: between, "sex": "male"}) == "no"
    assert _answer(barred, "exclusion", {concept: between, "sex": "female"}) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Men aged 22 to 61 or women aged 26 to 53",
        "Male subjects 22 to 61 years; female subjects 26 to 53 years",
        "Males between 22 and 61 years, or females between 26 and 53 years",
    ],
)
def test_each_sex_has_its_own_age(text: str) -> None:
    found = {(r.applies_to_sex, r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "age"}
    assert found == {("male", 22, 61), ("female", 26, 53)}
    assert _answer(text, "inclusion", {"age": 58, "sex": "male"}) == "yes"
    assert _answer(text, "inclusion", {"age": 58, "sex": "female"}) == "no"


@pytest.mark.parametrize("text", ["Men and women aged 22 to 61", "Women, age 22-61 years"])
def test_one_age_is_of_whomever_is_let_in(text: str) -> None:
    assert {r.applies_to_sex for r in read_sentence(text, "inclusion") if r.pattern == "age"} == {""}


@pytest.mark.parametrize("name", ["ALT and AST", "ALT and/or AST"])
def test_only_the_second_limit_is_that_of_those_under_a_condition(name: str) -> None:
    text = f"{name} ≤ 3 x ULN or ≤ 6 x ULN if the liver is enlarged"
    assert _answer(text, "inclusion", {"alt": 2, "ast": 2, "sex": "male"}) == "yes"
    assert _answer(text, "inclusion", {"alt": 7, "ast": 7, "sex": "male"}) == "no"
    assert _answer(text, "inclusion", {"alt": 4, "ast": 4, "sex": "male"}) == "open"


def test_limits_of_two_groups_of_patients_are_both_asked_with_their_groups() -> None:
    text = (
        "Platelets ≥ 90 x 10^9/L in patients without spleen trouble and ≥ 40 x 10^9/L in patients with spleen trouble"
    )
    found = {(r.low, r.condition) for r in read_sentence(text, "inclusion") if r.pattern == "platelets"}
    assert found == {(90, "patients without spleen trouble"), (40, "patients with spleen trouble")}
    assert _answer(text, "inclusion", {"platelets": 60, "sex": "male"}) == "open"


@pytest.mark.parametrize(
    ("text", "concept", "inside", "outside"),
    [
        ("Patients under 21 years and over 74 of age", "age", 40, 80),
        ("HbA1c < 5 % and > 11 %", "hba1c", 8, 12),
        ("BMI below 17 kg/m2 and above 41 kg/m2", "bmi", 25, 45),
    ],
)
def test_two_limits_that_no_one_can_meet_both_bar_each_by_itself(
    text: str, concept: str, inside: float, outside: float
) -> None:
    assert _answer(text, "exclusion", {concept: inside, "sex": "male"}) == "yes"
    assert _answer(text, "exclusion", {concept: outside, "sex": "male"}) == "no"


def test_who_leaves_either_of_two_ranges_is_barred() -> None:
    text = "A value outside of 95 - 150 mmHg for systolic blood pressure and 55 - 95 mmHg for diastolic pressure"
    assert _answer(text, "exclusion", {"systolic": 170, "diastolic": 80, "sex": "male"}) == "no"
    assert _answer(text, "exclusion", {"systolic": 120, "diastolic": 80, "sex": "male"}) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Are aged 52-83 years. Subjects older than 83 years may be eligible with approval of the monitor.",
        "Age 52-83 (patients over 83 may be included if the sponsor agrees)",
    ],
)
def test_who_may_join_as_well_is_not_what_everybody_must_be(text: str) -> None:
    found = [(r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "age"]
    assert found == [(52, 83)]
    assert _answer(text, "inclusion", {"age": 60, "sex": "male"}) == "yes"
    assert _answer(text, "inclusion", {"age": 90, "sex": "male"}) != "no"


def test_an_age_of_those_who_may_join_alone_is_asked() -> None:
    assert [(r.low, r.high) for r in read_sentence("Patients aged 19-73 may be included", "inclusion")] == [(19, 73)]


def test_another_limit_for_some_in_brackets_does_not_take_the_first_away() -> None:
    text = "BMI 20-49 kg/m2 (in Asians the BMI is 18-46 kg/m2)"
    assert _answer(text, "inclusion", {"bmi": 48, "sex": "male"}) == "yes"
    assert _answer(text, "inclusion", {"bmi": 19, "sex": "male"}) == "open"


@pytest.mark.parametrize("word", ["Design", "Cohort", "Arm", "Part"])
def test_a_part_of_the_study_in_front_of_a_limit(word: str) -> None:
    text = f"For {word} 1: LVEF at least 48 %"
    assert [r.condition for r in read_sentence(text, "inclusion")] == [f"For {word} 1"]
    assert _answer(text, "inclusion", {"ejection_fraction": 30, "sex": "male"}) == "open"


@pytest.mark.parametrize("verdict", ["will be excluded", "will not be included"])
def test_a_verdict_on_people_holds_for_all_that_they_have(verdict: str) -> None:
    text = f"Patients with bilirubin greater than 3 mg/dl (or INR > 2) or AST greater than 4 x ULN {verdict}."
    for section in ("unknown", "inclusion"):
        found = {(r.pattern, r.effect) for r in read_sentence(text, section) if r.low is not None}
        assert {effect for _, effect in found} == {"exclude"}
        assert {pattern for pattern, _ in found} == {"hepatic", "bleeding_disorder"}


def test_a_verdict_on_people_takes_nothing_away_from_what_a_heading_bars() -> None:
    found = read_sentence("Patients with a stroke, gout or an INR > 2 will be excluded from the study", "exclusion")
    assert {(r.pattern, r.effect) for r in found} == {("stroke", "exclude"), ("bleeding_disorder", "exclude")}


def test_the_age_of_people_with_a_diagnosis_is_theirs() -> None:
    found = read_sentence("Individuals diagnosed with type 2 diabetes aged 23-54 years", "inclusion")
    assert [(r.low, r.high) for r in found if r.pattern == "age"] == [(23, 54)]


def test_a_condition_in_brackets_about_another_value_is_none_of_the_limits() -> None:
    text = "Creatinine clearance greater than 62 mL/min (if creatinine at least 1.4 mg/dL)"
    assert {r.value for r in read_sentence(text, "inclusion")} == {"creatinine_clearance"}


@pytest.mark.parametrize(
    "line",
    [
        "Willing to be treated with a target HbA1c of at most 7 %", "Agrees to a goal for HbA1c of 7 % or below",
        "Must accept tight control with the aim of keeping sugar near normal (i.e., HbA1c value of <= 6.5 %)",
        "Commits to lifestyle changes, aiming at a BMI below 27 kg/m2", "Diet with the goal of a BMI below 27 kg/m2",
    ],
)  # fmt: skip
def test_what_the_study_means_to_reach_is_no_limit(line: str) -> None:
    assert _answer(line, "inclusion", {"hba1c": 9, "bmi": 40}) == "open"


@pytest.mark.parametrize(
    "line",
    [
        "Willing to come; HbA1c at most 7 %", "Willing to take part and HbA1c below 7 %",
        "HbA1c at target (at most 7 %)",
        "With a goal in life. HbA1c below 7 %", "Target population: HbA1c below 7 %",
    ],
)  # fmt: skip
def test_a_limit_beside_a_wish_or_a_target_holds(line: str) -> None:
    text = f"Inclusion Criteria:\n\n* {line}"
    found = [leaf for c in criteria_tree(text) if c.node is not None for leaf in leaves(c.node)]
    assert [leaf.bounds.high for leaf in found if leaf.bounds is not None] == [7]
