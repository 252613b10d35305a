"""Plain conflicts that stayed open: what is told is a form of what is barred, or says the words in another way.

Each sentence with a person who certainly cannot join, and with one who is near and of whom it stays open or is met.
"""

from __future__ import annotations

import pytest

from tests.unit.judge.test_sentences import Facts, verdict

ROWS: list[tuple[str, str, Facts, Facts]] = [
    # section, sentence, a person who is barred, a person who is not
    (
        "Inclusion", "Must not use statins",
        {"treatment": {"medications": ["simvastatin"]}},
        {"treatment": {"medications": ["paracetamol"]}},
    ),
    (
        "Inclusion", "Not using tobacco products",
        {"health": {"smoker": True}},
        {"health": {"smoker": False}},
    ),
    (
        "Exclusion", "Uses smokeless tobacco products or cigarettes",
        {"health": {"smoker": True}},
        {"health": {"smoker": False}},
    ),
    (
        "Exclusion", "Uncontrolled illness such as active infection or symptomatic heart failure",
        {"health": {"active_infection": True}},
        {"health": {"heart_disease": True}},
    ),
    (
        "Exclusion", "Uncontrolled illness such as infection or asthma",
        {"health": {"diagnoses": ["uncontrolled asthma"]}},
        {"health": {"active_infection": True}},
    ),
    (
        "Exclusion", "Respiratory infection",
        {"health": {"active_infection": True, "diagnoses": ["pneumonia"]}},
        {"health": {"active_infection": True, "diagnoses": ["cellulitis"]}},
    ),
    (
        "Exclusion", "Serious infection at screening",
        {"health": {"diagnoses": ["sepsis"], "active_infection": True}},
        {"health": {"diagnoses": ["cellulitis"], "active_infection": True}},
    ),
    (
        "Exclusion", "Current alcohol abuse",
        {"health": {"diagnoses": ["alcohol dependence"]}},
        {"health": {"diagnoses": ["opioid dependence"]}},
    ),
    (
        "Exclusion", "Earlier ketoacidosis",
        {"health": {"diagnoses": ["diabetic ketoacidosis"]}},
        {"diabetes": {"uncontrolled": True}},
    ),
    (
        "Exclusion", "Compromised kidney function",
        {"measurements": {"egfr": 19}},
        {"measurements": {"egfr": 51}},
    ),
    (
        "Inclusion", "Documented negative HIV serologic result (ELISA)",
        {"health": {"hiv": True}},
        {"health": {"hepatitis_b": True}},
    ),
    (
        "Inclusion", "In good general health",
        {"health": {"dialysis": True}},
        {"health": {"heart_disease": True}},
    ),
    (
        "Inclusion", "Generally healthy",
        {"health": {"cancer": "active", "chemotherapy": "active"}},
        {"health": {"cancer": "past", "chemotherapy": "completed"}},
    ),
    (
        "Inclusion", "No earlier chemotherapy for lymphoma",
        {"health": {"cancer": "active", "cancer_kind": "lymphoma", "chemotherapy": "active"}},
        {"health": {"cancer": "active", "cancer_kind": "breast cancer", "chemotherapy": "active"}},
    ),
    (
        "Exclusion", "Macrolide class agents",
        {"treatment": {"medications": ["clarithromycin"]}},
        {"treatment": {"medications": ["amoxicillin"]}},
    ),
    (
        "Exclusion", "Previous or concurrent malignancy",
        {"health": {"diagnoses": ["prostate cancer"]}},
        {"health": {"diagnoses": ["basal cell carcinoma of the skin, family history of prostate cancer"]}},
    ),
    (
        "Exclusion", "Heart attack in the 6 months before dosing",
        {"health": {"heart_attack_months_ago": 3}},
        {"health": {"heart_attack_months_ago": 9}},
    ),
    (
        "Inclusion", "LVEF of 45 % or more by MUGA scan or echocardiogram",
        {"measurements": {"ejection_fraction": 31}},
        {"measurements": {"ejection_fraction": 58}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("section", "sentence", "barred", "near"), ROWS, ids=[row[1][:50] for row in ROWS])
def test_who_is_barred_and_who_is_not(section: str, sentence: str, barred: Facts, near: Facts) -> None:
    assert verdict(section, sentence, barred) == "conflict"
    assert verdict(section, sentence, near) != "conflict"


def test_what_a_denial_of_use_asks_is_met_without_the_drug() -> None:
    assert verdict("Inclusion", "Must not use statins", {"treatment": {"medications": []}}) == "nothing_against"
    assert verdict("Exclusion", "Women who do not use contraception", {"person": {"pregnant": False}}) == "possible"


@pytest.mark.parametrize("way_out", ["or a cardiologist's clearance", "or normal MUGA"])
def test_a_way_around_a_limit_is_no_method_of_measuring(way_out: str) -> None:
    sentence = f"LVEF of 45 % or more by echocardiogram {way_out}"
    assert verdict("Inclusion", sentence, {"measurements": {"ejection_fraction": 31}}) == "possible"


_MET = "nothing_against"


@pytest.mark.parametrize(
    ("section", "sentence", "facts", "said"),
    [
        ("Inclusion", "Chemotherapy: No prior chemotherapy", {"health": {"chemotherapy": "never"}}, _MET),
        ("Inclusion", "Chemotherapy: No prior chemotherapy", {"health": {"chemotherapy": "completed"}}, "conflict"),
        (
            "Inclusion", "Volunteers must not be HIV infected or have hepatitis B or C",
            {"health": {"hiv": False, "hepatitis_b": False}}, "possible",
        ),
        (
            "Inclusion", "Volunteers must not be HIV infected or have hepatitis B or C",
            {"health": {"hiv": False, "hepatitis_b": False, "hepatitis_c": False}}, _MET,
        ),
        ("Inclusion", "Over 5 weeks since major surgery", {"treatment": {"last_surgery_months_ago": 0.5}}, "possible"),
        ("Inclusion", "Over 5 weeks since major surgery", {"treatment": {"last_surgery_months_ago": 9}}, _MET),
        ("Exclusion", "Any surgery in the last 5 weeks", {"treatment": {"last_surgery_months_ago": 0.5}}, "conflict"),
        (
            "Exclusion", "Use of steroids unless part of a long treatment plan",
            {"treatment": {"medications": ["prednisone"]}}, "possible",
        ),
        ("Exclusion", "Protease inhibitors except NFV", {"treatment": {"medications": ["saquinavir"]}}, "conflict"),
        ("Exclusion", "Protease inhibitors except NFV", {"treatment": {"medications": ["nelfinavir"]}}, "possible"),
        ("Exclusion", "Pregnant with triplets", {"person": {"pregnant": True}}, "possible"),
        ("Inclusion", "Acute leukemia in its first remission", {"health": {"cancer": "past"}}, "possible"),
        ("Inclusion", "Acute leukemia in its first remission", {"health": {"cancer": "never"}}, "conflict"),
        ("Exclusion", "Medications", {"treatment": {"medications": ["metformin"]}}, "possible"),
        ("Exclusion", "Obesity, BMI > 40", {"measurements": {"bmi": 33}}, "possible"),
        ("Exclusion", "Refusal of informed consent", {"person": {"can_consent": False}}, "possible"),
        ("Exclusion", "Takes part in another vaccine study", {"treatment": {"in_other_trial": True}}, "possible"),
        ("Exclusion", "Takes part in another study", {"treatment": {"in_other_trial": True}}, "conflict"),
        (
            "Exclusion", "Heart disease (unstable angina or heart failure within 4 months before screening)",
            {"health": {"heart_disease": True}}, "possible",
        ),
    ],
)  # fmt: skip
def test_what_is_not_told_stays_open(section: str, sentence: str, facts: Facts, said: str) -> None:
    assert verdict(section, sentence, facts) == said
