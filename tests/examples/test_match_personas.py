"""The developers' half of the labelled verdicts: five people and 28 studies, read and judged by the program."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trialfinder.judge.__main__ import main

pytestmark = pytest.mark.shared

NOW = ["--today", "2026-11-20"]


def judged(shared: Path, persona: str, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    """What the program prints for one person, by study."""
    gold = shared / "gold"
    assert main([str(gold / "personas" / f"{persona}.toml"), str(gold / "verdicts-records.jsonl.gz"), *NOW]) == 0
    return {line["nct_id"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}


def test_the_personas_are_judged_as_by_hand(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No wrong conflict, no conflict called free, and at least what the project promises to find."""
    lines = (shared / "gold" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    people = {persona: judged(shared, persona, capsys) for persona in {label["persona"] for label in labels}}
    tally: Counter[str] = Counter()
    wrong = []
    for label in (label for label in labels if not label.get("disputed")):
        found = people[label["persona"]][label["nct_id"]]
        if not label["conflict"]:
            wrong += [(label["persona"], label["nct_id"])] if found["verdict"] == "conflict" else []
            continue
        tally["conflict"] += 1
        tally["found"] += found["verdict"] == "conflict"
        tally["missed entirely"] += found["verdict"] == "nothing_against"
        against = {answer["pattern"] for answer in found["answers"] if answer["answer"] == "not_met"}
        tally["deciding"] += len(label["conflicts"])
        tally["deciding found"] += sum(one["pattern"] in against for one in label["conflicts"])
    assert wrong == []
    assert tally["missed entirely"] == 0
    assert (tally["conflict"], tally["found"] >= 85) == (93, True), tally
    assert tally["deciding found"] >= 0.8 * tally["deciding"], tally


def test_every_answer_carries_the_registry_s_sentence(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import gzip

    with gzip.open(shared / "gold" / "verdicts-records.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line)["protocolSection"] for line in lines]
    texts = {r["identificationModule"]["nctId"]: r["eligibilityModule"]["eligibilityCriteria"] for r in records}
    for nct_id, line in judged(shared, "d1-type2-ulcer", capsys).items():
        for answer in line["answers"]:
            assert answer["quote"]
            if answer["start"] is not None:
                assert texts[nct_id][answer["start"] : answer["end"]] == answer["quote"]


def test_a_wrong_profile_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "me.toml"
    path.write_text("[diabetes]\nhba1 = 8.2", encoding="utf-8")
    assert main([str(path), "-", *NOW]) == 2
    error = capsys.readouterr().err
    assert error == f"Error: {path}: unknown key 'diabetes.hba1'; nearest: diabetes.hba1c\n"
