"""Lists of illnesses give every member once and nothing else; sentences are our own."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence

ORGANS = {"cardiac", "hepatic", "renal", "pulmonary"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Serious heart, liver, kidney or lung disease", ORGANS),
        ("Disorders of the heart, kidneys, liver or lungs", ORGANS),
        ("Cardiac, hepatic, renal or respiratory failure", ORGANS),
        ("Severe cardiopulmonary disease", {"cardiac", "pulmonary"}),
        ("Abnormal liver and kidney function", {"hepatic", "renal"}),
        ("Cardiovascular and cerebrovascular disease", {"cardiac", "stroke"}),
        ("HIV, HBV, HCV or syphilis", {"hiv", "hepatitis_b", "hepatitis_c", "syphilis"}),
        ("Hepatitis C or B infection", {"hepatitis_b", "hepatitis_c"}),
        ("Positive for HIV or hepatitis viruses", {"hiv", "hepatitis_b", "hepatitis_c"}),
        ("Autoimmune hepatitis or cirrhosis", {"autoimmune", "hepatic"}),
        ("Immunosuppressive or anticoagulant therapy", {"immunosuppression", "anticoagulant"}),
        (
            "Deep vein thrombosis, bleeding disorder or thrombocytopenia",
            {"thrombosis", "bleeding_disorder", "platelets"},
        ),
        ("Anaemia, neutropenia or low platelets", {"hemoglobin", "white_cells", "platelets"}),
        ("Neurological, psychiatric or rheumatic disorders", {"neurological_other", "psychiatric", "autoimmune"}),
        (
            "Epilepsy, dementia, depression or alcohol dependence",
            {"neurological_other", "psychiatric", "substance_abuse"},
        ),
        ("Stroke, epilepsy or lung cancer", {"stroke", "neurological_other", "malignancy"}),
        ("Kidney or liver transplant", {"organ_transplant"}),
        ("Pulmonary embolism", {"thrombosis"}),
        ("Pulmonary hypertension", {"pulmonary"}),
        ("Respiratory tract infection", {"active_infection"}),
        ("Portal hypertension", {"hepatic"}),
        ("Smokers and alcoholics", {"smoking", "substance_abuse"}),
    ],
)
def test_lists_give_each_member_and_nothing_else(text: str, wanted: set[str]) -> None:
    """Every thing named bars by itself, and a word inside a longer name does not."""
    found = read_sentence(text)
    assert {r.pattern for r in found} == wanted
    assert {r.effect for r in found} == {"exclude"}


@pytest.mark.parametrize(
    "text",
    [
        "Stroke volume at rest",
        "Adrenal glands",
        "Family history of breast cancer",
        "Benign prostate",
        "Walking aids",
        "Malignant hyperthermia",
        "Insulin-dependent state",
        "Alcohol swab",
        "ST depression",
        "Glasgow coma scale",
        "Hearing aids",
        "Heat stroke",
    ],
)
def test_words_that_only_look_like_an_illness(text: str) -> None:
    """Words inside other terms of the field are no illness."""
    assert {r.pattern for r in read_sentence(text)} <= {"diabetes_type"}


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Anaemia", "Anemia"),
        ("Leukaemia", "Leukemia"),
        ("Uraemia", "Uremia"),
        ("Ischaemic heart disease", "Ischemic heart disease"),
        ("Haemophilia", "Hemophilia"),
        ("Septicaemia", "Septicemia"),
        ("Tumour", "Tumor"),
        ("Haemodialysis", "Hemodialysis"),
        ("Thrombocytopaenia", "Thrombocytopenia"),
        ("Coeliac disease", "Celiac disease"),
        ("Transient ischaemic attack", "Transient ischemic attack"),
        ("Hypoxaemia", "Hypoxemia"),
    ],
)
def test_british_and_american_spelling_are_read_alike(british: str, american: str) -> None:
    """One spelling must not lose what the other finds."""
    wanted = {r.pattern for r in read_sentence(american)}
    assert wanted
    assert {r.pattern for r in read_sentence(british)} == wanted


def test_bounds_of_one_line_stay_with_their_analyte() -> None:
    """Each number of a laboratory line belongs to the word before it, in the unit of the catalogue."""
    line = (
        "Haemoglobin < 92 g/L, leukocytes < 2,800/µL, platelets < 95,000/mm3, creatinine > 1.7 mg/dL, ALT > 2.5 x ULN"
    )
    found = {(r.pattern, r.value): (r.low, r.high, r.unit) for r in read_sentence(line)}
    assert found == {
        ("hemoglobin", ""): (None, 9.2, "g/dL"),
        ("white_cells", "leukocytes"): (None, 2.8, "10^9/L"),
        ("platelets", ""): (None, 95.0, "10^9/L"),
        ("renal", "creatinine"): (1.7, None, "mg/dL"),
        ("hepatic", "alt"): (2.5, None, "xULN"),
    }


def test_wanted_organ_function_and_unwanted_illness_under_inclusion() -> None:
    """Under inclusion "adequate renal function" is required, "no cancer" excludes."""
    found = {
        r.pattern: r.effect for r in read_sentence("Adequate renal function and no history of cancer", "inclusion")
    }
    assert found == {"renal": "require", "malignancy": "exclude"}
