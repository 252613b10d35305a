"""Sentences about medicines before people who told theirs: whom they bar, and whom they leave open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.test_sentences import verdict

NONE: list[str] = []


def _said(section: str, sentence: str, drugs: list[str], **more: Any) -> str:
    return verdict(section, sentence, {"treatment": {"medications": drugs, **more}})


@pytest.mark.parametrize(
    ("section", "sentence", "drugs"),
    [
        ("Exclusion", "Tenormin in the past 2 weeks", ["atenolol"]),
        ("Exclusion", "Integrase inhibitors", ["dolutegravir"]),
        ("Exclusion", "Takes typical antipsychotics", ["haloperidol"]),
        ("Exclusion", "Earlier use of biologic DMARDs", ["golimumab"]),
        ("Exclusion", "Taking more than two antidepressants", ["sertraline", "mirtazapine", "trazodone"]),
        ("Exclusion", "Current use of beta blockers (unless eye drops)", ["bisoprolol"]),
        ("Inclusion", "No concurrent adefovir, warfarin, ribavirin or entecavir", ["ribavirin"]),
        ("Inclusion", "No aspirin or other non-steroidal anti-inflammatory drugs", ["etodolac"]),
        ("Inclusion", "No concurrent endocrine therapy", ["letrozole"]),
        ("Inclusion", "Is on a stable dose of donepezil", NONE),
        ("Inclusion", "Receiving riluzole", NONE),
    ],
)
def test_a_drug_bars_by_each_of_its_names_and_classes(section: str, sentence: str, drugs: list[str]) -> None:
    assert _said(section, sentence, drugs) == "conflict"


@pytest.mark.parametrize(
    ("section", "sentence", "drugs"),
    [
        ("Exclusion", "Unable to pause propranolol for 3 days", ["propranolol"]),
        ("Exclusion", "Ribavirin hypersensitivity", ["ribavirin"]),
        ("Exclusion", "Takes atypical antipsychotics", ["haloperidol"]),
        ("Exclusion", "Taking more than two antidepressants", ["sertraline", "mirtazapine"]),
        ("Exclusion", "Aspirin use, with a mean dose above 2 g a day", ["aspirin"]),
        ("Exclusion", "Current use of beta blockers (unless eye drops)", ["timolol"]),
        ("Exclusion", "Interferon beta", ["interferon alfa"]),
        ("Exclusion", "Carboplatin within 3 weeks", ["cisplatin"]),
        ("Inclusion", "Decision to start treatment with riluzole", NONE),
        ("Inclusion", "Taking riluzole (except children)", NONE),
        ("Inclusion", "Who will receive letrozole", NONE),
        ("Inclusion", "Stable dose of pain medication, if any", NONE),
    ],
)
def test_a_drug_bars_only_what_is_said_of_it(section: str, sentence: str, drugs: list[str]) -> None:
    assert _said(section, sentence, drugs) != "conflict"


@pytest.mark.parametrize(
    ("section", "sentence", "met"),
    [
        ("Exclusion", "Currently takes vestibular suppressants or adefovir", True),
        ("Inclusion", "No MAO inhibitors", True),
        ("Exclusion", "Adefovir within 4 weeks", False),
        ("Exclusion", "Adefovir at any time", False),
    ],
)
def test_who_takes_nothing_now_may_have_taken_it_before(section: str, sentence: str, met: bool) -> None:
    assert (_said(section, sentence, NONE) == "nothing_against") is met


@pytest.mark.parametrize(("months", "verdict_is"), [(8, "conflict"), (1, "possible")])
def test_a_time_of_taking_is_compared_with_how_long_nothing_changed(months: int, verdict_is: str) -> None:
    told = _said("Exclusion", "Azathioprine for more than 6 weeks", ["azathioprine"], stable_medication_months=months)
    assert told == verdict_is


@pytest.mark.parametrize(
    ("sentence", "allergy", "said"),
    [
        ("Known allergy to shellfish", "prawns", "conflict"),
        ("Hypersensitivity to macrolides", "azithromycin", "conflict"),
        ("Allergy to platinum compounds", "cisplatin", "conflict"),
        ("Allergy to prawns", "shellfish", "possible"),
        ("Hypersensitivity to azithromycin", "erythromycin", "possible"),
        ("Known allergy to shellfish", "peanut", "possible"),
    ],
)
def test_an_allergy_counts_for_its_kind_and_not_the_other_way_round(sentence: str, allergy: str, said: str) -> None:
    assert verdict("Exclusion", sentence, {"treatment": {"allergies": [allergy]}}) == said
