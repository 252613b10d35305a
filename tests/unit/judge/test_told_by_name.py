"""What a person told by name, or told that they do not have, in sentences of many kinds; both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

# fmt: off
ROWS: list[tuple[str, dict[str, Any], str, str]] = [
    # sentence, what the person told, the verdict, the study's condition
    (
        "in: No other serious illness or medical condition",
        {"health": {"other_serious_illness": True}}, "conflict", "Knee pain",
    ),
    ("in: No serious illness", {"health": {"diagnoses": ["lupus"]}}, "conflict", "Knee pain"),
    ("ex: Other serious disease", {"health": {"other_serious_illness": True}}, "conflict", "Knee pain"),
    (
        "ex: Other serious illness that would limit survival to less than 2 years",
        {"health": {"other_serious_illness": True}}, "possible", "Knee pain",
    ),
    ("in: no local or systemic infection", {"health": {"active_infection": True}}, "conflict", "Knee pain"),
    ("ex: Systemic infection", {"health": {"active_infection": True}}, "possible", "Knee pain"),
    ("ex: Any local or systemic infection", {"health": {"active_infection": True}}, "conflict", "Knee pain"),
    (
        "ex: Bleeding or clotting disorder, use of anticoagulant therapy.",
        {"health": {"bleeding_disorder": True}}, "conflict", "Knee pain",
    ),
    ("ex: Clotting disorder", {"health": {"bleeding_disorder": True}}, "conflict", "Knee pain"),
    ("ex: History of neurological disease", {"health": {"stroke": True}}, "conflict", "Knee pain"),
    ("ex: Progressive neurological disease", {"health": {"stroke": True}}, "possible", "Knee pain"),
    (
        "in: No prior hematologic malignancy, myeloproliferative disorder, or myelodysplastic syndrome",
        {"health": {"diagnoses": ["myelodysplastic syndrome"]}}, "conflict", "Knee pain",
    ),
    ("ex: Multiple myeloma or lymphoma", {"health": {"diagnoses": ["multiple myeloma"]}}, "conflict", "Knee pain"),
    (
        "in: No other malignancy except basal cell skin cancer",
        {"health": {"cancer": "past", "cancer_kind": "basal cell skin cancer"}},
        "nothing_against", "Testicular Germ Cell Tumor",
    ),
    (
        "in: Histologically confirmed NSCLC of stage IIIB or IV",
        {"health": {"cancer": "active", "cancer_kind": "small cell lung cancer"}}, "conflict", "Knee pain",
    ),
    (
        "in: Patients with relapsed or refractory CLL",
        {"health": {"cancer": "active", "cancer_kind": "breast cancer"}}, "conflict", "Knee pain",
    ),
    (
        "in: Patients with advanced HCC",
        {"health": {"cancer": "active", "cancer_kind": "breast cancer"}}, "conflict", "Knee pain",
    ),
    (
        "in: Patients with advanced HCC",
        {"health": {"cancer": "active", "cancer_kind": "hepatocellular carcinoma"}}, "possible", "Knee pain",
    ),
    ("ex: In case of an active infection", {"health": {"active_infection": True}}, "conflict", "Knee pain"),
    ("in: Recurrent or persistent prostate cancer", {"person": {"sex": "female"}}, "conflict", "Knee pain"),
    (
        "in: Recurrent or persistent prostate cancer",
        {"health": {"cancer": "active", "cancer_kind": "bladder cancer"}}, "conflict", "Knee pain",
    ),
    (
        "ex: Personal or family history of medullary thyroid cancer",
        {"health": {"cancer": "past", "cancer_kind": "medullary thyroid cancer"}}, "conflict", "Knee pain",
    ),
    (
        "ex: Family history of ovarian cancer",
        {"health": {"diagnoses": ["ovarian cancer"], "cancer": "never"}}, "possible", "Knee pain",
    ),
    (
        "ex: Currently taking medications for diabetes",
        {"diabetes": {"type": "type2"}, "treatment": {"medications": ["metformin"]}}, "conflict", "Knee pain",
    ),
    ("ex: Taking medication for diabetes", {"treatment": {"medications": ["amlodipine"]}}, "possible", "Knee pain"),
    (
        "ex: Patients dosed with anti-TNF formulations such as infliximab or adalimumab",
        {"treatment": {"medications": ["golimumab"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: Current use of prescribed psychotropic medications",
        {"treatment": {"medications": ["sertraline"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: Use of psychotropic drugs within the last 2 weeks",
        {"treatment": {"medications": ["sertraline"]}}, "conflict", "Knee pain",
    ),
    ("ex: Metabolic bone disease", {"health": {"diagnoses": ["osteoporosis"]}}, "conflict", "Knee pain"),
    ("ex: use of immunosuppressive agents", {"treatment": {"medications": ["tacrolimus"]}}, "conflict", "Knee pain"),
    ("ex: Drug or alcohol abuse", {"health": {"substance_abuse": True}}, "conflict", "Knee pain"),
    (
        "in: At least 3 months since prior hormonal therapy",
        {"treatment": {"medications": ["leuprolide"]}}, "conflict", "Knee pain",
    ),
    ("ex: Indwelling pacemaker", {"health": {"diagnoses": ["pacemaker"]}}, "conflict", "Knee pain"),
    ("ex: Receiving dialysis", {"health": {"diagnoses": ["kidney failure on dialysis"]}}, "conflict", "Knee pain"),
    ("ex: Personal or family history of cancer", {"health": {"cancer": "active"}}, "conflict", "Knee pain"),
    (
        "ex: Personal or family history of autoimmune disease",
        {"health": {"diagnoses": ["lupus"]}}, "conflict", "Knee pain",
    ),
    ("ex: Personal or family history of thrombosis", {"health": {"thrombosis": True}}, "conflict", "Knee pain"),
    (
        "ex: Personal or family history of narcolepsy",
        {"health": {"diagnoses": ["narcolepsy"]}}, "conflict", "Knee pain",
    ),
    ("ex: Personal history of narcolepsy", {"health": {"diagnoses": ["narcolepsy"]}}, "conflict", "Knee pain"),
    ("ex: Family history of narcolepsy", {"health": {"diagnoses": ["narcolepsy"]}}, "possible", "Knee pain"),
    ("ex: Family history of cancer", {"health": {"cancer": "active"}}, "possible", "Knee pain"),
    ("ex: Positive for HIV", {"health": {"hiv": True}}, "conflict", "Knee pain"),
    (
        "ex: Dependence on alcohol or benzodiazepines or other sedatives",
        {"treatment": {"medications": ["diazepam"]}}, "possible", "Knee pain",
    ),
    (
        "ex: Dependence on ETOH or benzodiazepines or other sedative/hypnotics.",
        {"treatment": {"medications": ["diazepam"]}}, "possible", "Knee pain",
    ),
    ("ex: Prior admission for substance abuse", {"health": {"substance_abuse": True}}, "possible", "Knee pain"),
    (
        "ex: Prior admission for current substance abuse",
        {"health": {"substance_abuse": False}}, "nothing_against", "Knee pain",
    ),
    (
        "in: No history of anaphylaxis due to azole antifungal drugs",
        {"treatment": {"allergies": ["fluconazole"]}}, "possible", "Knee pain",
    ),
    (
        "in: No history of anaphylaxis due to azole antifungal drugs",
        {"treatment": {"allergies": ["fluconazole (anaphylaxis)"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: History of anaphylactic reaction to penicillin",
        {"treatment": {"allergies": ["penicillin"]}}, "possible", "Knee pain",
    ),
    ("ex: Allergy to penicillin", {"treatment": {"allergies": ["penicillin"]}}, "conflict", "Knee pain"),
    ("in: Ability to read and write", {"person": {"can_read_write": False}}, "conflict", "Knee pain"),
    ("in: No active or uncontrolled infections", {"health": {"active_infection": True}}, "conflict", "Knee pain"),
    ("in: Unresectable, recurrent disease by MRI", {"health": {"cancer": "never"}}, "conflict", "Glioma"),
    (
        "in: Patients must have metastatic and/or inoperable disease",
        {"health": {"cancer": "never"}}, "conflict", "Colorectal Cancer",
    ),
    ("in: Unresectable disease", {"health": {"cancer": "never"}}, "possible", "Osteoarthritis"),
    (
        "in: Diagnosis of Fanconi anemia, complementation group C, confirmed by testing",
        {"health": {"diagnoses": []}}, "conflict", "Fanconi Anemia",
    ),
    (
        "in: diagnosis of cluster headache is confirmed according to the criteria of the 2018 classification",
        {"health": {"diagnoses": [], "neurological_other": []}}, "conflict", "Cluster Headache",
    ),
    (
        "in: Individuals with a diagnosis of RDEB confirmed by DNA analysis",
        {"health": {"diagnoses": []}}, "conflict", "Recessive Dystrophic Epidermolysis Bullosa (RDEB)",
    ),
    (
        "in: Patients with RDEB or healthy volunteers",
        {"health": {"diagnoses": []}}, "possible", "Recessive Dystrophic Epidermolysis Bullosa (RDEB)",
    ),
    ("ex: thyroid dysfunction", {"health": {"diagnoses": ["hypothyroidism"]}}, "conflict", "Knee pain"),
    (
        "ex: Patients with another active cancer or a history of cancer diagnosed in the previous 5 years",
        {"health": {"cancer": "active", "cancer_kind": "breast cancer"}}, "conflict", "Lymphoma",
    ),
    (
        "ex: Have an active opportunistic or bacterial infection, or a severe medical condition.",
        {"health": {"dialysis": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: Have a significant coagulation disorder",
        {"health": {"diagnoses": ["severe hemophilia A"]}}, "conflict", "Knee pain",
    ),
    ("ex: Have a significant coagulation disorder", {"health": {"bleeding_disorder": True}}, "possible", "Knee pain"),
    (
        "ex: Any evidence of hepatocellular carcinoma on ultrasound",
        {"health": {"cancer": "active", "cancer_kind": "hepatocellular carcinoma"}}, "conflict", "Knee pain",
    ),
    (
        "ex: major psychiatric illness as assessed through MINI",
        {"health": {"diagnoses": ["schizophrenia"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: Have had pneumonia within 6 weeks of screening.",
        {"health": {"diagnoses": ["pneumonia"], "active_infection": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: History of cancer unless there has been surgical excision that is considered to have achieved cure.",
        {"health": {"cancer": "active"}}, "conflict", "Knee pain",
    ),
    ("ex: major psychiatric illness", {"health": {"diagnoses": ["schizophrenia"]}}, "conflict", "Knee pain"),
    (
        "ex: psychiatric illness as assessed through MINI",
        {"health": {"diagnoses": ["schizophrenia"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: major psychiatric illness as assessed by interview",
        {"health": {"diagnoses": ["schizophrenia"]}}, "conflict", "Knee pain",
    ),
    ("ex: Active severe infection", {"health": {"active_infection": True}}, "possible", "Knee pain"),
    (
        "ex: Currently taking medications for diabetes",
        {"treatment": {"medications": ["metformin"]}}, "possible", "Knee pain",
    ),
    (
        "ex: Currently taking medications for diabetes",
        {"diabetes": {"type": "type2"}, "treatment": {"medications": ["amlodipine"]}}, "possible", "Knee pain",
    ),
    (
        "ex: Have had pneumonia within 6 weeks of screening.",
        {"health": {"diagnoses": ["pneumonia"]}}, "possible", "Knee pain",
    ),
]
# fmt: on


@pytest.mark.parametrize(("sentence", "facts", "verdict", "condition"), ROWS)
def test_a_sentence(sentence: str, facts: dict[str, Any], verdict: str, condition: str) -> None:
    assert verdict_on(sentence, facts, condition) == verdict
