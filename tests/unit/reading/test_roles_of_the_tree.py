"""Readings follow the tree: what only says how bad, from what or for what something else is asks nothing itself."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree, read_criteria
from trialfinder.reading.nodes.tree import Except, Leaf, Unread, walk

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


@pytest.mark.parametrize("first", ["be pregnant", "be a smoker", "have heart failure"])
def test_a_denial_by_a_modal_reaches_over_or_have(first: str) -> None:
    found = _rows(f"Patients must not {first} or have cancer", "Inclusion")
    assert ("malignancy", "exclude") in found
    assert {effect for _, effect in found} == {"exclude"}


@pytest.mark.parametrize("illness", ["haemophilia", "hypertension", "lupus", "hepatitis C"])
@pytest.mark.parametrize("taken", ["may be enrolled", "may be included", "are also eligible", "may participate"])
def test_who_may_join_as_well_is_not_asked_for(illness: str, taken: str) -> None:
    assert _rows(f"Patients with {illness} {taken}", "Inclusion") == set()
    assert _leaves(f"Patients with {illness} {taken}", "Inclusion") == []


def test_who_may_join_under_a_condition_is_asked_for_that_condition_only() -> None:
    (consent,) = [
        r
        for i in read_criteria("Inclusion Criteria:\n\n* Patients with lupus may be enrolled if they consent")
        for r in i.readings
    ]
    assert (consent.pattern, consent.condition) == ("consent", "lupus")
    assert ("age", "require") in _rows("Adults of 18 to 60 years may participate if they consent", "Inclusion")


@pytest.mark.parametrize("illness", ["heart failure", "kidney disease", "HIV infection"])
def test_exclusions_in_a_text_without_headings_bar(illness: str) -> None:
    assert {effect for _, effect in _rows(f"Exclusions include {illness} and stroke", "Inclusion")} == {"exclude"}
    assert {effect for _, effect in _rows(f"Adults who lack {illness}", "Inclusion")} == {"exclude"}


@pytest.mark.parametrize(
    "list_",
    ["surgery, radiotherapy, or another trial", "radiotherapy or surgery", "steroids, chemotherapy and surgery"],
)
def test_a_time_since_one_of_several_treatments_asks_for_none(list_: str) -> None:
    found = _rows(f"At least 3 weeks from {list_}", "Inclusion")
    assert found
    assert {effect for _, effect in found} == {"exclude"}


@pytest.mark.parametrize("harm", ["torsades de pointes", "seizures", "bleeding", "depression"])
def test_what_drugs_may_do_is_not_barred(harm: str) -> None:
    assert {row for row, _ in _rows(f"Drugs known to cause {harm}")} <= {"other_medication"}
    assert _rows(harm.capitalize()) != set()


def test_an_illness_that_a_time_is_counted_from_is_not_barred() -> None:
    for illness in ("type 1 diabetes", "lupus", "stroke"):
        assert _rows(f"In another clinical trial since the diagnosis of {illness}") == {("other_trial", "exclude")}
        assert _rows(f"Diagnosis of {illness}") != set()


def test_a_list_of_spared_cancers_with_a_clause_behind_it_is_spared_as_a_whole() -> None:
    spared = "skin cancer, carcinoma in situ of the cervix, or local prostate cancer that has been treated by surgery"
    assert _rows(f"Active malignancy other than {spared}") == {("malignancy", "exclude")}


def test_while_not_is_about_the_last_member_only() -> None:
    found = read_criteria(
        "Exclusion Criteria:\n\n* Pregnant, nursing, or of childbearing potential while not using contraception"
    )
    assert {(r.pattern, r.condition) for i in found for r in i.readings} == {("pregnancy", ""), ("contraception", "")}


def test_what_stands_in_brackets_behind_a_test_for_is_tested() -> None:
    for words in (
        "Positive serological test for (HIV, hepatitis B, syphilis)",
        "Positive for (HIV, hep A, B, C, syphilis)",
    ):
        assert {leaf.concept for leaf in _leaves(words)} >= {"hiv", "hepatitis_b", "syphilis"}


def test_a_neuropathy_that_bars_from_a_grade_on_is_no_neurological_disorder_that_bars() -> None:
    text = "Inclusion Criteria:\n\n* No neurologic disorders\n* No peripheral neuropathy greater than grade 1"
    first, _ = criteria_tree(text)
    assert first.node is not None
    assert any(isinstance(n, Except) for n in walk(first.node))
    (alone,) = criteria_tree("Inclusion Criteria:\n\n* No neurologic disorders")
    assert alone.node is not None
    assert not any(isinstance(n, Except) for n in walk(alone.node))


def test_a_line_that_spares_spares_from_all_below_it() -> None:
    text = "Exclusion Criteria:\n\n* Barred unless it could be stopped in time:\n  * Opioids\n  * Warfarin"
    found = criteria_tree(text)
    assert all(c.node is not None and any(isinstance(n, Unread) for n in walk(c.node)) for c in found)


@pytest.mark.parametrize("virus", ["AIDS", "HIV"])
@pytest.mark.parametrize("trouble", ["dementia complex", "encephalopathy"])
def test_what_a_virus_does_to_the_brain_is_not_the_virus(virus: str, trouble: str) -> None:
    assert "hiv" not in {row for row, _ in _rows(f"Active {virus}-{trouble}")}
    assert ("hiv", "exclude") in _rows(f"{virus} or {trouble}")
