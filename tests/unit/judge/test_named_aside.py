"""What is named only beside another thing bars nobody: frames of data/aside.toml by several illnesses and drugs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.bars.aside import aside_words

ILLNESSES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("epilepsy", {"health": {"neurological_other": ["epilepsy"]}}),
    ("heart disease", {"health": {"heart_disease": True}}),
    ("lupus", {"health": {"autoimmune": ["lupus"]}}),
    ("stroke", {"health": {"stroke": True}}),
    ("hepatitis C", {"health": {"hepatitis_c": True}}),
    ("HIV infection", {"health": {"hiv": True}}),
)
DRUGS: tuple[tuple[str, dict[str, Any]], ...] = tuple(
    (drug, {"treatment": {"medications": [drug]}})
    for drug in ("warfarin", "prednisone", "tacrolimus", "ritonavir", "amiodarone")
)


def _said(frame: str) -> set[tuple[str, bool]]:
    things = ILLNESSES if "{illness}" in frame else DRUGS
    return {
        (name, verdict_on(f"ex: {frame.format(illness=name, drug=name)}", told) == "conflict") for name, told in things
    }


@pytest.mark.parametrize("frame", aside_words().yes)
def test_what_bars(frame: str) -> None:
    assert {name for name, bars in _said(frame) if not bars} == set()


@pytest.mark.parametrize("frame", aside_words().no)
def test_what_is_named_beside_another_thing(frame: str) -> None:
    assert {name for name, bars in _said(frame) if bars} == set()


CHEMOTHERAPY = {"health": {"cancer": "past", "chemotherapy": "completed"}}
NOW = {"health": {"cancer": "active", "chemotherapy": "active"}}
WOMAN, MAN = ({"person": {"sex": sex, "age": 19}} for sex in ("female", "male"))


@pytest.mark.parametrize(
    ("criterion", "told", "wanted"),
    [
        ("in: No antacids during chemotherapy", NOW, "possible"),
        ("in: No current chemotherapy", NOW, "conflict"),
        ("in: No prior chemotherapy for this cancer", CHEMOTHERAPY, "possible"),
        ("ex: Radiotherapy for the present tumour", NOW, "possible"),
        ("in: No prior chemotherapy with melphalan", CHEMOTHERAPY, "possible"),
        ("in: No prior chemotherapy", CHEMOTHERAPY, "conflict"),
        ("ex: Prior chemotherapy", CHEMOTHERAPY, "conflict"),
        ("in: Age 65-75 years:", {"person": {"age": 42}}, "possible"),
        ("ex: Pregnant or not using birth control", {"person": {"sex": "female", "pregnant": True}}, "conflict"),
        ("ex: Collapse, epileptic or otherwise", {"health": {"neurological_other": ["epilepsy"]}}, "possible"),
        (
            "ex: Systolic pressure over 150 mmHg. Calm persons are eligible",
            {"measurements": {"systolic": 180}},
            "conflict",
        ),
        ("in: Bilateral proliferative retinopathy", {"diabetes": {"type": "none"}}, "possible"),
        (
            "ex: End stage renal disease (creatinine below 3.0 mg/dL)",
            {"measurements": {"creatinine_mg_dl": 1.0}},
            "possible",
        ),
        ("in: Age 65-75 years", {"person": {"age": 42}}, "conflict"),
        ("in: Males over 18 or females over 21", WOMAN, "conflict"),
        ("in: Males over 18 or females over 21", MAN, "nothing_against"),
    ],
)
def test_when_for_what_and_for_whom(criterion: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(criterion, told) == wanted
