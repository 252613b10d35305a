"""Lists of one arm among several bar nobody whom another arm takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import trialfinder as tf

_TYPE_2 = (
    "Patients with T2D\n\nInclusion Criteria:\n\n* Age 30 to 75 years\n\nExclusion Criteria:\n\n* HIV infection\n\n"
)
_TYPE_1 = (
    "Patients with T1D\n\nInclusion Criteria:\n\n* Age 18 to 60 years\n\n"
    "Exclusion criteria:\n\n* Type 2 diabetes\n* Stroke\n"
)


def _verdict(text: str, facts: dict[str, Any]) -> str:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Cells"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Knee pain"]},
            "eligibilityModule": {"eligibilityCriteria": text, "sex": "ALL"},
        }
    }
    return str(tf.match(facts, [record], today=dt.date(2026, 11, 28))["verdict"].iloc[0])


@pytest.mark.parametrize(
    ("text", "facts", "conflict"),
    [
        (_TYPE_2 + _TYPE_1, {"diabetes": {"type": "type2"}}, False),
        (_TYPE_1, {"diabetes": {"type": "type2"}}, True),
        (_TYPE_2 + _TYPE_1, {"health": {"hiv": True}}, False),
        (_TYPE_2 + _TYPE_1, {"health": {"hiv": True, "stroke": True}}, True),
        (_TYPE_2 + _TYPE_1, {"person": {"age": 80}}, True),
    ],
)
def test_one_arm_of_several(text: str, facts: dict[str, Any], conflict: bool) -> None:
    assert (_verdict(text, facts) == "conflict") is conflict


@pytest.mark.parametrize(
    ("items", "facts", "said"),
    [
        (["Patients with type 1 diabetes", "Healthy volunteers"], {"diabetes": {"type": "type2"}}, "possible"),
        (["Patients with type 1 diabetes", "Patients who are healthy"], {"diabetes": {"type": "type2"}}, "possible"),
        (["Patients with type 1 diabetes"], {"diabetes": {"type": "type2"}}, "conflict"),
        (
            ["Patients with type 1 diabetes", "Healthy volunteers", "Age 18 to 60 years"],
            {"diabetes": {"type": "type2"}, "person": {"age": 70}},
            "conflict",
        ),
    ],
)
def test_a_line_for_healthy_people_leaves_the_ill_another_cohort(
    items: list[str], facts: dict[str, Any], said: str
) -> None:
    assert _verdict("Inclusion Criteria:\n\n" + "\n".join(f"* {item}" for item in items), facts) == said
