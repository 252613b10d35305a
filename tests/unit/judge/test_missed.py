"""Sentences that bar and were once left open, by kinds; beside each kind what must stay open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.test_sentences import verdict


def _check(section: str, sentence: str, told: dict[str, Any], said: str) -> None:
    assert verdict(section, sentence, told) == said


@pytest.mark.parametrize(
    ("section", "sentence", "allergies", "said"),
    [
        ("Exclusion", "Heparin allergy", ["heparin"], "conflict"),
        ("Exclusion", "Known platinum allergy", ["cisplatin"], "conflict"),
        ("Exclusion", "Allergy to the product or its ingredients (albumin, DMSO)", ["dimethyl sulfoxide"], "conflict"),
        ("Exclusion", "Allergy to the product or its ingredients (albumin, DMSO)", ["latex"], "possible"),
        ("Exclusion", "History of allergy to or intolerance of macrolides", ["erythromycin"], "conflict"),
        ("Exclusion", "History of allergy to or intolerance of macrolides", ["peanut"], "possible"),
        ("Exclusion", "Sensitivity to levetiracetam", ["levetiracetam"], "conflict"),
        ("Exclusion", "Sensitivity to cold", ["levetiracetam"], "possible"),
        ("Exclusion", "Seafood allergy", ["prawns"], "conflict"),
        ("Exclusion", "Allergy to porcine products", ["pork"], "conflict"),
        ("Exclusion", "Allergy to eggs", ["hen's egg"], "conflict"),
        ("Exclusion", "Severe allergic reaction to iodine", ["iodine (anaphylaxis)"], "conflict"),
        ("Exclusion", "Allergies", ["peanut"], "conflict"),
        ("Exclusion", "Drug allergies", ["peanut"], "possible"),
        ("Exclusion", "Allergy testing in the past 2 weeks", ["peanut"], "possible"),
        ("Inclusion", "No known allergy to gelatin or any similar stabiliser", [], "nothing_against"),
        ("Inclusion", "No known sensitivity to gelatin", [], "nothing_against"),
    ],
)
def test_an_allergy_is_to_what_the_words_around_it_name(
    section: str, sentence: str, allergies: list[str], said: str
) -> None:
    _check(section, sentence, {"treatment": {"allergies": allergies}}, said)


@pytest.mark.parametrize(
    ("section", "sentence", "told", "said"),
    [
        ("Inclusion", "No prior anthracyclines", {"treatment": {"medications": ["epirubicin"]}}, "conflict"),
        ("Inclusion", "No prior anthracyclines", {"treatment": {"medications": ["oxaliplatin"]}}, "possible"),
        ("Inclusion", "No prior gemcitabine", {"health": {"chemotherapy": "never"}}, "nothing_against"),
        ("Inclusion", "No prior thalidomide", {"health": {"chemotherapy": "never"}}, "possible"),
        ("Inclusion", "No prior chemotherapy", {"treatment": {"medications": ["methotrexate"]}}, "possible"),
        ("Exclusion", "Methotrexate within 3 months", {"health": {"chemotherapy": "never"}}, "possible"),
        (
            "Inclusion",
            "At least 6 months since carboplatin",
            {"treatment": {"medications": ["carboplatin"]}},
            "conflict",
        ),
    ],
)
def test_chemotherapy_by_the_names_of_its_drugs(section: str, sentence: str, told: dict[str, Any], said: str) -> None:
    _check(section, sentence, told, said)


@pytest.mark.parametrize(
    ("section", "sentence", "country", "said"),
    [
        ("Inclusion", "Residents of the United States", "France", "conflict"),
        ("Inclusion", "Residents of the United States", "USA", "nothing_against"),
        ("Inclusion", "Adults living in Ohio or Kentucky", "France", "conflict"),
        ("Inclusion", "Adults living in Ohio or Kentucky", "USA", "possible"),
        ("Inclusion", "Citizens or residents of Brazil", "Canada", "possible"),
        ("Inclusion", "Living in a nursing home", "Canada", "possible"),
        ("Inclusion", "Living within 60 miles of Detroit, Michigan", "Canada", "possible"),
        ("Inclusion", "Living within 60 miles of Detroit, Michigan", "France", "conflict"),
        ("Inclusion", "Willing to travel to a site in France", "Canada", "possible"),
        ("Inclusion", "Residents of Georgia", "Georgia", "possible"),
        ("Exclusion", "Non-residents of Norway", "France", "conflict"),
        ("Exclusion", "Non-residents of Norway", "Norway", "nothing_against"),
        ("Exclusion", "Travel to Chile within 3 months", "Chile", "possible"),
    ],
)
def test_where_people_must_live(section: str, sentence: str, country: str, said: str) -> None:
    _check(section, sentence, {"person": {"country": country}}, said)
