"""The rule of every pattern of the catalogue: is the thing that a criterion describes true of the person?"""

from __future__ import annotations

from collections.abc import Callable

from trialfinder.judge import rules_cancer as cancer
from trialfinder.judge import rules_illness as illness
from trialfinder.judge import rules_immune as immune
from trialfinder.judge import rules_metabolic as metabolic
from trialfinder.judge import rules_nerve as nerve
from trialfinder.judge import rules_person as person
from trialfinder.judge import rules_treatment as treatment
from trialfinder.judge.case import Case, Hit

Rule = Callable[[Case], Hit]

_COUNTS = ("10^9/L", "10⁹/L", "")

RULES: dict[str, Rule] = {
    "age": person.age,
    "sex": person.sex,
    "pregnancy": person.pregnancy,
    "contraception": person.contraception,
    "consent": person.consent,
    "follow_up": person.follow_up,
    "life_expectancy": person.life_expectancy,
    "general_health": person.general_health,
    "realistic_expectations": person.realistic_expectations,
    "neuropathy_type": nerve.neuropathy_type,
    "other_neuropathy_cause": nerve.other_neuropathy_cause,
    "fiber_type": nerve.fiber_type,
    "diagnosis_confirmed": nerve.diagnosis_confirmed,
    "symptom_duration": nerve.symptom_duration,
    "severity": nerve.severity,
    "severity_score": nerve.severity_score,
    "pain_score": nerve.pain_score,
    "failed_conventional": nerve.failed_conventional,
    "stable_medication": treatment.stable_medication,
    "opioid_use": treatment.opioid_use,
    "compressive_structural": nerve.compressive_structural,
    "spine_surgical": nerve.spine_surgical,
    "cauda_equina": nerve.cauda_equina,
    "diabetes_type": metabolic.diabetes_type,
    "diabetes_duration": metabolic.diabetes_duration,
    "hba1c": metabolic.hba1c,
    "glucose": metabolic.glucose,
    "uncontrolled_diabetes": metabolic.uncontrolled_diabetes,
    "bmi": metabolic.bmi,
    "foot_ulcer": metabolic.foot_ulcer,
    "amputation": metabolic.amputation,
    "peripheral_artery_disease": metabolic.peripheral_artery_disease,
    "retinopathy": metabolic.retinopathy,
    "malignancy": cancer.malignancy,
    "chemotherapy": cancer.chemotherapy,
    "active_infection": immune.active_infection,
    "hiv": illness.illness("health.hiv"),
    "hepatitis_b": illness.illness("health.hepatitis_b", past=False),
    "hepatitis_c": illness.illness("health.hepatitis_c", past=False),
    "syphilis": illness.illness("health.syphilis", past=False),
    "tuberculosis": illness.illness("health.tuberculosis", past=False),
    "immunosuppression": treatment.immunosuppression,
    "autoimmune": immune.autoimmune,
    "bleeding_disorder": illness.bleeding_disorder,
    "anticoagulant": treatment.anticoagulant,
    "thrombosis": illness.thrombosis,
    "platelets": illness.blood_count("measurements.platelets", "platelets", _COUNTS),
    "hemoglobin": illness.blood_count("measurements.hemoglobin_g_dl", "hemoglobin", ("g/dL", "")),
    "white_cells": illness.blood_count("measurements.white_cells", "white-cells", _COUNTS),
    "renal": illness.renal,
    "hepatic": illness.hepatic,
    "cardiac": illness.cardiac,
    "hypertension": illness.hypertension,
    "stroke": illness.illness(
        "health.stroke",
        "stroke",
        dated=True,
        kind="kind-of-stroke",
        wider="beyond-stroke",
    ),
    "pulmonary": illness.illness(
        "health.lung_disease",
        "lung-disease",
        wider="beyond-lung-disease",
        kind="kind-of-lung-disease",
    ),
    "neurological_other": immune.neurological_other,
    "psychiatric": illness.illness(
        "health.psychiatric",
        "mental-illness",
        wider="beyond-mental-illness",
    ),
    "substance_abuse": illness.illness("health.substance_abuse", dated=True),
    "smoking": illness.illness("health.smoker", wider="former-smoker", past=False),
    "organ_transplant": illness.illness(
        "health.organ_transplant",
        "organ-transplant",
        dated=True,
    ),
    "prior_cell_therapy": treatment.prior_cell_therapy,
    "other_trial": treatment.other_trial,
    "recent_surgery": treatment.recent_surgery,
    "allergy": treatment.allergy,
    "procedure_contraindication": treatment.procedure_contraindication,
    "other_medication": treatment.other_medication,
}

# Rules that look at severity, narrowing words or an exception themselves, or that such words cannot change.
FIRM = frozenset(
    {
        "age", "sex", "pregnancy", "contraception", "consent", "follow_up", "severity", "severity_score",
        "pain_score", "hba1c", "glucose", "bmi", "platelets", "hemoglobin", "white_cells", "symptom_duration",
        "diabetes_duration", "hiv", "other_trial", "prior_cell_therapy", "hypertension",
        "malignancy", "compressive_structural", "other_neuropathy_cause", "retinopathy",
        "uncontrolled_diabetes",     }
)  # fmt: skip
KNOWS_EXCEPTIONS = frozenset({"malignancy", "autoimmune", "other_neuropathy_cause"})

# Illnesses that can be a study's own: where the study asks for one, what it bars by the same name is a form of it.
OWN_ILLNESSES = frozenset(
    {
        "diabetes_type", "uncontrolled_diabetes", "foot_ulcer", "peripheral_artery_disease", "retinopathy",
        "cardiac", "renal", "hepatic", "pulmonary", "stroke", "organ_transplant", "active_infection", "hiv",
        "hepatitis_b", "hepatitis_c", "tuberculosis", "psychiatric", "thrombosis", "bleeding_disorder",
    }
)  # fmt: skip

# What a study can ask people to have, and so lack: told false is then a "no". For the rest, words read as "must have"
# are more likely a healthy state ("adequate lung function") than an illness.
CAN_BE_REQUIRED = frozenset(
    {
        "cardiac", "renal", "hepatic", "pulmonary", "stroke", "foot_ulcer", "peripheral_artery_disease",
        "malignancy", "chemotherapy", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis", "diabetes_type",
        "neuropathy_type", "compressive_structural", "autoimmune", "hypertension", "thrombosis", "retinopathy",
        "neurological_other", "severity", "smoking", "other_medication",
        "opioid_use", "failed_conventional", "consent", "follow_up", "sex", "contraception",
    }
)  # fmt: skip
