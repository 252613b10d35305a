"""``python -m benchmarks.changes [--studies N] [--versions N]``: how long the changes of a week take.

Every study changes in every run; the runs are six days apart, so that a week has two of them. The events of a run are
computed once, after it, and kept; the target is one second for a week whose events are kept, and for a week in which
300 studies changed and nothing is kept.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.store import START, measured, one_run, sizes
from trialfinder.changes import changes, prepare
from trialfinder.store import Store

TARGET_SECONDS = 1.0


def forget(path: Path) -> None:
    """Drops the events that are kept."""
    with Store.open(path) as store, store.transaction() as database:
        database.execute("delete from change_events")


def keep(path: Path, newest_only: bool) -> None:
    """Computes and keeps events, of the newest run or of all."""
    with Store.open(path) as store:
        began = time.perf_counter()
        found = prepare(store, newest=1 if newest_only else 2)
        print(f"    {found} events in {time.perf_counter() - began:.2f} s", flush=True)


def a_week(path: Path, versions: int) -> None:
    """The changes of the last seven days, as the command asks for them."""
    now = START + timedelta(days=6 * versions, hours=1)
    with Store.open(path, read_only=True) as store:
        began = time.perf_counter()
        found = changes(store, "7d", now=now)
        seconds = time.perf_counter() - began
    print(f"    {len(found)} events of {len({event.nct_id for event in found})} studies: {seconds:.3f} s", flush=True)
    assert seconds < TARGET_SECONDS, f"{seconds:.2f} s is more than {TARGET_SECONDS} s"


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=4, help="60 takes half an hour, most of it to fill the store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        began = time.perf_counter()
        for version in range(given.versions):
            one_run(path, given.studies, version)
        print(f"filling: {time.perf_counter() - began:.0f} s", flush=True)
        sizes(path)
        measured("events of a run in which every study changed", keep, path, True)
        measured("events of the run before, to fill the week", keep, path, False)
        measured("changes of a week, every study changed twice", a_week, path, given.versions - 1)
        one_run(path, given.studies, given.versions, 300)
        one_run(path, given.studies, given.versions + 1, 1)
        forget(path)
        measured("changes of a week, 300 studies changed, nothing kept", a_week, path, given.versions + 1)


if __name__ == "__main__":
    main()
