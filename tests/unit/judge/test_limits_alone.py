"""A limit bars by itself only where all words of its clause are known: frames of data/around_limits.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.bars.around_words import limit_words

LIMITS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("eGFR below 45", {"measurements": {"egfr": 30}}),
    ("HbA1c above 10 %", {"diabetes": {"hba1c": 12.0}}),
    ("BMI over 40", {"measurements": {"bmi": 45}}),
    ("platelets below 100 x 10^9/L", {"measurements": {"platelets": 60}}),
    ("haemoglobin below 9 g/dL", {"measurements": {"hemoglobin_g_dl": 7.5}}),
    ("systolic blood pressure above 180 mmHg", {"measurements": {"systolic": 200}}),
    ("ABI below 0.5", {"measurements": {"abi": 0.3}}),
    ("fasting glucose above 250 mg/dL", {"diabetes": {"fasting_glucose_mg_dl": 320}}),
)


def _answers(frame: str) -> dict[str, str]:
    return {limit: verdict_on(f"ex: {frame.replace('{limit}', limit)}", told, "Knee pain") for limit, told in LIMITS}


@pytest.mark.parametrize("frame", limit_words().yes)
def test_a_limit_that_bars_by_itself(frame: str) -> None:
    assert set(_answers(frame).items()) == {(limit, "conflict") for limit, _ in LIMITS}


@pytest.mark.parametrize("frame", limit_words().no)
def test_a_limit_that_does_not(frame: str) -> None:
    assert "conflict" not in _answers(frame).values()


CREATININE = {"measurements": {"creatinine_mg_dl": 1.9}}
PLATELETS = {"measurements": {"platelets": 90}}
AGE = {"person": {"age": 74}}


@pytest.mark.parametrize(
    ("criterion", "told", "wanted"),
    [
        ("in: Creatinine up to 1.5 mg/dL, or clearance of at least 60 mL/min", CREATININE, "possible"),
        ("in: Platelets at least 100 x 10^9/L (75 is enough with a large spleen)", PLATELETS, "possible"),
        ("in: Male or female, 18 to 70 years of age, on the day of signing", AGE, "conflict"),
        ("in: 18 to 70 years of age and able to walk", AGE, "conflict"),
        ("ex: Over 70 years of age and no more able to climb stairs", AGE, "possible"),
        ("ex: Three or more of the following: age over 70, gout, falls, weight loss", AGE, "possible"),
    ],
)
def test_what_must_be_true_together_and_what_bars_each(criterion: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(criterion, told, "Knee pain") == wanted
