"""What was left open without need: each kind in both directions, in sentences that no record has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.judge.one_sentence import verdict_on

LINES = Path(__file__).with_name("words_missed.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" | ") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("verdict", "sentence", "facts"), ROWS, ids=range(len(ROWS)))
def test_words_missed_before(verdict: str, sentence: str, facts: str) -> None:
    assert verdict_on(sentence.replace("\\n", "\n"), json.loads(facts)) == verdict
