"""``python -m tests.standin RECORDS [--port N]``: the stand-in for trying things by hand. Prints its address."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from tests.standin import StandIn
from trialfinder.study.record_files import read_records


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("records", type=Path, nargs="+", help="JSON, JSON lines, .gz or .zip")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    given = parser.parse_args()
    records = (record for path in given.records for record in read_records(path))
    with StandIn(records, port=given.port) as standin:
        print(standin.url, flush=True)
        print(f"{len(standin.data)} studies; stop with Ctrl-C", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
