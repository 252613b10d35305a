"""What differs between two runs, study by study."""

from __future__ import annotations

from tests.standin.samples import sample, samples
from tests.unit.store.fill import day, run, titled
from trialfinder.store import Store, Transition


def between(store: Store, since: int, until: int | None = None) -> dict[str, Transition]:
    return {found.nct_id: found for found in store.transitions(since, until)}


def test_every_kind_of_change_is_told_once(store: Store) -> None:
    run(store, day(0), {"a": samples(4), "b": [sample(1)]})
    run(store, day(1), {"a": [titled(1, "New"), sample(2), sample(5)], "b": [sample(2)]}, gone={"NCT00000004": "404"})
    found = between(store, 1)
    assert list(found) == [f"NCT{n:08d}" for n in (1, 2, 3, 4, 5)]
    one, two, three, four, five = found.values()
    assert one.is_changed
    assert not one.is_new
    assert (one.left, one.entered) == (("b",), ())
    assert (two.entered, two.returned, two.is_changed) == (("b",), (), False)
    assert (three.left, three.gone, three.is_changed) == (("a",), False, False)
    assert (four.left, four.gone, four.gone_reason) == (("a",), True, "404")
    assert (five.is_new, five.entered, five.old) == (True, ("a",), None)
    assert five.new is not None
    assert five.new.first_refresh == 2


def test_what_comes_back_is_told_as_such(store: Store) -> None:
    run(store, day(0), {"a": samples(3)})
    run(store, day(1), {"a": [sample(1)]}, gone={"NCT00000002": "404"})
    outcome = run(store, day(2), {"a": samples(3)})
    assert outcome.came_back == ("NCT00000002", "NCT00000003")
    found = between(store, 2)
    assert list(found) == ["NCT00000002", "NCT00000003"]
    two, three = found.values()
    assert (two.came_back, two.entered, two.returned) == (True, ("a",), ("a",))
    assert (three.came_back, three.entered, three.returned) == (False, ("a",), ("a",))
    assert between(store, 1, 1) == {}
    assert between(store, 0, 3).keys() == {"NCT00000001", "NCT00000002", "NCT00000003"}
    assert between(store, 1, 3) == {}, "there and back again: the ends are alike"


def test_nothing_new_tells_nothing(store: Store) -> None:
    run(store, day(0), {"a": samples(3)})
    run(store, day(1), {"a": samples(3)})
    assert between(store, 1) == {}


def test_being_gone_twice_is_told_twice(store: Store) -> None:
    for number, present in enumerate([True, False, True, False]):
        run(store, day(number), {"a": [sample(1)] if present else []}, gone={} if present else {"NCT00000001": "404"})
    flags = [(found.gone, found.came_back) for n in range(1, 4) for found in store.transitions(n, n + 1)]
    assert flags == [(True, False), (False, True), (True, False)]
    assert store.info().gone == 1
