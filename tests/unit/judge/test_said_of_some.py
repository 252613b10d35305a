"""What decides against a person decides only where it is said of them, and by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

STROKE = {"health": {"stroke": True}}
OLD = {"person": {"age": 76}}
HEAVY = {"measurements": {"bmi": 42}}


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("ex: For patients with a single kidney: age above 72", OLD, "possible"),
        ("ex: In participants who had a bypass: BMI above 38", HEAVY, "possible"),
        ("ex: Age above 72", OLD, "conflict"),
        ("ex: For all participants: age above 72", OLD, "conflict"),
        ("ex: BMI above 38 and snoring at the same time", HEAVY, "possible"),
        ("ex: Both stroke and gout", STROKE, "possible"),
        ("ex: Both stroke and lung disease", {"health": {"stroke": True, "lung_disease": True}}, "conflict"),
        ("ex: Stroke and lung disease", STROKE, "conflict"),
        ("ex: Cannot lie in the tunnel (many people with a BMI above 38 can)", HEAVY, "possible"),
        ("in: Either stroke or numbness for a year", {"health": {"stroke": False}}, "possible"),
        ("in: HIV infection, or a needle wound", {"health": {"hiv": False}}, "possible"),
        ("in: HIV infection, or AIDS", {"health": {"hiv": False}}, "conflict"),
        ("in: Two of the following: smoker, snoring, gout", {"health": {"smoker": False}}, "possible"),
        ("in: Neuropathy from chemotherapy or diabetes", {"neuropathy": {"types": ["diabetic"]}}, "possible"),
    ],
)
def test_of_whom_and_with_what(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, told) in (wanted, "nothing_against" if wanted == "possible" else wanted)


@pytest.mark.parametrize("sexes", ["for women, 13 g/dL for men", "in females, 13 g/dL in males"])
def test_a_limit_of_the_other_sex_bars_nobody(sexes: str) -> None:
    told = {"measurements": {"hemoglobin_g_dl": 12.5}, "person": {"sex": "female"}}
    assert verdict_on(f"in: Haemoglobin at least 12 g/dL {sexes}", told) != "conflict"


LONG_AGO = {"treatment": {"last_trial_ended_months_ago": 60, "in_other_trial": False}}
RECENT = {"treatment": {"last_trial_ended_months_ago": 2, "in_other_trial": False}}
RUNNING = {"treatment": {"in_other_trial": True}}


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("ex: Participated in other stem cell clinical researches before joining", LONG_AGO, "possible"),
        ("ex: Earlier participation in a gene therapy trial", LONG_AGO, "possible"),
        ("ex: Participated in a vaccine study within 3 months", RECENT, "possible"),
        ("ex: Participated in an asthma study within 3 months", RECENT, "possible"),
        ("ex: Participating in another cell therapy study", RUNNING, "possible"),
        ("ex: Participated in other clinical researches before enrolment", LONG_AGO, "conflict"),
        ("ex: Participated in another clinical study within 3 months", RECENT, "conflict"),
        ("ex: Participated in a drug trial or another study within 3 months", RECENT, "conflict"),
        ("ex: Participating in another clinical trial", RUNNING, "conflict"),
    ],
)
def test_a_study_of_a_named_kind_is_not_every_study(sentence: str, told: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, told) == wanted


@pytest.mark.parametrize("words", ["by reason of", "on account of", "because of"])
def test_an_illness_that_is_a_reason_bars_nobody_by_itself(words: str) -> None:
    told = {"health": {"lung_disease": True}}
    assert verdict_on(f"ex: Cannot lie flat for an hour, e.g. {words} lung disease", told) == "possible"
    assert verdict_on("ex: Lung disease", told) == "conflict"


def _takes(*drugs: str) -> dict[str, Any]:
    return {"treatment": {"medications": list(drugs)}}


LUNG = {"health": {"lung_disease": True, "diagnoses": ["COPD"]}}
TYPE_2 = {"diabetes": {"type": "type2"}, "treatment": {"medications": []}}


@pytest.mark.parametrize(
    ("sentence", "told", "wanted"),
    [
        ("ex: Cytochrome P450 enzyme-inducing antiepileptics (e.g. phenytoin)", _takes("gabapentin"), "possible"),
        ("ex: Hepatotoxic anticonvulsants", _takes("gabapentin"), "possible"),
        ("ex: QT-prolonging antidepressants", _takes("citalopram"), "possible"),
        ("ex: Use of potassium-sparing diuretics", _takes("furosemide"), "possible"),
        ("ex: Use of potassium-sparing diuretics", _takes("spironolactone"), "conflict"),
        ("ex: Enzyme-inducing anticonvulsants such as phenytoin", _takes("phenytoin"), "conflict"),
        ("ex: Antiepileptic drugs", _takes("gabapentin"), "conflict"),
        ("ex: Use of metformin, a type 2 diabetes medication", TYPE_2, "possible"),
        ("ex: Type 2 diabetes", TYPE_2, "conflict"),
        ("ex: Terminal illness, severe cardiac, respiratory (e.g., failure) or bone conditions", LUNG, "possible"),
        ("ex: Respiratory disease", LUNG, "conflict"),
        ("ex: Severe depression, respiratory disease", LUNG, "conflict"),
    ],
)
def test_some_of_those_who_have_it(sentence: str, told: dict[str, Any], wanted: str) -> None:
    found = verdict_on(sentence, told, "Type 1 diabetes")
    assert ("conflict" if found == "conflict" else "possible") == wanted


def test_who_has_no_allergies_may_have_preferences() -> None:
    none: dict[str, Any] = {"treatment": {"allergies": []}}
    assert verdict_on("ex: Food allergies, preferences or dietary requirements", none) == "possible"
    assert verdict_on("ex: Food allergies", none) == "nothing_against"


def test_ulcers_in_a_list_with_drugs_are_no_drugs() -> None:
    assert verdict_on("ex: Anticoagulants, stage III or IV ulcers", _takes()) == "possible"
    assert verdict_on("ex: Anticoagulants", _takes()) == "nothing_against"
