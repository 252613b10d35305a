"""What stands under no heading bars where its words, or the layout of the text, say which way they mean it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import trialfinder as tf
from trialfinder.judge.bars.no_heading import no_heading_words

STROKE = {"health": {"stroke": True}}
HIV = {"health": {"hiv": True}}
PLATELETS = {"measurements": {"platelets": 40}}
CHEMOTHERAPY = {"health": {"chemotherapy": "active", "cancer": "active"}}
NO_CANCER = {"health": {"cancer": "never", "chemotherapy": "never"}}
PREGNANT = {"person": {"sex": "female", "age": 30, "pregnant": True}}
LAYOUT = """DISEASE CHARACTERISTICS:

* Bulky tumour
* {disease}

PATIENT CHARACTERISTICS:

Hepatic:

* {patient}

PRIOR CONCURRENT THERAPY:

Chemotherapy:

* {therapy}
"""


def _verdict(text: str, told: dict[str, Any]) -> str:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000001", "briefTitle": "Cells"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Sarcoma"]},
            "eligibilityModule": {"eligibilityCriteria": text, "sex": "ALL"},
        }
    }
    return str(tf.match(told, [record], today=dt.date(2026, 11, 28))["verdict"].iloc[0])


def _in_layout(told: dict[str, Any], **parts: str) -> str:
    return _verdict(LAYOUT.format(**{"disease": "-", "patient": "-", "therapy": "-"} | parts), told)


THINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("stroke", STROKE),
    ("HIV infection", HIV),
    ("tuberculosis", {"health": {"tuberculosis": True}}),
    ("hepatitis C", {"health": {"hepatitis_c": True}}),
    ("epilepsy", {"health": {"diagnoses": ["epilepsy"]}}),
)


@pytest.mark.parametrize(("thing", "told"), THINGS)
def test_frames_of_the_data_file(thing: str, told: dict[str, Any]) -> None:
    words = no_heading_words()
    said = {frame: _verdict(frame.replace("{thing}", thing), told) for frame in (*words.yes, *words.no)}
    assert {frame for frame, verdict in said.items() if verdict == "conflict"} == set(words.yes)


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("No stroke", STROKE, "conflict"),
        ("No history of stroke, gout or migraine", STROKE, "conflict"),
        ("Cardiac: no stroke", STROKE, "conflict"),
        ("Must be able to read and write", {"person": {"can_read_write": False}}, "conflict"),
        ("Must have type 1 diabetes", {"diabetes": {"type": "none"}}, "conflict"),
        ("Stroke", STROKE, "possible"),
        ("Platelets at least 90,000/mm3", PLATELETS, "possible"),
        ("No stroke unless it left no trace", STROKE, "possible"),
        ("No stroke, if the arm is used", STROKE, "possible"),
        ("No stroke allowed for the donor", STROKE, "possible"),
        ("No stroke that would interfere with walking", STROKE, "possible"),
        ("No stroke in cohort B", STROKE, "possible"),
        ("No doctor has ever feared a stroke", STROKE, "possible"),
        ("Stroke, but no bleeding", STROKE, "possible"),
        ("No central neurological disease", {"neuropathy": {"types": ["hereditary"]}}, "possible"),
        ("No neurological disease", {"neuropathy": {"types": ["hereditary"]}}, "conflict"),
        ("No neuropathy arising from earlier tablets", {"neuropathy": {"types": ["hereditary"]}}, "possible"),
        ("People who must have type 1 diabetes explained to them", {"diabetes": {"type": "none"}}, "possible"),
    ],
)
def test_words_that_deny_or_ask_bar_without_a_heading(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert _verdict(f"* {sentence}\n* Likes to walk\n", told) == wanted


@pytest.mark.parametrize(
    ("part", "sentence", "told", "wanted"),
    [
        ("patient", "Platelets at least 90,000/mm3", PLATELETS, "conflict"),
        ("patient", "HIV negative", HIV, "conflict"),
        ("patient", "Not pregnant or nursing", PREGNANT, "conflict"),
        ("patient", "No uncontrolled hypertension", {"measurements": {"systolic": 191}}, "conflict"),
        ("therapy", "At least 5 weeks since prior chemotherapy", CHEMOTHERAPY, "conflict"),
        ("therapy", "No concurrent chemotherapy", CHEMOTHERAPY, "conflict"),
        ("patient", "Platelets at least 90,000/mm3 for stratum 2", PLATELETS, "possible"),
        ("patient", "Platelets at least 90,000/mm3, or transfusions are permitted", PLATELETS, "possible"),
        ("patient", "Platelets at least 90,000/mm3 OR\n* Spleen removed", PLATELETS, "possible"),
        ("patient", "Spleen removed OR\n* Platelets at least 90,000/mm3", PLATELETS, "possible"),
        ("patient", "Donor is HIV negative", HIV, "possible"),
        ("patient", "Stroke with paralysis", STROKE, "possible"),
        ("patient", "No illness that would forbid chemotherapy", NO_CANCER, "possible"),
        ("therapy", "Total dose of prior paclitaxel no greater than 600 mg/m2", NO_CANCER, "possible"),
        ("therapy", "Concurrent chemotherapy allowed", CHEMOTHERAPY, "possible"),
        ("disease", "No response to chemotherapy", CHEMOTHERAPY, "possible"),
        ("disease", "Histologically confirmed leukemia", NO_CANCER, "conflict"),
        ("disease", "Cytologically or histologically proven lung cancer", NO_CANCER, "conflict"),
        ("disease", "Histologically confirmed lung cancer or any other lump", NO_CANCER, "possible"),
        ("disease", "Histologically confirmed lung cancer if smoking", NO_CANCER, "possible"),
        ("disease", "Suspected leukemia", NO_CANCER, "possible"),
        ("disease", "Histologically confirmed lung cancer in a parent", NO_CANCER, "possible"),
        ("patient", "No allergy or antibodies to mouse protein", {"treatment": {"allergies": ["latex"]}}, "possible"),
    ],
)
def test_a_layout_in_which_everything_must_be_so(part: str, sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert _in_layout(told, **{part: sentence}) == wanted


def test_the_same_words_without_the_layout_stay_open() -> None:
    assert _verdict("* HIV negative\n* Platelets at least 90,000/mm3\n", HIV | PLATELETS) == "possible"


@pytest.mark.parametrize(
    "disease", ["CNS disease", "brain disorder", "central nervous system disease", "brain involvement"]
)
def test_a_disease_of_the_brain_in_that_layout_is_the_cancer_there(disease: str) -> None:
    assert _in_layout({"health": {"neurological_other": ["epilepsy"]}}, patient=f"No active {disease}") != "conflict"
