"""Of whom a sentence speaks, and how far a denial, a sex, a time or a degree reaches in it; each kind crossed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

FACTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "HIV infection": ({"health": {"hiv": True}}, {"health": {"hiv": False}}),
    "hepatitis C": ({"health": {"hepatitis_c": True}}, {"health": {"hepatitis_c": False}}),
    "stroke": ({"health": {"stroke": True}}, {"health": {"stroke": False}}),
    "diabetes": ({"diabetes": {"type": 2}}, {"diabetes": {"type": "none"}}),
    "cancer": ({"health": {"cancer": "active"}}, {"health": {"cancer": "never"}}),
}
"""Things with the facts of who has them and of who has not."""
THINGS = list(FACTS)


def _said(sentence: str, thing: str, *, has: bool = True) -> str:
    return verdict_on(sentence.replace("{A}", thing), FACTS[thing][0 if has else 1])


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence",
    [
        "in: Patients with {A} and not eligible for other protocols",
        "in: Patients with {A}, but not eligible for surgery",
        "in: Patients with {A} who are not eligible for surgery",
        "in: Patients with {A} not eligible for intensive exercise",
        "in: Patients with {A} who were excluded from an earlier study",
    ],
)
def test_who_may_not_join_something_else_is_asked_for(sentence: str, thing: str) -> None:
    assert _said(sentence, thing) != "conflict"
    assert _said(sentence, thing, has=False) != "nothing_against"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence",
    [
        "in: Patients with {A} are not eligible",
        "in: Patients with {A} are not eligible for this study",
        "in: People who have {A} are excluded from the trial",
        "in: {A}, or pneumonia, is not allowed",
    ],
)
def test_who_may_not_join_the_study_is_barred(sentence: str, thing: str) -> None:
    assert _said(sentence, thing) == "conflict"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence",
    [
        "ex: Marrow donor positive for syphilis, gout or {A}",
        "ex: Sibling donor is pregnant, or has gout or {A}",
        "ex: Household contact with tuberculosis or {A}",
        "ex: Has a parent, sibling or child with epilepsy or {A}",
        "ex: Caregiver with dementia, {A}",
        "in: Donors must have no syphilis, gout or {A}",
    ],
)
def test_what_somebody_else_has_is_not_the_persons(sentence: str, thing: str) -> None:
    assert _said(sentence, thing) == "possible"
    assert _said(sentence, thing, has=False) == "possible"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence", ["ex: Donor with a fever, or patient with {A}", "ex: Donor is pregnant; {A}", "ex: Organ donor or {A}"]
)
def test_what_stands_beside_somebody_else_is_the_persons(sentence: str, thing: str) -> None:
    assert _said(sentence, thing) == "conflict"


@pytest.mark.parametrize("people", ["Healthy volunteers", "Healthy subjects", "Healthy participants", "Patients"])
def test_healthy_people_may_be_all_whom_a_study_looks_for(people: str) -> None:
    assert verdict_on(f"in: {people} aged 18 to 60 years", {"person": {"age": 72}}) == "conflict"


@pytest.mark.parametrize("some", ["certain", "some", "selected"])
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("antidiabetic drugs", {"treatment": {"medications": ["metformin"]}}),
        ("blood thinners", {"treatment": {"medications": ["warfarin"]}}),
        ("heart diseases", {"health": {"heart_disease": True}}),
        ("cancers", {"health": {"cancer": "active"}}),
        ("opioids", {"treatment": {"medications": ["morphine"]}}),
    ],
)
def test_some_of_a_kind_are_not_the_kind(some: str, kind: str, told: dict[str, Any]) -> None:
    assert verdict_on(f"ex: Has had {some} {kind}", told) == "possible"
    assert verdict_on(f"ex: Has had {kind}", told) == "conflict"


def test_those_of_a_kind_that_are_named_stand_for_themselves() -> None:
    told = {"treatment": {"medications": ["warfarin"]}}
    assert verdict_on("ex: Taking certain drugs such as warfarin or apixaban", told) == "conflict"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "group",
    ["For the scanner sub-study", "For PRO sub-sample", "Cohort B", "Arm 2 only", "For patients in part C", "Substudy",
     "Patients in the surgery cohort", "Phase 2 part"],
)  # fmt: skip
def test_a_part_of_the_study_is_a_condition(group: str, thing: str) -> None:
    assert _said(f"ex: {group}: {{A}}", thing) == "possible"
    assert _said(f"ex: {group}: epilepsy; {{A}}", thing) == "possible"
    assert _said(f"in: {group}: {{A}}", thing, has=False) == "possible"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("title", ["For all groups", "For both cohorts", "General", "In case of"])
def test_other_titles_are_none(title: str, thing: str) -> None:
    assert _said(f"ex: {title}: epilepsy, {{A}}", thing) == "conflict"


@pytest.mark.parametrize("thing", THINGS)
def test_people_in_front_of_a_colon_are_a_condition(thing: str) -> None:
    told = FACTS[thing][1] | {"measurements": {"bmi": 41}}
    assert verdict_on(f"in: For patients with {thing}: BMI below 40", told) != "conflict"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "treated", ["undergoing chemotherapy", "receiving opioids", "currently taking warfarin", "requiring oxygen"]
)
def test_an_illness_and_its_treatment_bar_together(thing: str, treated: str) -> None:
    assert _said(f"ex: {{A}} and {treated}", thing) != "conflict"
    assert _said(f"ex: Epilepsy or {{A}} and {treated}", thing) != "conflict"
    assert _said(f"ex: {{A}}, epilepsy and {treated}", thing) == "conflict"  # a list that goes on
    assert _said(f"ex: {{A}} or {treated}", thing) == "conflict"
    assert _said(f"ex: Epilepsy and {treated}, {{A}}", thing) == "conflict"


@pytest.mark.parametrize("degree", ["Chronic-degenerative diseases", "Severe disorders", "Acute conditions"])
def test_a_degree_stays_with_its_own_noun(degree: str) -> None:
    smokes, not_told = {"health": {"smoker": True}}, {"health": {"smoker": False}}
    assert verdict_on(f"ex: {degree}, smoking, epilepsy", smokes) == "conflict"
    assert verdict_on(f"ex: {degree}, smoking", not_told) == "possible"


def test_a_degree_of_a_shared_noun_goes_on() -> None:
    told = {"health": {"heart_disease": True}}
    assert verdict_on("ex: Severe renal, hepatic or cardiac disease", told) == "possible"
    assert verdict_on("ex: Severe disorder or infection", {"health": {"active_infection": True}}) == "possible"


@pytest.mark.parametrize("anchor", ["of inclusion", "before screening", "prior to study entry", "of enrolment"])
def test_a_time_that_counts_from_the_study_ends_there(anchor: str) -> None:
    told = {"health": {"cancer": "past", "cancer_free_years": 14}}
    assert verdict_on(f"ex: History of cancer within 5 years {anchor} or suspected cancer", told) == "possible"
    assert verdict_on(f"ex: History of cancer within 5 years {anchor}", told) == "nothing_against"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence",
    ["ex: Pregnant women, {A}", "ex: Pregnant or lactating women and {A}", "ex: Nursing women, prisoners, {A}",
     "ex: Women who are pregnant or breastfeeding, {A}", "ex: Lactating women or patients with {A}"],
)  # fmt: skip
def test_a_list_goes_on_behind_women(sentence: str, thing: str) -> None:
    man = {"person": {"sex": "male"}}
    assert verdict_on(sentence.replace("{A}", thing), man | FACTS[thing][0]) == "conflict"
    assert verdict_on(sentence.replace("{A}", thing), man) == "possible"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "sentence",
    ["ex: Women with {A}", "ex: Women with gout or {A}", "ex: Female patients with {A}", "ex: For women: {A}"],
)
def test_what_women_have_bars_no_man(sentence: str, thing: str) -> None:
    man = {"person": {"sex": "male"}}
    assert verdict_on(sentence.replace("{A}", thing), man | FACTS[thing][0]) != "conflict"


def test_an_exception_of_the_last_of_a_list_is_of_that_alone() -> None:
    told = {"health": {"diagnoses": ["schizophrenia"]}}
    frame = "ex: Bipolar disorder, schizophrenia or any psychosis other than {}"
    assert verdict_on(frame.format("short psychosis due to drugs"), told) == "conflict"
    sentence = "ex: Stroke or any cancer other than skin cancer"
    assert verdict_on(sentence, {"health": {"stroke": True}}) == "conflict"
    assert verdict_on(sentence, {"health": {"cancer": "active", "cancer_kind": "skin cancer"}}) != "conflict"


@pytest.mark.parametrize("grades", ["stage II, III or IV", "grade 1, 2, or 3a", "class II, or III", "stages 2 and 3"])
@pytest.mark.parametrize("thing", ["lymphoma", "breast cancer"])
def test_a_list_of_grades_is_no_list_of_things(grades: str, thing: str) -> None:
    assert verdict_on(f"in: Confirmed {grades} {thing}", {"health": {"cancer": "never"}}) == "conflict"
    assert verdict_on(f"ex: Confirmed {grades} {thing}", {"health": {"cancer": "never"}}) == "nothing_against"
    assert verdict_on(f"ex: Confirmed {grades} {thing}", {"health": {"cancer": "active"}}) == "possible"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Require systemic, ocular or inhaled corticosteroids", "conflict"),
        ("Needs oral, nasal or inhaled corticosteroids", "conflict"),
        ("Use of inhaled or topical corticosteroids", "possible"),
        ("Will require systemic or topical corticosteroids", "possible"),  # not yet
    ],
)
def test_each_way_of_giving_a_drug_has_its_name(sentence: str, said: str) -> None:
    assert verdict_on(f"ex: {sentence}", {"treatment": {"medications": ["prednisone"]}}) == said


@pytest.mark.parametrize("thing", ["HIV infection", "hepatitis C", "stroke"])
def test_who_receives_something_need_not_have_the_next_illness_now(thing: str) -> None:
    assert _said("ex: Undergoing chemotherapy, {A}", thing) == "conflict"


@pytest.mark.parametrize("own", ["or with", "or who have", "or a"])
@pytest.mark.parametrize("degree", ["uncontrolled", "severe", "active"])
def test_no_degree_reaches_over_words_of_its_own(own: str, degree: str) -> None:
    sentence = f"ex: Patients with {degree} infection, {own} {{A}}"
    assert all(_said(sentence, thing) == "conflict" for thing in THINGS)
    assert verdict_on(sentence.replace("{A}", "stroke"), {"health": {"active_infection": True}}) != "nothing_against"


@pytest.mark.parametrize("thing", ["stroke", "HIV infection", "hepatitis C"])
def test_an_example_is_of_the_kind_of_its_head(thing: str) -> None:
    assert _said("ex: Severe infections like pneumonia or sepsis, bleeding disorders, {A}", thing) == "conflict"
    told = {"health": {"bleeding_disorder": True}}
    assert verdict_on("ex: Severe infections like pneumonia or sepsis, bleeding disorders", told) == "conflict"
    assert verdict_on("ex: Severe illness like heart disease", {"health": {"heart_disease": True}}) == "possible"


@pytest.mark.parametrize(
    "sentence", ["in: Men and nonpregnant women with gout", "in: Non-pregnant women or men aged 18 to 60 years",
                 "in: Nonpregnant, nonlactating women with gout", "in: Non-pregnant women or men"]
)  # fmt: skip
def test_who_is_pregnant_is_no_non_pregnant_woman(sentence: str) -> None:
    assert verdict_on(sentence, {"person": {"sex": "female", "pregnant": True}}) == "conflict"
    assert verdict_on(sentence, {"person": {"sex": "male"}}) != "conflict"


def test_what_stands_behind_non_pregnant_women_is_asked_too() -> None:
    for person in ({"sex": "male"}, {"sex": "female", "pregnant": False, "breastfeeding": False}):
        assert verdict_on("in: Nonpregnant women with gout", {"person": person}) == "possible"


@pytest.mark.parametrize("kind", ["permissible", "allowed", "exceptions"])
def test_what_brackets_list_as_no_bar_is_spared(kind: str) -> None:
    sentence = f"ex: Cancer within 5 years (the following are {kind}: skin cancer, in situ cervical cancer)"
    past = {"cancer": "past", "cancer_free_years": 2}
    assert verdict_on(sentence, {"health": past | {"cancer_kind": "lung cancer"}}) == "conflict"
    assert verdict_on(sentence, {"health": past | {"cancer_kind": "skin cancer"}}) != "conflict"
    assert verdict_on(sentence, {"health": past}) == "possible"


@pytest.mark.parametrize("scales", ["Karnofsky or Lansky performance score", "Lansky or Karnofsky score"])
def test_two_names_of_one_scale_are_one(scales: str) -> None:
    for points, said in ((90, "nothing_against"), (50, "conflict")):
        assert verdict_on(f"ex: {scales} < 70", {"neuropathy": {"scores": {"Karnofsky": points}}}) == said
        inside = "nothing_against" if points == 90 else "conflict"
        assert verdict_on(f"in: {scales} >= 70", {"neuropathy": {"scores": {"Karnofsky": points}}}) == inside


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_barred_and_said_to_be_excluded_is_barred(thing: str) -> None:
    assert _said("ex: Patients with {A} were excluded from the study", thing) == "conflict"


def test_an_illness_named_before_were_excluded_is_told_by_name() -> None:
    told = {"health": {"diagnoses": ["high corneal astigmatism"]}}
    assert verdict_on("ex: Patients with high corneal astigmatism were excluded from the study", told) == "conflict"
    assert verdict_on("ex: Patients with high myopia were excluded", told) == "possible"


def test_two_kinds_of_what_an_illness_has_are_no_illness() -> None:
    for thing in ("stroke", "HIV infection", "diabetes"):
        assert _said("in: Patients with {A} with mild or severe weakness", thing, has=False) == "conflict"
        assert _said("in: Patients with {A} with mild or severe weakness", thing) == "possible"
        assert _said("in: Patients with {A} or gout", thing, has=False) == "possible"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("permits", ["are not excluded", "will not be excluded from the study", "were not excluded"])
def test_who_is_not_excluded_is_let_in(thing: str, permits: str) -> None:
    assert _said(f"ex: Gout. Patients with {{A}} {permits}", thing) != "conflict"


def test_a_way_of_giving_keeps_the_class_and_the_purpose_of_the_drug() -> None:
    told = {"treatment": {"medications": ["lisinopril", "acyclovir"]}}
    assert verdict_on("ex: Treatment with any oral or injectable anti-diabetic medication", told) == "possible"
    assert verdict_on("ex: Oral or intravenous acyclovir for herpes", told) == "possible"
