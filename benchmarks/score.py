"""Runs the real commands over the hand-labelled records and scores them with the labels' own scorer.

    python benchmarks/score.py ../shared [readings|bounds|verdicts|classify|payment …]

Prints the scorer's lines; needs the developers' records, which are not part of the project.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_TODAY = "2026-11-20"


def _tool(arguments: list[str], target: Path) -> None:
    environment = {**os.environ, "TRIALFINDER_HOME": str(target.parent / "home")}
    with target.open("wb") as out:
        subprocess.run([sys.executable, "-m", "trialfinder", *arguments], stdout=out, check=True, env=environment)


def _score(shared: Path, what: str, ours: Path) -> None:
    print(f"\n== {what}", flush=True)
    gold = "criteria" if what == "readings" else "relevance" if what == "classify" else what
    subprocess.run([sys.executable, shared / "tools/score.py", what, shared / f"gold/{gold}.jsonl", ours], check=True)


def _readings(shared: Path, folder: Path, what: str) -> None:
    name = "criteria" if what == "readings" else what
    target = folder / f"{what}.jsonl"
    _tool(["criteria", "--records", str(shared / f"gold/{name}-records.jsonl.gz"), "--format", "jsonl"], target)
    _score(shared, what, target)


def _verdicts(shared: Path, folder: Path, what: str) -> None:
    answers = folder / "verdicts"
    answers.mkdir()
    records = str(shared / "gold/verdicts-records.jsonl.gz")
    for persona in sorted((shared / "gold/personas").glob("*.toml")):
        common = ["--records", records, "--today", _TODAY, "--format", "jsonl"]
        _tool(["match", "--profile", str(persona), *common], answers / f"{persona.stem}.jsonl")
    _score(shared, what, answers)


def _classify(shared: Path, folder: Path, what: str) -> None:
    name = "relevance" if what == "classify" else what
    target = folder / f"{what}.jsonl"
    records = str(shared / f"gold/{name}-records.jsonl.gz")
    _tool(["classify", "--records", records, "--today", _TODAY, "--format", "jsonl"], target)
    _score(shared, what, target)


_WHATS: dict[str, Callable[[Path, Path, str], None]] = {
    "readings": _readings,
    "bounds": _readings,
    "verdicts": _verdicts,
    "classify": _classify,
    "payment": _classify,
}


def main() -> int:
    """Exit code 2 when the labelled records are missing."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared").resolve()
    if not (shared / "tools/score.py").exists():
        print(f"{shared}: the labelled records are not here, so nothing can be scored", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for what in sys.argv[2:] or list(_WHATS):
            _WHATS[what](shared, Path(folder), what)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
