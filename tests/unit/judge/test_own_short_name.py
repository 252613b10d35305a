"""A limit behind its own short name decides like any other; so does an age beside the name of people of that age."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.test_sentences import verdict

_EF, _BMI, _EGFR = "ejection_fraction", "bmi", "egfr"


@pytest.mark.parametrize(
    ("section", "sentence", "measured", "said"),
    [
        ("Inclusion", "LVEF (Left Ventricular Ejection Fraction) >= 50%", {_EF: 45}, "conflict"),
        ("Inclusion", "LVEF (Left Ventricular Ejection Fraction) >= 50%", {_EF: 55}, "nothing_against"),
        ("Inclusion", "BMI (body mass index) >= 30", {_BMI: 20}, "conflict"),
        ("Inclusion", "GFR (glomerular filtration rate) of at least 60 mL/min", {_EGFR: 40}, "conflict"),
        ("Exclusion", "BMI (body mass index) greater than 35", {_BMI: 37}, "conflict"),
        ("Exclusion", "Twins with BMI (body mass index) greater than 35", {_BMI: 37}, "possible"),
        ("Exclusion", "XYZ (body mass index) greater than 35", {_BMI: 37}, "possible"),
        ("Inclusion", "BMI (body mass index) >= 30 or waist over 100 cm", {_BMI: 20}, "possible"),
    ],
)
def test_a_limit_behind_its_short_name(section: str, sentence: str, measured: dict[str, Any], said: str) -> None:
    assert verdict(section, sentence, {"measurements": measured}) == said


@pytest.mark.parametrize(
    ("section", "sentence", "age", "said"),
    [
        ("Inclusion", "Pediatric and young adult patients 10-25 years of age", 26, "conflict"),
        ("Inclusion", "Adolescents aged 12 to 17 years", 26, "conflict"),
        ("Inclusion", "Elderly people of at least 65 years", 26, "conflict"),
        ("Inclusion", "Elderly people of at least 65 years", 66, "nothing_against"),
        ("Exclusion", "Elderly patients over 75 years", 77, "conflict"),
    ],
)
def test_an_age_beside_people_of_that_age(section: str, sentence: str, age: int, said: str) -> None:
    assert verdict(section, sentence, {"person": {"age": age}}) == said


def test_people_of_an_age_are_not_everybody_where_another_limit_is_meant() -> None:
    facts: dict[str, dict[str, Any]] = {"measurements": {"egfr": 40}}
    assert verdict("Exclusion", "Elderly patients with eGFR below 60", facts) == "possible"
