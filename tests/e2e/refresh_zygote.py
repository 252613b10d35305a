"""A process for the kill tests: for a line on stdin it forks a child that refreshes the store, to be killed.

At the next line it collects the child; until then the process id cannot belong to anybody else.

Forking a process that has imported everything makes a refresh begin within milliseconds, so that two hundred kills
take seconds and most of them hit work and not start-up. The line may hold a number: the child then kills itself at
that step of the database's work, which reaches moments too short for a clock. Arguments: address of the stand-in,
path of the store.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.e2e.refreshing import FAST, NERVE, START
from trialfinder.refresh import RefreshLock, refresh
from trialfinder.registry.client import Registry
from trialfinder.store import Store, apply


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(url: str, path: Path, die_at: int) -> None:
    write = apply.ApplyRun.write

    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        if steps == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def told_write(run: apply.ApplyRun, row: apply.RunRow) -> object:
        tell("writing")
        store.database.set_progress_handler(step, 20)
        return write(run, row)

    apply.ApplyRun.write = told_write  # type: ignore[assignment, method-assign] # only told of, otherwise the same
    with (
        RefreshLock(path),
        Store.open(path) as store,
        Registry(url, interval_seconds=0, sleep=lambda _seconds: None, retry=FAST) as registry,
    ):
        refresh(store, registry, [NERVE], now=lambda: START, full=True)
    tell("steps", steps)


def main() -> None:
    url, path = sys.argv[1], Path(sys.argv[2])
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            try:
                work(url, path, int(line.strip() or 0))
            except BaseException as error:
                tell("failed", repr(error))
            tell("done")
            os._exit(0)
        tell("started", pid)
        sys.stdin.readline()
        _, status = os.waitpid(pid, 0)
        tell("killed" if os.WIFSIGNALED(status) else "ended")


if __name__ == "__main__":
    main()
