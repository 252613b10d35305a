"""Unread words that begin with a sex are for that sex only."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.nodes.tree import Leaf, Not, Unread, When


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("Male study participants who plan to give away sperm", "male"),
        ("Women who knit", "female"),
        ("Females must own a bicycle", "female"),
        ("Men and women who knit", ""),
        ("Male partners who knit", ""),
        ("People who knit", ""),
    ],
)
def test_of_whom_it_is(words: str, sex: str) -> None:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {words}")
    assert isinstance(criterion.node, Not)
    part = criterion.node.part
    if not sex:
        assert isinstance(part, Unread)
        return
    assert isinstance(part, When) and part.bars and isinstance(part.part, Unread)
    assert isinstance(part.condition, Leaf)
    assert (part.condition.concept, part.condition.value) == ("sex", sex)
