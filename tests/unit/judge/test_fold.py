"""The fold over a criterion's tree: truth tables written out, and the leaves that decide."""

from __future__ import annotations

import itertools

import pytest

from tests.unit.judge.made import leaf
from trialfinder.base.answer import Answer
from trialfinder.judge.fold import deciding, fold, no_group
from trialfinder.reading.nodes.tree import AllOf, AnyOf, AtLeast, Except, Group, Leaf, Node, Not, Unread, When

Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN
A, B, C = leaf("cardiac", "a"), leaf("renal", "b"), leaf("hepatic", "c")
_LETTERS = {"y": Y, "n": N, "u": U}


def told(answers: str) -> dict[Leaf, Answer]:
    return {one: _LETTERS[letter] for one, letter in zip((A, B, C), answers, strict=False)}


def folded(node: Node, answers: str, **more: bool) -> str:
    known = told(answers)
    return fold(node, lambda one: known[one], **more).value[0]  # type: ignore[arg-type]


# Each row: what is known of A and B, and the answer.
_TABLES: dict[str, tuple[Node, str]] = {
    "all": (AllOf((A, B)), "yy:y yn:n yu:u ny:n nn:n nu:n uy:u un:n uu:u"),
    "any": (AnyOf((A, B)), "yy:y yn:y yu:y ny:y nn:n nu:u uy:y un:u uu:u"),
    "not": (Not(A), "y:n n:y u:u"),
    "except": (Except(A, B), "yy:n yn:y yu:u ny:n nn:n nu:n uy:n un:u uu:u"),
    "when it bars": (When(A, B, bars=True), "yy:y yn:n yu:u ny:n nn:n nu:n uy:u un:n uu:u"),
    "when it asks": (When(A, B, bars=False), "yy:y yn:n yu:u ny:y nn:y nu:y uy:y un:u uu:u"),
    "all with unread": (AllOf((A, Unread(0, 1))), "y:u n:n u:u"),
    "any with unread": (AnyOf((A, Unread(0, 1))), "y:y n:u u:u"),
}


@pytest.mark.parametrize("name", _TABLES)
def test_truth_tables(name: str) -> None:
    node, rows = _TABLES[name]
    for row in rows.split():
        answers, expected = row.split(":")
        assert folded(node, answers) == expected, row


@pytest.mark.parametrize(
    ("answers", "expected"),
    [("yyn", "y"), ("yun", "u"), ("ynn", "n"), ("yuu", "u"), ("yyu", "y"), ("nnu", "n"), ("unu", "u"), ("nnn", "n")],
)
def test_at_least_two_of_three(answers: str, expected: str) -> None:
    assert folded(AtLeast(2, (A, B, C)), answers) == expected


def test_more_asked_for_than_was_seen_decides_nothing() -> None:
    assert folded(AtLeast(3, (A, B)), "yy") == folded(AtLeast(3, (A, B)), "nn") == "u"


def test_a_group_of_other_people_and_a_cohort_that_does_not_count_ask_nothing_under_either_heading() -> None:
    for answers in "ynu":
        assert folded(Group("Donors", "other", A), answers) == "y"
        assert folded(Not(Group("Donors", "other", A)), answers) == "y"
        assert folded(Group("Donors", "other", Not(A)), answers) == "y"
        assert fold(Not(Group("Cohort 1", "participant", A)), lambda _: Y, no_group) is Y
    assert folded(Not(Group("Cohort 1", "participant", A)), "y") == "n"


def test_learning_never_turns_a_node_around() -> None:
    """Over every tree of this file and everything that can be known."""
    trees: list[Node] = [node for node, _ in _TABLES.values()] + [AtLeast(2, (A, B, C)), Not(Except(AnyOf((A, C)), B))]
    for node in trees:
        for before in itertools.product("ynu", repeat=3):
            known = folded(node, "".join(before))
            for after in itertools.product("yn", repeat=3):
                if all(b in ("u", a) for b, a in zip(before, after, strict=True)):
                    assert known in ("u", folded(node, "".join(after)))


@pytest.mark.parametrize(
    ("node", "answers", "names"),
    [
        (Not(AnyOf((A, B, C))), "yny", "ac"),
        (Not(AllOf((A, B))), "yyn", "ab"),
        (AllOf((A, B, C)), "ynu", "b"),
        (AnyOf((A, B)), "nnu", "ab"),
        (Not(Except(A, B)), "ynu", "a"),
        (Not(When(A, B, bars=True)), "yyu", "b"),
        (When(A, B, bars=False), "ynu", "b"),
        (AllOf((Not(A), Not(AnyOf((B, C))))), "yun", "a"),
        (AtLeast(2, (A, B, C)), "nny", "ab"),
        (Group("Cohort 1", "participant", Not(AnyOf((A, B)))), "ynu", "a"),
    ],
)
def test_a_no_names_the_leaves_that_force_it(node: Node, answers: str, names: str) -> None:
    known = told(answers)
    assert fold(node, lambda one: known[one]) is N
    assert "".join(sorted(one.noun for one in deciding(node, lambda one: known[one]))) == names
