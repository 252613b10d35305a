"""Words beside a thing that change whom it bars: each kind in both directions, in sentences that no record has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.judge.one_sentence import verdict_on

ROWS = [
    pytest.param(*[*line.split(" | "), "Knee pain"][:4], id=f"{file}-{number}")
    for file in (
        "words_beside",
        "words_missed",
        "words_of_kinds",
        "words_told",
        "words_denied",
        "words_left_open",
        "words_firm",
        "words_of_clauses",
        "words_plain",
        "words_of_classes",
        "words_of_lists",
        "words_of_degrees",
        "words_that_rule",
    )
    for number, line in enumerate(Path(__file__).with_name(f"{file}.txt").read_text(encoding="utf-8").splitlines(), 1)
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("verdict", "sentence", "facts", "condition"), ROWS)
def test_words_beside_a_thing(verdict: str, sentence: str, facts: str, condition: str) -> None:
    assert verdict_on(sentence.replace("\\n", "\n"), json.loads(facts), condition) == verdict
