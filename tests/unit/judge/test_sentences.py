"""Whole sentences, read and judged: forms in which a "you can't" was once said wrongly, and their neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.made import TODAY, person, study
from trialfinder.judge import Verdict, judge
from trialfinder.reading import criteria_tree


def judged(section: str, words: str, **tables: dict[str, Any]) -> Verdict:
    """The verdict on a study whose only criterion is a sentence."""
    text = f"{section.capitalize()} Criteria:\n\n* {words}"
    return judge(study(text), criteria_tree(text), person(**tables), TODAY)


BARRED, FITS, OPEN = "conflict", "nothing_against", "possible"


@pytest.mark.parametrize(
    ("section", "words", "tables", "expected"),
    [
        # Two things together bar only who has both.
        ("exclusion", "Bilirubin > 2 together with ALT > 100 U/L", {"measurements": {"alt_u_l": 30}}, FITS),
        ("exclusion", "Kidney disease who also have diabetes", {"diabetes": {"type": "type2"}}, OPEN),
        (
            "exclusion",
            "Kidney disease who also have diabetes",
            {"diabetes": {"type": "type2"}, "health": {"kidney_disease": True}},
            BARRED,
        ),
        # A condition says for whom it holds.
        (
            "exclusion",
            "BMI > 35 if type 2 diabetes is present",
            {"measurements": {"bmi": 38}, "diabetes": {"type": "none"}},
            FITS,
        ),
        (
            "exclusion",
            "BMI > 35 if type 2 diabetes is present",
            {"measurements": {"bmi": 38}, "diabetes": {"type": "type2"}},
            BARRED,
        ),
        # What is allowed is spared.
        (
            "exclusion",
            "Anticoagulants (aspirin up to 100 mg is allowed)",
            {"treatment": {"medications": ["aspirin"]}},
            OPEN,
        ),
        ("exclusion", "Anticoagulants (aspirin up to 100 mg is allowed)", {"treatment": {"anticoagulant": True}}, OPEN),
        # Alternatives and cohorts.
        (
            "inclusion",
            "HbA1c < 9 % (or < 10 % in patients over 70)",
            {"diabetes": {"hba1c": 9.5}, "person": {"age": 75}},
            FITS,
        ),
        ("inclusion", "Age 18-65 for group A, 50-80 for group B", {"person": {"age": 70}}, OPEN),
        # A broad fact bars only a broad criterion.
        ("exclusion", "Heart disease", {"health": {"heart_disease": True}}, BARRED),
        ("exclusion", "Unstable angina", {"health": {"heart_disease": True}}, OPEN),
        ("exclusion", "Unstable angina", {"health": {"heart_disease": False}}, FITS),
        ("exclusion", "Liver abscess", {"health": {"active_infection": True}}, OPEN),
        ("exclusion", "Pulmonary hypertension", {"health": {"hypertension_uncontrolled": True}}, OPEN),
        ("exclusion", "Hepatitis B or C infection", {"health": {"hepatitis_b": False, "hepatitis_c": False}}, FITS),
        # Ability splits.
        ("exclusion", "Unable to return for follow-up visits", {"person": {"can_attend_follow_up": False}}, BARRED),
        ("exclusion", "Unable to keep a diary", {"person": {"can_attend_follow_up": False}}, OPEN),
        # Times belong to their own thing.
        ("inclusion", "Free of cancer for at least 5 years", {"health": {"cancer": "active"}}, BARRED),
        (
            "exclusion",
            "Cancer within the last 5 years, except basal cell skin cancer",
            {"health": {"cancer": "past", "cancer_free_years": 2}},
            OPEN,
        ),
        (
            "exclusion",
            "Cancer within the last 5 years, except basal cell skin cancer",
            {"health": {"cancer": "past", "cancer_free_years": 2, "cancer_kind": "breast cancer"}},
            BARRED,
        ),
        (
            "exclusion",
            "Cancer within the last 5 years, except basal cell skin cancer",
            {"health": {"cancer": "past", "cancer_free_years": 9}},
            FITS,
        ),
        # A word of severity stays with its own noun.
        ("exclusion", "Severe lung disease", {"health": {"lung_disease": True}}, OPEN),
        ("exclusion", "Uncontrolled hypertension", {"health": {"hypertension_uncontrolled": False}}, FITS),
        # A guardian's consent is not the person's own.
        ("inclusion", "Able to give written informed consent", {"person": {"can_consent": False}}, BARRED),
        ("inclusion", "Able to give written informed consent", {"person": {"can_consent": True}}, FITS),
        # One of two illnesses that are told in words.
        ("exclusion", "Psychiatric or neurological disorders", {"health": {"psychiatric": True}}, BARRED),
        ("exclusion", "Psychiatric or neurological disorders", {"health": {"psychiatric": False}}, OPEN),
        ("exclusion", "Multiple sclerosis", {"health": {"diagnoses": ["MS"]}}, BARRED),
        ("exclusion", "Atrial fibrillation", {"health": {"diagnoses": ["atrial fibrillation"]}}, BARRED),
    ],
)
def test_sentences(section: str, words: str, tables: dict[str, Any], expected: str) -> None:
    assert judged(section, words, **tables).verdict == expected


def test_what_a_person_can_change_is_said() -> None:
    found = judged("exclusion", "Current smokers", health={"smoker": True})
    assert [(a.word, a.changeable) for a in found.answers] == [("not_met", "stop smoking")]
    trial = judged("exclusion", "Participation in another clinical trial", treatment={"in_other_trial": True})
    assert trial.answers[0].changeable.startswith("leave the other study")
    old = judged("exclusion", "History of stroke", health={"stroke": True})
    assert old.answers[0].changeable == ""


def test_a_no_names_only_what_decides() -> None:
    words = "Heart disease, kidney disease or HIV"
    found = judged("exclusion", words, health={"heart_disease": True, "kidney_disease": False})
    assert [(a.pattern, a.word) for a in found.answers] == [
        ("cardiac", "not_met"),
        ("renal", "met"),
        ("hiv", "unknown"),
    ]


def test_an_illness_that_no_pattern_covers_is_answered_by_the_name_that_the_person_gave() -> None:
    words = "Tuberous sclerosis, Rett syndrome or heart disease"
    told = judged("exclusion", words, health={"diagnoses": ["tuberous sclerosis"]})
    assert [(a.pattern, a.word, a.quote) for a in told.answers if a.word == "not_met"] == [
        ("named_illness", "not_met", "Tuberous sclerosis")
    ]
    other = judged("exclusion", words, health={"diagnoses": ["gout"]})
    assert (other.verdict, {a.pattern for a in other.answers}) == (OPEN, {"cardiac"})


def test_no_criteria_and_only_permissions_are_never_a_fit() -> None:
    assert judge(study(""), criteria_tree(""), person(health={"hiv": False}), TODAY).verdict == OPEN
    assert judged("inclusion", "Patients with HIV are allowed", health={"hiv": True}).verdict == OPEN
