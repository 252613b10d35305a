"""Nobody is told that it fits where what was told is not what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

NO_DRUGS: dict[str, Any] = {"treatment": {"medications": []}}
CIDP: dict[str, Any] = {"neuropathy": {"types": ["inflammatory"]}, "health": {"autoimmune": ["CIDP"]}}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("ex: Treatment with warfarin", "nothing_against"),
        ("ex: Currently on interferon", "nothing_against"),
        ("ex: Patients taking the following medications: phenytoin, carbamazepine", "nothing_against"),
        ("ex: Prior biologic therapy", "possible"),
        ("ex: Contraindication to heparin", "possible"),
        ("ex: Scheduled for thrombolysis", "possible"),
        ("ex: Low serum testosterone", "possible"),
        ("ex: Hyperbaric oxygen", "possible"),
        ("ex: Intolerance of statins", "possible"),
    ],
)
def test_that_no_drugs_are_taken_tells_of_drugs_and_of_now(sentence: str, said: str) -> None:
    assert verdict_on(sentence, NO_DRUGS) == said


@pytest.mark.parametrize(
    ("sentence", "facts", "said"),
    [
        ("in: Alcohol-related polyneuropathy", {"neuropathy": {"types": ["inflammatory"]}}, False),
        ("in: HIV-associated distal polyneuropathy", {"neuropathy": {"types": ["diabetic"]}}, False),
        ("in: Diabetes-related polyneuropathy", {"neuropathy": {"types": ["diabetic"]}}, True),
        ("in: Autoimmune anaemia", CIDP, False),
        ("in: Autoimmune disease", CIDP, True),
        ("in: Neuropathic pain", CIDP, False),
        ("in: An interest in help with a depression", {"health": {"diagnoses": ["depression"]}}, False),
        ("in: Depression", {"health": {"diagnoses": ["depression"]}}, True),
        ("in: Another disorder which precludes the operation (e.g., gout)", {"health": {"diagnoses": ["gout"]}}, False),
        ("in: Corticosteroid dependence", {"neuropathy": {"failed_treatments": ["prednisone"]}}, False),
        ("in: Pain of at least 2 hours duration a day", {"neuropathy": {"duration_months": 60}}, False),
        ("in: Veterans aged 40 to 65", {"person": {"age": 58}}, False),
        ("in: Athletes between 40 and 65 years of age", {"person": {"age": 58}}, False),
        ("in: Adults aged 40 to 65", {"person": {"age": 58}}, True),
    ],
)  # fmt: skip
def test_what_is_told_must_be_what_is_asked(sentence: str, facts: dict[str, Any], said: bool) -> None:
    assert (verdict_on(sentence, facts) == "nothing_against") is said


@pytest.mark.parametrize("when", ["Previous or current", "Past and/or present"])
def test_a_past_cancer_is_meant_by_previous_or_current(when: str) -> None:
    past = {"health": {"cancer": "past", "cancer_free_years": 7}}
    verdict = verdict_on(f"ex: {when} diagnoses of one of the following: cancer, brain disease", past)
    assert verdict != "nothing_against"
