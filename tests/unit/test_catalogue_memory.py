"""What a catalogue holds: not more studies than it must, and the same answers for that."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from unittest import mock

import pytest

from tests.e2e.made import nct, studies
from trialfinder.catalogue import holdings
from trialfinder.catalogue.opening import from_records
from trialfinder.study.read_study import read_study

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "r.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in studies(6)))
    return str(path)


def test_the_studies_asked_for_last_are_held_and_others_are_read_again(
    records: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings, "_MOST_STUDIES", 2)
    found = from_records(records, DAY)
    first = found.study(nct(1))
    assert found.study(nct(2)).nct_id == nct(2)
    assert found.study(nct(1)) is first  # it was held, and is the last that was asked for now
    found.study(nct(3))
    assert found.study(nct(1)) is first
    found.study(nct(2)), found.study(nct(3))
    assert found.study(nct(1)) is not first
    assert found.study(nct(1)) == first


def test_signs_that_see_a_sponsors_other_studies_do_not_hang_on_it(
    records: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = from_records(records, DAY)
    expected = whole.rows()
    whole.add_signs(expected)
    assert [study.nct_id for study in whole.sponsor_records(nct(1))] == [nct(number) for number in range(2, 6)]
    monkeypatch.setattr(holdings, "_MOST_STUDIES", 1)
    small = from_records(records, DAY)
    rows = small.rows()
    small.add_signs(rows)
    assert rows == expected


def test_each_record_of_a_sponsor_is_read_once_for_the_signs_of_all(
    records: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = from_records(records, DAY)
    rows = found.rows()
    read = mock.Mock(side_effect=read_study)
    monkeypatch.setattr(holdings, "read_study", read)
    monkeypatch.setattr(holdings, "_MOST_STUDIES", 6)
    found.let_go()
    found.add_signs(rows)
    assert read.call_count == len(rows)
    found.let_go()
    found._signs.clear()
    found.signs(nct(1))
    assert read.call_count == len(rows) + 1  # of the others is known what is looked at
