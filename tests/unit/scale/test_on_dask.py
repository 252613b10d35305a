"""The same steps on a real Dask cluster of this machine, of which a worker is killed in the middle."""

from __future__ import annotations

import datetime as dt
import functools
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from tests.unit.scale import bulk
from tests.unit.scale.test_dataset import TODAY, brought, rows, told
from trialfinder.errors import InputError
from trialfinder.scale.dataset import Dataset
from trialfinder.scale.engines import run_parts
from trialfinder.scale.steps import match_part

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def own_environment() -> Iterator[None]:
    """Dask tells its workers by the environment how many threads to use."""
    with mock.patch.dict(os.environ):
        yield


def test_a_worker_is_killed_in_the_middle_and_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    folder, note = tmp_path / "ctg", tmp_path / "note"
    made = bulk.records(60, parts=20)
    brought(folder, bulk.zipped(tmp_path / "a.zip", made))
    parts = Dataset(folder).parts()
    match = functools.partial(match_part, folder, "me", told(), TODAY)
    step = functools.partial(bulk.slowly, 0.2, note, match)
    with LocalCluster(  # type: ignore[no-untyped-call] # dask has no types
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as cluster:
        with Client(cluster.scheduler_address, set_as_default=False) as client:  # type: ignore[no-untyped-call] # no types
            workers = list(client.run(os.getpid).values())
        found = []
        for done in run_parts(step, parts, scheduler=cluster.scheduler_address):
            found.append(done)
            if len(found) == 4:
                os.kill(workers[0], signal.SIGKILL)
    assert sorted(each.part for each in found) == parts
    assert sum(sum(each.counts.values()) for each in found) == 60
    on_cluster = rows(folder, "matches/me")
    assert sorted(row["nct_id"] for row in on_cluster) == sorted(map(bulk.nct_id, made))
    assert not list(folder.rglob("*.unfinished"))
    for part in parts:
        match_part(folder, "alone", told(), TODAY, part)
    assert on_cluster == rows(folder, "matches/alone")


def test_a_cluster_of_this_machine_does_what_processes_do(tmp_path: Path) -> None:
    folder = tmp_path / "ctg"
    brought(folder, bulk.zipped(tmp_path / "a.zip", bulk.records(8)))
    step = functools.partial(match_part, folder, "me", told(), TODAY - dt.timedelta(days=1))
    found = list(run_parts(step, Dataset(folder).parts(), jobs=2, scheduler="local"))
    assert sum(sum(each.counts.values()) for each in found) == 8


def test_a_scheduler_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match=r"--scheduler tcp://127\.0\.0\.1:9: cannot be reached"):
        list(run_parts(len, ["a"], scheduler="tcp://127.0.0.1:9"))  # type: ignore[arg-type] # never called
