"""Too little is refused, too much is told."""

from __future__ import annotations

import datetime as dt
import shlex
from typing import Any

import pytest

from trialfinder.errors import ExpectationFailed
from trialfinder.refresh import SearchPlan
from trialfinder.refresh.believe import NotBelieved, check
from trialfinder.registry.searches import Expect, SavedSearch

CRITERIA = frozenset({"eligibility_criteria"})


def judge(
    count: int,
    *,
    before: int | None = None,
    filled: int | None = None,
    odd: int = 0,
    expect: Expect | None = None,
    full: bool = True,
    **more: Any,
) -> tuple[str, ...]:
    expect = expect or Expect(0, 1000, {})
    plan = SearchPlan(
        SavedSearch("a", "", "", (), expect),
        "full" if full else "incremental",
        None if full else dt.date(2026, 1, 1),
        "q",
        "",
    )
    ids = [f"NCT{number:08d}" for number in range(count)]
    have = {nct_id: CRITERIA if filled is None or at < filled else frozenset() for at, nct_id in enumerate(ids)}
    return check(plan, ids, have, ids[:odd], before, **more)


def refusal(count: int, **more: Any) -> str:
    with pytest.raises(ExpectationFailed) as caught:
        judge(count, **more)
    assert "the store was left as it was" in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_too_few_are_refused_and_too_many_told() -> None:
    expect = Expect(5, 8, {})
    assert judge(5, before=5, expect=expect) == ()
    assert judge(9, before=5, expect=expect) == ("a: 9 studies came, at most 8 were expected",)
    assert refusal(4, before=5, expect=expect).startswith("a: 4 studies came, at least 5 were expected;")
    assert judge(4, before=5, expect=expect, accept_fall=True) == ("a: 4 studies came, at least 5 were expected",)


def test_a_least_number_that_no_run_has_confirmed_is_only_a_guess() -> None:
    expect, told = Expect(25, 99, {}), ("a: 4 studies came, at least 25 were expected",)
    assert judge(4, expect=expect) == told
    assert judge(4, before=4, expect=expect) == ()
    assert judge(0, expect=Expect(5, 99, {})) == ("a: no study came, at least 5 were expected",)
    assert refusal(0, expect=expect).startswith("a: no study came, at least 25 were expected;")
    assert refusal(24, before=25, expect=expect)


@pytest.mark.parametrize(("before", "now"), [(100, 70), (10, 7), (3, 1), (2, 0), (None, 0), (0, 0), (5, 50)])
def test_an_ordinary_fall_is_believed(before: int | None, now: int) -> None:
    assert judge(now, before=before) == ()


@pytest.mark.parametrize(("before", "now", "share"), [(100, 69, "31%"), (10, 6, "40%"), (9, 6, "33%"), (3, 0, "100%")])
def test_a_sudden_fall_is_refused_until_a_person_says_it_is_real(before: int, now: int, share: str) -> None:
    words = f"{now} studies came, {before} the last time, a fall of {share}"
    assert words in refusal(now, before=before)
    assert judge(now, before=before, accept_fall=True) == (f"a: {words}",)


def test_empty_fields_are_refused() -> None:
    expect = Expect(0, 1000, {"eligibility_criteria": 0.9})
    assert judge(10, filled=9, expect=expect) == ()
    words = "only 8 of 10 studies have eligibility criteria, 90% were expected"
    assert words in refusal(10, filled=8, expect=expect)
    assert judge(10, filled=8, expect=expect, accept_fall=True) == (f"a: {words}",)


@pytest.mark.parametrize(("count", "filled", "believed"), [(1, 0, True), (2, 1, True), (5, 3, True), (5, 0, False)])
def test_a_few_updates_may_have_an_empty_field_but_not_all(count: int, filled: int, believed: bool) -> None:
    expect = Expect(50, 1000, {"eligibility_criteria": 1.0})
    if believed:
        assert judge(count, filled=filled, expect=expect, full=False) == ()
    else:
        assert "only 0 of 5 updated studies have eligibility criteria" in refusal(
            count, filled=filled, expect=expect, full=False
        )


def test_no_updates_are_no_reason_for_doubt() -> None:
    assert judge(0, expect=Expect(50, 100, {"eligibility_criteria": 1.0}), full=False, before=90) == ()


@pytest.mark.parametrize(("count", "odd"), [(10, 4), (50, 5), (1000, 100)])
def test_some_records_out_of_shape_are_believed(count: int, odd: int) -> None:
    assert judge(count, odd=odd) == ()


@pytest.mark.parametrize(("count", "odd"), [(5, 5), (49, 5), (1000, 101)])
def test_many_records_out_of_shape_are_not(count: int, odd: int) -> None:
    assert f"{odd} of {count} records are not in the promised shape" in refusal(count, odd=odd)
    assert "newer trialfinder" in refusal(count, odd=odd, accept_fall=True)


def test_one_study_without_a_value_does_not_stop_a_small_search() -> None:
    """99 % of thirty studies is all of them: one empty title ended every refresh until somebody looked."""
    expect = Expect(0, 1000, {"eligibility_criteria": 0.99})
    assert judge(30, filled=29, expect=expect) == ()
    assert "only 28 of 30 studies have eligibility criteria" in refusal(30, filled=28, expect=expect)
    assert "only 980 of 1000" in refusal(1000, filled=980, expect=expect)


def test_what_could_not_be_read_is_not_empty() -> None:
    expect = Expect(0, 1000, {"eligibility_criteria": 0.99})
    assert judge(30, odd=3, expect=expect) == ()


def test_all_that_is_not_believed_is_told_at_once_with_one_command() -> None:
    """One search a run was told, so that a job of every night failed for a week."""
    alone = NotBelieved([("a", True, "nothing came")])
    assert str(alone).startswith("a: nothing came; the store was left as it was. Look at the search")
    assert alone.suggestions == ("trialfinder queries show a", "trialfinder refresh --query a --full --accept-fall")
    both = NotBelieved([("words: nerve 'graft'", False, "3 came"), ("b", True, "4 came")])
    assert str(both).startswith("2 searches: words: nerve 'graft': 3 came | b: 4 came; the store was left as it was.")
    show, accept = map(shlex.split, both.suggestions)
    assert show == ["trialfinder", "queries", "show", "b"]
    assert accept == [
        "trialfinder", "refresh", "--query", "words: nerve 'graft'", "--query", "b", "--full", "--accept-fall"
    ]  # fmt: skip
    assert "file of your own" not in str(NotBelieved([("words: x", True, "3 came")]))


def test_of_many_searches_that_fell_the_numbers_are_told() -> None:
    """Eight sentences of two clauses each stood before the two lines to paste."""
    doubts = [(name, True, "5 studies came, 32 the last time, a fall of 84%") for name in "abcd"]
    odd = ("e", True, "only 1 of 9 studies have conditions")
    told = str(NotBelieved([*doubts, odd], dict.fromkeys("abcd", (5, 32))))
    brief = "far fewer studies than the last time: a 5 of 32, b 5 of 32, c 5 of 32, d 5 of 32"
    assert told.startswith(
        f"5 searches: {brief} | e: only 1 of 9 studies have conditions; the store was left as it was."
    )
    assert "a: 5 studies came, 32 the last time" in str(NotBelieved(doubts[:3], dict.fromkeys("abc", (5, 32))))


def test_what_fell_and_lacks_fields_too_is_told_whole() -> None:
    expect = Expect(0, 1000, {"eligibility_criteria": 0.9})
    with pytest.raises(NotBelieved) as fell:
        judge(10, before=40, expect=expect)
    assert fell.value.fell == {"a": (10, 40)}
    with pytest.raises(NotBelieved) as both:
        judge(10, before=40, filled=2, expect=expect, empty_before=lambda: {"eligibility_criteria": 0.0})
    assert both.value.fell == {}
