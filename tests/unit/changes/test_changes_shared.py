"""Real records: written in another way they have no changes, and any two give words that can be printed."""

from __future__ import annotations

import copy
import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import SEEN
from tests.unit.changes.test_changes_diff import shuffled
from trialfinder.changes.diff import compare
from trialfinder.changes.event_table import load
from trialfinder.changes.record_events import record_events
from trialfinder.study.record_files import read_records

TABLE = load()


@pytest.fixture
def real(shared: Path) -> list[dict[str, Any]]:
    return list(itertools.islice(read_records(shared / "records" / "studies.jsonl.gz"), 800))


@pytest.mark.shared
@pytest.mark.slow
def test_real_records_written_in_another_way_have_no_changes(real: list[dict[str, Any]]) -> None:
    source = random.Random(1)
    for record in real:
        other = shuffled(copy.deepcopy(record), source)
        assert compare(record, other, TABLE) == (), record["protocolSection"]["identificationModule"]["nctId"]


@pytest.mark.shared
@pytest.mark.slow
def test_any_two_real_records_give_words_that_can_be_printed(real: list[dict[str, Any]]) -> None:
    for old, new in itertools.pairwise(real[::8]):
        events = record_events(old, new, SEEN, TABLE)
        assert len({event.id for event in events}) == len(events) > 5
        for event in events:
            assert event.words.isprintable()
            assert 0 < len(event.words) < 900
            assert "{" not in event.words or "{" in f"{event.old}{event.new}"
