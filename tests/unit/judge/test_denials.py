"""What the denial of a thing decides: written out over the tree of a criterion, and in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.made import leaf
from tests.unit.judge.one_sentence import verdict_on
from trialfinder.base.answer import Answer
from trialfinder.judge.denials.denial_words import DeniedSentence, denial_words, is_state
from trialfinder.judge.denials.head_noun import head_named
from trialfinder.judge.fold import fold
from trialfinder.reading.nodes.tree import AllOf, AnyOf, AtLeast, Except, Group, Node, Not, Unread, When

DENIED, OTHER, UNREAD = leaf("renal", "denied"), leaf("cardiac", "not told"), Unread(0, 1)
SAME = leaf("renal", "denied as well")

# What the sentence describes, and the answer to it where it is asked for and where it bars: m(et), c(onflict), o(pen).
TABLE: dict[str, tuple[Node, str, str]] = {
    "alone": (DENIED, "c", "m"),
    "with another": (AllOf((DENIED, OTHER)), "c", "m"),
    "with what was not read": (AllOf((DENIED, UNREAD)), "c", "m"),
    "or another": (AnyOf((DENIED, OTHER)), "o", "o"),
    "or what was not read": (AnyOf((DENIED, UNREAD)), "o", "o"),
    "or another that is denied": (AnyOf((DENIED, SAME)), "c", "m"),
    "one of two ways, each with it": (AnyOf((AllOf((DENIED, OTHER)), AllOf((SAME, UNREAD)))), "c", "m"),
    "two of three, of which two": (AtLeast(2, (DENIED, SAME, OTHER)), "c", "m"),
    "two of three, of which one": (AtLeast(2, (DENIED, UNREAD, OTHER)), "o", "o"),
    "its absence": (Not(DENIED), "m", "c"),
    "its absence with another": (AllOf((Not(DENIED), OTHER)), "o", "o"),
    "but for something": (Except(DENIED, OTHER), "c", "m"),
    "but for what was not read": (Except(DENIED, UNREAD), "c", "m"),
    "something but for it": (Except(OTHER, DENIED), "o", "o"),
    "what was not read but for it": (Except(UNREAD, DENIED), "o", "o"),
    "of one cohort": (Group("A", "participant", DENIED), "c", "m"),
    "of a donor": (Group("donor", "other", DENIED), "m", "m"),
    "of a donor, with another of oneself": (AllOf((Group("donor", "other", DENIED), OTHER)), "o", "m"),
}


def _answer(node: Node, *, barred: bool) -> str:
    known = {DENIED: Answer.NO, SAME: Answer.NO, OTHER: Answer.UNKNOWN}
    answer = fold(Not(node) if barred else node, lambda one: known[one])
    return {Answer.YES: "m", Answer.NO: "c", Answer.UNKNOWN: "o"}[answer]


@pytest.mark.parametrize("name", TABLE)
def test_a_denial_over_the_tree(name: str) -> None:
    node, asked, barred = TABLE[name]
    assert (_answer(node, barred=False), _answer(node, barred=True)) == (asked, barred)


@pytest.mark.parametrize(
    ("condition", "part", "asked", "barred"),
    [(DENIED, OTHER, "m", "m"), (DENIED, UNREAD, "m", "m"), (OTHER, DENIED, "o", "m"), (UNREAD, DENIED, "o", "m")],
)
def test_a_denial_under_a_condition(condition: Node, part: Node, asked: str, barred: str) -> None:
    assert _answer(When(condition, part, bars=False), barred=False) == asked
    assert _answer(When(condition, part, bars=True), barred=True) == barred


def _nested(told: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for key, value in told.items():
        table, _, name = key.partition(".")
        facts.setdefault(table, {})[name] = value
    return facts


@pytest.mark.parametrize("sentence", denial_words().met, ids=lambda one: one.text)
def test_what_does_not_bar_who_denies_it(sentence: DeniedSentence) -> None:
    assert verdict_on(f"ex: {sentence.text}", _nested(sentence.told)) == "nothing_against"


@pytest.mark.parametrize("sentence", denial_words().open, ids=lambda one: one.text)
def test_what_a_denial_leaves(sentence: DeniedSentence) -> None:
    assert verdict_on(f"ex: {sentence.text}", _nested(sentence.told)) == "possible"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Severe emphysema needing oxygen", "severe emphysema"),
        ("History of cirrhosis", "cirrhosis"),
        ("Cirrhosis or gastritis", None),
        ("Cirrhosis, gastritis", None),
        ("Emphysema screening", None),
        ("No cirrhosis", None),
        ("Drugs that cause cirrhosis", None),
        ("Risk of cirrhosis", None),
        ("Cirrhosis in a brother", None),
        ("Suspected cirrhosis", None),
    ],
)
def test_the_head_of_what_was_not_read(words: str, named: str | None) -> None:
    found = head_named(words)
    assert (found[0] if found else None) == named


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("incompletely resected with bulk residual disease", True),
        ("autosomal dominant", True),
        ("any serious disease", False),
        ("cognitive", False),
        ("", False),
    ],
)
def test_states_of_one_and_the_same_thing(words: str, state: bool) -> None:
    assert is_state(words) is state
