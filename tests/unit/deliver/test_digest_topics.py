"""A digest announces no study that a list would not show."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from tests.unit.changes.edits import edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.changes import changes
from trialfinder.deliver import Ask, Settings, Tools, deliver, write_feed
from trialfinder.store import Store

TABLETS = {
    "identificationModule.nctId": "NCT90000004",
    "identificationModule.briefTitle": "Tablets for diabetic nerve pain",
    "identificationModule.officialTitle": "Tablets for painful diabetic peripheral neuropathy",
    "descriptionModule": {"briefSummary": "Tablets twice a day."},
    "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Pregabalin"}]},
}


def told(store: Store, now: dt.datetime, nct: tuple[str, ...] = ()) -> str:
    """What a terminal is told of the last week."""
    out = io.StringIO()
    deliver(store, ["-"], ask=Ask("7d", nct), tools=Tools(Settings(), out), now=now)
    return out.getvalue()


def test_a_digest_announces_what_lists_show_and_nothing_else(store: Store, tmp_path: Path) -> None:
    kept = [stored.record for stored in store.records()]
    run(store, day(2), {"default": [*kept, edited(TABLETS)]})
    assert "NCT90000004" not in told(store, day(2))
    assert "NCT90000002" in told(store, day(2))
    assert "NCT90000004" in told(store, day(2), ("NCT90000004",))
    events = changes(store, "7d", now=day(2))
    assert write_feed(tmp_path / "news.atom", events, updated=day(2), caveat="")
    assert "NCT90000004" not in (tmp_path / "news.atom").read_text(encoding="utf-8")


def test_a_week_of_other_studies_is_a_week_without_news(store: Store) -> None:
    kept = [stored.record for stored in store.records()]
    run(store, day(20), {"default": [*kept, edited(TABLETS)]})
    assert told(store, day(20)) == ""
    run(store, day(21), {"default": [*kept, edited({"identificationModule.nctId": "NCT90000004"}, RECORD)]})
    assert "NCT90000004" in told(store, day(21))
