"""``python -m trialfinder.classify RECORDS --today DAY``: the JSON-lines contract, for scoring."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys

from trialfinder.classify.contract import contract
from trialfinder.errors import RecordError
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records


def main() -> int:
    """Prints one line for each record that can be read; tells the others on standard error."""
    parser = argparse.ArgumentParser(prog="python -m trialfinder.classify", description=__doc__)
    parser.add_argument("records", help="a file of records, packed or not; - for standard input")
    parser.add_argument("--today", required=True, type=dt.date.fromisoformat)
    arguments = parser.parse_args()
    failed = 0
    for record in read_records(arguments.records):
        try:
            line = contract(read_study(record), arguments.today)
        except RecordError as error:
            failed += 1
            sys.stderr.write(f"left out: {error}\n")
            continue
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 6 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
