"""What follows from a told fact answers a criterion as if it had been told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.made import asks, bars, bounds, leaf, person, word

CREATININE = {"concept": "renal", "noun": "creatinine", "value": "creatinine"}


@pytest.mark.parametrize(
    ("egfr", "most", "wanted"),
    [(68, 2.0, "met"), (68, 1.5, "unknown"), (95, 1.5, "met"), (95, 1.2, "unknown"), (58, 2.0, "unknown")],
)
def test_a_good_egfr_says_what_the_creatinine_is_below(egfr: float, most: float, wanted: str) -> None:
    who = person(measurements={"egfr": egfr})
    assert word(who, asks(leaf(**CREATININE, bounds=bounds(high=most, unit="mg/dL")))) == wanted
    assert word(who, bars(leaf(**CREATININE, bounds=bounds(low=most, unit="mg/dL")))) == wanted


def test_a_told_creatinine_that_the_egfr_denies_decides_nothing() -> None:
    who = person(measurements={"egfr": 95, "creatinine_mg_dl": 3.1})
    assert word(who, asks(leaf(**CREATININE, bounds=bounds(high=2.0, unit="mg/dL")))) == "unknown"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"sex": "female", "age": 66}, "met"),
        ({"sex": "female", "age": 44}, "unknown"),
        ({"sex": "female", "age": 44, "can_become_pregnant": False}, "unknown"),
        ({"sex": "female", "age": 66, "breastfeeding": True}, "unknown"),
        ({"age": 66}, "unknown"),
    ],
)
def test_a_woman_past_the_menopause_nurses_no_child(told: dict[str, Any], wanted: str) -> None:
    assert word(person(person=told), bars(leaf("pregnancy", "breast-feeding"))) == wanted
