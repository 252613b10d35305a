"""Bounds, windows and units in one sentence: what is read from the numbers."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.readings import Reading


def only(text: str, pattern: str, section: str = "exclusion") -> Reading:
    """The one reading of ``pattern`` in a sentence."""
    found = [r for r in read_sentence(text, section) if r.pattern == pattern]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "pattern", "low", "low_inclusive", "high", "high_inclusive"),
    [
        ("HbA1c > 10 %", "hba1c", 10, False, None, None),
        ("HbA1c \\> 10 %", "hba1c", 10, False, None, None),
        ("HbA1c ≥ 7,5%", "hba1c", 7.5, True, None, None),
        ("HbA1c of at least 7.5 percent", "hba1c", 7.5, True, None, None),
        ("HbA1c no more than 9 %", "hba1c", None, None, 9, True),
        ("HbA1c not less than 8 %", "hba1c", 8, True, None, None),
        ("HbA1c between 7 and 11 %", "hba1c", 7, True, 11, True),
        ("7% <= HbA1c < 12%", "hba1c", 7, True, 12, False),
        ("HbA1c 6.5-9%", "hba1c", 6.5, True, 9, True),
        ("HbA1c above 64 mmol/mol", "hba1c", 8.006, False, None, None),
        ("BMI greater than or equal to 33", "bmi", 33, True, None, None),
        ("Body mass index ＞ ３４ kg/m2", "bmi", 34, False, None, None),
        ("Under the age of 21", "age", None, None, 21, False),
        ("Younger than 20 years", "age", None, None, 20, False),
        ("Age: 20 or older", "age", 20, True, None, None),
        ("Aged 19 to 71 years", "age", 19, True, 71, True),
        ("Over eighteen years of age", "age", 18, False, None, None),
        ("Platelets below 90,000/mm3", "platelets", None, None, 90, False),
        ("Platelet count less than90x10^9/L", "platelets", None, None, 90, False),
        ("Haemoglobin < 85 g/L", "hemoglobin", None, None, 8.5, False),
        ("Fasting glucose above 12 mmol/L", "glucose", 216.2, False, None, None),
        ("Life expectancy of less than 2 years", "life_expectancy", None, None, 24, False),
        ("Minimum VAS of 40/100", "pain_score", 4, True, None, None),
        ("Platelets < 85.000/ul", "platelets", None, None, 85, False),
        ("VAS pain of 35 mm or more", "pain_score", 3.5, True, None, None),
    ],
)
def test_bounds_of_one_sentence(
    text: str,
    pattern: str,
    low: float | None,
    low_inclusive: bool | None,
    high: float | None,
    high_inclusive: bool | None,
) -> None:
    found = only(text, pattern)
    assert (found.low, found.low_inclusive) == (pytest.approx(low) if low is not None else None, low_inclusive)
    assert (found.high, found.high_inclusive) == (pytest.approx(high) if high is not None else None, high_inclusive)


@pytest.mark.parametrize(
    ("text", "value", "low", "unit"),
    [
        ("ALT above 2.5 times the upper limit of normal", "alt", 2.5, "xULN"),
        ("AST > 3 x ULN", "ast", 3, "xULN"),
        ("Bilirubin over 2 mg/dL", "bilirubin", 2, "mg/dL"),
    ],
)
def test_liver_values_keep_multiples_of_the_normal_limit(text: str, value: str, low: float, unit: str) -> None:
    found = only(text, "hepatic")
    assert (found.value, found.low, found.unit) == (value, low, unit)


def test_creatinine_in_micromoles_becomes_milligrams() -> None:
    found = only("Serum creatinine > 150 µmol/L", "renal")
    assert found.value == "creatinine"
    assert found.low == pytest.approx(1.697, abs=0.001)
    assert found.unit == "mg/dL"


def test_blood_pressure_pairs_give_two_readings() -> None:
    found = [r for r in read_sentence("Blood pressure above 165/95 mmHg") if r.pattern == "hypertension"]
    assert {(r.value, r.low) for r in found} == {("systolic", 165), ("diastolic", 95)}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Blood pressure >= 155 mmHg (systolic) or >= 105 mmHg (diastolic)", {("systolic", 155), ("diastolic", 105)}),
        ("Systolic BP > 175 mmHg", {("systolic", 175)}),
    ],
)
def test_words_beside_a_pressure_say_which(text: str, read: set[tuple[str, float]]) -> None:
    assert {(r.value, r.low) for r in read_sentence(text) if r.pattern == "hypertension" and r.low} == read


def test_a_wild_number_is_left_unread() -> None:
    assert [r.low for r in read_sentence("HbA1c > 400 %") if r.pattern == "hba1c"] == []


def test_grades_beside_a_scale_are_bounds() -> None:
    found = only("ECOG performance status of 0, 1 or 2", "severity_score", "inclusion")
    assert (found.value, found.low, found.high) == ("ECOG", 0, 2)
    found = only("Fontaine stage III-IV", "severity_score", "inclusion")
    assert (found.value, found.low, found.high) == ("Fontaine", 3, 4)


@pytest.mark.parametrize(
    ("text", "pattern", "months", "direction"),
    [
        ("Cancer within the last 4 years", "malignancy", 48, "within"),
        ("Stroke in the past 9 months", "stroke", 9, "within"),
        ("Stroke within 3 weeks", "stroke", 0.69, "within"),
        ("Stroke less than 60 days ago", "stroke", 2, "within"),
        ("Major surgery planned in the next 7 months", "recent_surgery", 7, "planned"),
        ("Stable dose of pain medication for at least 5 weeks", "stable_medication", 1.15, "lasting"),
        ("Opioids during the past year", "opioid_use", 12, "within"),
    ],
)
def test_windows_in_months(text: str, pattern: str, months: float, direction: str) -> None:
    found = only(text, pattern)
    assert found.window_months == pytest.approx(months, rel=0.02)
    assert found.direction == direction


def test_an_age_is_no_window_and_a_dose_interval_neither() -> None:
    assert all(r.window_months is None for r in read_sentence("Age at least 20 years", "inclusion"))
    assert all(r.window_months is None for r in read_sentence("Morphine 10 mg per 24 h before the visit"))


def test_an_onset_within_a_time_is_a_bound() -> None:
    found = only("Onset of symptoms within the last 5 months", "symptom_duration", "inclusion")
    assert (found.low, found.high, found.unit) == (None, 5, "months")
