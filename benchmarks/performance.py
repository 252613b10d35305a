"""How long what a person waits for takes, in one run, each as a ratio to a yardstick taken beside it.

    python -m benchmarks.performance [--studies 10000] [--source RECORDS] [--save]

Start-up is compared with ``import typer``, everything else with a plain loop of a million additions, taken before and
after each command: seconds say little on another machine, or on one with other work; ratios do. ``--save`` writes
benchmarks/performance.json step by step, from which docs/performance.md is made (``make docs``).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale import PROFILE, RECORDS, ROOT, made, measured, yardstick
from trialfinder.classify import classify, signs
from trialfinder.judge import judge, keep, kept
from trialfinder.person import load
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

RESULT = ROOT / "benchmarks" / "performance.json"
_PROGRAM = [sys.executable, "-m", "trialfinder"]
_DAY = ["--today", "2026-11-20"]
_SNAPSHOT = ROOT / "data" / "snapshot" / "studies.jsonl"
_RUNS = 5
_WARM = 15
"""Studies that are done before time is taken."""


def start_up(home: Path) -> Iterator[dict[str, Any]]:
    """``--version`` and ``--help`` in turn with ``import typer``: medians of the processor's seconds."""
    pairs: dict[str, list[tuple[float, float]]] = {"--version": [], "--help": []}
    for arguments in (
        ["--help"],
        ["search", "--help"],
        ["match", "--help"],
        ["export", "--help"],
        ["import", "--help"],
    ):
        measured([*_PROGRAM, *arguments], home)  # compiles modules, as installing does
    for _ in range(_RUNS):
        for option, found in pairs.items():
            ours = measured([*_PROGRAM, option], home, wait=0.005)["cpu_seconds"]
            theirs = measured([sys.executable, "-c", "import typer"], home, wait=0.005)["cpu_seconds"]
            found.append((ours, theirs))
    for option, found in pairs.items():
        ours, theirs = (statistics.median(each) for each in zip(*found, strict=True))
        yield {"what": f"trialfinder {option}", "cpu_seconds": ours, "ratio": ours / theirs, "to": "import typer"}


def commands(home: Path, records: Path, count: int) -> Iterator[dict[str, Any]]:
    """What is waited for with so many stored studies, in the order in which it is met."""
    profile = ["--profile", str(PROFILE)]
    steps: list[tuple[str, list[str]]] = [
        ("import", ["import", str(records)]),
        ("first search: every study is classified, and that is kept", ["search", "--offline"]),
        ("search", ["search", "--offline"]),
        ("search --open --country China", ["search", "--offline", "--open", "--country", "China"]),
        ("first match: the criteria of what is on topic are read, and kept", ["match", "--offline", *profile]),
        ("match of one profile", ["match", "--offline", *profile]),
        ("export of all studies", ["export", str(home / "all.csv"), "--all", "--offline"]),
    ]
    for what, arguments in steps:
        before = yardstick()
        took = measured([*_PROGRAM, *arguments, *_DAY, "-q"], home)
        loop = (before + yardstick()) / 2
        yield {"what": what, "studies": count, **took, "ratio": 1000 * took["cpu_seconds"] / loop, "to": "the loop"}


def rooms(source: Path) -> Iterator[dict[str, Any]]:
    """What each study costs in the rooms, without the start of a program: reading, judging, classifying."""
    day = dt.date(2026, 11, 20)
    person = load(PROFILE, today=day)
    records = list(read_records(source))
    studies = [read_study(record) for record in records[:: max(1, len(records) // 200)]]
    texts = [keep(study) for study in studies[:_WARM]]
    yield from _each("reading the criteria of a study", keep, studies, texts)
    kinds = [kept(text) for text in texts]
    yield from _each("taking what was kept of a study", kept, texts, [])
    yield from _each(
        "judging a study for one person",
        lambda one: judge(one.study, one.criteria, person, day, one.studied),
        kinds,
        [],
    )
    yield from _each("classifying a study, with its signs", lambda one: signs(one, classify(one), day), studies, [])


def _each(what: str, make: Callable[[Any], Any], things: Sequence[Any], made_of: list[Any]) -> Iterator[dict[str, Any]]:
    """The processor's seconds for one thing, after some others were done to warm up; what is made is added."""
    for thing in things[:_WARM]:
        make(thing)
    before, began = yardstick(), time.process_time()
    made_of += [make(thing) for thing in things[_WARM:]]
    spent = (time.process_time() - began) / max(1, len(things) - _WARM)
    yield {"what": what, "cpu_seconds": spent, "ratio": 2000 * spent / (before + yardstick()), "to": "the loop"}


def main(given: Sequence[str] | None = None) -> int:
    """Prints the figures; with ``--save`` also keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=10_000)
    parser.add_argument("--source", type=Path, default=RECORDS if RECORDS.exists() else _SNAPSHOT)
    parser.add_argument("--note", default="", help="what has to be known about this run")
    parser.add_argument("--save", action="store_true")
    told = parser.parse_args(given)
    rows: list[dict[str, Any]] = []
    about = {
        "python": platform.python_version(), "cores": os.cpu_count(), "note": told.note, "studies": told.studies,
        "loop_ms": yardstick(), "rows": rows,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        home, began = Path(name), time.perf_counter()
        records = home / "records.jsonl"
        with records.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in made(told.studies, told.source))
        for part in (start_up(home), rooms(told.source), commands(home, records, told.studies)):
            for row in part:
                rows.append(row)
                clock = f"{row['seconds']:8.1f} s" if "seconds" in row else " " * 10
                print(f"{row['cpu_seconds']:9.4f} s of a processor {clock}", end="", flush=True)
                print(f" {row['ratio']:9.2f} × {row['to']:12}  {row['what']}", flush=True)
                if told.save:
                    RESULT.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        print(f"all in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
