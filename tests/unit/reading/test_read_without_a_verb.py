"""Drugs, illnesses and intolerances that stand without the usual verb or noun."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence


def _patterns(text: str, section: str = "exclusion") -> set[str]:
    return {r.pattern for r in read_sentence(text, section)}


@pytest.mark.parametrize(
    "drug",
    ["cytolytic agents", "anti-amyloid therapy", "kinase inhibitors", "urate-lowering drugs", "dopamine antagonists"],
)
@pytest.mark.parametrize("start", ["", "Any ", "Other ", "Prior "])
def test_a_drug_by_its_kind_with_a_time_needs_no_verb(drug: str, start: str) -> None:
    (found,) = read_sentence(f"{start}{drug} within 3 weeks", "exclusion")
    assert (found.pattern, found.effect, found.window_months) == ("other_medication", "exclude", 0.69)


@pytest.mark.parametrize(
    "text",
    [
        "Physical therapy within 3 weeks",
        "Study drug within 3 weeks",
        "Any drug within 3 weeks",
        "Use of medications within 3 weeks",
        "Cytolytic agents",
        "Music therapy in the last month",
        "No cytolytic agents within 3 weeks are needed",
    ],
)
def test_what_is_no_drug_of_a_kind_is_left(text: str) -> None:
    assert "other_medication" not in _patterns(text)


@pytest.mark.parametrize("thing", ["metoclopramide", "citrus juices", "contrast media", "heparin", "zidovudine"])
@pytest.mark.parametrize("start", ["History of", "Known", "Previous", "Severe"])
def test_what_was_not_borne_bars(thing: str, start: str) -> None:
    assert "allergy" in _patterns(f"{start} intolerance to {thing}")


@pytest.mark.parametrize("kind", ["Lactose", "Glucose", "Exercise", "Cold", "Heat"])
def test_an_intolerance_that_is_an_illness_is_no_allergy(kind: str) -> None:
    assert "allergy" not in _patterns(f"{kind} intolerance")


@pytest.mark.parametrize("drug", ["gabapentin", "pregabalin", "duloxetine"])
def test_a_pain_drug_that_was_not_borne_has_failed(drug: str) -> None:
    assert _patterns(f"Documented intolerance to {drug}", "inclusion") == {"failed_conventional"}


@pytest.mark.parametrize(
    "what", ["gait assessment", "participation", "neurological evaluation", "the assessment of pain"]
)
def test_an_illness_that_limits_what_is_assessed_bars(what: str) -> None:
    assert _patterns(f"Any disease that would limit {what}") == {"general_health"}
    (found,) = read_sentence(f"No disease that would limit {what}", "inclusion")
    assert (found.pattern, found.effect) == ("general_health", "exclude")


@pytest.mark.parametrize("drug", ["psychotropic medication", "pain medication", "blood pressure drugs"])
def test_a_regular_drug_is_not_a_stable_one(drug: str) -> None:
    assert "stable_medication" not in _patterns(f"Regular {drug}", "inclusion")
    assert "stable_medication" in _patterns(f"Stable {drug}", "inclusion")
    assert "stable_medication" in _patterns("Regular and stable dose of analgesics", "inclusion")
