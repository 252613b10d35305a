"""What only time brings: an open study that nobody has confirmed for a year is told on the day, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.changes.edits import edited
from tests.unit.store.fill import run
from trialfinder.changes import events_between
from trialfinder.changes.record_events import Event
from trialfinder.store import Store

VERIFIED = "statusModule.statusVerifiedDate"
STATUS = "statusModule.overallStatus"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def on(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 6, tzinfo=dt.UTC)


def told(store: Store) -> list[Event]:
    return [event for event in events_between(store, 0) if event.kind == "unconfirmed_for_a_year"]


def test_it_is_told_by_the_first_run_after_the_year_and_by_no_other(store: Store) -> None:
    record = edited({VERIFIED: "2025-11", STATUS: "RECRUITING"})
    for day in (on(2026, 11, 29), on(2026, 11, 30), on(2026, 12, 1), on(2026, 12, 2)):
        run(store, day, {"default": [record]})
    (event,) = told(store)
    # The last day of November 2025 is a year ago on 30 November 2026; the day after it is more than a year.
    assert event.date_seen.date() == dt.date(2026, 12, 1)
    assert event.severity == "important"
    assert (
        event.words
        == "nobody has confirmed for a year that it is recruiting (last in 2025-11): ask before you count on it"
    )
    assert told(store) == [event]


def test_a_gap_between_two_runs_hides_nothing(store: Store) -> None:
    for day in (on(2026, 3, 1), on(2027, 6, 1)):
        run(store, day, {"default": [edited({VERIFIED: "2025-11", STATUS: "RECRUITING"})]})
    assert [event.refresh_id for event in told(store)] == [2]


@pytest.mark.parametrize(
    "edits",
    [
        {VERIFIED: "2025-11", STATUS: "COMPLETED"},
        {VERIFIED: "2025-11", STATUS: "UNKNOWN"},
        {VERIFIED: "2026-02", STATUS: "RECRUITING"},
        {VERIFIED: "2024-02", STATUS: "RECRUITING"},
    ],
)
def test_what_is_not_open_or_not_on_that_day_is_no_news(store: Store, edits: dict[str, str]) -> None:
    for day in (on(2026, 11, 29), on(2026, 12, 2)):
        run(store, day, {"default": [edited(edits)]})
    assert told(store) == []


def test_a_study_that_was_confirmed_meanwhile_and_one_that_is_new_are_no_news(store: Store) -> None:
    old = {VERIFIED: "2025-11", STATUS: "RECRUITING"}
    new = edited(old | {"identificationModule.nctId": "NCT90000002"})
    run(store, on(2026, 11, 29), {"default": [edited(old)]})
    run(store, on(2026, 12, 2), {"default": [edited(old | {VERIFIED: "2026-11"}), new]})
    assert told(store) == []
    assert any(event.kind == "new_study" for event in events_between(store, 0))
