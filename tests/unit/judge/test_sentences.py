"""Whole sentences before a person: what a flat reading got wrong, each with the person whom it does bar."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import trialfinder as tf

TODAY = dt.date(2026, 11, 28)
Facts = dict[str, dict[str, Any]]


def verdict(section: str, sentence: str, facts: Facts) -> str:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Cells for diabetic neuropathy"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Diabetic Neuropathy"]},
            "eligibilityModule": {"eligibilityCriteria": f"{section} Criteria:\n\n* {sentence}", "sex": "ALL"},
        }
    }
    return str(tf.match(facts, [record], today=TODAY)["verdict"].iloc[0])


ROWS: list[tuple[str, str, Facts, Facts]] = [
    # section, sentence, a person who is not barred, a person who is
    (
        "Exclusion", "Bilirubin > 2 together with ALT > 100 U/L",
        {"measurements": {"alt_u_l": 30}},
        {"measurements": {"alt_u_l": 130, "bilirubin_mg_dl": 2.6}},
    ),
    (
        "Exclusion", "Kidney disease who also have diabetes",
        {"diabetes": {"type": "type2"}, "health": {"kidney_disease": False}},
        {"diabetes": {"type": "type2"}, "health": {"kidney_disease": True}},
    ),
    (
        "Exclusion", "BMI > 35 if type 2 diabetes is present",
        {"measurements": {"bmi": 37}, "diabetes": {"type": "none"}},
        {"measurements": {"bmi": 37}, "diabetes": {"type": "type2"}},
    ),
    (
        "Exclusion", "Anticoagulants (aspirin up to 100 mg is allowed)",
        {"treatment": {"medications": ["aspirin"]}},
        {"treatment": {"medications": ["apixaban"]}},
    ),
    (
        "Inclusion", "HbA1c < 9 % (or < 10 % in patients over 70)",
        {"person": {"age": 75}, "diabetes": {"hba1c": 9.5}},
        {"person": {"age": 60}, "diabetes": {"hba1c": 9.5}},
    ),
    (
        "Inclusion", "Age 18-65 for group A, 50-80 for group B",
        {"person": {"age": 70}},
        {"person": {"age": 17}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("section", "sentence", "free", "barred"), ROWS)
def test_a_sentence_bars_only_whom_it_means(section: str, sentence: str, free: Facts, barred: Facts) -> None:
    assert verdict(section, sentence, free) != "conflict"
    # Nobody told which group is meant, nor that no aspirin is taken besides: these stay open for the other person too.
    if not sentence.startswith(("Age 18-65", "Anticoagulants")):
        assert verdict(section, sentence, barred) == "conflict"


@pytest.mark.parametrize(
    ("broad", "special", "facts"),
    [
        ("Heart disease", "Unstable angina", {"health": {"heart_disease": True}}),
        ("Infection", "Liver abscess", {"health": {"active_infection": True}}),
        ("Liver disease", "Cirrhosis of the liver", {"health": {"liver_disease": True}}),
        ("Lung disease", "COPD", {"health": {"lung_disease": True}}),
        ("Psychiatric disorder", "Bipolar disorder", {"health": {"psychiatric": True}}),
    ],
)
def test_a_broad_fact_bars_only_a_broad_criterion(broad: str, special: str, facts: Facts) -> None:
    assert verdict("Exclusion", broad, facts) == "conflict"
    assert verdict("Exclusion", special, facts) == "possible"


@pytest.mark.parametrize(
    "sentence",
    [
        "Heart disease that has needed an operation",
        "Heart disease caused by a virus",
        "Severe heart disease",
        "Heart disease together with a pacemaker made of gold",
    ],
)
def test_what_narrows_a_thing_leaves_it_open(sentence: str) -> None:
    assert verdict("Exclusion", sentence, {"health": {"heart_disease": True}}) == "possible"
    assert verdict("Exclusion", sentence, {"health": {"heart_disease": False}}) != "conflict"


def test_a_man_is_not_asked_for_what_women_are_asked() -> None:
    man: Facts = {"person": {"sex": "male", "uses_contraception": False}}
    woman: Facts = {"person": {"sex": "female", "can_become_pregnant": True, "uses_contraception": False}}
    sentence = "Women of childbearing potential must use contraception"
    assert verdict("Inclusion", sentence, man) == "nothing_against"
    assert verdict("Inclusion", sentence, woman) == "conflict"


@pytest.mark.parametrize("title", ["Donor criteria:", "Healthy controls"])
def test_what_is_asked_of_somebody_else_bars_nobody(title: str) -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Cells for diabetic neuropathy"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "eligibilityModule": {
                "eligibilityCriteria": f"Inclusion Criteria:\n\n* Age 18 or older\n\n{title}\n\n* No diabetes",
                "sex": "ALL",
            },
        }
    }
    facts: Facts = {"person": {"age": 58}, "diabetes": {"type": "type2"}}
    assert str(tf.match(facts, [record], today=TODAY)["verdict"].iloc[0]) != "conflict"


@pytest.mark.parametrize("joint", ["Complicated with", "Complicated by"])
def test_complicated_with_something_is_no_degree_of_it(joint: str) -> None:
    told: Facts = {"diabetes": {"type": "type2", "foot_ulcer": True}}
    free: Facts = {"diabetes": {"type": "type2", "foot_ulcer": False}}
    sentence = f"{joint} foot ulcers, wound infections or loss of a toe"
    assert verdict("Exclusion", sentence, told) == "conflict"
    assert verdict("Exclusion", sentence, free) != "conflict"
    assert verdict("Exclusion", "Complicated foot ulcer", told) == "possible", "here it is one"


@pytest.mark.parametrize(
    "sentence",
    [
        "Type 2 diabetes as defined by the 2010 standards of the American Diabetes Association (ADA)",
        "Type 2 diabetes according to WHO criteria",
        "Type 2 diabetes diagnosed by ADA guidelines",
        "Meets the diagnostic criteria for type 2 diabetes",
        "Fulfils the ADA definition of type 2 diabetes",
    ],
)
def test_a_told_diagnosis_is_one_by_the_standard_that_every_one_is_made_by(sentence: str) -> None:
    assert verdict("Inclusion", sentence, {"diabetes": {"type": "type2"}}) == "nothing_against"
    assert verdict("Inclusion", sentence, {"diabetes": {"type": "type1"}}) == "conflict"
    assert verdict("Inclusion", sentence, {"person": {"age": 58}}) == "possible"


@pytest.mark.parametrize(
    "sentence",
    [
        "Type 2 diabetes according to ADA criteria and treated with insulin",
        "Type 2 diabetes by ADA criteria for ten years",
        "Meets the criteria for treatment of type 2 diabetes",
        "Meets the criteria for surgery for type 2 diabetes",
    ],
)
def test_a_standard_makes_nothing_else_of_the_criterion_true(sentence: str) -> None:
    assert verdict("Inclusion", sentence, {"diabetes": {"type": "type2"}}) == "possible"
    assert verdict("Inclusion", sentence, {"health": {"hiv": False}}) == "possible"
