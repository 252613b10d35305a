"""The order in which studies are shown to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.judge.made import bars, leaf, person, verdict
from trialfinder.catalogue.matching import Match, _closeness, in_groups
from trialfinder.judge import Verdict
from trialfinder.person import Profile

_LUNG = bars(leaf("pulmonary", "lung disease"))
OPEN = verdict(person(), _LUNG)
AGAINST = verdict(person(health={"lung_disease": True}), _LUNG)
MET = verdict(person(health={"lung_disease": False}), _LUNG)
UNSTATED = verdict(person())
_SMOKING = verdict(person(health={"smoker": True}), bars(leaf("smoking", "smokers")))
CHANGEABLE = replace(_SMOKING, answers=(replace(_SMOKING.answers[0], changeable="stop smoking"),))


def match(name: str, found: Verdict = OPEN, closeness: int = 1, **row: Any) -> Match:
    values = {"nct_id": name, "joinable": "yes", "relevance": "core", "overall_status": "RECRUITING", **row}
    return Match(values, found, closeness)


def test_what_can_be_joined_comes_first_and_what_is_over_stands_apart() -> None:
    ordered = [
        match("met", MET),
        match("own kind", closeness=0),
        match("open"),
        match("no criteria stated", UNSTATED),
        match("related", relevance="adjacent"),
        match("another kind", closeness=2),
        match("not yet", joinable="not_yet"),
        match("stale but called open", joinable="unsure"),
        match("nobody knows", joinable="unsure", overall_status="UNKNOWN"),
        match("would have to change", CHANGEABLE),
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
        "conflict": ["b"],
        "over": ["c"],
    }


@pytest.mark.parametrize(
    ("own", "studied", "expected"),
    [
        (("diabetic",), "diabetic; inflammatory", 0),
        (("diabetic",), "small_fiber", 1),
        (("diabetic",), "peripheral_unspecified", 1),
        (("diabetic",), None, 1),
        (("diabetic",), "cranial", 2),
        (("peripheral_unspecified",), "diabetic", 1),
        ((), "diabetic", 1),
        (None, "diabetic", 1),
    ],
)
def test_closeness_to_the_persons_own_kind(own: Any, studied: str | None, expected: int) -> None:
    who = Profile({} if own is None else {"neuropathy.types": own})
    assert _closeness(who, {"neuropathy_types": studied}) == expected
