"""The labelled half and the unlabelled records, with the labels' own scorer."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit.classify.make import TODAY
from tests.unit.classify.test_classify import value_at
from trialfinder.classify import classify, contract
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records


def _scored(shared: Path, name: str, scorer: str) -> Any:
    tool = runpy.run_path(str(shared / "tools" / "score.py"))
    ours = [contract(read_study(raw), TODAY) for raw in read_records(shared / f"gold/{name}-records.jsonl.gz")]
    gold = tool["rows"](shared / "gold" / f"{name}.jsonl")
    return tool[scorer](gold, ours, SimpleNamespace(errors=20, json=False))


@pytest.mark.shared
def test_classification_meets_the_bars(shared: Path) -> None:
    found = _scored(shared, "relevance", "classify")
    precision, recall, _ = found["core"]
    assert recall == 1.0
    assert precision >= 0.90
    assert found["core or adjacent"][2] >= 0.90
    for key in ("cell_product", "source", "donor"):
        assert found[key] >= 0.90, key
    for key in ("routes", "neuropathy_types"):
        assert found[key][2] >= 0.90, key


@pytest.mark.shared
def test_payment_meets_the_bars(shared: Path) -> None:
    found = _scored(shared, "payment", "payment")
    assert found["precision"] >= 0.95
    assert found["recall"] >= 0.90


@pytest.mark.shared
@pytest.mark.slow
def test_every_quote_is_in_the_record_where_it_says(shared: Path) -> None:
    checked = 0
    for index, raw in enumerate(read_records(shared / "records" / "studies.jsonl.gz")):
        if index % 4:
            continue
        study = read_study(raw)
        for items in classify(study).evidence.values():
            for item in items:
                assert item.quote in value_at(study, item.field), (study.nct_id, item)
                checked += 1
    assert checked > 1000


@pytest.mark.shared
def test_the_contract_is_json(shared: Path) -> None:
    raw = next(iter(read_records(shared / "records" / "studies.jsonl.gz")))
    json.dumps(contract(read_study(raw), TODAY))
