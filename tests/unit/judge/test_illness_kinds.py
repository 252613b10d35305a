"""What was missed by kind: each rule crossed with sentences made up for it, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

BARRED, CLEAR, OPEN = "conflict", "nothing_against", "possible"


def _health(**told: object) -> dict[str, Any]:
    return {"health": told}


INFECTED, CLEAN, NEVER = _health(active_infection=True), _health(active_infection=False), _health(cancer="never")
MAN, WOMAN = {"person": {"sex": "male"}}, {"person": {"sex": "female"}}
NOT_CAREFUL = {"person": {"can_become_pregnant": True, "uses_contraception": False}}
ADJECTIVES = [
    # an adjective before "or" shares the name behind it, where it leaves a thing what it is
    ("ex: Any local or systemic infection", INFECTED, BARRED),
    ("ex: Infection, generalized or localized", INFECTED, BARRED),
    ("in: No local or systemic infection", INFECTED, BARRED),
    ("ex: Bacterial, fungal, viral or parasitic infection", INFECTED, BARRED),
    ("ex: Opportunistic and/or severe bacterial infection", CLEAN, CLEAR),
    ("ex: Systemic or fungal infection", INFECTED, OPEN),
    ("ex: Bacterial or viral infection", INFECTED, OPEN),
    ("ex: Viral infection", INFECTED, OPEN),
    ("ex: Local or systemic infection at the planned site", INFECTED, OPEN),
    ("ex: Hospitalized or chronic infection", CLEAN, OPEN),
    ("in: Relapsed or refractory, stage II-IV, low- or high-grade lymphoma", NEVER, BARRED),
    ("in: Locally advanced or metastatic bladder cancer", NEVER, BARRED),
    ("in: Untreated follicular or nodular lymphoma or its rare variants", NEVER, BARRED),
    ("in: Paralyzed or advanced breast cancer", NEVER, OPEN),
    ("in: Pancreatic or gastric cancer", _health(cancer="active", cancer_kind="pancreatic cancer"), CLEAR),
    ("in: Pancreatic or gastric cancer", _health(cancer="active", cancer_kind="breast cancer"), BARRED),
    ("ex: Acquired or congenital immunodeficiency", _health(immunosuppressed=False, hiv=False), CLEAR),
]
NAMES = [
    # what all illnesses of a kind are, by ICD-10-CM or by a list; severity told by the name
    ("ex: Skin disorders", _health(diagnoses=["psoriasis"]), BARRED),
    ("ex: Infectious skin disorders", _health(diagnoses=["psoriasis"]), OPEN),
    ("ex: Eye disease", _health(diagnoses=["glaucoma"]), BARRED),
    ("ex: Eye disease", _health(diagnoses=["gout"]), OPEN),
    ("ex: Lung disease", _health(diagnoses=["bronchiectasis"]), BARRED),
    ("ex: Severe lung disease", _health(diagnoses=["bronchiectasis"]), OPEN),
    ("ex: Chronic pain conditions", _health(diagnoses=["fibromyalgia"]), BARRED),
    ("ex: Severe valvular heart disease", _health(diagnoses=["severe aortic stenosis"]), BARRED),
    ("ex: Severe valvular heart disease", _health(diagnoses=["aortic stenosis"]), OPEN),
    ("ex: Active liver disease", _health(diagnoses=["active autoimmune hepatitis"]), BARRED),
    ("ex: Active liver disease", _health(diagnoses=["autoimmune hepatitis"]), OPEN),
    ("ex: Severe NYHA III / IV heart failure", _health(diagnoses=["heart failure NYHA class IV"]), BARRED),
    ("ex: Severe NYHA III / IV heart failure", _health(diagnoses=["heart failure NYHA class II"]), OPEN),
    ("ex: Serious psychiatric illness", _health(diagnoses=["schizophrenia"]), BARRED),
    ("ex: Serious psychiatric illness", _health(diagnoses=["panic disorder"]), OPEN),
    ("ex: Opportunistic infections", _health(diagnoses=["CMV retinitis"]), BARRED),
    ("ex: Opportunistic infections", _health(diagnoses=["pneumonia"]), OPEN),
    ("ex: Neuro-electrical stimulators", _health(diagnoses=["spinal cord stimulator"]), BARRED),
    ("ex: Dependence on ETOH", _health(diagnoses=["alcohol dependence"]), BARRED),
    ("ex: Drug dependence", _health(diagnoses=["alcohol dependence"]), OPEN),
    # examples of an illness stand for themselves
    ("ex: Disorders of the ear (e.g., tinnitus or otosclerosis)", _health(diagnoses=["otosclerosis"]), BARRED),
    ("ex: Salivary gland disease (e.g., mumps)", _health(diagnoses=[]), CLEAR),
    ("ex: Salivary gland disease (e.g., mumps)", _health(diagnoses=["gout"]), OPEN),
    ("ex: Serious medical disease", _health(diagnoses=[]), OPEN),
    # who is let in, and who is not
    ("in: Only patients with AMD were eligible for this study.", _health(diagnoses=[]), BARRED),
    ("ex: Patients with AMD were eligible for this study.", _health(diagnoses=["AMD"]), OPEN),
    ("in: Histologic confirmation of prostate cancer", NEVER, BARRED),
    ("in: Histologic confirmation of prostate cancer", WOMAN, BARRED),
    ("in: Histologic confirmation of prostate cancer", _health(cancer="active", cancer_kind="prostate cancer"), OPEN),
]
BESIDE = [
    # how a thing was found takes nothing away from it
    (
        "ex: Cognitive impairment (per self-report or report by a clinician)",
        _health(neurological_other=["Alzheimer's disease"]),
        BARRED,
    ),
    ("ex: Bleeding diathesis in preoperative laboratory tests", _health(bleeding_disorder=True), BARRED),
    ("in: Positive HIV antibody by an FDA-approved ELISA", _health(hiv=True), CLEAR),
    ("in: DSM-5 opioid use disorder", _health(diagnoses=["opioid use disorder"]), CLEAR),
    ("ex: Psychiatric illness by ICD-10 criteria", _health(psychiatric=True), BARRED),
    ("ex: Lung disease judged severe by the doctor", _health(lung_disease=True), OPEN),
    ("ex: Lung disease not confirmed by a doctor", _health(lung_disease=True), OPEN),
    ("ex: Heart disease with positive stress test", _health(heart_disease=True), OPEN),
]
PERSONS = [
    ("in: Women of childbearing potential must use contraception", MAN, CLEAR),
    ("in: Women of childbearing potential must use contraception", NOT_CAREFUL, BARRED),
    ("in: Women of childbearing potential and men whose partners are fertile must use condoms", MAN, OPEN),
    ("in: Males must be willing to practice abstinence or to use a condom", WOMAN, CLEAR),
    ("in: Males must be willing to practice abstinence or to use a condom", MAN, OPEN),
    ("in: Men must use condoms, and women must not be pregnant", WOMAN, OPEN),
    ("ex: Multiple gestation", {"person": {"pregnant": False}}, CLEAR),
    ("ex: Multiple gestation", {"person": {"sex": "female", "pregnant": True}}, OPEN),
    ("in: Stay in bed, and return to the clinic after a week", {"person": {"can_attend_follow_up": False}}, BARRED),
    ("ex: Lacking decisional capability", {"person": {"can_consent": True}}, CLEAR),
    ("ex: Lacking decisional capability", {"person": {"can_consent": False}}, BARRED),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "facts", "wanted"), [*ADJECTIVES, *NAMES, *BESIDE, *PERSONS])
def test_a_kind(sentence: str, facts: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, facts) == wanted


@pytest.mark.parametrize(
    ("years", "wanted"),
    [(10, BARRED), (0.2, OPEN), (None, OPEN)],
)
def test_who_is_long_free_of_cancer_has_none_that_is_advanced(years: float | None, wanted: str) -> None:
    facts = _health(cancer="past", cancer_kind="colon cancer", cancer_free_years=years)
    if years is None:
        del facts["health"]["cancer_free_years"]
    for sentence in ("in: Advanced colorectal cancer", "in: Relapsed or refractory colon cancer"):
        assert verdict_on(sentence, facts, "Colorectal Cancer") == wanted
