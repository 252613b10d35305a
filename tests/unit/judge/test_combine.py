"""Joined criteria: alternatives, trees, groups, partly read items, and the verdict on the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.judge.made import item, person, reading, text_of, verdict
from trialfinder.person.profile import Profile
from trialfinder.reading.readings import Item

DIABETIC = person(
    neuropathy={"types": ["diabetic"]}, health={"hiv": False, "stroke": True, "smoker": True, "cancer": "never"}
)


def part(words: str, pattern: str, effect: str = "exclude", **more: Any) -> tuple[str, Item]:
    """A criterion with one reading; keys that belong to an item go there."""
    of_item = {key: more.pop(key) for key in ("depth", "parent", "logic", "needed", "complete") if key in more}
    return words, item(
        words, reading(words, pattern, effect, complete=of_item.get("complete", True), **more), **of_item
    )


def words_of(who: Profile, *parts: tuple[str, Item]) -> list[str]:
    return [answer.word for answer in verdict(who, *parts).answers]


def test_verdicts() -> None:
    hiv, stroke, lung = part("HIV", "hiv"), part("stroke", "stroke"), part("lung disease", "pulmonary")
    assert verdict(DIABETIC, hiv).verdict == "nothing_against"
    assert verdict(DIABETIC, hiv, lung).verdict == "possible"
    assert verdict(DIABETIC, hiv, stroke, lung).verdict == "conflict"


def test_what_was_not_read_keeps_the_verdict_at_possible() -> None:
    found = verdict(DIABETIC, part("HIV", "hiv"), ("Owns a telephone", item("Owns a telephone", section="inclusion")))
    assert found.verdict == "possible"
    assert [(unread.quote, unread.start) for unread in found.unread] == [("Owns a telephone", 4)]


def test_no_criteria_text_at_all_is_never_nothing_against() -> None:
    assert verdict(person(person={"age": 40}), minimum_age="18 Years").verdict == "possible"


def test_a_partly_read_criterion_is_never_met_but_can_be_not_met() -> None:
    assert words_of(DIABETIC, part("HIV or something", "hiv", quote="HIV", complete=False)) == ["unknown"]
    assert words_of(DIABETIC, part("stroke or something", "stroke", quote="stroke", complete=False)) == ["not_met"]


def test_an_unread_alternative_keeps_a_requirement_open() -> None:
    more: dict[str, Any] = {"quote": "traumatic neuropathy", "value": "traumatic"}
    whole = part("traumatic neuropathy in the arm", "neuropathy_type", "require", complete=False, **more)
    either = part("traumatic neuropathy or something else", "neuropathy_type", "require", complete=False, **more)
    assert words_of(DIABETIC, whole) == ["not_met"]
    assert words_of(DIABETIC, either) == ["unknown"]


def test_one_of_several_alternatives_is_enough() -> None:
    words = "diabetic or chemotherapy-induced neuropathy"
    readings = (
        reading(words, "neuropathy_type", "require", "diabetic", value="diabetic", alternatives=1),
        reading(
            words, "neuropathy_type", "require", "chemotherapy-induced", value="chemotherapy_induced", alternatives=1
        ),
    )
    for kind, expected in (
        ("diabetic", ["met", "met"]),
        ("hereditary", ["not_met"] * 2),
        ("peripheral_unspecified", ["unknown"] * 2),
    ):
        assert words_of(person(neuropathy={"types": [kind]}), (words, item(words, *readings))) == expected


@pytest.mark.parametrize(
    ("logic", "needed", "facts", "expected"),
    [
        ("any", 0, {"smoker": True, "stroke": False}, ["met", "met"]),
        ("any", 0, {"smoker": False, "stroke": False}, ["not_met", "not_met"]),
        ("any", 0, {"smoker": False}, ["unknown", "unknown"]),
        ("at_least", 2, {"smoker": True, "stroke": True}, ["met", "met"]),
        ("at_least", 2, {"smoker": True, "stroke": False}, ["met", "not_met"]),
        ("all", 0, {"smoker": True, "stroke": False}, ["met", "not_met"]),
    ],
)
def test_trees_under_inclusion(logic: Any, needed: int, facts: dict[str, bool], expected: list[str]) -> None:
    head = ("The following", item("The following", section="inclusion", logic=logic, needed=needed, complete=True))
    below = [
        part("a smoker", "smoking", "require", parent=0, depth=1),
        part("a stroke", "stroke", "require", parent=0, depth=1),
    ]
    assert words_of(person(health=facts), head, *below) == expected


@pytest.mark.parametrize(
    ("logic", "needed", "facts", "expected"),
    [
        ("any", 0, {"smoker": True, "stroke": False}, ["not_met", "met"]),
        ("all", 0, {"smoker": True, "stroke": False}, ["met", "met"]),
        ("all", 0, {"smoker": True, "stroke": True}, ["not_met", "not_met"]),
        ("all", 0, {"smoker": True}, ["unknown", "unknown"]),
        ("at_least", 2, {"smoker": True, "stroke": True}, ["not_met", "not_met"]),
    ],
)
def test_trees_under_exclusion(logic: Any, needed: int, facts: dict[str, bool], expected: list[str]) -> None:
    head = ("The following", item("The following", section="exclusion", logic=logic, needed=needed, complete=True))
    below = [part("smoking", "smoking", parent=0, depth=1), part("stroke", "stroke", parent=0, depth=1)]
    assert words_of(person(health=facts), head, *below) == expected


def test_an_unread_child_of_any_keeps_the_others_open() -> None:
    head = ("One of", item("One of", section="inclusion", logic="any", complete=True))
    unread = ("something else", item("something else", section="inclusion", parent=0, depth=1))
    found = words_of(DIABETIC, head, part("HIV", "hiv", "require", parent=0, depth=1), unread)
    assert found == ["unknown"]


def test_a_conflict_of_one_group_is_none_while_another_group_stays_open() -> None:
    ill = part("diabetic", "diabetes_type", "require", group="Group A", value="any")
    well = part("no diabetes", "diabetes_type", group="Group B", value="any")
    found = verdict(DIABETIC, ill, well)
    assert [a.word for a in found.answers] == ["met", "unknown"]
    assert found.answers[1].group == "Group B"
    assert found.verdict == "possible"


def test_a_person_shut_out_of_every_group_is_shut_out() -> None:
    parts = [part("smoking", "smoking", group="Group A"), part("stroke", "stroke", group="Group B")]
    assert verdict(DIABETIC, *parts).verdict == "conflict"


def test_a_worded_illness_with_a_number_bars_only_with_the_number() -> None:
    words = "kidney disease with creatinine over 2"
    readings = (
        reading(words, "renal", quote="kidney disease"),
        reading(words, "renal", quote="creatinine over 2", value="creatinine", low=2.0, unit="mg/dL"),
    )
    for creatinine, expected in ((1.0, ["met", "met"]), (3.0, ["not_met", "not_met"])):
        who = person(health={"kidney_disease": True}, measurements={"creatinine_mg_dl": creatinine})
        found = words_of(who, (words, item(words, *readings)))
        assert found[1] == expected[1]
        assert found[0] in (expected[0], "unknown")


def test_without_a_heading_an_illness_decides_nothing() -> None:
    words = "stroke"
    one = item(words, reading(words, "stroke", section="unknown"))
    assert words_of(DIABETIC, (words, replace(one, section="unknown"))) == ["unknown"]


def test_every_answer_carries_the_registry_s_own_words() -> None:
    parts = [part("HIV", "hiv"), part("a stroke within a year", "stroke", quote="stroke")]
    text, _ = text_of(*parts)
    for answer in verdict(DIABETIC, *parts).answers:
        assert answer.start is not None
        assert text[answer.start : answer.end] == answer.quote


def test_unknown_facts_are_what_was_not_told_once_each() -> None:
    found = verdict(
        DIABETIC, part("lung disease", "pulmonary"), part("asthma", "pulmonary"), part("severe stroke", "stroke")
    )
    assert found.unknown_facts == ("health.lung_disease",)
