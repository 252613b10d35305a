"""Limits and times in words that no list holds: what may not be left, what a value does, whose duration it is."""

from __future__ import annotations

import pytest

from tests.unit.judge.test_invented import WORDS, verdict
from trialfinder.reading.check_examples import read_sentence

Sides = tuple[float | None, bool | None, float | None, bool | None]


def _sides(text: str, section: str, pattern: str) -> set[Sides]:
    return {
        (r.low, r.low_inclusive, r.high, r.high_inclusive) for r in read_sentence(text, section) if r.pattern == pattern
    }


def _windows(text: str, section: str, pattern: str) -> set[float | None]:
    return {r.window_months for r in read_sentence(text, section) if r.pattern == pattern}


_MEASURES = [
    ("HbA1c", "%", "hba1c", 6.5, 9.5),
    ("BMI", "kg/m2", "bmi", 19, 34),
    ("Haemoglobin", "g/dL", "hemoglobin", 9, 16),
]
_LEFT = [
    "outside {}-{}", "outside the range of {} to {}", "outside of the range {} to {}", "out of the range of {} to {}",
    "not between {} and {}", "not within {} to {}", "that does not lie between {} and {}",
]  # fmt: skip


@pytest.mark.parametrize(("name", "unit", "pattern", "low", "high"), _MEASURES)
@pytest.mark.parametrize("words", _LEFT)
def test_who_is_outside_of_a_range_is_barred_and_not_who_is_inside(
    name: str, unit: str, pattern: str, low: float, high: float, words: str
) -> None:
    text = f"{name} {words.format(low, high)} {unit}"
    assert _sides(text, "exclusion", pattern) == {(None, None, low, False), (high, False, None, None)}


def test_a_range_that_must_not_be_left_bars_nobody_inside_of_it() -> None:
    text = "HbA1c outside the range of 6 to 9 %"
    said = {value: WORDS[verdict("ex", [text], f"diabetes.hba1c = {value}").verdict] for value in (5.2, 7.5, 9.8)}
    assert said == {5.2: "conflict", 7.5: "met", 9.8: "conflict"}


def test_outside_holds_for_the_next_range_of_the_list() -> None:
    text = "A value outside 95 to 145 mmHg for systolic blood pressure and 55 to 92 mmHg for diastolic blood pressure"
    found = {(r.value, r.low, r.high) for r in read_sentence(text, "exclusion") if r.pattern == "hypertension"}
    assert found == {
        ("systolic", None, 95.0), ("systolic", 145.0, None), ("diastolic", None, 55.0), ("diastolic", 92.0, None),
    }  # fmt: skip


def test_a_plain_range_of_the_next_statement_is_not_outside() -> None:
    assert _sides("HbA1c outside 6-9 %; BMI 36-40", "exclusion", "bmi") == {(36, True, 40, True)}


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("that does not fall below 7 %", (7, True, None, None)),
        ("never dropping under 7 %", None),
        ("that has never risen above 9 %", (None, None, 9, True)),
        ("which must not go over 9 %", (None, None, 9, True)),
        ("never exceeding 9 %", (None, None, 9, True)),
        ("of 9 % at most", (None, None, 9, True)),
        ("within 7 and 9 %", (7, True, 9, True)),
    ],
)
def test_what_a_value_may_not_do(words: str, sides: Sides | None) -> None:
    found = _sides(f"HbA1c {words}", "inclusion", "hba1c")
    assert found == {sides} if sides is not None else (7, False, None, None) not in found


@pytest.mark.parametrize(
    ("text", "section", "sides"),
    [
        ("Women who have turned 50 years", "inclusion", {(50, True, None, None)}),
        ("People who have reached the age of 21", "inclusion", {(21, True, None, None)}),
        ("Not yet reached the age of 21", "exclusion", {(None, None, 21, False)}),
        ("19 y.o. or older", "inclusion", {(19, True, None, None)}),
        ("< 19 or > 71 years", "exclusion", {(None, None, 19, False), (71, False, None, None)}),
        ("Are at least 14 years old (a parent consents if under 18)", "inclusion", {(14, True, None, None)}),
        ("Lymphocytes of at least 800 (under 14 months of age)", "inclusion", set()),
        ("4 to 9 years of age must have > 900 cells/mm3", "inclusion", set()),
        ("HbA1c at most 8 % for those under 66 and 9 % for those over 66", "inclusion", set()),
        ("Less than 9 months to live", "exclusion", set()),
        ("A caregiver at least 19 years of age", "inclusion", set()),
        ("Partner aged 21 or older", "inclusion", set()),
        ("Minors (< 19 years)", "exclusion", {(None, None, 19, False)}),
        ("Age fifty plus", "inclusion", {(50, True, None, None)}),
        ("Less than six years free of cancer", "exclusion", set()),
    ],
)
def test_ages_and_what_only_looks_like_one(text: str, section: str, sides: set[Sides]) -> None:
    assert _sides(text, section, "age") == sides


def test_an_age_of_some_people_is_no_share_of_haemoglobin() -> None:
    text = "HbA1c at most 8 % for those under 65 and 9 % for those over 65"
    assert all(high in (8.0, 9.0) for *_, high, _ in _sides(text, "inclusion", "hba1c"))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("not expected to survive 9 months", (None, None, 9, False)),
        ("not expected to survive for 9 months", (None, None, 9, False)),
        ("unlikely to live more than 9 months", (None, None, 9, True)),
        ("unlikely to survive 9 months", (None, None, 9, False)),
        ("not expected to live more than 9 months", (None, None, 9, True)),
        ("likely to die within 9 months", (None, None, 9, True)),
        ("death is expected within nine months", (None, None, 9, True)),
    ],
)
def test_a_life_that_is_not_expected_bars_the_short_one(text: str, sides: Sides) -> None:
    assert _sides(text, "exclusion", "life_expectancy") == {sides}


@pytest.mark.parametrize(
    "text",
    [
        "No drug that prolongs survival by at least 5 months",
        "No therapy known to increase overall survival by 4 months",
    ],
)
def test_a_longer_survival_by_a_treatment_is_no_expectation_of_life(text: str) -> None:
    assert not _sides(text, "inclusion", "life_expectancy")


_LASTING = [
    ("Burning feet for half a year or longer", (6, True, None, None)),
    ("Eight months or more of burning feet", (8, True, None, None)),
    ("Neuropathic pain at least for five months", (5, True, None, None)),
    ("Polyneuropathy complaints between two and nine years", (24, True, 108, True)),
    ("Leg pain of five months' duration or more", (5, True, None, None)),
    ("Neuropathic pain for at least 8 weeks but shorter than 4 years", (1.84, True, 48, False)),
    ("CIDP, symptomatic over 5 months", (5, False, None, None)),
    ("Numbness for a year or more", (12, True, None, None)),
]


@pytest.mark.parametrize(("text", "sides"), _LASTING)
def test_how_long_it_has_lasted_in_other_words(text: str, sides: Sides) -> None:
    assert _sides(text, "inclusion", "symptom_duration") == {sides}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Type 2 diabetes diagnosed no later than 15 months before screening", (1.25, True, None, None)),
        ("Type 2 diabetes diagnosed no earlier than 15 months before screening", (None, None, 1.25, True)),
        ("Diabetic for a year or more", (1, True, None, None)),
        ("Diabetes of 4 to 19 years", (4, True, 19, True)),
        ("More than six years since diabetes was diagnosed", (6, False, None, None)),
    ],
)
def test_time_since_diabetes_was_told(text: str, sides: Sides) -> None:
    assert _sides(text, "inclusion", "diabetes_duration") == {sides}


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Chronic cough of over 7 weeks duration", "exclusion"),
        ("Persistent vomiting of more than 5 days duration", "exclusion"),
        ("Steroid therapy of more than 5 weeks duration", "exclusion"),
        ("Intubation duration over 30 hours", "exclusion"),
        ("Interferon therapy of more than 5 weeks duration", "inclusion"),
        (
            "Contraception for the duration of participation in the trial (until 9-15 days after the last dose)",
            "inclusion",
        ),
    ],
)
def test_the_duration_of_something_else_is_not_that_of_the_neuropathy(text: str, section: str) -> None:
    assert not _sides(text, section, "symptom_duration")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Duration over 6 years", "exclusion"),
        ("Back pain of more than 70 months duration", "exclusion"),
        ("Disease duration of at least 3 years", "inclusion"),
    ],
)
def test_the_duration_of_the_condition_is_read(text: str, section: str) -> None:
    assert len(_sides(text, section, "symptom_duration")) == 1


@pytest.mark.parametrize(
    ("text", "pattern", "months"),
    [
        ("Venous thrombosis in the 4 previous months", "thrombosis", 4),
        ("Stroke within 60 calendar days of enrolment", "stroke", 2),
        ("Cancer in the last decade", "malignancy", 120),
        ("Infection in the past fortnight", "active_infection", 0.46),
        ("Less than 9 months have passed since a stroke", "stroke", 9),
        ("Less than six years free of cancer", "malignancy", 72),
        ("Fewer than 4 years without cancer", "malignancy", 48),
        ("Stroke: 7 months", "stroke", 7),
        ("Participation in another trial, 4 months", "other_trial", 4),
        ("Systemic steroids: 3 weeks", "immunosuppression", 0.69),
    ],
)
def test_look_backs_in_other_words(text: str, pattern: str, months: float) -> None:
    assert _windows(text, "exclusion", pattern) == {months}


def test_so_long_free_of_it_is_a_bar_of_what_is_more_recent() -> None:
    (found,) = (r for r in read_sentence("At least 7 months free of seizures", "inclusion"))
    assert (found.pattern, found.effect, found.window_months) == ("neurological_other", "exclude", 7)


def test_second_limits_of_another_sex_or_group() -> None:
    text = "QTc over 455 ms in men and over 475 ms in women"
    found = {(r.low, r.applies_to_sex) for r in read_sentence(text, "exclusion") if r.pattern == "cardiac"}
    assert found == {(455.0, "male"), (475.0, "female")}
    groups = "BMI of 28 kg/m2 or greater for walking patients and 23 kg/m2 for patients in a wheelchair"
    assert {low for low, *_ in _sides(groups, "inclusion", "bmi")} == {28, 23}


def test_a_denial_before_a_comma_only_says_of_whom_a_limit_is() -> None:
    text = "For people not on anticoagulants, an INR above 1.6"
    assert _sides(text, "exclusion", "bleeding_disorder") == {(1.6, False, None, None)}


def test_tablets_that_stay_the_same_are_no_time_with_diabetes() -> None:
    assert not _sides("Diabetes tablets unchanged for at least 5 months", "inclusion", "diabetes_duration")


def test_in_excess_of() -> None:
    assert _sides("HbA1c in excess of 9 %", "exclusion", "hba1c") == {(9, False, None, None)}


def test_points_out_of_ten_on_both_ends() -> None:
    assert _sides("Pain between 4/10 and 7/10", "inclusion", "pain_score") == {(4, True, 7, True)}
    assert not _sides("Leg pain seen on 4/10 and 5/10", "inclusion", "symptom_duration")


def test_millions() -> None:
    text = "Platelets < 60 or > 1.2 million per microlitre"
    assert (1200, False, None, None) in _sides(text, "exclusion", "platelets")
