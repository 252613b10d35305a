"""Who lacks a thing is barred only where a sentence plainly asks for it: frames of data/asked.toml by ten things."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.bars.asked import asked_words

THINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("heart failure", {"health": {"heart_disease": False}}),
    ("tuberculosis", {"health": {"tuberculosis": False}}),
    ("prostate cancer", {"health": {"cancer": "never"}}),
    ("type 2 diabetes", {"diabetes": {"type": "none"}}),
    ("HIV infection", {"health": {"hiv": False}}),
    ("chronic kidney disease", {"health": {"kidney_disease": False}}),
    ("stroke", {"health": {"stroke": False}}),
    ("COPD", {"health": {"lung_disease": False}}),
    ("depression", {"health": {"psychiatric": False}}),
    ("multiple sclerosis", {"health": {"neurological_other": []}}),
)


def _wrong(frame: str, wanted: frozenset[str]) -> list[str]:
    found = []
    for name, told in THINGS:
        sentence = frame.replace("{thing}", name)
        if verdict_on(f"in: {sentence[0].upper()}{sentence[1:]}", told, "Knee pain") not in wanted:
            found.append(name)
    return found


@pytest.mark.parametrize("frame", asked_words().yes)
def test_a_frame_that_asks(frame: str) -> None:
    assert _wrong(frame, frozenset({"conflict"})) == []


@pytest.mark.parametrize("frame", asked_words().no)
def test_words_that_do_not_ask(frame: str) -> None:
    assert _wrong(frame, frozenset({"possible", "nothing_against"})) == []


@pytest.mark.parametrize("sentence", asked_words().open)
def test_what_somebody_else_may_do_as_well(sentence: str) -> None:
    told = {"person": {"has_phone": False, "has_carer": False, "can_read_write": False}}
    assert verdict_on(f"in: {sentence}", told, "Knee pain") == "possible"


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("Grown nerve tissue available for staining", {"person": {"can_attend_follow_up": False}}, "possible"),
        ("Available for visits over half a year", {"person": {"can_attend_follow_up": False}}, "conflict"),
        ("A friend has signed the consent", {"person": {"can_consent": False}}, "possible"),
        ("Able to give written informed consent", {"person": {"can_consent": False}}, "conflict"),
        ("Negativity for hepatitis B surface antigen", {"health": {"hepatitis_b": False}}, "nothing_against"),
    ],
)
def test_what_one_must_be_able_to_do(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(f"in: {sentence}", told, "Knee pain") == wanted


HAD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("heart failure", {"health": {"diagnoses": ["heart failure"]}}),
    ("tuberculosis", {"health": {"tuberculosis": True}}),
    ("HIV infection", {"health": {"hiv": True}}),
    ("diabetes", {"diabetes": {"type": "type2"}}),
    ("kidney disease", {"health": {"kidney_disease": True}}),
    ("stroke", {"health": {"stroke": True}}),
    ("hepatitis B", {"health": {"hepatitis_b": True}}),
)


@pytest.mark.parametrize(("thing", "told"), HAD)
@pytest.mark.parametrize(
    "frame",
    ["Does not have {thing}", "Patients who do not have {thing}", "Absence of {thing}", "Not having {thing}",
     "Has never had {thing}", "Individuals without {thing}"],
)  # fmt: skip
def test_an_exclusion_of_those_who_lack_a_thing_bars_nobody_who_has_it(
    frame: str, thing: str, told: dict[str, Any]
) -> None:
    assert verdict_on(f"ex: {frame.replace('{thing}', thing)}", told, "Knee pain") == "possible"


@pytest.mark.parametrize(("thing", "told"), HAD)
def test_an_exclusion_of_those_who_have_it_still_bars(thing: str, told: dict[str, Any]) -> None:
    assert verdict_on(f"ex: Patients who have {thing}", told, "Knee pain") == "conflict"


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("Foot conditions: infection, deformity", {"health": {"active_infection": True}}, "possible"),
        ("Diseases of the donor: hepatitis B, heart disease", {"health": {"hepatitis_b": True}}, "possible"),
        ("Skin: active infection", {"health": {"active_infection": True}}, "possible"),
        ("Any of these: stroke, heart failure", {"health": {"stroke": True}}, "conflict"),
        ("Foot: foot ulcer", {"diabetes": {"foot_ulcer": True}}, "conflict"),
    ],
)
def test_a_list_under_a_place_of_the_body_or_somebody_else(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(f"ex: {sentence}", told, "Knee pain") == wanted


_FOOT_ULCER = {"diabetes": {"type": "type2", "foot_ulcer": True}}
_NO_FOOT_ULCER = {"diabetes": {"type": "type2", "foot_ulcer": False}}
_LEG_ULCER = {"diabetes": {"type": "type2"}, "health": {"diagnoses": ["leg ulcer"]}}


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("ex: Complicated with foot ulcers or amputation", _FOOT_ULCER, "conflict"),
        ("ex: Complicated with foot ulcers or amputation", _LEG_ULCER, "possible"),
        ("in: Foot ulcer", _LEG_ULCER, "possible"),
        ("ex: Leg ulcers", _FOOT_ULCER, "possible"),
        ("ex: Leg ulcers", _NO_FOOT_ULCER, "possible"),
        ("ex: Leg ulcers", _LEG_ULCER, "conflict"),
        ("in: Leg ulcer", _NO_FOOT_ULCER, "possible"),
        ("in: Leg ulcer", _LEG_ULCER, "nothing_against"),
        ("ex: Foot or leg ulcers", _FOOT_ULCER, "conflict"),
        ("ex: Foot or leg ulcers", _NO_FOOT_ULCER, "possible"),
        ("in: Ulcer of the lower limb", _NO_FOOT_ULCER, "possible"),
    ],
)
def test_an_ulcer_of_the_leg_is_none_of_the_foot(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, told, "Knee pain") == wanted
