"""Sentences that ask for being well enough: what they name is no illness that is asked for."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.nodes.tree import leaves


def things(section: str, sentence: str) -> list[str]:
    text = f"{section} Criteria:\n\n* {sentence}"
    return [leaf.concept for one in criteria_tree(text) if one.node is not None for leaf in leaves(one.node)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Normal or clinically not significant abnormal values of blood count, renal and liver function",
        "Normal, or not clinically relevant changes of, kidney function",
        "normal or non-significant abnormal values for kidney and liver function",
        "General state that permits all visits of the study",
    ],
)
def test_being_well_enough_names_no_illness_that_is_asked_for(sentence: str) -> None:
    assert things("Inclusion", sentence) == []


@pytest.mark.parametrize(
    ("section", "sentence", "said"),
    [
        ("Inclusion", "General health condition which, in the doctor's view, allows taking part", ["general_health"]),
        ("Inclusion", "Good general condition that permits taking part", ["general_health"]),
        ("Inclusion", "No serious general condition that permits infection", ["general_health"]),
        ("Exclusion", "General health condition which does not allow the person to take part", ["general_health"]),
        ("Exclusion", "Any serious illness that does not permit taking part", ["general_health"]),
        ("Inclusion", "Normal kidney and liver function", ["renal", "hepatic"]),
        (
            "Inclusion",
            "Normal heart function or clinically significant arrhythmia under control",
            ["cardiac", "cardiac"],
        ),
    ],
)
def test_what_is_asked_for_or_bars_stays(section: str, sentence: str, said: list[str]) -> None:
    assert things(section, sentence) == said


def test_the_number_of_a_toe_is_not_that_of_an_ankle() -> None:
    text = "Inclusion Criteria:\n\n* Toe-brachial index of at least 0.6 and ankle-brachial index of at least 0.8"
    (criterion,) = criteria_tree(text)
    assert criterion.node is not None
    found = {leaf.value: leaf.bounds.low for leaf in leaves(criterion.node) if leaf.bounds}
    assert found == {"tbi": 0.6, "abi": 0.8}
