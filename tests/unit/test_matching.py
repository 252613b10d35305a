"""The order in which studies are shown to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.judge.made import bars, leaf, person, verdict
from trialfinder.catalogue.matching import GROUPS, WARNED, Match, in_groups
from trialfinder.judge import Verdict
from trialfinder.judge.own.own_illness import MAY_BE_OWN, OTHER, OWN, about, closeness, not_told, other_words
from trialfinder.pages.doctor_pages import group_words
from trialfinder.person import Profile

_LUNG = bars(leaf("pulmonary", "lung disease"))
OPEN = verdict(person(), _LUNG)
AGAINST = verdict(person(health={"lung_disease": True}), _LUNG)
MET = verdict(person(health={"lung_disease": False}), _LUNG)
UNSTATED = verdict(person())
_SMOKING = verdict(person(health={"smoker": True}), bars(leaf("smoking", "smokers")))
CHANGEABLE = replace(_SMOKING, answers=(replace(_SMOKING.answers[0], changeable=True),))


def match(name: str, found: Verdict = OPEN, close: int = 1, **row: Any) -> Match:
    values = {"nct_id": name, "joinable": "yes", "relevance": "core", "overall_status": "RECRUITING", **row}
    return Match(values, found, close)


def test_core_before_related_the_joinable_first_and_what_is_over_stands_apart() -> None:
    ordered = [
        match("met", MET),
        match("own kind", close=OWN),
        match("open"),
        match("no criteria stated", UNSTATED),
        match("not yet", joinable="not_yet"),
        match("stale but called open", joinable="unsure"),
        match("nobody knows", joinable="unsure", overall_status="UNKNOWN"),
        match("related", relevance="adjacent", close=OWN),
        match("would have to change", CHANGEABLE),
        match("a strong sign, all met", MET, close=OWN, strong_warning_signs=1),
        match("a strong sign", close=OWN, joinable="unsure", strong_warning_signs=1),
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
        "warned": [],
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
    assert closeness(who, {"neuropathy_types": studied}, OPEN) == expected


@pytest.mark.parametrize(
    ("told", "conditions", "expected"),
    [
        ({"neuropathy.types": ("diabetic",)}, "Optic Nerve Atrophy", OTHER),
        ({"neuropathy.types": ("diabetic",)}, "Limb Ischemia; Diabetic Foot", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Diabetic Foot Ulcer", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Retinal Disease; Diabetic Retinopathy", OTHER),
        ({"neuropathy.types": ("diabetic",)}, "Leg Ulcer; Diabetic Foot Ulcer; Chronic Wound", MAY_BE_OWN),
        ({"neuropathy.types": ("radiculopathy",)}, "Diabetic Foot Ulcer", OTHER),
        ({"neuropathy.types": ("diabetic",), "diabetes.foot_ulcer": False}, "Diabetic Foot", OTHER),
        ({"neuropathy.types": ("diabetic",), "diabetes.foot_ulcer": True}, "Diabetic Foot", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",), "diabetes.peripheral_artery_disease": True}, "Limb Ischemia", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Diabetic Nephropathies", OTHER),
        ({"neuropathy.types": ("chemotherapy_induced",)}, "Heart Diseases; Neurologic Disorders", MAY_BE_OWN),
        ({"neuropathy.types": ("chemotherapy_induced",)}, "Heart Diseases; Neurodegenerative Disorders", OTHER),
        ({"neuropathy.types": ("small_fiber",)}, "Retinal Disease; Hereditary Optic Neuropathy", OTHER),
        ({"neuropathy.types": ("hereditary",)}, "Leber Hereditary Optic Neuropathy", OTHER),
        ({"neuropathy.types": ("hereditary",)}, "Hereditary Neuropathy", MAY_BE_OWN),
        ({"neuropathy.types": ("diabetic",)}, "Diabetes Complications; Diabetic Foot", MAY_BE_OWN),
        ({"neuropathy.types": ("inflammatory",), "diabetes.type": "type1"}, "Diabetes Mellitus, Type 1", MAY_BE_OWN),
        ({"neuropathy.types": ("inflammatory",)}, "Limb Ischemia; Diabetic Foot", OTHER),
        ({"neuropathy.types": ("inflammatory",), "diabetes.type": "type2"}, "Diabetic Foot", MAY_BE_OWN),
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
    assert closeness(Profile(told), row, OPEN) == expected


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"neuropathy.types": ("diabetic",)}, ["Do you have an open sore or ulcer on a foot?"]),
        ({"diabetes.type": "type1"}, ["Do you have an open sore or ulcer on a foot?"]),
        ({"diabetes.type": "type1", "diabetes.foot_ulcer": False}, []),
        ({"neuropathy.types": ("hereditary",)}, []),
    ],
)
def test_a_study_of_what_diabetes_does_asks_whoever_has_it_and_told_nothing(
    told: dict[str, Any], asked: list[str]
) -> None:
    assert not_told(Profile(told), {"conditions": "Diabetic Foot", "brief_title": "Cells"}) == asked


@pytest.mark.parametrize(
    ("own", "conditions", "expected"),
    [
        ("radiculopathy", "Carpal Tunnel Syndrome", OTHER),
        ("radiculopathy", "Ulnar Nerve Entrapment at the Elbow", OTHER),
        ("radiculopathy", "Carpal Tunnel Syndrome; Cervical Radiculopathy", MAY_BE_OWN),
        ("radiculopathy", "Nerve Compression Syndromes", MAY_BE_OWN),
        ("radiculopathy; peripheral_unspecified", "Carpal Tunnel Syndrome", MAY_BE_OWN),
        ("compressive", "Carpal Tunnel Syndrome", OWN),
        ("traumatic", "Carpal Tunnel Syndrome", MAY_BE_OWN),
    ],
)
def test_a_nerve_root_of_the_back_is_not_trapped_at_the_wrist(own: str, conditions: str, expected: int) -> None:
    row = {"neuropathy_types": "compressive", "conditions": conditions, "brief_title": "Cells", "nerve_role": "target"}
    assert closeness(Profile({"neuropathy.types": tuple(own.split("; "))}), row, OPEN) == expected


def test_what_a_study_names_begins_with_nerves_and_a_title_is_called_one() -> None:
    row = {"conditions": "Autoimmune Diseases; Heart Diseases; Neurologic Disorders", "brief_title": "Cells"}
    assert about(row, 40) == "Neurologic Disorders, Autoimmune…"
    row = {"conditions": "Stem Cell Transplant", "brief_title": "Cells in Foot Ulcers of Diabetes"}
    assert about(row) == "not stated; its title: Cells in Foot Ulcers of Diabetes", "what is given is no illness"
    assert not_told(Profile({"diabetes.type": "type2"}), row), "the title says what it is for"
    assert about({"conditions": "Stem Cell Transplant Complications"}) == "Stem Cell Transplant Complications"
    assert about({"conditions": None, "brief_title": "Cells for All"}) == "not stated; its title: Cells for All"


def test_a_study_whose_criteria_ask_for_another_kind_is_for_another_illness() -> None:
    """What may be one's own by its names is not, where its criteria ask for another kind of nerve condition."""
    who, row = Profile({"neuropathy.types": ("diabetic",)}), {"neuropathy_types": "peripheral_unspecified"}
    asked = replace(AGAINST.answers[0], pattern="neuropathy_type", section="inclusion")
    assert closeness(who, row, replace(AGAINST, answers=(asked,))) == OTHER
    barred = replace(asked, section="exclusion")
    assert closeness(who, row, replace(AGAINST, answers=(barred,))) == MAY_BE_OWN, "a bar is about a part of its people"
    assert closeness(who, {"neuropathy_types": "diabetic"}, replace(AGAINST, answers=(asked,))) == OWN
    assert closeness(Profile({}), row, replace(AGAINST, answers=(asked,))) == MAY_BE_OWN


def test_a_study_of_an_illness_that_was_told_besides_is_for_another_kind_of_nerve_condition() -> None:
    row = {"neuropathy_types": "diabetic", "conditions": "Diabetic Peripheral Neuropathy; Type 2 Diabetes"}
    assert other_words(row).startswith("for another kind of nerve condition than the one you told: Diabetic")
    assert other_words({"conditions": "Optic Atrophy"}) == "for another illness than the one you told: Optic Atrophy"


@pytest.mark.parametrize(
    ("found", "more", "group"),
    [
        (MET, {}, "warned"),
        (OPEN, {}, "warned"),
        (UNSTATED, {}, "warned"),
        (AGAINST, {}, "conflict"),
        (CHANGEABLE, {}, "would_have_to"),
        (MET, {"close": OTHER}, "other_illness"),
        (MET, {"joinable": "no"}, "over"),
        (MET, {"strong_warning_signs": 0}, "nothing_against"),
        (OPEN, {"strong_warning_signs": None}, "possible"),
    ],
)
def test_a_strong_warning_sign_keeps_a_study_from_the_top(found: Verdict, more: dict[str, Any], group: str) -> None:
    assert match("x", found, **{"strong_warning_signs": 2, **more}).group == group


def test_pages_call_the_groups_as_the_terminal_does_and_know_them_all() -> None:
    said = {group: group_words(_in(group)) for group in GROUPS}
    assert said["warned"] == WARNED and len(set(said.values())) == len(GROUPS)


def _in(group: str) -> Match:
    """A match that says to be of this group."""
    placed: type[Match] = type("Placed", (Match,), {"group": group})
    return placed({}, OPEN)
