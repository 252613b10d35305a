"""The number grammar on invented sentences: operators, what shares them, and numbers that bound nothing."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import leaves
from trialfinder.reading.structure import criteria_tree

Read = set[tuple[str, str, float | None, bool | None, float | None, bool | None]]


def _read(text: str, section: str) -> Read:
    return {
        (r.pattern, r.value, r.low, r.low_inclusive, r.high, r.high_inclusive)
        for r in read_sentence(text, section)
        if r.low is not None or r.high is not None
    }


@pytest.mark.parametrize(
    ("text", "low", "low_inclusive", "high", "high_inclusive"),
    [
        ("HbA1c of 7 and < 10 %", 7, True, 10, False),
        ("HbA1c at or below 9 %", None, None, 9, True),
        ("HbA1c at or above 7 %", 7, True, None, None),
        ("HbA1c 7 % or above and below 10 %", 7, True, 10, False),
        ("HbA1c no lower than 7 % and no higher than 11 %", 7, True, 11, True),
        ("HbA1c from 7 % up to and including 11 %", 7, True, 11, True),
        ("7.5 % ≤ HbA1c ≤ 11 %", 7.5, True, 11, True),
        ("HbA1c of seven and a half percent or more", 7.5, True, None, None),
        ("HbA1c over 7½ %", 7.5, False, None, None),
    ],
)
def test_operators_before_behind_and_on_both_sides(
    text: str, low: float | None, low_inclusive: bool | None, high: float | None, high_inclusive: bool | None
) -> None:
    assert _read(text, "inclusion") == {("hba1c", "", low, low_inclusive, high, high_inclusive)}


@pytest.mark.parametrize(
    ("text", "low", "high", "high_inclusive"),
    [
        ("Children 3 to <12 years old", 3, 12, False),
        ("Children 12 to no older than 16 years of age", 12, 16, True),
        ("Between nineteen and seventy years of age", 19, 70, True),
        ("Women aged 45 an 70 years", 45, 70, True),
        ("Adults aged 18-65 of any background", 18, 65, True),
        ("People with gout that are 14 or older", 14, None, None),
        ("All people that older than 19 treated for gout", 19, None, None),
    ],
)
def test_ages(text: str, low: float, high: float | None, high_inclusive: bool | None) -> None:
    found = {(r.low, r.high, r.high_inclusive) for r in read_sentence(text, "inclusion") if r.pattern == "age"}
    assert found == {(low, high, high_inclusive)}


@pytest.mark.parametrize(
    "text", ["Leg ulcers older than 3 years", "A stroke older than 20 years", "Has a child younger than 12 years"]
)
def test_what_is_old_besides_the_person_is_no_age(text: str) -> None:
    assert not [r for r in read_sentence(text, "exclusion") if r.pattern == "age"]


def test_an_age_in_the_middle_of_a_list() -> None:
    assert ("age", "", None, None, 19, False) in _read("Breastfeeding and younger than 19 years", "exclusion")


@pytest.mark.parametrize(
    ("text", "systolic", "diastolic"),
    [
        ("BP 185/100", 185, 100),
        ("Blood pressure 185/100 mmHg or higher", 185, 100),
        ("Blood pressure above 165 mmHg systolic or 105 mmHg diastolic", 165, 105),
        ("Blood pressure above 165 systolic and 95 diastolic", 165, 95),
        ("Hypertension (>=150 mmHg systolic and/or >=95 mmHg diastolic)", 150, 95),
    ],
)
def test_blood_pressures(text: str, systolic: float, diastolic: float) -> None:
    found = {(r.value, r.low) for r in read_sentence(text, "exclusion") if r.pattern == "hypertension"}
    assert found == {("systolic", systolic), ("diastolic", diastolic)}


def test_a_plain_pair_of_numbers_asks_for_no_pressure() -> None:
    """Under inclusion nobody can tell which side "BP 125/80" means; another pair is no pressure at all."""
    assert _read("BP 125/80", "inclusion") == set()
    assert _read("Cured by 125/80 sessions", "exclusion") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Haemoglobin under 11 for women and under 12 for men",
        "Haemoglobin under 11 for women and 12 for men",
        "Haemoglobin less than 11 (female) or 12 (male)",
        "Haemoglobin: women < 11, men < 12 g/dL",
    ],
)
def test_two_limits_by_sex(text: str) -> None:
    """The second limit keeps the word and the operator, and each says whom it is for."""
    found = {(r.applies_to_sex, r.high, r.high_inclusive) for r in read_sentence(text, "exclusion")}
    assert found == {("female", 11, False), ("male", 12, False)}


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("ALT more than twice the upper limit of normal", 2),
        ("ALT more than double the upper normal limit", 2),
        ("ALT above 1½ times the upper limit of normal", 1.5),
        ("ALT above two and a half times the upper limit of normal", 2.5),
        ("ALT > ULN", 1),
        ("ALT exceeding the normal upper limit", 1),
        ("ALT greater than the upper limit of normal", 1),
    ],
)
def test_multiples_of_normal(text: str, times: float) -> None:
    found = {(r.value, r.low, r.low_inclusive, r.unit) for r in read_sentence(text, "exclusion")}
    assert found == {("alt", times, False, "xULN")}


def test_the_normal_limit_without_an_operator_bounds_nothing() -> None:
    assert _read("ALT within the upper limit of normal", "inclusion") == set()


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Platelets below 90 x 10^9/L", 90),
        ("Platelets below 90 × 10⁹/L", 90),
        ("Platelets below 90 x 10e9/l", 90),
        ("Platelets below 1 lakh", 100),
        ("Platelets below 1,00,000/mm3", 100),
        ("Platelets below one hundred thousand", 100),
    ],
)
def test_large_numbers(text: str, low: float) -> None:
    assert _read(text, "exclusion") == {("platelets", "", None, None, low, False)}


@pytest.mark.parametrize(
    ("text", "months"), [("½ year", 6), ("1½ years", 18), ("1 ½ years", 18), ("1 1/2 years", 18), ("a year", 12)]
)
def test_fractions(text: str, months: float) -> None:
    found = _read(f"Life expectancy of less than {text}", "exclusion")
    assert found == {("life_expectancy", "", None, None, months, False)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Creatinine at most 1.5 mg/dL or creatinine clearance of at least 55",
            {("creatinine", None, 1.5), ("creatinine_clearance", 55, None)},
        ),
        ("Severe kidney failure (1.6 mg/dL of serum creatinine or more)", {("creatinine", 1.6, None)}),
    ],
)
def test_kidney_values(text: str, expected: set[tuple[str, float | None, float | None]]) -> None:
    assert {(r.value, r.low, r.high) for r in read_sentence(text, "inclusion")} == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Pain of at least four out of ten", 4, None),
        ("Average pain of 4 out of 10 or more over the last week", 4, None),
        ("Pain rated four to eight on the numeric rating scale", 4, 8),
        ("Pain of 40-70 mm on the VAS in the past 24 hours", 4, 7),
        ("At least 4 on the pain scale", 4, None),
    ],
)
def test_pain_on_a_scale(text: str, low: float, high: float | None) -> None:
    found = {(r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "pain_score"}
    assert found == {(low, high)}


def test_a_scale_named_behind_its_number() -> None:
    found = {
        (r.value, r.low) for r in read_sentence("Stage ≥ III according to Fontaine and ≥ 4 according to Rutherford")
    }
    assert found == {("Fontaine", 3), ("Rutherford", 4)}


_SCORED = ("INCAT", "NIS-LL", "ECOG", "MNSI", "TCSS", "ODI", "EDSS", "NDS", "CMTES", "pain score")


@pytest.mark.parametrize("name", _SCORED)
@pytest.mark.parametrize(
    "frame",
    [
        "A rise of at least 2 points on the {}",
        "Worsening of at least 2 points in the {} over half a year",
        "Decrease in {} of at least 2 points",
        "Progress means that the {} is at least 2 points higher",
        "Relapse is defined as {} of at least 2 points",
        "NOTE: those with {} of at least 2 need a blood test",
        "{} and at least 2 of the following signs",
        "Numb feet and at least 2 of these signs ({})",
    ],
)
def test_changes_definitions_notes_and_counts_bound_no_score(frame: str, name: str) -> None:
    assert _read(frame.format(name), "inclusion") == set()


@pytest.mark.parametrize("name", ["HbA1c < 8 %", "BMI > 33", "eGFR > 50", "haemoglobin > 9 g/dL", "platelets > 80"])
def test_the_age_of_whom_a_limit_is_for_is_no_value(name: str) -> None:
    """In "HbA1c < 8 % in people over 70" only the first number is a value."""
    plain = _read(name, "inclusion")
    assert len(plain) == 1
    assert {r for r in _read(f"{name} in people over 70", "inclusion") if r[0] != "age"} == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Males or females in the age group of 18-80 years", {("", 18, 80)}),
        ("1.people with gout; 2.18 to 65 years old", {("", 18, 65)}),
        ("Women 18-60 years or men 18-65 years", {("female", 18, 60), ("male", 18, 65)}),
        (
            "Women range in age from 35 to less than 68 and men from 35 to less than 63",
            {("female", 35, 68), ("male", 35, 63)},
        ),
        ("Women of at least 50 years are considered post-menopausal", set()),
    ],
)
def test_whose_age_it_is(text: str, expected: set[tuple[str, float, float]]) -> None:
    found = {(r.applies_to_sex, r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "age"}
    assert found == expected


def test_a_second_limit_behind_how_it_was_measured() -> None:
    found = _read("Ejection fraction less than 45 % by MUGA scan or less than 50 % by echocardiogram", "exclusion")
    assert {r[4] for r in found} == {45, 50}


def test_numbers_of_groups_are_no_values() -> None:
    text = "Bilirubin: Groups 1-4: less than 1.5 times upper limit of normal"
    assert _read(text, "inclusion") == {("hepatic", "bilirubin", None, None, 1.5, False)}


@pytest.mark.parametrize(
    ("thing", "limit", "again", "value"),
    [
        ("HbA1c", "10 %", "86 mmol/mol", 10.0),
        ("HbA1c", "64 mmol/mol", "8.0 %", 8.006),
        ("Creatinine", "1.8 mg/dL", "159 µmol/L", 1.8),
        ("Bilirubin", "2 mg/dL", "> 34 µmol/L", 2.0),
        ("Haemoglobin", "9 g/dL", "90 g/L", 9.0),
        ("Platelets", "80 x 10^9/L", "80,000/mm3", 80.0),
        ("Fasting glucose", "180 mg/dL", "approximately 10 mmol/L", 180.0),
        ("BMI", "38 kilograms per square metre", "kg/m2", 38.0),
        ("eGFR", "35 millilitres per minute per 1.73 square metres", "mL/min/1.73 m^2", 35.0),
    ],
)
def test_an_amount_told_once_more_is_one_amount(thing: str, limit: str, again: str, value: float) -> None:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {thing} above {limit} ({again})")
    assert criterion.node is not None
    (leaf,) = leaves(criterion.node)
    assert leaf.bounds is not None
    assert leaf.bounds.low == pytest.approx(value)
    assert not leaf.narrowing


@pytest.mark.parametrize(
    ("thing", "words", "low", "high"),
    [
        ("HbA1c", "between 7 % (53 mmol/mol) and 10 % (86 mmol/mol)", 7.0, 10.0),
        ("Fasting glucose", "from 126 mg/dL (7 mmol/L) to 252 mg/dL (14 mmol/L)", 126.0, 252.0),
        ("eGFR", "between 40 ml/min/1.73 m2 and 70 ml/min/1.73 m2", 40.0, 70.0),
        ("HbA1c", "6.5-9.5 percent (48-80 millimoles per mole [mmol/mol])", 6.5, 9.5),
    ],
)
def test_a_range_with_a_unit_at_each_end(thing: str, words: str, low: float, high: float) -> None:
    (criterion,) = criteria_tree(f"Inclusion Criteria:\n\n* {thing} {words}")
    assert criterion.node is not None
    (leaf,) = leaves(criterion.node)
    assert leaf.bounds is not None
    assert (leaf.bounds.low, leaf.bounds.high, leaf.narrowing) == (low, high, ())


def test_a_bracket_with_another_amount_is_none_of_this() -> None:
    (criterion,) = criteria_tree("Exclusion Criteria:\n\n* HbA1c above 9 % (10 % in those over 70)")
    assert criterion.node is not None
    (leaf,) = leaves(criterion.node)
    assert leaf.narrowing
