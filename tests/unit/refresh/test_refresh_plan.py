"""What is asked for: as little as possible, and never less than needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.standin.samples import sample
from tests.unit.store.fill import START, day, run
from trialfinder.refresh import SearchPlan, make_plan
from trialfinder.refresh.asking_plan import definition_of
from trialfinder.registry.replies import DataVersion
from trialfinder.registry.searches import Expect, Facet, SavedSearch
from trialfinder.store import Store
from trialfinder.store.importing import import_records


def search(name: str, term: str = "nerve") -> SavedSearch:
    return SavedSearch(name, name, name, (Facet("condition", "query.cond", (term,)),), Expect(0, 100, {}))


A, B = search("a"), search("b", "muscle")


def version(stamp: str) -> DataVersion:
    return DataVersion("2.0.5", stamp)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def seen(store: Store, stamp: str, *, kind: str = "full", at: dt.datetime = START, of: SavedSearch = A) -> None:
    run(store, at, {of.name: [sample(1)]}, data_timestamp=stamp, definition=definition_of(of), kind=kind)


def plan(store: Store, stamp: str, *, of: SavedSearch = A, full: bool = False) -> SearchPlan:
    return make_plan(store, [of], version(stamp), full=full).searches[0]


def test_the_first_time_everything(store: Store) -> None:
    found = plan(store, "2026-11-20T09:00:05")
    assert (found.mode, found.since, found.reason) == ("full", None, "first time")


def test_nothing_when_the_data_has_not_moved(store: Store) -> None:
    seen(store, "2026-11-20T09:00:05")
    found = plan(store, "2026-11-20T09:00:05")
    assert (found.mode, found.reason) == ("unchanged", "the registry's data has not moved")
    assert plan(store, "2026-11-20T09:00:05", full=True).mode == "full"


@pytest.mark.parametrize(
    ("last", "now", "mode", "since"),
    [
        ("2026-11-20T09:00:05", "2026-11-23T09:00:05", "incremental", dt.date(2026, 11, 18)),
        ("2026-12-31T23:59:59", "2027-01-01T00:00:01", "incremental", dt.date(2026, 12, 29)),
        ("2027-01-01T09:00:00", "2027-01-04T09:00:00", "incremental", dt.date(2026, 12, 30)),
        ("2028-03-01T09:00:00", "2028-03-02T09:00:00", "incremental", dt.date(2028, 2, 28)),
        ("2026-11-20T09:00:05", "2026-11-27T09:00:04", "incremental", dt.date(2026, 11, 18)),
        ("2026-11-20T09:00:05", "2026-11-27T09:00:05", "full", None),
        ("2026-11-20T09:00:05", "2026-11-19T09:00:05", "full", None),
        ("2026-11-20T09:00:05", "soon", "full", None),
        ("soon", "2026-11-20T09:00:05", "full", None),
        ("soon", "soon", "unchanged", None),
    ],
)
def test_updates_since_the_last_believed_run_with_two_days_of_overlap(
    store: Store, last: str, now: str, mode: str, since: dt.date | None
) -> None:
    seen(store, last)
    found = plan(store, now)
    assert (found.mode, found.since) == (mode, since)


def test_the_anchor_is_the_last_run_and_the_week_is_counted_from_the_last_full_one(store: Store) -> None:
    seen(store, "2026-11-02T09:00:05")
    seen(store, "2026-11-05T09:00:05", kind="incremental", at=day(1))
    assert plan(store, "2026-11-08T09:00:05").since == dt.date(2026, 11, 3)
    assert plan(store, "2026-11-09T09:00:05").mode == "full"


def test_our_own_clock_plays_no_part(store: Store) -> None:
    """The run that came last counts, though the computer's clock had jumped back a year before it."""
    seen(store, "2026-11-18T09:00:05", at=day(0))
    seen(store, "2026-11-20T09:00:05", at=day(-365), kind="incremental")
    assert plan(store, "2026-11-20T09:00:05").mode == "unchanged"
    assert plan(store, "2026-11-21T09:00:05").since == dt.date(2026, 11, 18)


def test_a_changed_search_is_asked_from_scratch(store: Store) -> None:
    seen(store, "2026-11-20T09:00:05")
    changed = search("a", "nerves")
    assert plan(store, "2026-11-20T09:00:05", of=changed).reason == "the search was changed"
    described = replace(A, description="Other words for people", expect=Expect(5, 10, {}))
    assert plan(store, "2026-11-20T09:00:05", of=described).mode == "unchanged"


def test_a_changed_interface_is_asked_from_scratch(store: Store) -> None:
    seen(store, "2026-11-20T09:00:05")
    found = make_plan(store, [A], DataVersion("2.1.0", "2026-11-20T09:00:05"))
    assert (found.kind, found.searches[0].reason) == ("full", "the registry's interface was changed")


def test_each_search_has_its_own_past(store: Store) -> None:
    seen(store, "2026-11-18T09:00:05")
    seen(store, "2026-11-20T09:00:05", of=B)
    found = make_plan(store, [A, B, search("c")], version("2026-11-20T09:00:05"))
    assert [one.mode for one in found.searches] == ["incremental", "unchanged", "full"]
    assert found.kind == "full"
    assert make_plan(store, [A, B], version("2026-11-20T09:00:05")).kind == "incremental"


def test_an_import_is_no_run(store: Store) -> None:
    import_records(store, [sample(1)], "file", START, search="a")
    assert plan(store, "2026-11-20T09:00:05").reason == "first time"
