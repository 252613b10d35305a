"""Runs a step over many parts: on the cores of this machine, or on a Dask cluster; the same functions on both.

A step leaves its part whole or as it was, so a worker that is lost costs only the part it was at.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from trialfinder.base.cores import cores
from trialfinder.base.extras import install
from trialfinder.base.waiting import wait_for_one
from trialfinder.base.workers import hand, workers
from trialfinder.errors import InputError
from trialfinder.scale.steps import Done

Step = Callable[[str], Done]
_LOSSES = 3
LOCAL = "local"


def run_parts(
    step: Step, parts: Sequence[str], *, jobs: int | None = None, scheduler: str | None = None
) -> Iterator[Done]:
    """What became of each part, as they are done.

    Args:
        step: can be pickled; does one part, and does it again without harm.
        parts: which.
        jobs: how many processes; None for one a core.
        scheduler: the address of a Dask scheduler whose workers see the same folder, or ``local`` for a Dask cluster
            of this machine; None for processes of our own.

    Raises:
        InputError: the scheduler cannot be reached, workers are lost again and again, or from the step.
    """
    if scheduler is not None:
        yield from _on_dask(step, parts, jobs, scheduler)
    elif (jobs or cores()) == 1 or len(parts) < 2:
        yield from map(step, parts)
    else:
        yield from _in_processes(step, parts, min(jobs or cores(), len(parts)))


def _in_processes(step: Step, parts: Sequence[str], jobs: int) -> Iterator[Done]:
    """In processes of our own; when one is lost, what it was at is done again by new ones."""
    left = list(parts)
    for _ in range(_LOSSES):
        with contextlib.suppress(BrokenProcessPool):
            with workers(jobs) as pool:
                for done in _as_done(pool, step, tuple(left), jobs):
                    left.remove(done.part)
                    yield done
            return
    raise InputError(
        f"worker processes were lost {_LOSSES} times (out of memory?); {len(parts) - len(left)} of {len(parts)} parts "
        "are done and stay: run the same again, with --jobs 1 if memory is short"
    )


def _as_done(pool: ProcessPoolExecutor, step: Step, parts: Sequence[str], jobs: int) -> Iterator[Done]:
    """Only a few parts wait at a time, so that an error ends the run soon."""
    waiting: set[Future[Done]] = set()
    coming = iter(parts)
    try:
        while True:
            while len(waiting) < 2 * jobs and (part := next(coming, None)) is not None:
                waiting.add(hand(pool, step, part))
            if not waiting:
                return
            wait_for_one(waiting)
            ended = {each for each in waiting if each.done()}
            waiting -= ended
            for each in ended:
                yield each.result()
    finally:
        for each in waiting:
            each.cancel()


def _on_dask(step: Step, parts: Sequence[str], jobs: int | None, scheduler: str) -> Iterator[Done]:
    """On a Dask cluster, which gives the parts of a lost worker to another one."""
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise InputError(f"a cluster needs dask; install it with: {install('scale')}") from error
    with _cluster(scheduler, jobs) as address:
        try:
            client = Client(address, timeout="10s")  # type: ignore[no-untyped-call] # dask has no types
        except (OSError, ValueError) as error:
            raise InputError(f"--scheduler {scheduler}: cannot be reached ({str(error)[:80]})") from error
        with client:
            # Not pure: a result of an earlier run says nothing of what is in the folder now.
            futures = client.map(step, parts, pure=False, retries=_LOSSES, batch_size=100)
            for future in as_completed(futures):  # type: ignore[no-untyped-call] # dask has no types
                try:
                    done: Done = future.result()
                except KilledWorker as error:
                    raise InputError(
                        f"--scheduler {scheduler}: workers were lost again and again at one part; what is done stays, "
                        "run the same again with more memory for each worker"
                    ) from error
                future.release()
                yield done


@contextlib.contextmanager
def _cluster(scheduler: str, jobs: int | None) -> Iterator[Any]:
    if scheduler != LOCAL:
        yield scheduler
        return
    from distributed import LocalCluster

    quiet = logging.ERROR  # a worker that is slow to leave is no news for a person
    with LocalCluster(  # type: ignore[no-untyped-call] # dask has no types
        n_workers=jobs or cores(), threads_per_worker=1, processes=True, host="127.0.0.1",
        dashboard_address="127.0.0.1:0", silence_logs=quiet,
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address
