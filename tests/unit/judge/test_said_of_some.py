"""What decides against a person decides only where it is said of them, and by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

STROKE = {"health": {"stroke": True}}
OLD = {"person": {"age": 76}}
HEAVY = {"measurements": {"bmi": 42}}


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("ex: For patients with a single kidney: age above 72", OLD, "possible"),
        ("ex: In participants who had a bypass: BMI above 38", HEAVY, "possible"),
        ("ex: Age above 72", OLD, "conflict"),
        ("ex: For all participants: age above 72", OLD, "conflict"),
        ("ex: BMI above 38 and snoring at the same time", HEAVY, "possible"),
        ("ex: Both stroke and gout", STROKE, "possible"),
        ("ex: Both stroke and lung disease", {"health": {"stroke": True, "lung_disease": True}}, "conflict"),
        ("ex: Stroke and lung disease", STROKE, "conflict"),
        ("ex: Cannot lie in the tunnel (many people with a BMI above 38 can)", HEAVY, "possible"),
        ("in: Either stroke or numbness for a year", {"health": {"stroke": False}}, "possible"),
        ("in: HIV infection, or a needle wound", {"health": {"hiv": False}}, "possible"),
        ("in: HIV infection, or AIDS", {"health": {"hiv": False}}, "conflict"),
        ("in: Two of the following: smoker, snoring, gout", {"health": {"smoker": False}}, "possible"),
        ("in: Neuropathy from chemotherapy or diabetes", {"neuropathy": {"types": ["diabetic"]}}, "possible"),
    ],
)
def test_of_whom_and_with_what(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, told) in (wanted, "nothing_against" if wanted == "possible" else wanted)


@pytest.mark.parametrize("sexes", ["for women, 13 g/dL for men", "in females, 13 g/dL in males"])
def test_a_limit_of_the_other_sex_bars_nobody(sexes: str) -> None:
    told = {"measurements": {"hemoglobin_g_dl": 12.5}, "person": {"sex": "female"}}
    assert verdict_on(f"in: Haemoglobin at least 12 g/dL {sexes}", told) != "conflict"
