"""``python -m benchmarks.invented [--errors]``: invented criteria by writers who never saw the program.

``benchmarks/invented`` holds them: ``attack-*`` are sentences that tempt to say "can't" wrongly, ``true-*`` plain
conflicts in varied words, a line each ``section|facts|conflict, met or open|text``; ``para-*`` are paraphrases of the
catalogue of patterns, ``section|patterns|text`` ("-" where no pattern stands for it). The halves *a* may be looked at,
and ``--errors`` shows what is wrong there. The halves *b* are held out: only their totals are ever printed, so that a
change which lifts *a* alone is seen. Nobody reads *b*.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trialfinder as tf
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
    right = extra = missed = 0
    for section, listed, text in _lines(name, 2):
        wanted = {p.strip() for p in listed.split(",")} - {"-"}
        before = "Inclusion Criteria:\n\n* Peripheral neuropathy\n"
        under = f"\n{HEADINGS[section]}\n\n" if section == "exc" else ""
        items = read_text(f"{before}{under}* {text}").items[1:]
        got = {reading.pattern for item in items for reading in item.readings}
        right, extra, missed = right + len(wanted & got), extra + len(got - wanted), missed + len(wanted - got)
        if errors and wanted != got:
            print(f"  missed {sorted(wanted - got)}, not wanted {sorted(got - wanted)}: {section} {text}")
    precision, recall = right / max(1, right + extra), right / max(1, right + missed)
    return (
        f"{name:9s} precision {precision:.3f}, recall {recall:.3f}, F1 {2 * right / (2 * right + extra + missed):.3f}"
    )


def main() -> None:
    """Prints a line for each file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--errors", action="store_true", help="show what is wrong in the halves that may be looked at")
    errors = ask.parse_args().errors
    for kind, figures in (("attack", verdicts), ("true", verdicts), ("para", readings)):
        for half in "ab":
            print(figures(f"{kind}-{half}", errors and half == "a"), flush=True)


if __name__ == "__main__":
    main()
