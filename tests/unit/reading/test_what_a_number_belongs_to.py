"""Numbers that belong to a name, a scale, an onset or a table; limits said by "worse" or by a factor behind."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria
from trialfinder.reading.check_examples import read_sentence

Limits = list[tuple[float | None, float | None]]


def _limits(text: str, section: str, pattern: str) -> Limits:
    return [
        (r.low, r.high)
        for r in read_sentence(text, section)
        if r.pattern == pattern and (r.low, r.high) != (None, None)
    ]


@pytest.mark.parametrize("name", ["ALT", "AST", "Bilirubin", "Alkaline phosphatase"])
@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("> ULN x 2.5", 2.5),
        ("greater than the upper limit of normal × 3", 3),
        ("> upper limit of normal (ULN) times 2", 2),
        ("exceeding the upper limit of normal by more than 4 times", 4),
        ("above ULN", 1),
    ],
)
def test_a_factor_behind_the_limit_of_normal(name: str, words: str, times: float) -> None:
    found = [(r.low, r.low_inclusive, r.unit) for r in read_sentence(f"{name} {words}", "exclusion")]
    assert found == [(times, False, "xULN")]


@pytest.mark.parametrize(
    ("name", "low_is_bad"),
    [
        ("Karnofsky 60", True),
        ("MMSE of 21", True),
        ("LVEF 38 %", True),
        ("ECOG 2", False),
        ("EDSS of 6", False),
    ],
)
def test_what_is_worse_depends_on_what_is_measured(name: str, low_is_bad: bool) -> None:
    number = float(name.strip(" %").rpartition(" ")[2])
    for word, bad in (("worse", True), ("better", False)):
        found = [(r.low, r.high) for r in read_sentence(f"{name} or {word}", "exclusion")]
        assert found == ([(None, number)] if low_is_bad == bad else [(number, None)])


@pytest.mark.parametrize("hours", ["two-hour", "2-hour", "2-h"])
def test_the_hours_of_a_test_are_no_limit(hours: str) -> None:
    text = f"Fasting glucose 105 ≤ X < 120 mg/dL or 145 ≤ {hours} glucose < 195 mg/dL"
    assert _limits(text, "inclusion", "glucose") == [(105, 120), (145, 195)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Age limit 81", [(None, 81)]),
        ("Age limit: 76 years", [(None, 76)]),
        ("Upper age limit of 71", [(None, 71)]),
        ("Lower age limit: 22", [(22, None)]),
        ("Age limits 19-74", [(19, 74)]),
        ("Gout with onset at < 41 years of age and tablets for > 4 years at entry", []),
        ("Diagnosed with asthma before the age of 31 years", []),
        ("Age 1 to < 2 years Male 0.6 Female 0.7", []),
        ("Toddlers < 14 months of age, with a low weight, must also have a positive culture", []),
    ],
)
def test_which_numbers_are_the_age(text: str, expected: Limits) -> None:
    assert _limits(text, "inclusion", "age") == expected


def test_months_alone_are_no_age() -> None:
    assert _limits("Less than 5 months", "exclusion", "age") == []
    assert _limits("Under 5 months of age", "exclusion", "age") != []


def test_where_a_scale_begins_and_ends_says_nothing_of_a_person() -> None:
    text = "Breathlessness score of at least 2, on a scale of 0 (minimum) to 4 (maximum) on the Ford Council (FC) scale"
    found = [(r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "severity_score"]
    assert found == [(2, None)]
    assert _limits("Pain scale of 4 to 6", "inclusion", "pain_score") == [(4, 6)]


def test_a_scale_that_has_its_value_takes_no_other() -> None:
    text = "CDR score = 0.5, Ottawa Paragraph Recall less than 9, HAM-D score less than 14"
    found = {(r.value, r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "severity_score"}
    assert found == {("CDR", 0.5, 0.5), ("Hamilton depression", None, 14)}


def test_the_short_name_of_a_scale_beside_a_remark() -> None:
    text = "A self-report of gloom (BIG-SR, Appendix C) score ≥ 16"
    assert [(r.value, r.low) for r in read_sentence(text, "exclusion") if r.low] == [("BIG-SR", 16)]


def test_a_duration_that_has_its_time_takes_no_other() -> None:
    text = "Lesions must be of at least 4 months duration and not have been treated with creams for at least 2 weeks"
    assert _limits(text, "inclusion", "symptom_duration") == [(4, None)]


def test_how_long_the_disease_of_a_study_of_diabetes_has_lasted() -> None:
    criteria = (
        "Inclusion Criteria:\n\n* {}\n* Duration of disease less than 18 months from diagnosis\n* Able to consent"
    )
    told = {
        illness: [
            (r.pattern, r.high, r.unit)
            for i in read_criteria(criteria.format(illness))
            for r in i.readings
            if r.high is not None
        ]
        for illness in ("Type 1 diabetes", "Neuropathy in type 1 diabetes", "Gout")
    }
    assert told["Type 1 diabetes"] == [("diabetes_duration", 1.5, "years")]
    assert told["Neuropathy in type 1 diabetes"] == told["Gout"] == [("symptom_duration", 18, "months")]


def test_a_heading_ends_what_stood_above_it() -> None:
    titles = ("PATIENT CHARACTERISTICS:", "Menopausal status:", "* Not specified", "Life expectancy:")
    text = "\n\n".join([*titles, "* Greater than 7 months"])
    found = [(r.pattern, r.low) for i in read_criteria(text) for r in i.readings]
    assert found == [("life_expectancy", 7)]


@pytest.mark.parametrize("heading", ["PATIENT CHARACTERISTICS:", "Inclusion Criteria:"])
def test_what_is_wanted_below_a_list_of_what_is_not(heading: str) -> None:
    text = (
        f"{heading}\n\n* No active infection\n* Not pregnant\n* Age limit 80\n* Creatinine clearance at least 55 mL/min"
    )
    found = {(r.pattern, r.effect) for i in read_criteria(text) for r in i.readings}
    assert {("age", "require"), ("renal", "require"), ("pregnancy", "exclude")} <= found
