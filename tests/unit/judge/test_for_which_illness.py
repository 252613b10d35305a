"""One rule whether a study is for another illness than the one a person told: it is not, where they named it."""

from __future__ import annotations

import pytest

from tests.unit.judge.made import TODAY, person, study
from trialfinder.judge import judge
from trialfinder.judge.own.own_illness import MAY_BE_OWN, OTHER, closeness

NAMED = ["gout", "diabetic foot ulcer last year"]


def close(conditions: str, diagnoses: list[str], *, ulcer: bool = False, role: str = "other") -> int:
    who = person(
        neuropathy={"types": ["diabetic"]},
        diabetes={"type": "type2", "foot_ulcer": ulcer},
        health={"diagnoses": diagnoses},
    )
    row = {"neuropathy_types": "", "nerve_role": role, "conditions": conditions, "brief_title": "Cells for wounds"}
    return closeness(who, row, judge(study(), (), who, TODAY))


@pytest.mark.parametrize(
    ("conditions", "wanted"),
    [
        ("Diabetic Foot Ulcer", MAY_BE_OWN),
        ("Diabetic Foot Ulcer; Cutaneous Ulcer", MAY_BE_OWN),
        ("Diabetic Foot Ulcer; Leg Ulcer; Autologous Stromal Vascular Fraction", MAY_BE_OWN),
        ("Diabetic Foot", MAY_BE_OWN),
        ("Gout", MAY_BE_OWN),
        ("Gouty Arthritis", MAY_BE_OWN),
        ("Knee Osteoarthritis", OTHER),
    ],
)
def test_what_was_named_is_no_other_illness(conditions: str, wanted: int) -> None:
    assert close(conditions, NAMED) == wanted


@pytest.mark.parametrize("named", ["foot ulcer, healed", "a foot ulcer that has healed", "ulcer on the foot in 2024"])
def test_a_healed_one_is_asked_about(named: str) -> None:
    assert close("Diabetic Foot Ulcer", [named]) == MAY_BE_OWN


@pytest.mark.parametrize("named", ["gout", "no foot ulcer", "corneal ulcer", "foot drop"])
def test_what_was_not_named_is_another_illness(named: str) -> None:
    assert close("Diabetic Foot Ulcer", [named]) == OTHER
    assert (
        close("Diabetic Foot Ulcer; Autologous Stromal Vascular Fraction; Adipose-Derived Stem Cells", [named]) == OTHER
    )


def test_the_open_sore_that_was_told_counts_as_before() -> None:
    assert close("Diabetic Foot Ulcer", [], ulcer=True) == MAY_BE_OWN
