"""How long judging takes on one core: 1,000 studies for one person, after their criteria were read.

    python benchmarks/match_speed.py [PROFILE.toml RECORDS] [--studies 1000] [--repeat 3]

The target is one second on one core. Reading the criteria is measured apart and not counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import time
from pathlib import Path

from trialfinder.judge import judge
from trialfinder.person import Profile, load
from trialfinder.reading import criteria_tree
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

TODAY = dt.date(2026, 11, 20)
TARGET_SECONDS = 1.0
_SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> int:
    """Prints the times; returns 1 when the best run takes longer than the target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profile", type=Path, nargs="?", default=_SHARED / "gold/personas/d1-type2-ulcer.toml")
    parser.add_argument("records", nargs="?", default=str(_SHARED / "records/studies.jsonl.gz"))
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    told = parser.parse_args()
    studies = [read_study(record) for record in itertools.islice(read_records(told.records), told.studies)]
    begun = time.process_time()
    read = [(study, criteria_tree(study.eligibility_criteria)) for study in studies]
    reading = time.process_time() - begun
    facts = load(told.profile, today=TODAY).facts()
    times = []
    for _ in range(told.repeat):
        profile = Profile(facts)  # a new person, so that nothing of the run before is remembered
        begun = time.process_time()
        answers = sum(len(judge(study, items, profile, TODAY).answers) for study, items in read)
        times.append(time.process_time() - begun)
    print(f"{len(studies)} studies, {answers} answers")
    print(f"reading {reading:.2f} s; judging first run {times[0]:.3f} s, best {min(times):.3f} s")
    print(f"per answer {1e6 * min(times) / max(1, answers):.1f} microseconds; target {TARGET_SECONDS:g} s")
    return int(min(times) > TARGET_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
