"""Illnesses before a person: kinds of cancer, names and classes, denials. Sentences are made up, answers by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.names.cancer_kinds import cancer_kinds, is_kind, kinds_named
from trialfinder.judge.names.illness_names import illness_named

Health = dict[str, Any]
BARRED, CLEAR, OPEN = "conflict", "nothing_against", "possible"


def verdict(sentence: str, health: Health, *, condition: str = "Knee pain") -> str:
    """The verdict for the health that was told."""
    return verdict_on(sentence, {"health": health}, condition)


def test_every_kind_of_cancer_is_known_by_its_examples() -> None:
    for kind in cancer_kinds().values():
        for text in kind.yes:
            assert _is_below(kinds_named(text), kind.id), (kind.id, text)
        for text in kind.no:
            assert not _is_below(kinds_named(text), kind.id), (kind.id, text)


def _is_below(found: frozenset[str], wanted: str) -> bool:
    return any(kind == wanted or _is_below(frozenset(cancer_kinds()[kind].parents), wanted) for kind in found)


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        ("chronic lymphocytic leukemia", "leukemia", "yes"),
        ("multiple myeloma", "hematologic malignancy", "yes"),
        ("laryngeal cancer", "cancer of the head and neck", "yes"),
        ("lung cancer", "hematologic malignancy", "no"),
        ("melanoma", "basal cell carcinoma", "no"),
        ("leukemia", "chronic myeloid leukemia", "unknown"),
        ("colon cancer", "liver metastases", "unknown"),
        ("colon cancer", "cancer", "unknown"),
    ],
)
def test_kinds_of_cancer_are_a_tree(told: str, asked: str, answer: str) -> None:
    assert is_kind(told, asked).name.lower() == answer


def cancer(state: str, kind: str = "", years: float | None = None) -> Health:
    """What a person tells about cancer."""
    told = {"cancer": state, "cancer_kind": kind or None, "cancer_free_years": years}
    return {key: value for key, value in told.items() if value is not None}


ROWS: list[tuple[str, Health, str, str]] = [
    # sentence, what the person tells, what the study is about, verdict
    ("in: No other cancer except basalioma", cancer("active", "melanoma"), "Leukemia", BARRED),
    ("in: No other cancer except basalioma", cancer("active", "leukemia"), "Leukemia", OPEN),
    ("in: No other cancer except basalioma", cancer("active", "basal cell carcinoma"), "Leukemia", CLEAR),
    ("ex: Blood cancer of any kind", cancer("active", "multiple myeloma"), "Knee pain", BARRED),
    ("ex: Blood cancer of any kind", cancer("active", "lung cancer"), "Knee pain", OPEN),
    ("ex: Solid tumours", cancer("active", "rectal cancer"), "Knee pain", BARRED),
    ("ex: Acute or chronic leukaemia", cancer("active", "CLL"), "Knee pain", BARRED),
    ("ex: Cancer except basalioma and in situ cervical cancer", cancer("active", "basalioma"), "Gout", CLEAR),
    ("ex: Prior or concurrent cancer", cancer("past", "breast cancer", 9), "Knee pain", BARRED),
    (
        "in: No cancer in the past 4 years except of the skin, or any other cancer whose therapy is over",
        cancer("past", "thyroid cancer", 2), "Knee pain", OPEN,
    ),
    ("in: Metastatic cancer of the breast", cancer("past", "breast cancer", 7), "Breast cancer", BARRED),
    ("in: Acute lymphoblastic leukemia", cancer("active", "acute lymphoblastic leukemia"), "Leukemia", CLEAR),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "health", "condition", "wanted"), ROWS)
def test_illness(sentence: str, health: Health, condition: str, wanted: str) -> None:
    assert verdict(sentence, health, condition=condition) == wanted


NAMED: list[tuple[str, Health, str]] = [
    # sentence, what the person tells, verdict
    ("in: Clinically diagnosed golfer's elbow", {"diagnoses": []}, BARRED),
    ("in: Clinically diagnosed golfer's elbow", {"diagnoses": ["golfer's elbow"]}, CLEAR),
    ("in: Clinically diagnosed golfer's elbow", {"diagnoses": ["gout"]}, OPEN),
    ("in: No Turner syndrome", {"diagnoses": ["Turner syndrome"]}, BARRED),
    ("in: No Turner syndrome", {"diagnoses": []}, CLEAR),
    ("in: No Turner syndrome", {"diagnoses": ["gout"]}, OPEN),
    ("ex: Diagnosis of cholelithiasis", {"diagnoses": ["gallstones"]}, BARRED),
    ("ex: Diagnosis of cholelithiasis", {"diagnoses": ["kidney stones"]}, OPEN),
    ("ex: History of diverticulitis or hernia", {"diagnoses": ["diverticulitis in 2015"]}, BARRED),
    ("ex: Hyperthyroidism, acromegaly or hypercortisolism", {"diagnoses": []}, CLEAR),
    ("in: Bronchiectasis confirmed by a chest scan", {"lung_disease": False}, BARRED),
    ("in: Bronchiectasis confirmed by a chest scan", {"lung_disease": True}, OPEN),
    ("in: Tension headache (according to the guideline)", {"neurological_other": []}, BARRED),
    ("ex: Fear of hypoglycemia", {"diagnoses": ["hypoglycemia"]}, OPEN),
    ("in: Willing to learn about prevention of gout", {"diagnoses": []}, OPEN),
    ("in: Mother with gout", {"diagnoses": []}, OPEN),
    ("in: Histologically or cytologically proven lymphoma", {"cancer": "never"}, BARRED),
    ("in: Primary progressive or relapsing MS", {"neurological_other": []}, BARRED),
    ("in: No hyper- or hypoparathyroidism", {"diagnoses": ["hypoparathyroidism"]}, BARRED),
    ("ex: Somatic or psychiatric disorders", {"psychiatric": False}, OPEN),
    ("ex: Dysphagia or asthma", {"lung_disease": False}, OPEN),
    ("ex: Previous solid organ allograft", {"organ_transplant": True}, BARRED),
    ("ex: Previous cornea graft", {"organ_transplant": True}, OPEN),
]


@pytest.mark.parametrize(("sentence", "health", "wanted"), NAMED)
def test_an_illness_that_no_pattern_reads_counts_by_its_name(sentence: str, health: Health, wanted: str) -> None:
    assert verdict(sentence, health) == wanted


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("emphysema", "pulmonary"),
        ("chronic cluster headache", "neurological_other"),
        ("advanced NSCLC", "malignancy"),
        ("tennis elbow", ""),
        ("Marfan's syndrome", ""),
        ("constrictive pericarditis", "cardiac"),
    ],
)
def test_a_name_tells_what_all_of_its_kind_are(words: str, concept: str) -> None:
    found = illness_named(words)
    assert found is not None
    assert found.concept == concept


@pytest.mark.parametrize("words", ["diagnosis", "knee", "blood test", "diabetic neuropathy", "poor prognosis", "scar"])
def test_other_words_name_no_illness(words: str) -> None:
    assert illness_named(words) is None


@pytest.mark.parametrize(
    ("sentence", "health", "wanted"),
    [
        ("in: No tennis elbow, gout or asthma", {"lung_disease": True, "diagnoses": ["asthma"]}, BARRED),
        ("in: No tennis elbow, gout or asthma", {"diagnoses": ["gout"]}, BARRED),
        ("in: No tennis elbow, gout or asthma", {"diagnoses": []}, CLEAR),
        ("in: No tennis elbow, gout or asthma", {"lung_disease": False}, OPEN),
        ("in: No past stroke, renal disease, or other reason against heparin", {"kidney_disease": True}, BARRED),
        ("in: No past stroke, renal disease, or other reason against heparin", {"kidney_disease": False}, OPEN),
        ("in: No hepatitis C, or a strange thing that is well controlled", {"hepatitis_c": False}, OPEN),
        ("in: No autoimmune disease (e.g., lupus, some strange thing)", {"autoimmune": []}, CLEAR),
    ],
)
def test_a_denial_stands_before_each_member_of_its_list(sentence: str, health: Health, wanted: str) -> None:
    assert verdict(sentence, health) == wanted


@pytest.mark.parametrize(
    ("sentence", "health", "wanted"),
    [
        ("ex: Alcoholism or drug dependence", {"substance_abuse": True}, BARRED),
        ("ex: Active substance or alcohol use disorder", {"substance_abuse": True}, BARRED),
        ("ex: Alcohol dependence", {"substance_abuse": True}, OPEN),
        ("ex: Injection drug use or alcohol abuse", {"substance_abuse": True}, OPEN),
        ("ex: Active hepatitis C", {"hepatitis_c": True}, OPEN),
        ("ex: Active hepatitis C", {"hepatitis_c": False}, CLEAR),
        ("ex: Hepatitis A, B or C", {"hepatitis_b": False, "hepatitis_c": False}, OPEN),
        ("ex: Hepatitis A, B or C", {"hepatitis_b": True}, BARRED),
        ("ex: Active autoimmune disease", {"autoimmune": ["lupus"]}, OPEN),
        ("ex: Rheumatological disease", {"autoimmune": []}, OPEN),
        ("ex: Past tumours or a predisposition to cancer", {"cancer": "never"}, OPEN),
        ("ex: Heart failure or venereal disease", {"syphilis": True}, BARRED),
        ("ex: Heart failure or venereal disease", {"syphilis": False}, OPEN),
        ("ex: Chronic atrial fibrillation", {"diagnoses": ["permanent atrial fibrillation"]}, BARRED),
        ("ex: Chronic atrial fibrillation", {"diagnoses": ["paroxysmal atrial fibrillation"]}, OPEN),
        ("ex: Severe bipolar disorder", {"diagnoses": ["bipolar disorder"]}, OPEN),
        ("ex: Severe psychiatric disorder", {"diagnoses": ["bipolar disorder"]}, OPEN),
        ("ex: Claustrophobia or metal in the body", {"diagnoses": ["claustrophobia"]}, BARRED),
        ("ex: Hypercoagulable state", {"diagnoses": ["protein C deficiency"]}, BARRED),
        ("ex: Impaired immunity", {"immunosuppressed": True}, BARRED),
        ("ex: No uncontrolled arrhythmia or infarction in 6 months", {"heart_attack_months_ago": 40}, OPEN),
    ],
)
def test_what_a_broad_fact_or_a_name_says_of_a_form(sentence: str, health: Health, wanted: str) -> None:
    assert verdict(sentence, health) == wanted


@pytest.mark.parametrize(
    ("health", "wanted"),
    [
        (cancer("past", "basal cell carcinoma of the skin", 3), CLEAR),
        (cancer("past", "melanoma", 3), BARRED),
        (cancer("past", years=3), OPEN),
    ],
)
def test_brackets_that_exclude_among_what_bars_spare(health: Health, wanted: str) -> None:
    sentence = "ex: Cancer within 5 years (basal cell carcinoma of skin or cervical cancer in situ are excluded)"
    assert verdict(sentence, health) == wanted
