"""``python -m benchmarks.invented [--errors]``: invented criteria by writers who never saw the program.

``benchmarks/invented`` holds them: ``attack-*`` are sentences that tempt to say "can't" wrongly, ``true-*`` plain
conflicts in varied words, a line each ``section|facts|conflict, met or open|text``; ``para-*`` are paraphrases of the
catalogue of patterns, ``section|patterns|text`` ("-" where no pattern stands for it); ``bounds-*`` are numbers and
times, ``section|readings as JSON|text``. Since 2026-11-30 all
of them may be looked at, the last held-out halves (*d*, *f*, ``para-b``) too, and ``--errors`` shows what is wrong: a
change that lifts these files alone is seen by nothing here any more, but by the check halves of the labels.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import trialfinder as tf
from trialfinder.reading.readings import Reading
from trialfinder.reading.structure import read_text

FOLDER = Path(__file__).with_name("invented")
HEADINGS = {"inc": "Inclusion Criteria:", "exc": "Exclusion Criteria:"}
TODAY = dt.date(2026, 11, 28)
_SAID = {"nothing_against": "met", "possible": "open", "conflict": "conflict"}


def _lines(name: str, parts: int) -> Iterator[list[str]]:
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.strip().split("|", parts)


def _record(section: str, text: str) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT09999999", "briefTitle": "Cells for neuropathy"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Diabetic Neuropathy"]},
            "eligibilityModule": {"eligibilityCriteria": f"{HEADINGS[section]}\n\n* {text}", "sex": "ALL"},
        }
    }


def _profile(facts: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in facts.items():
        table, _, name = key.partition(".")
        nested.setdefault(table, {})[name] = value
    return nested


def said(section: str, facts: str, text: str) -> str:
    """``conflict``, ``met`` or ``open``: the answer to one criterion for one person."""
    frame = tf.match(_profile(json.loads(facts)), [_record(section, text)], today=TODAY)
    return _SAID[str(frame["verdict"].iloc[0])]


def verdicts(name: str, errors: bool) -> str:
    """The figures of a file of cases in one line; ``errors`` prints what is wrong."""
    seen: Counter[tuple[str, str]] = Counter()
    for section, facts, want, text in _lines(name, 3):
        got = said(section, facts, text)
        seen[want, got] += 1
        if errors and got != want:
            print(f"  {got:8s} should be {want:8s} {section} {facts} {text}")
    found = {way: seen[way, way] for way in ("conflict", "met")}
    wanted = {way: sum(n for (want, _), n in seen.items() if want == way) for way in found}
    told = {way: sum(n for (_, got), n in seen.items() if got == way) for way in found}
    return f"{name:9s} {seen.total()} cases; " + "; ".join(
        f"{way}: found {found[way]} of {wanted[way]}, said {told[way]}, wrongly {told[way] - found[way]}"
        for way in found
    )


def readings(name: str, errors: bool) -> str:
    """Precision and recall of the patterns in a file of paraphrases; ``errors`` prints what differs."""
    found = _Found()
    for section, listed, text in _lines(name, 2):
        wanted = {p.strip() for p in listed.split(",")} - {"-"}
        got = {reading.pattern for reading in _read(section, text)}
        found.add(wanted, got)
        if errors and wanted != got:
            print(f"  missed {sorted(wanted - got)}, not wanted {sorted(got - wanted)}: {section} {text}")
    return f"{name:9s} {found}"


class _Found:
    """How much of what is wanted was found."""

    def __init__(self) -> None:
        self.right = self.extra = self.missed = 0

    def add(self, wanted: Set[object], got: Set[object]) -> None:
        """Counts one text."""
        self.right += len(wanted & got)
        self.extra += len(got - wanted)
        self.missed += len(wanted - got)

    def __str__(self) -> str:
        right, extra, missed = self.right, self.extra, self.missed
        precision, recall = right / max(1, right + extra), right / max(1, right + missed)
        both = 2 * right / max(1, 2 * right + extra + missed)
        return f"precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f} (n {right + missed})"


def _read(section: str, text: str) -> list[Reading]:
    """What is read in one criterion below another one."""
    before = "Inclusion Criteria:\n\n* Peripheral neuropathy\n"
    under = f"\n{HEADINGS[section]}\n\n" if section == "exc" else ""
    items = read_text(f"{before}{under}* {text}").items[1:]
    return [reading for item in items for reading in item.readings]


_Bound = tuple[str, str, str, float]
"""Pattern, what is measured, side and number."""


def _bounds(rows: list[dict[str, Any]]) -> dict[_Bound, bool]:
    """The limits in some rows, each with whether the number itself is within."""
    found: dict[_Bound, bool] = {}
    for row in rows:
        named = str(row["value"] or "").replace("creatinine_clearance", "egfr") if row["pattern"] in _SEVERAL else ""
        for side in ("low", "high"):
            if row[side] is not None and row["pattern"] in _MEASURED:
                found[row["pattern"], named, side, float(row[side])] = bool(row[f"{side}_in"])
    return found


_SEVERAL = frozenset({"renal", "hepatic", "hypertension"})
"""Patterns of which several things are measured."""
_MEASURED = _SEVERAL | {
    "age", "life_expectancy", "symptom_duration", "severity_score", "pain_score", "diabetes_duration", "hba1c",
    "glucose", "bmi", "platelets", "hemoglobin", "white_cells", "bleeding_disorder", "peripheral_artery_disease",
    "cardiac",
}  # fmt: skip


def _row(reading: Reading) -> dict[str, Any]:
    return {
        "pattern": reading.pattern,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "low_in": reading.low_inclusive,
        "high_in": reading.high_inclusive,
        "window": reading.window_months,
    }


def _snapped(wanted: Set[Any], got: Set[Any], tolerance: float) -> Set[Any]:
    """Ours, with each number that lies within the tolerance of a wanted one taken for it."""

    def one(key: Any) -> Any:
        near = [w for w in wanted if w[:-1] == key[:-1] and abs(w[-1] - key[-1]) <= tolerance * abs(w[-1]) + 1e-9]
        return min(near, key=lambda w: abs(w[-1] - key[-1])) if near else key

    return {one(key) for key in got}


def bounds(name: str, errors: bool) -> str:
    """Limits (within 2 %), whether their ends are right, and windows (within 10 %) in a file of numbers and times."""
    limits, windows, ends = _Found(), _Found(), [0, 0]
    for section, rows, text in _lines(name, 2):
        wanted, got = json.loads(rows), [_row(reading) for reading in _read(section, text)]
        want, have = _bounds(wanted), _bounds(got)
        seen = _snapped(want.keys(), have.keys(), 0.02)
        times, ours = ({(r["pattern"], r["window"]) for r in each if r["window"]} for each in (wanted, got))
        mine = _snapped(times, ours, 0.1)
        limits.add(want.keys(), seen)
        windows.add(times, mine)
        wrong = [key for key in have if key in want and have[key] is not want[key]]
        ends = [ends[0] + len(want.keys() & seen), ends[1] + len(wrong)]
        if errors and (want.keys() != seen or times != mine or wrong):
            missed = [*sorted(want.keys() - seen), *sorted(times - mine)]
            extra = [*sorted(seen - want.keys()), *sorted(mine - times)]
            print(f"  missed {missed}, not wanted {extra}, ends {wrong}: {section} {text}")
    return f"{name:9s} limits {limits}; ends wrong {ends[1]} of {ends[0]}\n{'':9s} windows {windows}"


def main() -> None:
    """Prints a line for each file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--errors", action="store_true", help="show what is wrong")
    errors = ask.parse_args().errors
    for kind, figures, halves in (
        ("attack", verdicts, "abcdef"),
        ("true", verdicts, "abcdf"),
        ("para", readings, "abcd"),
        ("bounds", bounds, "cd"),
    ):
        for half in halves:
            print(figures(f"{kind}-{half}", errors), flush=True)


if __name__ == "__main__":
    main()
