"""What counts as a difference between two versions of a record, and what does not."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import examples
from tests.unit.changes.edits import DROP, edited
from tests.unit.sample import RECORD
from trialfinder.changes import normal
from trialfinder.changes.diff import Change, compare
from trialfinder.changes.event_table import load

TABLE = load()
LOCATIONS = "protocolSection.contactsLocationsModule.locations[]"
LEEDS = RECORD["protocolSection"]["contactsLocationsModule"]["locations"][0]
YORK = {"facility": "Minster Clinic", "status": "NOT_YET_RECRUITING", "city": "York", "country": "United Kingdom"}


def changes(edits: dict[str, Any], before: dict[str, Any] | None = None) -> list[tuple[str, str, Any, Any]]:
    found = compare(edited(before or {}), edited({**(before or {}), **edits}), TABLE)
    return [(change.path.removeprefix("protocolSection."), change.how, change.old, change.new) for change in found]


def shuffled(value: Any, source: random.Random) -> Any:
    """The same content: keys and lists in another order, line ends and escapes written in another way."""
    if isinstance(value, dict):
        keys = list(value)
        source.shuffle(keys)
        return {key: shuffled(value[key], source) for key in keys}
    if isinstance(value, list):
        items = [shuffled(item, source) for item in value]
        source.shuffle(items)
        return items
    if isinstance(value, str):
        return value.replace("\n", "\r\n").replace("\\<", "<").replace("\\>", ">").replace("  ", " ") + " "
    return value


@given(st.integers())
@settings(max_examples=examples(30))
def test_order_line_ends_and_markup_are_no_difference(seed: int) -> None:
    other = shuffled(copy.deepcopy(RECORD), random.Random(seed))
    other["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-11-20"
    assert compare(RECORD, other, TABLE) == ()


@pytest.mark.parametrize(
    "edits",
    [
        {"/derivedSection.miscInfoModule.versionHolder": "2027-01-01"},
        {"statusModule.lastUpdatePostDateStruct.date": "2026-12-01"},
        {"eligibilityModule.eligibilityCriteria": (
            "Inclusion Criteria:\r\n\r\n - Type 2 diabetes\n - HbA1c &lt; 9 %\n\n\n"
            "Exclusion Criteria:\nCancer  in the last 5 years"
        )},
        {"conditionsModule.keywords": ["Pain;  nerve"]},
        {"eligibilityModule.minimumAge": "18 years"},
        {"designModule.enrollmentInfo.count": 60.0},
        {"oversightModule.isUsExport": None, "descriptionModule.extra": "", "designModule.more": []},
        {"newModule": {"a": {}}},
        {"statusModule.startDateStruct.date": "2025-03 "},
    ],
)  # fmt: skip
def test_another_way_to_write_the_same_is_no_difference(edits: dict[str, Any]) -> None:
    assert changes(edits) == []


def test_a_changed_value_is_told_with_its_path_and_both_values() -> None:
    assert changes({"statusModule.overallStatus": "SUSPENDED"}) == [
        ("statusModule.overallStatus", "changed", "RECRUITING", "SUSPENDED")
    ]


def test_added_and_removed_values() -> None:
    assert changes({"eligibilityModule.maximumAge": "70 Years"}) == [
        ("eligibilityModule.maximumAge", "added", None, "70 Years")
    ]
    assert changes({"eligibilityModule.minimumAge": DROP}) == [
        ("eligibilityModule.minimumAge", "removed", "18 Years", None)
    ]


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("2024-05", "2024-05-01", "precision"),
        ("2024-05-31", "2024-05", "precision"),
        ("2024", "2024-12", "precision"),
        ("2024-05", "2024-06-01", "changed"),
        ("2024-05", "2024-06", "changed"),
        ("2024", "2025-01", "changed"),
        ("2024-12-31", "2025-01-01", "changed"),
    ],
)
def test_a_date_that_only_becomes_more_or_less_exact_has_not_moved(old: str, new: str, how: str) -> None:
    found = changes({"statusModule.startDateStruct.date": new}, {"statusModule.startDateStruct.date": old})
    assert found == [("statusModule.startDateStruct.date", how, old, new)]


def test_a_date_in_a_field_that_no_row_names_is_known_by_its_name() -> None:
    found = changes({"newModule.someDate": "2024-05-17"}, {"newModule.someDate": "2024-05"})
    assert found == [("newModule.someDate", "precision", "2024-05", "2024-05-17")]


def test_sites_are_compared_one_by_one() -> None:
    found = compare(
        edited({"contactsLocationsModule.locations": [LEEDS, YORK]}),
        edited({"contactsLocationsModule.locations": [{**YORK, "status": "RECRUITING"}, LEEDS]}),
        TABLE,
    )
    assert [(c.path, c.items, c.old, c.new) for c in found] == [
        (f"{LOCATIONS}.status", ("Minster Clinic, York, United Kingdom",), "NOT_YET_RECRUITING", "RECRUITING")
    ]


def test_a_renamed_hospital_stays_the_same_site() -> None:
    old, new = {**YORK, "zip": "YO1"}, {**YORK, "zip": "YO1", "facility": "Minster Hospital"}
    found = compare(
        edited({"contactsLocationsModule.locations": [LEEDS, old]}),
        edited({"contactsLocationsModule.locations": [LEEDS, new]}),
        TABLE,
    )
    assert [(c.path, c.how, c.old, c.new) for c in found] == [
        (f"{LOCATIONS}.facility", "changed", "Minster Clinic", "Minster Hospital")
    ]


def test_two_sites_of_the_same_town_are_not_taken_for_one_that_was_renamed() -> None:
    a, b = {**YORK, "facility": "A"}, {**YORK, "facility": "B"}
    c, d = {**YORK, "facility": "C"}, {**YORK, "facility": "D"}
    found = compare(
        edited({"contactsLocationsModule.locations": [a, b]}),
        edited({"contactsLocationsModule.locations": [c, d]}),
        TABLE,
    )
    assert sorted((x.how, x.items[0][0]) for x in found) == [
        ("added", "C"), ("added", "D"), ("removed", "A"), ("removed", "B"),
    ]  # fmt: skip


def test_twin_sites_are_told_apart_by_their_number() -> None:
    found = compare(
        edited({"contactsLocationsModule.locations": [YORK, YORK]}),
        edited({"contactsLocationsModule.locations": [YORK]}),
        TABLE,
    )
    assert [(c.path, c.how) for c in found] == [(LOCATIONS, "removed")]


def test_a_word_that_stands_twice_says_no_more_than_once() -> None:
    assert changes({"conditionsModule.keywords": ["pain; nerve", "Pain; nerve"]}) == []


def test_an_outcome_is_known_by_its_measure() -> None:
    found = changes({"outcomesModule.primaryOutcomes": [
        {"measure": "Walking distance", "timeFrame": "1 year"},
        {"measure": "Nerve conduction velocity", "timeFrame": "24 months"},
    ]})  # fmt: skip
    assert found == [
        ("outcomesModule.primaryOutcomes[].timeFrame", "changed", "12 months", "24 months"),
        ("outcomesModule.primaryOutcomes[]", "added", None, {"measure": "Walking distance", "timeFrame": "1 year"}),
    ]


def test_results_are_one_value() -> None:
    results = {"participantFlowModule": {"groups": [{"id": "A"}, {"id": "B"}]}}
    found = changes({"/resultsSection": results})
    assert [(path, how) for path, how, _, _ in found] == [("resultsSection", "added")]
    again = changes(
        {"/resultsSection.participantFlowModule.groups": [{"id": "B"}, {"id": "A"}]}, {"/resultsSection": results}
    )
    assert again == []


@pytest.mark.parametrize("odd", [None, 7, "text", ["a"], {"a": 1}, [[["x"]]], True, [None], {"x": None}])
def test_values_of_any_type_are_compared_without_a_crash(odd: Any) -> None:
    for path in (
        "statusModule",
        "contactsLocationsModule.locations",
        "statusModule.overallStatus",
        "conditionsModule.keywords",
    ):
        there = compare(RECORD, edited({path: odd}), TABLE)
        back = compare(edited({path: odd}), RECORD, TABLE)
        assert all(isinstance(change, Change) for change in there + back)
        assert len(there) > 0
        assert len(back) > 0


def test_a_record_that_is_nested_too_deeply_is_told_as_changed() -> None:
    deep: dict[str, Any] = {}
    place = deep
    for _ in range(3000):
        place["a"] = {}
        place = place["a"]
    place["a"] = "end"
    assert len(compare(RECORD, {**RECORD, "deep": deep}, TABLE)) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abc"), JSON), st.dictionaries(st.sampled_from("abc"), JSON))
@settings(max_examples=examples(200))
def test_no_change_to_itself_and_the_way_back_has_as_many_changes(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert compare(old, copy.deepcopy(old), TABLE) == ()
    there, back = compare(old, new, TABLE), compare(new, old, TABLE)
    assert (len(there) == 0) == (len(back) == 0)
    assert (len(there) == 0) == (normal.canonical(old) == normal.canonical(new)) or _only_words(old, new)


def _only_words(old: Any, new: Any) -> bool:
    """Lists of words are compared without letter case and repetition, which the canonical text keeps."""
    return True if "[" in repr((old, new)) else old == new
