"""Criteria that another process reads ahead are those that this one reads, and losing it costs time only."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.e2e import made
from trialfinder.base.workers import hand as handed
from trialfinder.catalogue import ahead
from trialfinder.catalogue.ahead import reading_ahead
from trialfinder.catalogue.holdings import Catalogue
from trialfinder.catalogue.kept_results import judged_of
from trialfinder.catalogue.opening import from_store
from trialfinder.judge import kept_by
from trialfinder.store import Store
from trialfinder.store.importing import import_records
from trialfinder.study.model import Study

TODAY = dt.date(2026, 11, 20)
START = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Catalogue]:
    with Store.open(tmp_path / "store.sqlite3") as store:
        import_records(store, made.studies(8), "made", START)
        found = from_store(store, TODAY)
        found.processes = 2
        yield found


def in_the_store(found: Catalogue) -> dict[str, Any]:
    assert found.store is not None
    return found.store.get_derived("judged", kept_by())


def test_all_is_read_by_the_other_process(stored: Catalogue) -> None:
    ids = sorted(stored.entries)
    with (
        mock.patch.object(ahead, "MANY", 2),
        mock.patch.object(ahead, "_AT_ONCE", 3),
        reading_ahead(stored, ids) as other,
        mock.patch("trialfinder.catalogue.kept_results.read_study", side_effect=AssertionError("read here")),
    ):
        for nct_id in other.beside(ids):
            other.wait_for(nct_id)
            assert stored.entries[nct_id].hash in in_the_store(stored)
    assert len(in_the_store(stored)) == len(ids)
    here = {each.hash: json.loads(bytes(judged_of(stored.study(each.nct_id)))) for each in stored.entries.values()}
    assert in_the_store(stored) == here


def test_two_read_most_of_it_before_this_process_works_and_then_one(stored: Catalogue) -> None:
    """This process reads nothing: what reads takes as much memory as the rest of a builder."""
    ids, given = sorted(stored.entries), []

    def hand(pool: Any, *asked: Any) -> Any:
        given.append(id(pool))
        return handed(pool, *asked)

    with (
        mock.patch.object(ahead, "MANY", 2),
        mock.patch.object(ahead, "_AT_ONCE", 1),
        mock.patch.object(ahead, "_ON_THE_WAY", 1),
        mock.patch.object(ahead, "_ALONE", 0.5),
        mock.patch.object(ahead, "hand", hand),
        reading_ahead(stored, ids) as other,
        mock.patch("trialfinder.catalogue.kept_results.read_study", side_effect=AssertionError("read here")),
    ):
        assert len(set(given)) == 2 and len(in_the_store(stored)) >= len(ids) // 2
        before = len(given)
        for nct_id in other.beside(ids):
            other.wait_for(nct_id)
        assert len(set(given[before:])) == 1 and other.is_done
    assert len(in_the_store(stored)) == len(ids) == len(given)


def test_few_are_left_to_this_process(stored: Catalogue) -> None:
    with reading_ahead(stored, sorted(stored.entries)) as other:
        other.wait_for(made.nct(1))
    assert in_the_store(stored) == {}


def _lost(_study: Study) -> Any:
    """Ends the process that reads ahead."""
    os._exit(9)


def test_a_lost_process_costs_time_only(stored: Catalogue) -> None:
    ids = sorted(stored.entries)
    with (
        mock.patch.object(ahead, "MANY", 2),
        mock.patch.object(ahead, "judged_of", _lost),
        reading_ahead(stored, ids) as other,
    ):
        for nct_id in other.beside(ids):
            other.wait_for(nct_id)
    assert in_the_store(stored) == {}
    assert len(stored.criteria(ids)) == len(ids)
