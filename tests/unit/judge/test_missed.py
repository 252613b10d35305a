"""Sentences that bar and were once left open, by kinds; beside each kind what must stay open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.test_sentences import verdict


def _check(section: str, sentence: str, told: dict[str, Any], said: str) -> None:
    assert verdict(section, sentence, told) == said


@pytest.mark.parametrize(
    ("section", "sentence", "allergies", "said"),
    [
        ("Exclusion", "Heparin allergy", ["heparin"], "conflict"),
        ("Exclusion", "Known platinum allergy", ["cisplatin"], "conflict"),
        ("Exclusion", "Allergy to the product or its ingredients (albumin, DMSO)", ["dimethyl sulfoxide"], "conflict"),
        ("Exclusion", "Allergy to the product or its ingredients (albumin, DMSO)", ["latex"], "possible"),
        ("Exclusion", "History of allergy to or intolerance of macrolides", ["erythromycin"], "conflict"),
        ("Exclusion", "History of allergy to or intolerance of macrolides", ["peanut"], "possible"),
        ("Exclusion", "Sensitivity to levetiracetam", ["levetiracetam"], "conflict"),
        ("Exclusion", "Sensitivity to cold", ["levetiracetam"], "possible"),
        ("Exclusion", "Seafood allergy", ["prawns"], "conflict"),
        ("Exclusion", "Allergy to porcine products", ["pork"], "conflict"),
        ("Exclusion", "Allergy to eggs", ["hen's egg"], "conflict"),
        ("Exclusion", "Severe allergic reaction to iodine", ["iodine (anaphylaxis)"], "conflict"),
        ("Exclusion", "Allergies", ["peanut"], "conflict"),
        ("Exclusion", "Drug allergies", ["peanut"], "possible"),
        ("Exclusion", "Allergy testing in the past 2 weeks", ["peanut"], "possible"),
        ("Inclusion", "No known allergy to gelatin or any similar stabiliser", [], "nothing_against"),
        ("Inclusion", "No known sensitivity to gelatin", [], "nothing_against"),
    ],
)
def test_an_allergy_is_to_what_the_words_around_it_name(
    section: str, sentence: str, allergies: list[str], said: str
) -> None:
    _check(section, sentence, {"treatment": {"allergies": allergies}}, said)


@pytest.mark.parametrize(
    ("section", "sentence", "told", "said"),
    [
        ("Inclusion", "No prior anthracyclines", {"treatment": {"medications": ["epirubicin"]}}, "conflict"),
        ("Inclusion", "No prior anthracyclines", {"treatment": {"medications": ["oxaliplatin"]}}, "possible"),
        ("Inclusion", "No prior gemcitabine", {"health": {"chemotherapy": "never"}}, "nothing_against"),
        ("Inclusion", "No prior thalidomide", {"health": {"chemotherapy": "never"}}, "possible"),
        ("Inclusion", "No prior chemotherapy", {"treatment": {"medications": ["methotrexate"]}}, "possible"),
        ("Exclusion", "Methotrexate within 3 months", {"health": {"chemotherapy": "never"}}, "possible"),
        (
            "Inclusion",
            "At least 6 months since carboplatin",
            {"treatment": {"medications": ["carboplatin"]}},
            "conflict",
        ),
    ],
)
def test_chemotherapy_by_the_names_of_its_drugs(section: str, sentence: str, told: dict[str, Any], said: str) -> None:
    _check(section, sentence, told, said)


@pytest.mark.parametrize(
    ("section", "sentence", "country", "said"),
    [
        ("Inclusion", "Residents of the United States", "France", "conflict"),
        ("Inclusion", "Residents of the United States", "USA", "nothing_against"),
        ("Inclusion", "Adults living in Ohio or Kentucky", "France", "conflict"),
        ("Inclusion", "Adults living in Ohio or Kentucky", "USA", "possible"),
        ("Inclusion", "Citizens or residents of Brazil", "Canada", "possible"),
        ("Inclusion", "Living in a nursing home", "Canada", "possible"),
        ("Inclusion", "Living within 60 miles of Detroit, Michigan", "Canada", "possible"),
        ("Inclusion", "Living within 60 miles of Detroit, Michigan", "France", "conflict"),
        ("Inclusion", "Willing to travel to a site in France", "Canada", "possible"),
        ("Inclusion", "Residents of Georgia", "Georgia", "possible"),
        ("Exclusion", "Non-residents of Norway", "France", "conflict"),
        ("Exclusion", "Non-residents of Norway", "Norway", "nothing_against"),
        ("Exclusion", "Travel to Chile within 3 months", "Chile", "possible"),
    ],
)
def test_where_people_must_live(section: str, sentence: str, country: str, said: str) -> None:
    _check(section, sentence, {"person": {"country": country}}, said)


@pytest.mark.parametrize(
    ("sentence", "told", "said"),
    [
        ("Psychiatric disorder that requires medication", {"diagnoses": ["schizophrenia"]}, ("olanzapine", "conflict")),
        ("Psychiatric disorder that requires medication", {"diagnoses": ["schizophrenia"]}, ("metformin", "possible")),
        ("Heart disease requiring drug treatment", {"heart_disease": True}, ("bisoprolol", "conflict")),
        ("Heart disease requiring surgery", {"heart_disease": True}, ("bisoprolol", "possible")),
        ("Active infection requiring antibiotics", {"active_infection": True}, ("amoxicillin", "conflict")),
        ("Active infection requiring intravenous antibiotics", {"active_infection": True}, ("amoxicillin", "possible")),
    ],
)
def test_an_illness_that_must_be_treated(sentence: str, told: dict[str, Any], said: tuple[str, str]) -> None:
    _check("Exclusion", sentence, {"health": told, "treatment": {"medications": [said[0]]}}, said[1])


@pytest.mark.parametrize(
    ("section", "sentence", "told", "said"),
    [
        ("Exclusion", "Diabetic retinopathy", {"diabetes": {"type": "none"}}, "nothing_against"),
        ("Exclusion", "Diabetic or hypertensive retinopathy", {"diabetes": {"type": "none"}}, "possible"),
        ("Exclusion", "Non-diabetic kidney disease", {"diabetes": {"type": "none"}}, "possible"),
        ("Inclusion", "Diabetic retinopathy in one eye", {"diabetes": {"type": "none"}}, "conflict"),
        ("Exclusion", "Uncontrolled diabetes", {"diabetes": {"type": "type2", "hba1c": 11.9}}, "conflict"),
        ("Exclusion", "Uncontrolled diabetes", {"diabetes": {"type": "type2", "hba1c": 7.9}}, "possible"),
        ("Inclusion", "Normal cardiac function", {"measurements": {"ejection_fraction": 28}}, "conflict"),
        ("Inclusion", "Adequate cardiac function", {"measurements": {"ejection_fraction": 45}}, "possible"),
        ("Inclusion", "No significant heart disease", {"measurements": {"ejection_fraction": 19}}, "conflict"),
        ("Inclusion", "No significant heart disease", {"measurements": {"ejection_fraction": 42}}, "possible"),
        ("Inclusion", "Normal kidney function", {"measurements": {"egfr": 38}}, "conflict"),
        ("Exclusion", "Any kidney disease", {"measurements": {"egfr": 58}}, "possible"),
        ("Inclusion", "Zubrod no more than 2", {"neuropathy": {"scores": {"ECOG": 3}}}, "conflict"),
        ("Inclusion", "ECOG PS 0-1", {"neuropathy": {"scores": {"WHO": 1}}}, "nothing_against"),
        ("Inclusion", "Karnofsky of at least 70", {"neuropathy": {"scores": {"ECOG": 3}}}, "possible"),
    ],
)
def test_a_number_tells_what_it_plainly_means(section: str, sentence: str, told: dict[str, Any], said: str) -> None:
    _check(section, sentence, told, said)


@pytest.mark.parametrize(
    ("section", "sentence", "drugs", "said"),
    [
        ("Exclusion", "H-2 blockers", ["famotidine"], "conflict"),
        ("Exclusion", "H-2 blockers", ["omeprazole"], "possible"),
        ("Inclusion", "No concurrent HMG-CoA reductase inhibitors (except fluvastatin)", ["atorvastatin"], "conflict"),
        ("Inclusion", "No concurrent HMG-CoA reductase inhibitors (except fluvastatin)", ["fluvastatin"], "possible"),
        ("Inclusion", "No concurrent HMG-CoA reductase inhibitors", [], "nothing_against"),
        ("Inclusion", "No prior HMG-CoA reductase inhibitors", [], "possible"),
        ("Inclusion", "Tyrosine kinase inhibitor treatment naive", ["sunitinib"], "conflict"),
        ("Inclusion", "Tyrosine kinase inhibitor treatment naive", [], "possible"),
        ("Exclusion", "Psychotropic drugs", ["sertraline"], "conflict"),
        ("Exclusion", "Psychotropic drugs", ["metformin"], "possible"),
    ],
)
def test_unread_words_that_name_drugs_and_no_more(section: str, sentence: str, drugs: list[str], said: str) -> None:
    _check(section, sentence, {"treatment": {"medications": drugs}}, said)


@pytest.mark.parametrize(
    ("section", "sentence", "planned", "said"),
    [
        ("Inclusion", "Patients undergoing microfracture for a defect of cartilage", False, "conflict"),
        ("Inclusion", "Scheduled to undergo knee replacement", False, "conflict"),
        ("Inclusion", "Scheduled to undergo knee replacement", True, "possible"),
        ("Inclusion", "Patients who underwent lumbar fusion", False, "possible"),
        ("Inclusion", "Patients undergoing dialysis or arthroplasty", False, "possible"),
        ("Inclusion", "Willing to undergo resection", False, "possible"),
    ],
)
def test_an_operation_that_lies_ahead(section: str, sentence: str, planned: bool, said: str) -> None:
    _check(section, sentence, {"treatment": {"surgery_planned": planned}}, said)


@pytest.mark.parametrize(
    ("sentence", "past", "never"),
    [
        ("Cancer now or earlier", "conflict", "nothing_against"),
        ("Cancer now or earlier, or an illness with a short life", "conflict", "possible"),
        ("Malignancy (active or previous)", "conflict", "nothing_against"),
        ("Cancer, past/present", "conflict", "nothing_against"),
        ("Present or earlier cancer", "conflict", "nothing_against"),
        ("Cancer ever", "conflict", "nothing_against"),
        ("Cancer now", "possible", "nothing_against"),
        ("Cancer, current or previous use of opioids", "possible", "possible"),
        ("Cancer now or in the past 2 years", "nothing_against", "nothing_against"),
    ],
)
def test_now_or_earlier_means_both_times(sentence: str, past: str, never: str) -> None:
    _check("Exclusion", sentence, {"health": {"cancer": "past", "cancer_free_years": 3}}, past)
    _check("Exclusion", sentence, {"health": {"cancer": "never"}}, never)
