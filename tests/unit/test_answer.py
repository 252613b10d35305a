"""Three-valued answers."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from trialfinder.base.answer import Answer, all_of, any_of, at_least

Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN
_AS_PANDAS = {Y: True, N: False, U: pd.NA}


@pytest.mark.parametrize(("one", "other"), list(itertools.product(Answer, repeat=2)))
def test_the_tables_agree_with_pandas_nullable_booleans(one: Answer, other: Answer) -> None:
    """pandas' Kleene logic is an independent implementation of the same tables."""
    left, right = (pd.Series([_AS_PANDAS[answer]], dtype="boolean") for answer in (one, other))
    for ours, theirs in ((one & other, (left & right)[0]), (one | other, (left | right)[0])):
        assert (ours is U) == (theirs is pd.NA)
        if ours is not U:
            assert (ours is Y) == bool(theirs)


def test_not_turns_yes_and_no_around_and_leaves_unknown() -> None:
    assert [~Y, ~N, ~U] == [N, Y, U]


def test_an_answer_refuses_to_be_a_truth_value() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(U)
    with pytest.raises(TypeError, match="three values"):
        all(answer for answer in (Y, N))


def test_of_keeps_unknown_apart_from_no() -> None:
    assert [Answer.of(True), Answer.of(False), Answer.of(None)] == [Y, N, U]


def test_all_and_any_of_nothing_are_the_neutral_answers() -> None:
    assert all_of([]) is Y
    assert any_of([]) is N
    assert all_of([Y, U, N]) is N
    assert any_of([N, U, Y]) is Y
    assert all_of([Y, U]) is U
    assert any_of([N, U]) is U


@pytest.mark.parametrize(
    ("needed", "answers", "expected"),
    [
        (2, [Y, Y, N], Y),
        (2, [Y, U, N], U),
        (2, [Y, N, N], N),
        (2, [U, U, N], U),
        (1, [N, N], N),
        (0, [], Y),
        (3, [Y, Y], N),
    ],
)
def test_at_least_n(needed: int, answers: list[Answer], expected: Answer) -> None:
    assert at_least(needed, answers) is expected
