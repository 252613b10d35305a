"""Kinds of plain criteria that were missed, each with the like of it that must not bar."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on


@pytest.mark.parametrize(
    ("criterion", "told", "wanted"),
    [
        ("ex: Systolic pressure in the lung artery above 60 mmHg", {"measurements": {"systolic": 168}}, "possible"),
        ("ex: Pulmonary artery systolic pressure > 50 mmHg", {"measurements": {"systolic": 168}}, "possible"),
        ("in: Absence of active malignant disease of the blood", {"health": {"cancer": "active"}}, "possible"),
        (
            "in: Not on prednisone unless for adrenal insufficiency",
            {"treatment": {"medications": ["prednisone"]}},
            "possible",
        ),
        ("in: Not taking warfarin unless a doctor agrees", {"treatment": {"medications": ["warfarin"]}}, "possible"),
        ("ex: Warfarin except for a short course", {"treatment": {"medications": ["warfarin"]}}, "possible"),
        (
            "in: Age at transplantation under 60",
            {"person": {"age": 66}, "health": {"organ_transplant": True}},
            "possible",
        ),
        (
            "in: A urine test for pregnancy is repeated every month until week 48.",
            {"person": {"sex": "female", "pregnant": True}},
            "possible",
        ),
        (
            "ex: Collapse of unclear nature in the past year, epileptic or otherwise",
            {"health": {"neurological_other": ["epilepsy"]}},
            "possible",
        ),
        (
            "ex: Pregnancy (previous): eclampsia or placental abruption",
            {"person": {"sex": "female", "pregnant": True}},
            "possible",
        ),
        ("ex: Liver failure (Child-Pugh class C)", {"neuropathy": {"scores": {"Child-Pugh": 12}}}, "conflict"),
        ("ex: Liver cirrhosis of Child-Pugh class B or C", {"neuropathy": {"scores": {"Child-Pugh": 12}}}, "conflict"),
        ("ex: Child-Pugh class C", {"neuropathy": {"scores": {"Child-Pugh": 5}}}, "nothing_against"),
        ("ex: Child-Pugh class B or C", {"neuropathy": {"scores": {"Child-Pugh": 8}}}, "conflict"),
        ("ex: Child-Pugh score above 7", {"neuropathy": {"scores": {"Child-Pugh": 8}}}, "conflict"),
        ("in: Child-Pugh class A", {"neuropathy": {"scores": {"Child-Pugh": 8}}}, "conflict"),
        ("in: Child-Pugh class A", {"neuropathy": {"scores": {"Child-Pugh": 5}}}, "nothing_against"),
        ("ex: Liver failure (Class C for Child-Pugh)", {"health": {"liver_disease": False}}, "nothing_against"),
        ("ex: Congenital or acquired immunodeficiency", {"health": {"hiv": True}}, "conflict"),
        ("ex: Patients presenting with an active infection", {"health": {"active_infection": True}}, "conflict"),
        ("ex: Heart disease, whatever its cause", {"health": {"heart_disease": True}}, "conflict"),
        ("ex: Peripheral arterial disease of the legs", {"diabetes": {"peripheral_artery_disease": True}}, "conflict"),
        ("ex: Previous lower limb amputation", {"diabetes": {"amputation": True}}, "conflict"),
        ("ex: Diseases of the nervous system: stroke, epilepsy", {"health": {"stroke": True}}, "conflict"),
        ("ex: Infectious diseases: hepatitis B, hepatitis C, HIV", {"health": {"hepatitis_b": True}}, "conflict"),
        ("ex: Infections: HIV, hepatitis B", {"health": {"hiv": True}}, "conflict"),
        ("ex: Pregnant women: age below 18", {"person": {"age": 15, "pregnant": False}}, "possible"),
        ("ex: Donors with diseases: heart disease, stroke", {"health": {"heart_disease": True}}, "possible"),
        ("ex: Cardiac: heart failure, stroke", {"health": {"diagnoses": ["heart failure"]}}, "conflict"),
        (
            "ex: Cardiac disease: heart failure, recent infarction",
            {"health": {"diagnoses": ["heart failure"]}},
            "conflict",
        ),
        ("ex: Liver disorders: cirrhosis, hepatitis", {"health": {"diagnoses": ["cirrhosis"]}}, "conflict"),
        ("ex: Opioid painkillers", {"treatment": {"opioids": True}}, "conflict"),
        ("ex: Regular use of opioid analgesics", {"treatment": {"opioids": True}}, "conflict"),
        ("in: Normal clotting, and no bleeding disorder", {"health": {"bleeding_disorder": True}}, "conflict"),
        ("ex: Prolonged clotting (INR 1.7 or more)", {"measurements": {"inr": 2.4}}, "conflict"),
        ("ex: BP of 180/110 mmHg or more (systolic or diastolic)", {"measurements": {"diastolic": 112}}, "conflict"),
        ("ex: Uncontrolled diabetes", {"diabetes": {"uncontrolled": True}}, "conflict"),
        ("ex: Autonomic neuropathy", {"neuropathy": {"fibers": ["autonomic"]}}, "conflict"),
        ("in: Chemotherapy is over", {"health": {"chemotherapy": "active"}}, "possible"),
        ("in: Chemotherapy has been completed", {"health": {"chemotherapy": "active"}}, "possible"),
        ("ex: Minors (below 18 years)", {"person": {"age": 15}}, "conflict"),
        ("ex: Any other grave illness", {"health": {"other_serious_illness": True}}, "conflict"),
        ("ex: Operated on in the 12 weeks before enrolment", {"treatment": {"last_surgery_months_ago": 1}}, "conflict"),
        (
            "ex: Has undergone an operation within the last 3 months",
            {"treatment": {"last_surgery_months_ago": 1}},
            "conflict",
        ),
    ],
)
def test_the_verdict(criterion: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(criterion, told, "Diabetic Neuropathy") == wanted


@pytest.mark.parametrize(
    ("criterion", "told", "wanted"),
    [
        (
            "ex: Heart disease (e.g., infarction, stent, heart failure)",
            {"health": {"heart_disease": False, "stroke": False}},
            "nothing_against",
        ),
        (
            "in: No contraindications to MRI, e.g. pacemaker, metal clips, claustrophobia",
            {"treatment": {"mri_possible": True}},
            "nothing_against",
        ),
        ("ex: Infection (e.g., chronic osteomyelitis)", {"health": {"active_infection": False}}, "possible"),
        ("ex: Heart disease, stent, stroke", {"health": {"heart_disease": False}}, "possible"),
        ("in: HbA1c 6.5 to 9.5 %, both ends included", {"diabetes": {"hba1c": 7.4}}, "nothing_against"),
        ("in: Body-mass index of 20 to 32 kg/m2, limits included", {"measurements": {"bmi": 24}}, "nothing_against"),
        (
            "ex: Liver failure, detected at screening (local laboratory)",
            {"health": {"liver_disease": False}},
            "nothing_against",
        ),
        ("ex: Liver failure, frailty", {"health": {"liver_disease": False}}, "possible"),
        (
            "ex: Exposure to an investigational drug within five half-lives",
            {"treatment": {"in_other_trial": False}},
            "possible",
        ),
        ("ex: Pregnancy planned in the next 14 months", {"person": {"pregnant": False}}, "possible"),
        ("in: Currently pregnant, or gave birth not more than a year ago", {"person": {"pregnant": False}}, "possible"),
        (
            "ex: Blood thinners (aspirin up to 100 mg a day is allowed)",
            {"treatment": {"medications": ["aspirin"]}},
            "possible",
        ),
        ("ex: Antidiabetic injections other than insulin", {"treatment": {"medications": ["insulin"]}}, "possible"),
        ("ex: Has ever smoked more than 100 cigarettes", {"health": {"smoker": False}}, "possible"),
        ("ex: Smokes more than 10 cigarettes a day", {"health": {"smoker": False}}, "nothing_against"),
        ("ex: Anticoagulants other than aspirin", {"treatment": {"medications": ["warfarin"]}}, "conflict"),
    ],
)
def test_what_is_met_and_what_only_looks_so(criterion: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(criterion, told, "Diabetic Neuropathy") == wanted


@pytest.mark.parametrize("asked", ["Normal liver function", "Adequate liver function"])
def test_a_healthy_state_that_is_asked_for_is_not_the_illness_of_the_study(asked: str) -> None:
    told = {"health": {"liver_disease": True}}
    assert verdict_on(f"in: {asked}\n\nExclusion Criteria:\n\n* Liver disease", told) == "conflict"
