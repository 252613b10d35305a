"""What a person put into a list and that names no illness is never a reason against a study."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.one_sentence import verdict_on

AUTOIMMUNE = "ex: Inflammatory or autoimmune disease"
NERVES = "ex: History of neurological disease"


@pytest.mark.parametrize(
    ("sentence", "health", "wanted"),
    [
        (AUTOIMMUNE, {"autoimmune": ["lupus"]}, "conflict"),
        (AUTOIMMUNE, {"autoimmune": ["the usual"]}, "possible"),
        (AUTOIMMUNE, {"autoimmune": ["the usual", "lupus"]}, "conflict"),
        (AUTOIMMUNE, {"autoimmune": ["no lupus"]}, "possible"),
        (AUTOIMMUNE, {"autoimmune": ["no I dont"]}, "possible"),
        ("ex: Autoimmune disease", {"autoimmune": ["nope"]}, "nothing_against"),
        (NERVES, {"neurological_other": ["multiple sclerosis"]}, "conflict"),
        (NERVES, {"neurological_other": ["see above"]}, "possible"),
        (NERVES, {"neurological_other": ["no epilepsy"]}, "possible"),
        ("ex: Any comorbidity", {"diagnoses": ["gout"]}, "conflict"),
        ("ex: Any comorbidity", {"diagnoses": ["various things"]}, "possible"),
        ("ex: Any comorbidity", {"diagnoses": ["no gout"]}, "possible"),
        ("ex: Zorblax fever", {"diagnoses": ["zorblax fever"]}, "conflict"),  # the study says the same words
    ],
)
def test_an_entry_bars_only_as_an_illness(sentence: str, health: dict[str, Any], wanted: str) -> None:
    assert verdict_on(sentence, {"health": health}) == wanted


def test_a_denied_drug_or_allergy_is_no_drug_and_no_allergy() -> None:
    aspirin, latex = "ex: Current use of aspirin", "ex: Any known allergy"
    assert verdict_on(aspirin, {"treatment": {"medications": ["aspirin"]}}) == "conflict"
    assert verdict_on(aspirin, {"treatment": {"medications": ["no aspirin"]}}) == "possible"
    assert verdict_on(latex, {"treatment": {"allergies": ["latex"]}}) == "conflict"
    assert verdict_on(latex, {"treatment": {"allergies": ["no latex allergy"]}}) == "possible"
    assert verdict_on(latex, {"treatment": {"allergies": ["no I dont have any"]}}) == "nothing_against"


@pytest.mark.parametrize(
    ("sentence", "diagnoses", "wanted"),
    [
        ("in: Raised insulin resistance (HOMA-IR > 3)", [], "possible"),
        ("in: Insulin resistance", [], "possible"),
        ("in: Glucose intolerance", [], "possible"),
        ("in: Psoriasis", [], "conflict"),
        ("in: Psoriasis (more than 10 % of the skin)", [], "conflict"),
        ("in: Psoriasis", ["psoriasis"], "nothing_against"),
    ],
)
def test_who_named_no_illness_has_not_denied_a_value(sentence: str, diagnoses: list[str], wanted: str) -> None:
    assert verdict_on(sentence, {"health": {"diagnoses": diagnoses}}) == wanted
