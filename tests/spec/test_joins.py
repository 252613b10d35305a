"""The written truth tables of ``tables``, run over ten pairs of things each."""

from __future__ import annotations

import functools
import operator

import pytest

from tests.spec.tables import CROSSED, FRAMES, MEANINGS, PAIRS, ROWS, THINGS
from trialfinder.base.answer import Answer
from trialfinder.reading import criteria_tree, read_criteria
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Except, Leaf, Node, Not, Unread, When

TITLE = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}
WORD = {"yes": Answer.YES, "no": Answer.NO, "unknown": Answer.UNKNOWN}


def value(node: Node, told: dict[str, Answer]) -> Answer:
    """The slow and obvious reading of a tree: what is narrowed is unknown where the broad thing is there."""
    match node:
        case Leaf():
            has = told[node.concept]
            return Answer.UNKNOWN if has is Answer.YES and node.narrowing else has
        case Not(part):
            return ~value(part, told)
        case AllOf(parts):
            return functools.reduce(operator.and_, (value(part, told) for part in parts))
        case AnyOf(parts):
            return functools.reduce(operator.or_, (value(part, told) for part in parts))
        case Except(whole, spared):
            return value(whole, told) & ~value(spared, told)
        case When(condition, part, bars):
            met, said = value(condition, told), value(part, told)
            return met & said if bars else ~met | said
        case _:
            assert isinstance(node, Unread)
            return Answer.UNKNOWN


def lets_in(section: str, sentence: str, told: dict[str, Answer]) -> Answer:
    found = Answer.YES
    for criterion in criteria_tree(f"{TITLE[section]}\n\n* {sentence}"):
        if criterion.node is not None:
            found = found & value(criterion.node, told)
    return found


@pytest.mark.parametrize(("section", "sentence", "meaning"), ROWS)
def test_a_join_means_what_its_table_says(section: str, sentence: str, meaning: str) -> None:
    wrong = []
    for a, b in CROSSED:
        words = sentence.replace("{A}", a).replace("{B}", b)
        words = words[0].upper() + words[1:]
        for (has_a, has_b), expected in zip(PAIRS, MEANINGS[meaning][1], strict=True):
            said = lets_in(section, words, {THINGS[a]: WORD[has_a], THINGS[b]: WORD[has_b]})
            if said is not WORD[expected]:
                wrong.append((words, has_a, has_b, said.value))
    assert wrong == []


@pytest.mark.parametrize(("role", "section", "frame"), FRAMES)
@pytest.mark.parametrize("thing", THINGS)
def test_what_is_only_mentioned_is_not_read(role: str, section: str, frame: str, thing: str) -> None:
    del role
    sentence = frame.replace("{A}", thing)
    text = f"{TITLE[section]}\n\n* {sentence[0].upper()}{sentence[1:]}"
    assert THINGS[thing] not in {r.pattern for item in read_criteria(text) for r in item.readings}


def test_every_meaning_has_nine_rows() -> None:
    assert all(len(rows) == len(PAIRS) == 9 for _, rows in MEANINGS.values())
