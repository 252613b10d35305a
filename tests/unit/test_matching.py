"""The order in which studies are shown to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.judge.made import bars, leaf, person, verdict
from trialfinder.catalogue.matching import Match, in_groups
from trialfinder.judge import Verdict
from trialfinder.judge.own_illness import MAY_BE_OWN, OTHER, OWN, closeness
from trialfinder.person import Profile

_LUNG = bars(leaf("pulmonary", "lung disease"))
OPEN = verdict(person(), _LUNG)
AGAINST = verdict(person(health={"lung_disease": True}), _LUNG)
MET = verdict(person(health={"lung_disease": False}), _LUNG)
UNSTATED = verdict(person())
_SMOKING = verdict(person(health={"smoker": True}), bars(leaf("smoking", "smokers")))
CHANGEABLE = replace(_SMOKING, answers=(replace(_SMOKING.answers[0], changeable="stop smoking"),))


def match(name: str, found: Verdict = OPEN, close: int = 1, **row: Any) -> Match:
    values = {"nct_id": name, "joinable": "yes", "relevance": "core", "overall_status": "RECRUITING", **row}
    return Match(values, found, close)


def test_core_before_related_the_joinable_first_and_what_is_over_stands_apart() -> None:
    ordered = [
        match("met", MET),
        match("own kind", close=OWN),
        match("open"),
        match("no criteria stated", UNSTATED),
        match("a strong sign", close=OWN, warning_signs="participant_pays", strong_warning_signs=1),
        match("not yet", joinable="not_yet"),
        match("stale but called open", joinable="unsure"),
        match("nobody knows", joinable="unsure", overall_status="UNKNOWN"),
        match("related", relevance="adjacent", close=OWN),
        match("would have to change", CHANGEABLE),
        match("another illness", close=OTHER),
        match("another illness, all met", MET, close=OTHER, joinable="unsure"),
        match("another illness, only related", close=OTHER, relevance="adjacent"),
        match("conflict", AGAINST),
        match("over", joinable="no"),
    ]
    shuffled = ordered[::-1]
    shuffled.sort(key=lambda each: each.order)
    names = [each.row["nct_id"] for each in shuffled]
    assert names == [each.row["nct_id"] for each in ordered]


def test_a_conflict_that_can_be_changed_is_its_own_group_only_when_all_of_it_can() -> None:
    both = replace(AGAINST, answers=(*AGAINST.answers, *CHANGEABLE.answers))
    groups = in_groups([match("a", CHANGEABLE), match("b", both), match("c", CHANGEABLE, joinable="no")])
    assert {name: [each.row["nct_id"] for each in found] for name, found in groups.items()} == {
        "nothing_against": [],
        "possible": [],
        "would_have_to": ["a"],
        "other_illness": [],
        "conflict": ["b"],
        "over": ["c"],
    }


@pytest.mark.parametrize(
    ("own", "studied", "expected"),
    [
        (("diabetic",), "diabetic; inflammatory", OWN),
        (("diabetic",), "small_fiber", MAY_BE_OWN),
        (("diabetic",), "peripheral_unspecified", MAY_BE_OWN),
        (("diabetic",), None, MAY_BE_OWN),
        (("diabetic",), "cranial", OTHER),
        (("diabetic",), "hereditary", OTHER),
        (("peripheral_unspecified",), "diabetic", MAY_BE_OWN),
        ((), "diabetic", MAY_BE_OWN),
        (None, "diabetic", MAY_BE_OWN),
    ],
)
def test_closeness_to_the_persons_own_kind(own: Any, studied: str | None, expected: int) -> None:
    who = Profile({} if own is None else {"neuropathy.types": own})
    assert closeness(who, {"neuropathy_types": studied}) == expected


@pytest.mark.parametrize(
    ("told", "conditions", "expected"),
    [
        ({"neuropathy.types": ("diabetic",)}, "Optic Nerve Atrophy", OTHER),
        ({"neuropathy.types": ("diabetic",)}, "Limb Ischemia; Diabetic Foot", OTHER),
        ({"neuropathy.types": ("diabetic",), "diabetes.foot_ulcer": False}, "Diabetic Foot", OTHER),
        ({"neuropathy.types": ("diabetic",), "diabetes.foot_ulcer": True}, "Diabetic Foot", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",), "diabetes.peripheral_artery_disease": True}, "Limb Ischemia", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Diabetic Nephropathies", OTHER),
        ({"neuropathy.types": ("diabetic",)}, "Diabetes Complications; Diabetic Foot", MAY_BE_OWN),
        ({"neuropathy.types": ("inflammatory",), "diabetes.type": "type1"}, "Diabetes Mellitus, Type 1", MAY_BE_OWN),
        ({"neuropathy.types": ("inflammatory",)}, "Limb Ischemia; Diabetic Foot", OTHER),
        ({"neuropathy.types": ("inflammatory",), "diabetes.type": "type2"}, "Diabetic Foot", OTHER),
        ({"neuropathy.types": ("radiculopathy",)}, "Chronic Lumbar Disc Disease", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Chronic Lumbar Disc Disease", OTHER),
        ({"neuropathy.types": ("diabetic",), "health.diagnoses": ("rosacea",)}, "Rosacea; Acne", MAY_BE_OWN),
        ({}, "Optic Nerve Atrophy", MAY_BE_OWN),
    ],
)
def test_a_study_that_treats_no_nerve_is_about_what_its_conditions_name(
    told: dict[str, Any], conditions: str, expected: int
) -> None:
    row = {"neuropathy_types": None, "nerve_role": "none", "conditions": conditions, "brief_title": "Cells"}
    assert closeness(Profile(told), row) == expected
