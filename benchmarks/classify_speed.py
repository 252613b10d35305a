"""How long classification takes for one record, on the developers' records.

    python benchmarks/classify_speed.py ../shared/records/studies.jsonl.gz

Promised: classify and signs together take 1.5 ms of processor time per record on average.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

from trialfinder.classify import classify, signs
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

_TODAY = dt.date(2026, 11, 20)
_SHARED = Path(__file__).resolve().parents[2] / "shared/records/studies.jsonl.gz"


def main(path: str) -> None:
    """Prints the average of the best of three runs."""
    studies = [read_study(record) for record in read_records(path)]
    signs(studies[0], classify(studies[0]), _TODAY)  # reads the data files
    best = min(_run(studies) for _ in range(3))
    print(f"{len(studies)} records: {1000 * best / len(studies):.2f} ms each")


def _run(studies: list[Study]) -> float:
    start = time.process_time()
    for study in studies:
        signs(study, classify(study), _TODAY)
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(_SHARED))
