"""Runs the real commands over the hand-labelled records and scores them with the labels' own scorer.

    python benchmarks/score.py ../shared [readings items bounds verdicts classify payment …] [--errors N]

The labels of criteria and item cases are split by study into *tune* and *check* (the first hexadecimal digit of the
NCT ID's SHA-256: 0-9 tune, a-f check). Errors are shown for tune only: what is mended must not be fitted to check.
Prints the scorer's lines; needs the developers' records, which are not part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

_TODAY = "2026-11-20"
_PROJECT = Path(__file__).resolve().parents[1]
_HALVES = ("tune", "check")


def half(nct_id: str) -> str:
    """The half of the labels that a study belongs to: ``tune`` or ``check``."""
    return "tune" if hashlib.sha256(nct_id.encode()).hexdigest()[0] in "0123456789" else "check"


def _run(command: list[str], target: Path) -> None:
    environment = {**os.environ, "TRIALFINDER_HOME": str(target.parent / "home"), "PYTHONPATH": str(_PROJECT)}
    with target.open("wb") as out:
        subprocess.run([sys.executable, *command], stdout=out, check=True, env=environment)


def _tool(arguments: list[str], target: Path) -> None:
    _run(["-m", "trialfinder", *arguments], target)


def _score(shared: Path, what: str, gold: Path, ours: Path, errors: int) -> None:
    command = [sys.executable, str(shared / "tools/score.py"), what, str(gold), str(ours), "--errors", str(errors)]
    subprocess.run(command, check=True)


def _halves(shared: Path, folder: Path, what: str, golds: Iterable[Path], ours: Path, errors: int) -> None:
    """Scores tune and check apart; only tune shows its errors."""
    rows = [line for gold in golds for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    for name in _HALVES:
        part = folder / f"{what}-{name}-gold.jsonl"
        part.write_text("".join(f"{row}\n" for row in rows if half(json.loads(row)["nct_id"]) == name), "utf-8")
        print(f"\n== {what}, {name}", flush=True)
        _score(shared, what, part, ours, errors if name == "tune" else 0)


def _readings(shared: Path, folder: Path, what: str, errors: int) -> None:
    names = ("criteria", "criteria-2") if what == "readings" else (what,)
    ours = folder / f"{what}.jsonl"
    with ours.open("wb") as out:
        for name in names:
            target = folder / f"{name}.jsonl"
            _tool(["criteria", "--records", str(shared / f"gold/{name}-records.jsonl.gz"), "--format", "jsonl"], target)
            out.write(target.read_bytes())
    _halves(shared, folder, what, [shared / f"gold/{name}.jsonl" for name in names], ours, errors)


def _items(shared: Path, folder: Path, what: str, errors: int) -> None:
    cases = shared / "gold/items.jsonl"
    wanted = {json.loads(line)["nct_id"] for line in cases.read_text(encoding="utf-8").splitlines()}
    records = folder / "records.jsonl.gz"  # only those that are asked for: reading them all would take longer
    with gzip.open(shared / "records/studies.jsonl.gz", "rt", encoding="utf-8") as lines:
        kept = [x for x in lines if json.loads(x)["protocolSection"]["identificationModule"]["nctId"] in wanted]
    with gzip.open(records, "wt", encoding="utf-8") as out:
        out.writelines(kept)
    ours = folder / "items.jsonl"
    _run([str(shared / "tools/run_cases.py"), str(cases), str(records)], ours)
    _halves(shared, folder, what, [cases], ours, errors)


def _verdicts(shared: Path, folder: Path, what: str, errors: int) -> None:
    answers = folder / "verdicts"
    answers.mkdir()
    records = str(shared / "gold/verdicts-records.jsonl.gz")
    for persona in sorted((shared / "gold/personas").glob("*.toml")):
        common = ["--records", records, "--today", _TODAY, "--format", "jsonl"]
        _tool(["match", "--profile", str(persona), *common], answers / f"{persona.stem}.jsonl")
    _halves(shared, folder, what, [shared / "gold/verdicts.jsonl"], answers, errors)


def _classify(shared: Path, folder: Path, what: str, errors: int) -> None:
    name = "relevance" if what == "classify" else what
    target = folder / f"{what}.jsonl"
    records = str(shared / f"gold/{name}-records.jsonl.gz")
    _tool(["classify", "--records", records, "--today", _TODAY, "--format", "jsonl"], target)
    print(f"\n== {what}", flush=True)
    _score(shared, what, shared / f"gold/{name}.jsonl", target, errors)


_WHATS: dict[str, Callable[[Path, Path, str, int], None]] = {
    "readings": _readings,
    "bounds": _readings,
    "items": _items,
    "verdicts": _verdicts,
    "classify": _classify,
    "payment": _classify,
}


def main() -> int:
    """Exit code 2 when the labelled records are missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", default="../shared", type=Path)
    parser.add_argument("whats", nargs="*", choices=[*_WHATS, []], metavar="|".join(_WHATS))
    parser.add_argument("--errors", type=int, default=15)
    given = parser.parse_args()
    shared: Path = given.shared.resolve()
    if not (shared / "tools/score.py").exists():
        print(f"{shared}: the labelled records are not here, so nothing can be scored", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for what in given.whats or list(_WHATS):
            _WHATS[what](shared, Path(folder), what, given.errors)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
