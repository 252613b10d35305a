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
