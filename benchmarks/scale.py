"""How fast the whole registry is read and judged, by cores and engine, and how much memory that takes.

    python -m benchmarks.scale [--records 100000] [--growth 10000] [--source RECORDS] [--save]

Takes the developers' records, repeats them under new ids spread as the registry's are, and changes the numbers in their
criteria, so that nothing is read from memory. Each step is the command that a person would type, in processes of its
own. Seconds of the processors are told beside those of the clock, and beside each what a plain loop took just before
and after: a processor that other work shares is slower, too. ``--save`` writes benchmarks/scale.json step by step, from
which docs/scale.md is made.
"""

from __future__ import annotations

import argparse
import copy
import functools
import itertools
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from trialfinder.study.record_files import read_records

ROOT = Path(__file__).resolve().parents[1]
RECORDS = ROOT.parent / "shared" / "records" / "studies.jsonl.gz"
RESULT = ROOT / "benchmarks" / "scale.json"
PROFILE = ROOT / "docs" / "example-profile.toml"
_STEP = 12  # the registry has given out about one number in twelve
_NUMBER = re.compile(r"\d+")


def made(count: int, source: Path) -> Iterator[dict[str, Any]]:
    """So many records: those of the source, again and again, under new ids and with other numbers in the criteria."""
    originals = list(read_records(source))
    for index, original in zip(range(count), itertools.cycle(originals), strict=False):
        record = copy.deepcopy(original)
        turn = index // len(originals) + 1
        record["protocolSection"]["identificationModule"]["nctId"] = f"NCT{(index + 1) * _STEP:08d}"
        module = record["protocolSection"].get("eligibilityModule", {})
        text = module.get("eligibilityCriteria", "")
        changed = _NUMBER.sub(functools.partial(_later, turn), text)
        module["eligibilityCriteria"] = f"{changed}\n\n* Number {index} of the records"
        yield record


def _later(turn: int, found: re.Match[str]) -> str:
    return str(int(found[0][:9]) + turn)


def measured(command: list[str], home: Path, wait: float = 0.25) -> dict[str, float]:
    """Seconds of the clock and of the processors, and the most memory that all its processes had together (MB).

    ``wait``: how many seconds lie between two looks at the memory.
    """
    environment = {**os.environ, "TRIALFINDER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who installs the program has its modules compiled
    environment.setdefault("PYTHONPYCACHEPREFIX", str(home / "compiled"))
    began = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(wait)
    after = os.times()
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    processors = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": time.perf_counter() - began, "cpu_seconds": processors, "peak_mb": most / 2**20}


def yardstick() -> float:
    """Milliseconds of the processor for a million additions: about 30 on an idle machine of 2026."""
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return 1000 * (time.process_time() - began)


def _memory(pid: int) -> int:
    """Of a process and all below it; shared pages are counted in each."""
    try:
        whole = psutil.Process(pid)
        return int(sum(each.memory_info().rss for each in [whole, *whole.children(recursive=True)]))
    except psutil.Error:
        return 0


def run(count: int, source: Path, engines: list[tuple[str, list[str]]]) -> Iterator[dict[str, Any]]:
    """Every step for so many records, with each engine from the beginning."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        bulk = home / "bulk.jsonl"
        with bulk.open("w", encoding="utf-8") as file:
            for record in made(count, source):
                file.write(json.dumps(record) + "\n")
        first = home / "first"
        for number, (engine, options) in enumerate(engines):
            folder = str(home / f"ctg{number}")
            if first.exists():  # one import is enough: no engine but ours does it
                shutil.copytree(first, folder)
            steps = {
                "import": ["import", folder, str(bulk), "--jobs", "2"],
                "read": ["read", folder, *options],
                "match": ["match", folder, "--profile", str(PROFILE), "--today", "2026-11-20", *options],
                "classify": ["classify", folder, *options],
            }
            for step, arguments in steps.items():
                if step == "import" and first.exists():
                    continue
                command = [sys.executable, "-m", "trialfinder", "registry", *arguments, "-q"]
                before = yardstick()
                took = measured(command, home) | {"loop_ms": (before + yardstick()) / 2}
                rate, size, each = count / took["seconds"], took["peak_mb"], 1000 * took["cpu_seconds"] / count
                print(
                    f"{count:7,} {engine:22} {step:9} {took['seconds']:8.1f} s  {rate:7.1f}/s  "
                    f"{each:6.2f} ms of a processor a record  {size:6.0f} MB",
                    flush=True,
                )
                if step == "import":
                    shutil.copytree(folder, first)
                yield {"records": count, "engine": engine, "step": step} | took


def main() -> int:
    """Prints the figures; with ``--save`` also keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--growth", type=int, default=0, help="also so many; a tenth of --records if not said")
    parser.add_argument("--source", type=Path, default=RECORDS)
    parser.add_argument("--note", default="", help="what has to be known about this run")
    parser.add_argument("--save", action="store_true")
    told = parser.parse_args()
    one, two = ["--jobs", "1"], ["--jobs", "2"]
    small = told.growth or told.records // 10
    engines = [("1 process", one), ("2 processes", two), ("Dask, 2 workers here", [*two, "--scheduler", "local"])]
    rows: list[dict[str, Any]] = []
    about = {"python": platform.python_version(), "cores": os.cpu_count(), "note": told.note, "rows": rows}
    for row in itertools.chain(run(small, told.source, engines), run(told.records, told.source, engines[1:2])):
        rows.append(row)
        if told.save:
            RESULT.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
