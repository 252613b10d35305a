"""The developers' half of the labelled verdicts: five people and 28 studies, read and judged by the program."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trialfinder.judge import judge
from trialfinder.person.profile_files import load
from trialfinder.reading import criteria_tree, names_of
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

pytestmark = pytest.mark.shared

TODAY = dt.date(2026, 11, 20)


def judged(shared: Path, persona: str) -> dict[str, dict[str, Any]]:
    """The verdicts for one person, by study."""
    profile = load(shared / "gold" / "personas" / f"{persona}.toml", today=TODAY)
    studies = map(read_study, read_records(str(shared / "gold" / "verdicts-records.jsonl.gz")))
    return {
        study.nct_id: judge(study, criteria_tree(study.eligibility_criteria, names_of(study)), profile, TODAY).to_json()
        for study in studies
    }


def test_the_personas_are_judged_as_by_hand(shared: Path) -> None:
    """No wrong conflict, no conflict called free, and at least what the project promises to find."""
    lines = (shared / "gold" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    people = {persona: judged(shared, persona) for persona in {label["persona"] for label in labels}}
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


def test_every_answer_carries_the_registry_s_sentence(shared: Path) -> None:
    import gzip

    with gzip.open(shared / "gold" / "verdicts-records.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line)["protocolSection"] for line in lines]
    texts = {r["identificationModule"]["nctId"]: r["eligibilityModule"]["eligibilityCriteria"] for r in records}
    for nct_id, line in judged(shared, "d1-type2-ulcer").items():
        for answer in line["answers"]:
            assert answer["quote"]
            if answer["start"] is not None:
                assert texts[nct_id][answer["start"] : answer["end"]] == answer["quote"]
