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
    ("ex: Coronary stent", {"health": {"diagnoses": ["coronary stent"]}}, "conflict", "Knee pain"),
    ("ex: Coronary stent", {"health": {"diagnoses": ["pacemaker"]}}, "possible", "Knee pain"),
    ("ex: Cardiac pacemaker or metal implants", {"health": {"diagnoses": ["metal implant"]}}, "conflict", "Knee pain"),
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
    ("ex: Allergy to antibiotics", {"treatment": {"allergies": ["penicillin"]}}, "conflict", "Knee pain"),
    (
        "ex: Known allergies to any of the antibiotics or reagents used to prepare the graft",
        {"treatment": {"allergies": ["penicillin"]}}, "possible", "Knee pain",
    ),
    (
        "ex: Hypersensitivity to any antibiotic used in the preparation, such as penicillin",
        {"treatment": {"allergies": ["penicillin"]}}, "conflict", "Knee pain",
    ),
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
    (
        "ex: Participation in another study (with use of another investigational medicinal product) within 3 months",
        {"treatment": {"in_other_trial": True}}, "possible", "Knee pain",
    ),
    (
        "ex: Participation in another drug trial within 3 months",
        {"treatment": {"in_other_trial": True}}, "possible", "Knee pain",
    ),
    (
        "ex: Participation in a clinical trial of an investigational drug",
        {"treatment": {"in_other_trial": True}}, "possible", "Knee pain",
    ),
    (
        "ex: Participation in another clinical trial within 3 months",
        {"treatment": {"in_other_trial": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: Participation in another clinical trial involving a medicinal product",
        {"treatment": {"in_other_trial": True}}, "possible", "Knee pain",
    ),
    (
        "ex: Participation in another clinical trial (currently or within 30 days)",
        {"treatment": {"in_other_trial": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: Active acute or chronic graft-versus-host disease (GVHD) requiring systemic therapy.",
        {"health": {"diagnoses": ["chronic graft-versus-host disease"]}}, "possible", "Knee pain",
    ),
    ("ex: Gout (GT) requiring daily treatment", {"health": {"diagnoses": ["gout"]}}, "possible", "Knee pain"),
    ("in: No severe cirrhosis", {"health": {"diagnoses": ["liver cirrhosis"]}}, "possible", "Knee pain"),
    ("in: No cirrhosis", {"health": {"diagnoses": ["liver cirrhosis"]}}, "conflict", "Knee pain"),
    ("ex: Severe lupus", {"health": {"autoimmune": ["lupus"]}}, "possible", "Knee pain"),
    ("ex: Severe autoimmune disease", {"health": {"autoimmune": ["lupus"]}}, "conflict", "Knee pain"),
    ("in: Diagnosed with COVID-19", {"health": {"active_infection": False}}, "possible", "Knee pain"),
    ("in: Active COVID-19 infection", {"health": {"active_infection": False}}, "conflict", "Knee pain"),
    ("in: No concurrent alcohol consumption", {"health": {"substance_abuse": False}}, "possible", "Knee pain"),
    ("in: No alcohol use", {"health": {"substance_abuse": True}}, "possible", "Knee pain"),
    ("ex: Liver disease (moderate to severe)", {"health": {"liver_disease": True}}, "possible", "Knee pain"),
    ("ex: Liver disease (moderate- severe)", {"health": {"liver_disease": True}}, "possible", "Knee pain"),
    ("ex: Kidney disease (severe)", {"health": {"kidney_disease": True}}, "possible", "Knee pain"),
    ("ex: Liver disease", {"health": {"liver_disease": True}}, "conflict", "Knee pain"),
    (
        "ex: Acute coronary syndrome in the last three months",
        {"health": {"heart_attack_months_ago": 25}}, "possible", "Knee pain",
    ),
    (
        "ex: Acute coronary syndrome in the last three months",
        {"health": {"heart_attack_months_ago": 2}}, "conflict", "Knee pain",
    ),
    (
        "ex: Heart attack in the last three months",
        {"health": {"heart_attack_months_ago": 25}}, "nothing_against", "Knee pain",
    ),
    (
        "in: Less than 50 years of age at the time of onset of migraine",
        {"person": {"age": 66}}, "possible", "Knee pain",
    ),
    ("in: Age below 40 at diagnosis", {"person": {"age": 66}}, "possible", "Knee pain"),
    ("in: Less than 50 years of age at the time of enrolment", {"person": {"age": 66}}, "conflict", "Knee pain"),
    (
        "ex: Patients who are unable to read the consent form",
        {"person": {"can_consent": False}}, "possible", "Knee pain",
    ),
    (
        "ex: Patients who are unable to read the consent form",
        {"person": {"can_read_write": False}}, "conflict", "Knee pain",
    ),
    ("ex: Psychotic disorder in first-degree relatives", {"health": {"psychiatric": False}}, "possible", "Knee pain"),
    (
        "in: LVEF greater than 50% without medication",
        {"measurements": {"ejection_fraction": 61}}, "possible", "Knee pain",
    ),
    (
        "in: LVEF greater than 50% without medication",
        {"measurements": {"ejection_fraction": 41}}, "conflict", "Knee pain",
    ),
    ("in: LVEF greater than 50%", {"measurements": {"ejection_fraction": 61}}, "nothing_against", "Knee pain"),
    ("ex: Patients eligible to receive chemotherapy", {"health": {"chemotherapy": "never"}}, "possible", "Knee pain"),
    ("in: No overweight", {"measurements": {"bmi": 29}}, "possible", "Knee pain"),
    (
        "in: No significant cardiac disease",
        {"health": {"diagnoses": ["heart failure NYHA class III"]}}, "conflict", "Knee pain",
    ),
    ("ex: spondylolisthesis.", {"health": {"diagnoses": ["L5-S1 spondylolisthesis"]}}, "conflict", "Knee pain"),
    (
        "ex: Prior chemotherapy for malignancy.",
        {"health": {"chemotherapy": "completed", "chemotherapy_ended": "2015-06"}}, "conflict", "Knee pain",
    ),
    ("in: Taking no medication", {"treatment": {"medications": ["metformin"]}}, "conflict", "Knee pain"),
    (
        "in: No medication that affects the brain",
        {"treatment": {"medications": ["metformin"]}}, "possible", "Knee pain",
    ),
    ("in: No concomitant medication", {"treatment": {"medications": []}}, "nothing_against", "Knee pain"),
    (
        "ex: Patient unable to complete a self-administered questionnaire",
        {"person": {"can_read_write": False}}, "conflict", "Knee pain",
    ),
    (
        "in: Able to fill in questionnaires and a diary",
        {"person": {"can_read_write": False}}, "conflict", "Knee pain",
    ),
    ("ex: Treatment with insulin", {"treatment": {"medications": ["insulin glargine"]}}, "conflict", "Knee pain"),
    ("ex: Exposure to insulin", {"treatment": {"medications": ["insulin glargine"]}}, "conflict", "Knee pain"),
    ("in: Currently undergoing insulin therapy", {"treatment": {"medications": []}}, "conflict", "Knee pain"),
    (
        "in: Currently undergoing insulin therapy",
        {"treatment": {"medications": ["insulin lispro"]}}, "nothing_against", "Knee pain",
    ),
    ("ex: Treatment with insulin", {"treatment": {"medications": ["metformin"]}}, "possible", "Knee pain"),
    (
        "ex: HIV-Ab or treponema pallidum positive at screening",
        {"health": {"syphilis": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: Active systemic fungal infection at time of enrollment.",
        {"health": {"diagnoses": ["invasive aspergillosis"], "active_infection": True}}, "conflict", "Knee pain",
    ),
    (
        "ex: Organ transplantation patients",
        {"health": {"diagnoses": ["liver transplant 2012"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: Solid organ transplant recipients",
        {"health": {"diagnoses": ["kidney transplant"]}}, "conflict", "Knee pain",
    ),
    ("ex: Organ transplantation patients", {"health": {"diagnoses": ["hair transplant"]}}, "possible", "Knee pain"),
    ("ex: 2.People with any diabetes of type 2", {"diabetes": {"type": "type1"}}, "possible", "Knee pain"),
    (
        "in: 2.Individuals who meet the diagnostic criteria for type 2 diabetes mellitus",
        {"diabetes": {"type": "type1"}}, "conflict", "Knee pain",
    ),
    (
        "in: Type 2 diabetes patients on insulin with or without oral drugs",
        {"diabetes": {"type": "type1"}}, "conflict", "Knee pain",
    ),
    (
        "ex: History of deep vein thrombosis or pulmonary embolism over the past 3 years",
        {"health": {"diagnoses": ["deep vein thrombosis in May 2026"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: History of deep vein thrombosis or pulmonary embolism over the past 3 years",
        {"health": {"diagnoses": ["deep vein thrombosis in May 2016"]}}, "possible", "Knee pain",
    ),
    (
        "ex: Cerebrovascular accident (stroke) within 1 year before screening",
        {"health": {"diagnoses": ["ischaemic stroke four months ago"]}}, "conflict", "Knee pain",
    ),
    (
        "ex: Seizure within 1 year before screening",
        {"health": {"diagnoses": ["seizure 2 years ago"]}}, "possible", "Knee pain",
    ),
    (
        "in: No known brain metastases",
        {"health": {"neurological_other": ["brain metastases"]}}, "conflict", "Knee pain",
    ),
]
# fmt: on


@pytest.mark.parametrize(("sentence", "facts", "verdict", "condition"), ROWS)
def test_a_sentence(sentence: str, facts: dict[str, Any], verdict: str, condition: str) -> None:
    assert verdict_on(sentence, facts, condition) == verdict
