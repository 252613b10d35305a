"""Every row of the pattern files reads its own examples, and does not read its counter-examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trialfinder.phrases.screens import words_of
from trialfinder.reading import check_patterns, load_patterns
from trialfinder.reading.check_examples import counter_example_problem, example_problem
from trialfinder.reading.vocabulary.cues import CUE, load_cues
from trialfinder.reading.vocabulary.index import load_index
from trialfinder.reading.vocabulary.patterns import Rule
from trialfinder.reading.wording.normalise import clean

RULES = [(f"{p.id}-{r.number}", r) for p in load_patterns().values() for r in p.rules]
CUES = [(r.pattern, r) for r in load_cues().rules]


@pytest.mark.parametrize("rule", [r for _, r in RULES], ids=[name for name, _ in RULES])
def test_a_row_reads_its_examples_and_not_its_counter_examples(rule: Rule) -> None:
    assert rule.yes and rule.no, f"{rule.where}: give examples under yes and under no"
    assert [p for e in rule.yes if (p := example_problem(rule, e))] == []
    assert [p for text in rule.no if (p := counter_example_problem(rule, text))] == []


@pytest.mark.parametrize("rule", [r for _, r in CUES], ids=[name for name, _ in CUES])
def test_context_words_are_found_in_their_examples(rule: Rule) -> None:
    def found(text: str) -> bool:
        cleaned = clean(text)
        return any(h.rule is rule for h in load_index().hits(cleaned.text, cleaned.lower, words_of(cleaned.lower))[0])

    assert all(rule.pattern.startswith(CUE) and found(e.text) for e in rule.yes)
    assert not any(found(text) for text in rule.no)


@pytest.mark.shared
def test_every_id_of_the_catalogue_has_a_pattern(shared: Path) -> None:
    rows = (shared / "eligibility-patterns.md").read_text(encoding="utf-8")
    catalogue = set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE))
    assert len(catalogue) > 50
    assert catalogue - set(load_patterns()) == set()
    assert set(load_patterns()) - catalogue == set()


def test_the_check_of_the_files_finds_nothing() -> None:
    assert check_patterns() == []
