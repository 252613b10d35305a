"""Germs that a test must not find, and those of which only the status is asked."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.telling.tree_words import criterion_lines


def _lines(section: str, sentence: str) -> list[str]:
    text = f"{section} Criteria:\n\n* {sentence}"
    return [line.strip() for found in criteria_tree(text) for line in criterion_lines(text, found)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Negative human immunodeficiency virus (HIV) test",
        "Negative human immunodeficiency virus (HIV), hepatitis B (HBV) and hepatitis C (HCV) tests",
        "Negative serology for HIV, hepatitis B (HBV) and syphilis",
    ],
)
def test_a_negative_test_asks_for_none_of_what_it_names(sentence: str) -> None:
    things = [line for line in _lines("Inclusion", sentence) if not line.endswith(":")]
    assert things
    assert all(line.startswith("not: ") for line in things)


@pytest.mark.parametrize("sentence", ["HIV status must be known", "Hepatitis B antibody status documented"])
def test_a_status_that_must_be_known_is_not_the_illness(sentence: str) -> None:
    assert _lines("Inclusion", sentence) == [f'not read: "{sentence}"']


@pytest.mark.parametrize(
    ("section", "sentence", "line"),
    [
        ("Inclusion", "HIV infection", "HIV or AIDS"),
        ("Inclusion", "Known HIV positive status", "HIV or AIDS"),
        ("Inclusion", "Negative for hepatitis B; HIV infection proven", "HIV or AIDS"),
        ("Exclusion", "Hepatitis B", "not: hepatitis B"),
    ],
)
def test_what_is_asked_for_or_bars_stays_so(section: str, sentence: str, line: str) -> None:
    assert line in _lines(section, sentence)
