"""What bars by being there bars by itself only where the words around it are known: data/around_things.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.bars.around_words import thing_words

THINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("epilepsy", {"health": {"neurological_other": ["epilepsy"]}}),
    ("heart disease", {"health": {"heart_disease": True}}),
    ("chronic liver disease", {"health": {"liver_disease": True}}),
    ("stroke", {"health": {"stroke": True}}),
    ("hepatitis C", {"health": {"hepatitis_c": True}}),
    ("lung disease", {"health": {"lung_disease": True}}),
)


def _answers(frame: str) -> dict[str, str]:
    return {thing: verdict_on(f"ex: {frame.replace('{thing}', thing)}", told) for thing, told in THINGS}


@pytest.mark.parametrize("frame", thing_words().yes)
def test_a_thing_that_bars_by_itself(frame: str) -> None:
    assert set(_answers(frame).items()) == {(thing, "conflict") for thing, _ in THINGS}


@pytest.mark.parametrize("frame", thing_words().no)
def test_a_thing_that_does_not(frame: str) -> None:
    assert "conflict" not in _answers(frame).values()


STROKE = {"health": {"stroke": True}}
CELLS = {"treatment": {"prior_cell_therapy": True}}
WARFARIN = {"treatment": {"medications": ["warfarin"]}}
PREGNANT = {"person": {"sex": "female", "pregnant": True}}
DEPRESSION = {"health": {"psychiatric": True}}
NO_PHONE = {"person": {"has_phone": False}}
NO_CARER = {"person": {"has_carer": False}}


@pytest.mark.parametrize(
    ("criterion", "told", "wanted"),
    [
        # behind an event, a therapy, an operation: any word that is not known
        ("ex: Stroke two nights in a row", STROKE, "possible"),
        ("ex: Stroke in the week after a marathon", STROKE, "possible"),
        ("ex: Stem cell therapy of the knee joint", CELLS, "possible"),
        ("ex: Stem cell therapy at any time before enrolment", CELLS, "conflict"),
        ("ex: Stroke, atrial fibrillation and gout, all three in one patient", STROKE, "possible"),
        # a drug that is a new one
        ("ex: Warfarin first prescribed within the last 2 months", WARFARIN, "possible"),
        ("ex: Warfarin within the last 2 months", WARFARIN, "conflict"),
        # tests
        ("in: Negative serum pregnancy test within 14 days before the first dose", PREGNANT, "conflict"),
        ("in: Females of childbearing potential: negative pregnancy test", PREGNANT, "conflict"),
        # an adjective shares what is said of the noun further on
        ("ex: A psychiatric or other disorder that hinders consent", DEPRESSION, "possible"),
        # what is only wished for, or done by somebody else
        ("in: Has a caregiver, although this is not compulsory", NO_CARER, "possible"),
        ("in: Has a caregiver", NO_CARER, "conflict"),
        ("in: A telephone, or somebody next door who takes calls", NO_PHONE, "possible"),
        ("in: Has a telephone", NO_PHONE, "conflict"),
        # a label of one group
        ("in: Group 2 - type 2 diabetes; Group 3 - neither", {"diabetes": {"type": "none"}}, "possible"),
    ],
)
def test_what_stands_behind_and_around(criterion: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(criterion, told, "Diabetic neuropathy") == wanted
