"""The invented sentences of ``benchmarks/invented`` are well-formed, so that their figures count all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialfinder.person.read_profile import read_facts
from trialfinder.reading import load_patterns

FOLDER = Path(__file__).parents[2] / "benchmarks" / "invented"


def lines(name: str, parts: int) -> list[list[str]]:
    """The lines of a file, each in its parts."""
    return [line.split("|", parts) for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("name", [f"{kind}-{half}" for kind in ("attack", "true") for half in "ab"])
def test_each_case_has_facts_of_the_profile_and_an_answer(name: str) -> None:
    cases = lines(name, 3)
    assert len(cases) in {110, 220}
    for section, facts, answer, text in cases:
        assert section in {"inc", "exc"}
        assert answer in {"conflict", "met", "open"}
        assert text
        nested: dict[str, dict[str, object]] = {}
        for key, value in json.loads(facts).items():
            table, _, own = key.partition(".")
            nested.setdefault(table, {})[own] = value
        assert read_facts(nested, name)


@pytest.mark.parametrize("name", ["para-a", "para-b", "para-c", "para-d"])
def test_each_paraphrase_has_patterns_of_the_catalogue(name: str) -> None:
    known = set(load_patterns())
    found = lines(name, 2)
    assert len(found) in {260, 400}
    for section, patterns, text in found:
        assert section in {"inc", "exc"}
        assert text
        assert patterns == "-" or {p.strip() for p in patterns.split(",")} <= known
