"""What a named illness is a form of, before sentences that ask for its kind. Sentences are made up, answers by hand."""

from __future__ import annotations

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.judge.names.illness_forms import families
from trialfinder.judge.names.illness_names import all_forms, is_said

BARRED, CLEAR, OPEN = "conflict", "nothing_against", "possible"

KINDS: list[tuple[str, str, str]] = [
    # sentence, the illness that the person named, verdict
    ("ex: Gallbladder disease", "gallstones", BARRED),
    ("ex: Biliary tract disease", "gall stones (2019)", BARRED),
    ("ex: Gallbladder disease", "kidney stones", OPEN),
    ("ex: Urinary stones", "kidney stones since 2015", BARRED),
    ("ex: Kidney disease", "kidney stones", OPEN),
    ("ex: Bone disease", "osteogenesis imperfecta", BARRED),
    ("ex: Bone disease", "brittle bone disease", BARRED),
    ("ex: Bone disease", "osteoarthritis", OPEN),
    ("ex: Thyroid disorders", "underactive thyroid", BARRED),
    ("ex: Thyroid disorders", "euthyroid sick syndrome", OPEN),
    ("ex: Valvular heart disease", "leaky valve", BARRED),
    ("ex: Heart rhythm disorders", "AFib", BARRED),
    ("ex: Intervertebral disc disease", "slipped disc at L5", BARRED),
    ("ex: Venous disease", "varicose veins of both legs", BARRED),
    ("ex: Venous disease", "esophageal varices", OPEN),
    ("ex: Retinal disease", "wet macular degeneration", BARRED),
    ("ex: Sleep disorders", "sleep apnea", BARRED),
    ("ex: Dyslipidemia", "high cholesterol", BARRED),
    ("ex: Parathyroid disease", "hyperparathyroidism", BARRED),
    ("ex: Adrenal disease", "Addison's disease", BARRED),
    ("ex: Congenital heart disease", "tetralogy of Fallot", BARRED),
    ("ex: Congenital heart disease", "patent foramen ovale", OPEN),
    ("in: Diagnosis of osteoarthritis", "gonarthrosis", CLEAR),
    ("ex: Interstitial lung disease", "asbestosis", BARRED),
    ("ex: Cardiac arrhythmia", "irregular heartbeat", BARRED),
    ("ex: Heart disease", "heart attack in 2012", BARRED),
    ("ex: Inflammatory arthritis", "lupus", OPEN),
    ("ex: Inflammatory arthritis", "psoriatic arthritis", BARRED),
    ("ex: Interstitial lung disease", "asthma", OPEN),
]

NO_FORM: list[tuple[str, str]] = [
    # sentence, an illness whose name comes near and that is none
    ("ex: Stroke", "heat stroke"),
    ("ex: Coronary heart disease", "Ludwig's angina"),
    ("ex: Obstructive lung disease", "cardiac asthma"),
    ("ex: Systemic lupus erythematosus", "discoid lupus"),
    ("ex: Systemic sclerosis", "morphea"),
    ("ex: Mood disorder", "bone marrow depression"),
    ("ex: Peripheral arterial disease", "neurogenic claudication"),
    ("ex: Metabolic disease", "osteoporosis"),
    ("ex: Vascular disease", "lupus"),
    ("ex: Infection", "polyneuropathy"),
    ("ex: Viral hepatitis", "autoimmune hepatitis"),
    ("ex: Obstructive sleep apnea", "central sleep apnea"),
    ("ex: Neurodegenerative disease", "drug-induced parkinsonism"),
    ("ex: Plaque psoriasis", "psoriasis"),
    ("ex: Narrow angle glaucoma", "glaucoma"),
    ("ex: Generalized anxiety disorder", "agoraphobia"),
    ("ex: Idiopathic pulmonary fibrosis", "pulmonary fibrosis"),
    ("ex: Head injury within 6 months", "concussion in 2016"),
    ("ex: Bone fracture in the last 3 months", "hip fracture"),
]


@pytest.mark.parametrize(("sentence", "name", "wanted"), KINDS)
def test_a_named_illness_is_a_form_of_its_kind(sentence: str, name: str, wanted: str) -> None:
    assert verdict_on(sentence, {"health": {"diagnoses": [name]}}, "Knee pain") == wanted


@pytest.mark.parametrize(("sentence", "name"), NO_FORM)
def test_a_name_that_comes_near_is_no_form(sentence: str, name: str) -> None:
    assert verdict_on(sentence, {"health": {"diagnoses": [name]}}, "Knee pain") == OPEN


def test_a_part_of_a_kind_is_not_said_where_it_says_something_else() -> None:
    assert is_said("metabolic bone disease", "metabolic bone disease")
    assert is_said("diseases of the bone", "metabolic bone disease") is False
    assert is_said("lung disease", "obstructive lung disease")


def test_a_code_left_out_of_its_family_and_all_below_it_are_none() -> None:
    hereditary = next(family for family in families() if family.but and "D57.3" in family.but)
    assert hereditary.holds("D57.1")
    assert not hereditary.holds("D57.3")


@pytest.mark.parametrize(
    "told",
    ["cerebral malaria, gallstones", "gallstones and gout", "chronic gallstones", "severe gallstones since 2001"],
)
def test_the_names_in_a_longer_text_each_count(told: str) -> None:
    assert "gallbladder disease" in all_forms(told)


@pytest.mark.parametrize("told", ["no gallstones", "mother had gallstones", "gallstones?"])
def test_what_is_denied_or_another_s_has_no_kind(told: str) -> None:
    assert all_forms(told) == ()
