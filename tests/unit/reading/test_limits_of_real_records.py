"""Shapes of numbers that stand in real records: glued words, wrong units, no operator, whose time or number it is."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence

Limit = tuple[str, str, float | None, float | None]


def _limits(text: str, section: str) -> set[Limit]:
    return {
        (r.pattern, r.value.partition(";")[0], r.low, r.high)
        for r in read_sentence(text, section)
        if r.low is not None or r.high is not None
    }


_INCLUDED = [
    ("Age between ≥ 21 through ≤ 79 years", ("age", "", 21, 79)),
    ("People between the age of 21 en 66 years", ("age", "", 21, 66)),
    ("Grown-up patients over21 years of age", ("age", "", 21, None)),
    ("ages21 to 74", ("age", "", 21, 74)),
    ("26-to-71-year-olds", ("age", "", 26, 71)),
    ("Anyone up to and including 73 years", ("age", "", None, 73)),
    ("Age 17 years, 6 months - 24 years, 3 months", ("age", "", 17.5, 24.25)),
    ("Estimated survival duration of at least 5 months", ("life_expectancy", "", 5, None)),
    ("Has at least 7 months to live", ("life_expectancy", "", 7, None)),
    ("No relapse in the last month and a minimum life expectancy of 20 weeks", ("life_expectancy", "", 4.6, None)),
    ("Hemoglobin at least 95 g/dL", ("hemoglobin", "", 9.5, None)),
    ("Haemoglobin ≥ 11 g/l", ("hemoglobin", "", 11, None)),
    ("AGC at least 1400/uL", ("white_cells", "neutrophils", 1.4, None)),
    ("GFR must surpass 55 mL/min", ("renal", "egfr", 55, None)),
    ("Performance status: WHO 0-2", ("severity_score", "WHO", 0, 2)),
    ("Zubrod performance status 0-1", ("severity_score", "Zubrod", 0, 1)),
    ("ECOG/WHO performance status 0-2", ("severity_score", "ECOG", 0, 2)),
    ("Nerve signs for over 14 weeks, two or more symptoms", ("symptom_duration", "", 3.22, None)),
    ("Hand weakness that started 12 days ago or less", ("symptom_duration", "", None, 0.4)),
]


@pytest.mark.parametrize(("text", "limit"), _INCLUDED)
def test_what_is_asked_for(text: str, limit: Limit) -> None:
    assert limit in _limits(text, "inclusion")


_BARRED = [
    ("Dying patients not expected to survive up to 36 hours", ("life_expectancy", "", None, 0.05)),
    ("Not expected to survive 36 hours", ("life_expectancy", "", None, 0.05)),
    ("Fewer than five months to live", ("life_expectancy", "", None, 5)),
    ("Childs-Pugh score > 8", ("severity_score", "Child-Pugh", 8, None)),
    ("ALT â‰¥ 4 times the ULN", ("hepatic", "alt", 4, None)),
    ("Aspartate aminotransferase (AST) 4 x upper limit of normal", ("hepatic", "ast", 4, None)),
    ("Total bilirubin at 2 times the upper limit of normal", ("hepatic", "bilirubin", 2, None)),
    ("Creatinine > 180 mmol/L", ("renal", "creatinine", 2.036, None)),
    ("eGFR lesser than or equal to (≤) 35 milliliter per minute", ("renal", "egfr", None, 35)),
    ("ABPI 0.7 or smaller", ("peripheral_artery_disease", "ABI", None, 0.7)),
    ("BMI equal to, or above, 42", ("bmi", "", 42, None)),
    ("BMI falls short of 17.5", ("bmi", "", None, 17.5)),
    ("Haemoglobin beneath 85 g/L", ("hemoglobin", "", None, 8.5)),
    ("Thrombocytosis (over 600 x 10^9/L)", ("platelets", "", 600, None)),
    ("RR over 155/95 mmHg", ("hypertension", "systolic", 155, None)),
    ("Creatinine: men above 130, women above 115 µmol/L", ("renal", "creatinine", 1.471, None)),
    ("ECOG over 2 or fewer than four months to live", ("severity_score", "ECOG", 2, None)),
]


@pytest.mark.parametrize(("text", "limit"), _BARRED)
def test_what_bars(text: str, limit: Limit) -> None:
    assert limit in _limits(text, "exclusion")


_NOTHING = [
    "Participants ≥ 3 years from the end of radiotherapy", "More than one year follow up after the infusion",
    "For all children over age 6, IQ must be at least 75", "Headache free a minimum of 9 hours",
    "Arm pain that persisted despite 5-7 weeks of physiotherapy", "Adequate renal function for 14 days",
    "K / L score of 2-3", "At least one year on a kinase inhibitor, a minimum duration of 1 year on a TKI",
    "Transplantation of at least 4 months duration", "HER2 staining score of 2 or more", "RR > 30/min",
]  # fmt: skip


@pytest.mark.parametrize("text", _NOTHING)
def test_numbers_of_something_else(text: str) -> None:
    got = {limit for limit in _limits(text, "inclusion") if limit[0] in {"age", "symptom_duration", "severity_score"}}
    assert got <= {("age", "", 6.0, None)}


def test_the_range_of_a_scale_is_no_limit() -> None:
    assert _limits("IGA score ≥ 2 (on the 0-4 IGA scale)", "inclusion") == {("severity_score", "IGA", 2, None)}


def test_a_pain_of_eight_to_thirteen_points_is_on_another_scale() -> None:
    assert not any(limit[0] == "pain_score" for limit in _limits("Pain score is 8-13 points", "inclusion"))


@pytest.mark.parametrize("words", ["progressed within 12 months", "relapsed in the past 12 months"])
def test_a_time_of_who_is_spared_is_not_that_of_what_bars(words: str) -> None:
    found = [r for r in read_sentence(f"Stroke, unless it {words}", "exclusion") if r.pattern == "stroke"]
    assert [r.window_months for r in found] == [None]


def test_what_is_over_long_enough_spares() -> None:
    found = read_sentence("Cancer unless cured at least 5 years ago", "exclusion")
    assert [(r.pattern, r.window_months, r.direction) for r in found] == [("malignancy", 60, "at_least_ago")]


def _window(text: str, pattern: str) -> set[float | None]:
    return {r.window_months for r in read_sentence(text, "exclusion") if r.pattern == pattern}


def test_a_time_behind_two_things_and_a_comma_is_that_of_both() -> None:
    assert _window("Heparin or warfarin, taken in the last 3 weeks", "anticoagulant") == {0.69}
    assert _window("Cancer treatment, the previous seven weeks", "chemotherapy") == {1.61}


def test_how_long_a_drug_cannot_be_stopped_is_no_look_back() -> None:
    assert _window("Aspirin not possible to interrupt for 9 days", "anticoagulant") == {None}


_FAILED = [
    "Nerve pain for which carbamazepine has lost its efficacy", "Neuropathy with loss of response to immunoglobulins",
    "Pain that withstood standard tablets",
]  # fmt: skip


@pytest.mark.parametrize("text", _FAILED)
def test_what_no_longer_helps_has_failed(text: str) -> None:
    assert "failed_conventional" in {r.pattern for r in read_sentence(text, "inclusion")}
