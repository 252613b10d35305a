"""Numbers without numbers ("normal"), grades, and what one measurement says of another, each way. All is made up."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from tests.unit.judge.test_invented import WORDS, verdict

_NORMAL = {
    "serum creatinine": ("measurements.creatinine_mg_dl", 0.8, 2.7, 1.1),
    "platelet count": ("measurements.platelets", 220, 61, 140),
    "INR": ("measurements.inr", 1.0, 2.8, 1.2),
    "left ventricular ejection fraction": ("measurements.ejection_fraction", 61, 34, 52),
    "bilirubin": ("measurements.bilirubin_mg_dl", 0.6, 3.1, 1.2),
    "ALT": ("measurements.alt_u_l", 15, 190, 45),
    "hemoglobin": ("measurements.hemoglobin_g_dl", 14.2, 8.4, 12.5),
}
"""A measured thing: the fact; a value that every laboratory calls normal; one that none does; one between."""
_FRAMES = ("{} within normal limits", "{} within the institutional normal range", "Normal {}", "{} must be normal")


def _says(section: str, sentence: str, facts: str) -> str:
    return WORDS[verdict(section, [f"* {sentence}"], facts).verdict]


@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize("thing", _NORMAL)
def test_normal_is_a_limit(thing: str, frame: str) -> None:
    key, normal, ill, between = _NORMAL[thing]
    sentence = frame.format(thing)
    assert _says("in", sentence, f"{key} = {normal}") == "met"
    assert _says("in", sentence, f"{key} = {ill}") == "conflict"
    assert _says("in", sentence, f"{key} = {between}") == "open"
    assert _says("in", sentence, "person.age = 50") == "open"


@pytest.mark.parametrize("frame", ["{} not within normal limits", "{} outside the normal range", "Normal {} tolerance"])
@pytest.mark.parametrize("thing", _NORMAL)
def test_what_is_not_called_normal_is_no_limit(thing: str, frame: str) -> None:
    key, normal, ill, _ = _NORMAL[thing]
    for value in (normal, ill):
        assert _says("in", frame.format(thing), f"{key} = {value}") == "open"


TABLE = """
in | Bilirubin, ALT and creatinine within normal limits | measurements.creatinine_mg_dl = 3 | conflict
in | Normal INR, ALT and platelet count | measurements.platelets = 70 | conflict
in | Platelets at or above the lower limit of normal | measurements.platelets = 600 | met
in | Platelets >= LLN | measurements.platelets = 90 | conflict
in | aPTT normal | measurements.inr = 3.2 | open
in | Creatinine clearance of at least 55 mL/min | measurements.egfr = 37 | conflict
in | Creatinine at most 1.4 mg/dL or creatinine clearance at least 55 mL/min | measurements.creatinine_mg_dl = 2.4; measurements.egfr = 26 | conflict
in | Creatinine at most 1.4 mg/dL or creatinine clearance at least 55 mL/min | measurements.creatinine_mg_dl = 2.4 | open
in | Creatinine at most 1.4 mg/dL or creatinine clearance at least 55 mL/min | measurements.creatinine_mg_dl = 0.8 | met
in | Creatinine normal OR creatinine clearance at least 55 mL/min | measurements.creatinine_mg_dl = 0.8 | met
in | No neuropathy worse than grade 1 | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | conflict
in | No grade 3 or higher sensory or motor neuropathy | neuropathy.types = ["diabetic"]; neuropathy.stage = "mild" | met
in | No grade 3 or higher sensory or motor neuropathy | neuropathy.types = ["diabetic"]; neuropathy.stage = "moderate" | open
in | No grade 2 or higher neuropathy | neuropathy.types = ["diabetic"] | open
in | Peripheral neuropathy no more than grade 1 | neuropathy.types = ["diabetic"]; neuropathy.stage = "moderate" | conflict
in | Sensory neuropathy <= CTCAE grade 1 | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | conflict
ex | Polyneuropathy (CTCAE grade 3 or higher) | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | conflict
ex | Polyneuropathy (CTCAE grade 3 or higher) | neuropathy.types = ["diabetic"]; neuropathy.stage = "mild" | met
ex | Side effects of CTCAE grade 3 or higher | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | open
ex | Neuropathy of grade 3 or grade 4. | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | conflict
ex | Grade > 2 motor neuropathy | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe"; neuropathy.fibers = ["sensory"] | open
ex | Grade > 2 motor neuropathy | neuropathy.types = ["hereditary"]; neuropathy.stage = "severe"; neuropathy.fibers = ["motor"] | conflict
ex | Symptomatic sensory or motor neuropathy | neuropathy.types = ["diabetic"]; neuropathy.pain_score = 5 | conflict
ex | Symptomatic peripheral neuropathy | neuropathy.types = ["diabetic"]; neuropathy.stage = "mild" | open
ex | Patients must not have grade 2 or higher neuropathy | neuropathy.types = ["diabetic"]; neuropathy.stage = "severe" | conflict
ex | Persons should not have diabetes | diabetes.type = "type2" | conflict
in | Bilirubin up to the upper limit of normal (ULN), except in Gilbert's syndrome | measurements.bilirubin_mg_dl = 2.6 | open
in | Bilirubin up to the upper limit of normal (ULN), except in Gilbert's syndrome | measurements.bilirubin_mg_dl = 0.4 | met
ex | Systolic blood pressure above 155 mmHg, diastolic above 95 mmHg, despite the best drug therapy | measurements.systolic = 170 | open
ex | Systolic blood pressure above 155 mmHg, diastolic above 95 mmHg, despite the best drug therapy | measurements.systolic = 120; measurements.diastolic = 70 | met
ex | Heart failure or an ejection fraction below 40 % | measurements.ejection_fraction = 33 | conflict
ex | Heart failure or an ejection fraction below 40 % | health.heart_disease = false | open
in | No heart failure or ejection fraction below 40 % | measurements.ejection_fraction = 33 | conflict
"""
TABLE += """
in | Able to read and write in Dutch or Frisian and to give consent | person.can_read_write = false | conflict
in | Able to read and write in Dutch or Frisian and to give consent | person.can_read_write = true | open
in | Good at both reading and writing | person.can_read_write = true | open
in | Can read the booklet, or has a relative who does | person.can_read_write = false | open
in | Takes part freely, has a telephone, and gives informed consent | person.has_phone = false | conflict
in | Takes part freely, has a telephone or a tablet, and gives informed consent | person.has_phone = false | open
in | Owner of an iPhone or of a smart phone with Android 11 | person.has_phone = false | conflict
in | Owner of an iPhone or of a smart phone with Android 11 | person.has_phone = true | open
ex | Lack of access to a telephone and of a car | person.has_phone = true | open
in | Willing and able to comply with scheduled visits, the diet, and blood tests | person.can_attend_follow_up = false | conflict
in | Willing and able to comply with scheduled visits, the diet, and blood tests | person.can_attend_follow_up = true | open
ex | Unable to understand the experimental nature of the trial | person.can_consent = true | met
ex | Uncontrolled hypertension or diabetes | diabetes.type = "type2"; diabetes.uncontrolled = true | conflict
ex | Uncontrolled hypertension or diabetes | diabetes.type = "type2" | open
ex | Diabetes, unless well controlled | diabetes.type = "type2"; diabetes.uncontrolled = true | conflict
ex | Diabetes, unless well controlled | diabetes.type = "type2"; diabetes.uncontrolled = false | met
ex | Diabetes, unless well controlled | diabetes.type = "type2" | open
in | No diabetes or asthma unless medically controlled | diabetes.type = "type2"; diabetes.uncontrolled = true | conflict
ex | Diabetes, unless the insulin dose is stable | diabetes.type = "type2"; diabetes.uncontrolled = false | open
in | Type 2 diabetes mellitus (T2DM) for over a year | diabetes.type = "type2"; diabetes.duration_years = 4 | met
in | Type 2 diabetes mellitus (T2DM) for at least 2 years | diabetes.type = "type2"; diabetes.duration_years = 1 | conflict
ex | Pregnant or feeding women | person.breastfeeding = true | conflict
ex | Pregnant or feeding women | person.sex = "male" | met
ex | Pregnant, breast-feeding, or planning either within the year | person.sex = "male" | met
ex | Not willing to refrain from breast-feeding | person.breastfeeding = true | open
ex | Pregnant with twins | person.pregnant = true | open
ex | Pregnant with twins | person.pregnant = false | met
in | Pregnant women are not excluded | person.pregnant = true | open
ex | Pregnant women are not excluded | person.pregnant = true | open
"""
ROWS = [tuple(cell.strip() for cell in row.split("|")) for row in TABLE.splitlines() if row]


@pytest.mark.parametrize(("section", "sentence", "facts", "answer"), ROWS)
def test_measured_things(section: str, sentence: str, facts: str, answer: str) -> None:
    assert _says(section, sentence, facts) == answer
