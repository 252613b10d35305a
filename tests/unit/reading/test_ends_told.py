"""Brackets that only say that both ends of a range count belong to the range."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.wording.ends_told import behind_ends


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Ages at 20-60 years (including 20 and 60 years)", "Ages at 20-60 years (including 20 and 60 years)"),
        ("Aged 20 to 60 (20 and 60 included)", "Aged 20 to 60 (20 and 60 included)"),
        ("Aged between 20 and 60 years (both inclusive)", "Aged between 20 and 60 years (both inclusive)"),
        ("Aged 20 to 60 years (including the boundary values)", "Aged 20 to 60 years (including the boundary values)"),
        ("Aged 20 to 60 years (including 25 smokers)", "Aged 20 to 60 years"),
        ("Aged 20 to 60 years (including 30 and 40 years)", "Aged 20 to 60 years"),
    ],
)  # fmt: skip
def test_the_bracket_belongs_to_the_range_and_nothing_else_does(words: str, quote: str) -> None:
    text = f"Inclusion Criteria:\n\n* {words}\n"
    (criterion,) = criteria_tree(text)
    ages = [part for part in _leaves(criterion.node) if part.concept == "age"]
    assert {text[age.start : age.end] for age in ages} == {quote}
    assert [(age.bounds.low, age.bounds.high) for age in ages if age.bounds] == [(20.0, 60.0)]


def _leaves(node: object) -> list[Leaf]:
    if isinstance(node, Leaf):
        return [node]
    return [leaf for part in getattr(node, "parts", ()) for leaf in _leaves(part)]


def test_other_numbers_in_the_bracket_are_not_the_ends() -> None:
    assert behind_ends("20-60 (20 and 60 included)", 5, 20, 60) == 26
    assert behind_ends("20-60 (20 and 50 included)", 5, 20, 60) == 5
    assert behind_ends("20-60 (including smokers)", 5, 20, 60) == 5
