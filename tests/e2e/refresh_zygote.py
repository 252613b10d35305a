"""A process for the kill tests: for a line on stdin it forks a child that refreshes the store, to be killed.

At the next line it collects the child; until then the process id cannot belong to anybody else.

Forking a process that has imported everything makes a refresh begin within milliseconds, so that two hundred kills
take seconds and most of them hit work and not start-up. Arguments: address of the stand-in, path of the store.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.e2e.refreshing import FAST, NERVE, START
from trialfinder.refresh import RefreshLock, refresh
from trialfinder.registry.client import Registry
from trialfinder.store import Store, apply


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(url: str, path: Path) -> None:
    write = apply.Run.write

    def told_write(run: apply.Run, row: apply.RunRow) -> object:
        tell("writing")
        return write(run, row)

    apply.Run.write = told_write  # type: ignore[assignment, method-assign] # only told of, otherwise the same
    with (
        RefreshLock(path),
        Store.open(path) as store,
        Registry(url, interval_seconds=0, sleep=lambda _seconds: None, retry=FAST) as registry,
    ):
        refresh(store, registry, [NERVE], now=lambda: START, full=True)


def main() -> None:
    url, path = sys.argv[1], Path(sys.argv[2])
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            try:
                work(url, path)
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
