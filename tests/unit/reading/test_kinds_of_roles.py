"""Mentions that ask nothing, by kind × concepts; washouts, freedom from a thing, times that elapse. All is made up."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import Unread
from trialfinder.reading.structure import criteria_tree

_ILL = {
    "asthma": "pulmonary",
    "lupus": "autoimmune",
    "a stroke": "stroke",
    "heart failure": "cardiac",
    "epilepsy": "neurological_other",
    "cancer": "malignancy",
    "pneumonia": "active_infection",
}
_DRUGS = {
    "Steroids": "immunosuppression",
    "Anticoagulants": "anticoagulant",
    "Methotrexate": "immunosuppression",
    "Opioids": "opioid_use",
    "Gabapentin": "other_medication",
    "Chemotherapy": "chemotherapy",
}


def _patterns(text: str, section: str = "exclusion") -> set[str]:
    return {r.pattern for r in read_sentence(text, section)}


@pytest.mark.parametrize("ill", _ILL)
@pytest.mark.parametrize("drug", ["Steroids", "Anticoagulants", "Methotrexate", "Gabapentin"])
@pytest.mark.parametrize("frame", ["{} for {}", "{} (e.g., for {})", "{}, for instance for {}"])
def test_what_a_drug_is_for_asks_nothing(drug: str, ill: str, frame: str) -> None:
    assert _patterns(frame.format(drug, ill)) == {_DRUGS[drug]}


@pytest.mark.parametrize("ill", _ILL)
def test_an_illness_head_keeps_its_examples(ill: str) -> None:
    assert _ILL[ill] in _patterns(f"Serious illness such as {ill}")


@pytest.mark.parametrize("ill", ["HIV", "tumour", "cancer", "hepatitis C", "infection"])
@pytest.mark.parametrize("behind", ["drugs", "therapy", "medication"])
def test_what_a_drug_is_against_asks_nothing(ill: str, behind: str) -> None:
    assert not _patterns(f"Anti-{ill} {behind}") & {"hiv", "malignancy", "hepatitis_c", "active_infection"}


def test_antibodies_against_a_virus_tell_of_it() -> None:
    assert _patterns("Anti-HCV antibodies") == {"hepatitis_c"}


@pytest.mark.parametrize(
    "thing", ["chemotherapy", "surgery", "radiotherapy", "stem cell transplantation", "spinal fusion"]
)
@pytest.mark.parametrize("frame", ["before {}", "prior to the planned {}", "before the start of {}"])
@pytest.mark.parametrize("ill", ["Pneumonia", "A stroke", "Myocardial infarction", "Deep vein thrombosis"])
def test_what_a_time_counts_back_from_asks_nothing(ill: str, frame: str, thing: str) -> None:
    text = f"{ill} within 5 weeks {frame.format(thing)}"
    assert _patterns(text) == _patterns(ill)
    assert {r.window_months for r in read_sentence(text, "exclusion")} == {1.15}


@pytest.mark.parametrize("drug", [d for d in _DRUGS if d != "Gabapentin"])
@pytest.mark.parametrize(
    "frame",
    [
        "{} stopped no later than 6 weeks before screening",
        "{} must be discontinued at least 6 weeks before entry",
        "At least 6 weeks must have elapsed since {}",
        "Off {} for at least 6 weeks",
        "At least 6 weeks since the last dose of {}",
    ],
)
def test_what_must_be_over_for_a_time_is_not_asked_for(drug: str, frame: str) -> None:
    words = frame.format(drug if frame.startswith("{}") else drug.lower())
    found = [r for r in read_sentence(words, "inclusion") if r.pattern == _DRUGS[drug]]
    assert [(r.effect, r.window_months, r.direction) for r in found] == [("exclude", 1.38, "at_least_ago")]


@pytest.mark.parametrize("thing", ["Seizure", "Cancer", "Infection", "Stroke", "Epilepsy"])
def test_free_of_a_thing_bars_it(thing: str) -> None:
    found = read_sentence(f"{thing}-free for at least 2 years", "inclusion")
    assert {(r.effect, r.window_months) for r in found} == {("exclude", 24.0)}


@pytest.mark.parametrize("drug", ["Steroids", "Opioids", "Gabapentin", "Antifungal therapy", "Warfarin"])
def test_of_two_times_a_drug_has_the_look_back(drug: str) -> None:
    found = read_sentence(f"{drug} for more than 96 hours during the 2 weeks before entry", "exclusion")
    assert {(r.window_months, r.direction) for r in found} == {(0.46, "within")}


@pytest.mark.parametrize("words", ["6 or more months", "6+ months", "6 months or more", "6 and more months"])
@pytest.mark.parametrize("thing", ["A stroke", "Radiotherapy", "Chemotherapy", "Myocardial infarction"])
def test_or_more_between_a_number_and_its_unit(thing: str, words: str) -> None:
    found = read_sentence(f"{thing} {words} before entry", "inclusion")
    assert {(r.window_months, r.direction) for r in found} == {(6.0, "at_least_ago")}


@pytest.mark.parametrize("kind", ["conservative treatment", "physical therapy", "medical management", "drug therapy"])
@pytest.mark.parametrize("words", ["Less than 3 months of", "Fewer than six weeks of", "Under 10 weeks of prior"])
def test_too_short_a_treatment_asks_for_a_longer_one(kind: str, words: str) -> None:
    found = [r for r in read_sentence(f"{words} {kind}", "exclusion") if r.pattern == "failed_conventional"]
    assert [(r.effect, r.window_months) for r in found] == [("require", None)]


@pytest.mark.parametrize("scale", ["PASI", "EASI", "MADRS", "UPDRS", "BASDAI", "KOOS", "SLEDAI"])
def test_scales_by_the_letters_of_their_names(scale: str) -> None:
    found = read_sentence(f"{scale} > 7", "inclusion")
    assert [(r.pattern, r.value, r.low) for r in found] == [("severity_score", scale, 7.0)]


@pytest.mark.parametrize("text", ["PSA > 4", "CRP > 30", "NT-proBNP > 600", "TSH > 5", "LDL > 130", "CD4 > 200"])
def test_values_of_the_laboratory_are_no_scales(text: str) -> None:
    assert "severity_score" not in _patterns(text)


@pytest.mark.parametrize("other", ["calcium", "magnesium", "sodium", "albumin", "ferritin"])
def test_a_limit_with_a_head_of_its_own_is_that_heads(other: str) -> None:
    found = read_sentence(f"Creatinine < 1.6 mg/dL {other} < 11 mg/dL", "inclusion")
    assert {(r.pattern, r.high) for r in found} == {("renal", 1.6)}


@pytest.mark.parametrize("ill", ["Cancer", "A stroke", "Lupus", "Epilepsy", "Organ transplantation", "HIV"])
@pytest.mark.parametrize("words", ["is not permitted", "is NOT allowed", "are not permitted unless treated"])
def test_what_is_not_permitted_bars(ill: str, words: str) -> None:
    plain = _patterns(ill)
    assert {r.effect for r in read_sentence(f"{ill} {words}", "exclusion") if r.pattern in plain} == {"exclude"}


@pytest.mark.parametrize("ill", ["suicide", "a heart attack", "psychosis", "a stroke", "seizures"])
def test_a_risk_of_the_person_is_asked_and_a_reason_is_not(ill: str) -> None:
    plain = _patterns(ill)
    assert plain <= _patterns(f"A serious risk of {ill}")
    assert not plain & _patterns(f"No drugs from five days before, to reduce the risk of {ill}", "inclusion")


@pytest.mark.parametrize("ill", ["asthma", "epilepsy", "lupus", "heart failure", "psoriasis"])
def test_how_long_a_treatment_was_given_is_no_duration_of_the_illness(ill: str) -> None:
    found = _patterns(f"Diagnosis of {ill} on regular controller therapy for 3 months prior to enrolment", "inclusion")
    assert "symptom_duration" not in found


@pytest.mark.parametrize(
    "thing", ["coronary artery revascularization", "major surgery", "a kidney transplant", "amputation"]
)
def test_who_is_indicated_for_something_is_asked_for_it(thing: str) -> None:
    assert _patterns(thing) & _patterns(f"Be indicated for or require {thing}")


@pytest.mark.parametrize("name", ["relapsed diffuse large B cell lymphoma", "newly diagnosed T precursor leukaemia"])
def test_many_words_in_front_of_an_illness_name_it(name: str) -> None:
    assert _patterns(f"Patients with {name}", "inclusion") == {"malignancy"}


@pytest.mark.parametrize(
    "said",
    [
        "Nursing staff who delivered the old ward diabetes course",
        "Bone marrow largely taken up with old lymphoma tissue",
    ],
)
def test_many_words_that_govern_an_illness_do_not_ask_for_it(said: str) -> None:
    assert [type(c.node) for c in criteria_tree(f"Inclusion Criteria:\n\n* {said}")] == [Unread]
