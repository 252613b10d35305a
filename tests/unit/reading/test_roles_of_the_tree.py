"""Readings follow the tree: what only says how bad, from what or for what something else is asks nothing itself."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree, read_criteria
from trialfinder.reading.nodes.tree import Leaf, Unread, walk

_GIVEN = ["chemotherapy", "steroids", "warfarin", "an operation", "opioids"]


def _rows(words: str, section: str = "Exclusion") -> set[tuple[str, str]]:
    text = f"{section} Criteria:\n\n* {words}" if section else words
    return {(r.pattern, r.effect) for item in read_criteria(text) for r in item.readings}


def _leaves(words: str, section: str = "Exclusion") -> list[Leaf]:
    found = criteria_tree(f"{section} Criteria:\n\n* {words}")
    return [n for c in found if c.node is not None for n in walk(c.node) if isinstance(n, Leaf)]


@pytest.mark.parametrize("given", _GIVEN)
@pytest.mark.parametrize("illness", ["gout", "cancer", "eye disease", "thyroid nodules", "a wound"])
def test_what_an_illness_needs_is_not_barred_by_itself(given: str, illness: str) -> None:
    alone = _rows(illness.capitalize())
    assert _rows(f"{illness.capitalize()} requiring {given}") == alone
    assert _rows(f"{given.capitalize()} within 3 months") - alone


@pytest.mark.parametrize("illness", ["cancer", "stroke", "heart failure", "HIV infection"])
@pytest.mark.parametrize("cause", ["caused by", "due to", "resulting from"])
def test_what_something_barred_comes_from_is_not_barred(illness: str, cause: str) -> None:
    assert _rows(f"Loss of smell {cause} {illness}") == set()
    assert _rows(f"Unable to take part {cause.replace('caused by', 'because of')} {illness}") >= _rows(illness)


@pytest.mark.parametrize("given", ["chemotherapy", "radiotherapy", "surgery", "steroids"])
def test_who_has_recovered_or_can_bear_a_treatment_is_not_asked_to_have_it(given: str) -> None:
    assert _rows(f"Recovered from prior {given}", "Inclusion") == set()
    assert _rows(f"Able to tolerate {given}", "Inclusion") == set()
    assert _rows(f"Disease progression during prior {given}", "Inclusion") - {("diagnosis_confirmed", "require")}


@pytest.mark.parametrize("virus", ["HIV", "hepatitis B", "hepatitis C"])
@pytest.mark.parametrize("test", ["approved ELISA", "rapid antibody test", "core antibody", "licensed serology"])
def test_a_negative_test_for_a_virus_bars_it(virus: str, test: str) -> None:
    assert {effect for _, effect in _rows(f"Negative {test} for {virus}", "Inclusion")} == {"exclude"}
    assert {effect for _, effect in _rows(f"Positive {test} for {virus}", "Inclusion")} == {"require"}


@pytest.mark.parametrize(
    "words",
    [
        "Discopathy radiation",
        "Leg pain with radiation below the knee",
        "Radiation down the arm",
        "Radiation of the pain",
    ],
)
def test_pain_that_radiates_is_no_radiotherapy(words: str) -> None:
    assert "chemotherapy" not in {row for row, _ in _rows(words, "Inclusion")}
    assert ("chemotherapy", "require") in _rows("Radiation in the past", "Inclusion")


@pytest.mark.parametrize("illness", ["diabetes", "HIV", "stroke", "cancer"])
def test_who_is_only_at_risk_or_has_complications_is_not_asked_for_the_illness(illness: str) -> None:
    assert _rows(f"At high risk of {illness}", "Inclusion") == set()
    assert _rows(f"Severe complications of {illness}") == set()
    assert _rows(f"No earlier operation for this {illness}", "Inclusion") <= {("recent_surgery", "exclude")}


@pytest.mark.parametrize(
    "left", ["failed to abstain", "refused to have treatment", "has not been treated", "cannot stop"]
)
@pytest.mark.parametrize("what", ["Alcohol abuse", "Heart failure", "Hypertension"])
def test_an_and_that_goes_on_without_a_new_thing_narrows(left: str, what: str) -> None:
    assert all(leaf.narrowing for leaf in _leaves(f"{what} and {left}"))
    assert not any(leaf.narrowing for leaf in _leaves(f"{what} and asthma"))


@pytest.mark.parametrize("second", ["you have had cancer", "the patient is pregnant", "there is heart failure"])
def test_or_if_goes_on_with_what_bars_as_well(second: str) -> None:
    bare = {leaf.concept for leaf in _leaves(second.capitalize())}
    assert {leaf.concept for leaf in _leaves(f"Kidney disease, or if {second}")} == {"renal", *bare}
    assert not any(
        r.condition for i in read_criteria(f"Exclusion Criteria:\n\n* Asthma or if {second}") for r in i.readings
    )


@pytest.mark.parametrize("idle", ["if feasible", "if possible", "if needed", "if deemed necessary"])
def test_what_only_must_be_possible_is_no_condition(idle: str) -> None:
    found = read_criteria(f"Inclusion Criteria:\n\n* Biopsy ({idle}) and HbA1c below 9 %")
    assert {r.condition for item in found for r in item.readings} == {""}


def test_a_drug_that_could_be_stopped_is_left_open() -> None:
    for words in ("medication could be stopped", "drugs can be paused", "the treatment may be interrupted"):
        found = criteria_tree(f"Exclusion Criteria:\n\n* Opioid use, unless {words}")
        assert any(isinstance(n, Unread) for c in found if c.node is not None for n in walk(c.node))


@pytest.mark.parametrize("drugs", ["steroids, or filgrastim", "warfarin, or methotrexate"])
def test_a_list_of_spared_drugs_is_spared_as_a_whole(drugs: str) -> None:
    assert {
        r.exception
        for i in read_criteria(f"Exclusion Criteria:\n\n* Biologic agents other than immunoglobulin, {drugs}")
        for r in i.readings
    } == {f"immunoglobulin, {drugs}"}


@pytest.mark.parametrize("said", ["will not be considered as a new treatment", "is not regarded as an infection"])
def test_a_sentence_that_says_what_is_not_meant_asks_nothing(said: str) -> None:
    for words in (f"A higher dose of steroids {said}", f"Fever alone {said}"):
        assert _rows(words) == _rows(words, "Inclusion") == set()


def test_a_pregnancy_test_that_must_be_positive_bars_nobody() -> None:
    assert _rows("Women with a positive pregnancy test", "Inclusion") == set()
    assert (
        _rows("Positive pregnancy test") == _rows("Negative pregnancy test", "Inclusion") == {("pregnancy", "exclude")}
    )


@pytest.mark.parametrize("who", ["Mothers who are", "Any mother who is", "Mother currently"])
def test_a_mother_who_nurses_is_the_person(who: str) -> None:
    assert [leaf.concept for leaf in _leaves(f"{who} breastfeeding")] == ["pregnancy"]
    assert _leaves("Mother with HIV") == []


def test_both_of_a_pair_leave_nothing_out() -> None:
    for pair in ("Treated or untreated", "Primary or secondary", "Active or inactive"):
        (leaf,) = _leaves(f"{pair} hypertension")
        assert not leaf.severity
        assert not leaf.narrowing
