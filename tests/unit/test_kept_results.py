"""What is made in several processes is what one makes; losing them costs time only."""

from __future__ import annotations

import copy
import datetime as dt
import os
from typing import Any
from unittest import mock

import pytest

from tests.e2e import made
from trialfinder.base import workers
from trialfinder.catalogue import kept_results
from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.kept_results import results, row_of
from trialfinder.catalogue.sighted import Holding, kept
from trialfinder.study.model import Study

TODAY = dt.date(2026, 11, 20)
BROKEN: dict[str, Any] = {"protocolSection": {"identificationModule": {"nctId": "NCT99999999"}, "statusModule": 3}}


def catalogue(processes: int) -> Catalogue:
    """The made studies, one of them with a status that the registry does not have, and one that cannot be read."""
    records = copy.deepcopy(made.studies())
    records[1]["protocolSection"]["statusModule"]["overallStatus"] = "ODD"
    found = {r["protocolSection"]["identificationModule"]["nctId"]: r for r in [*records, BROKEN]}
    entries = {nct_id: Holding(nct_id, kept(record)) for nct_id, record in found.items()}
    return Catalogue(Origin("records", "made"), entries, TODAY, processes=processes)


def told(one: Catalogue) -> tuple[list[Any], list[str], list[str]]:
    return one.rows(), one.set_aside, one.odd_values


def test_several_processes_make_what_one_makes() -> None:
    with mock.patch.object(kept_results, "MANY", 2), mock.patch.object(kept_results, "_AT_ONCE", 2):
        rows, aside, odd = told(catalogue(2))
    assert (rows, aside, odd) == told(catalogue(1))
    assert [each.partition(":")[0] for each in aside] == ["NCT99999999"]
    assert len(odd) == 1
    assert "'ODD'" in odd[0]


def _lost(study: Study) -> Any:
    """Ends the process that is not the test's own."""
    if os.environ.get("PARENT") != str(os.getpid()):
        os._exit(9)
    return row_of(study)


def test_a_lost_process_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARENT", str(os.getpid()))
    with mock.patch.object(kept_results, "MANY", 2):
        assert results(catalogue(2), "row", "1", _lost) == results(catalogue(1), "row", "1", row_of)


def test_where_no_process_can_be_started_one_does_all() -> None:
    with (
        mock.patch.object(kept_results, "MANY", 2),
        mock.patch.object(workers, "ProcessPoolExecutor", side_effect=OSError("no semaphores here")),
    ):
        assert told(catalogue(2)) == told(catalogue(1))
