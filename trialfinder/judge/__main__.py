"""``python -m trialfinder.judge PROFILE.toml RECORDS --today 2026-11-20``: one verdict a line, for measuring."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from trialfinder.classify import joinable
from trialfinder.errors import TrialfinderError
from trialfinder.judge.judging import judge
from trialfinder.person.profile_files import load
from trialfinder.reading import criteria_tree, names_of
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the contract's JSON lines; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m trialfinder.match", description=__doc__)
    parser.add_argument("profile", type=Path)
    parser.add_argument("records", help="a file of records, or - for standard input")
    parser.add_argument("--today", type=dt.date.fromisoformat, required=True)
    told = parser.parse_args(arguments)
    try:
        profile = load(told.profile, today=told.today)
        for record in read_records(told.records):
            study = read_study(record)
            verdict = judge(study, criteria_tree(study.eligibility_criteria, names_of(study)), profile, told.today)
            line = verdict.to_json(joinable(study, told.today).answer)
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except TrialfinderError as error:
        sys.stderr.write(f"Error: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
