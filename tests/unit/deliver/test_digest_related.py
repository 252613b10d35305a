"""A study that is only related bears in the news the mark that it has in every list."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from tests.unit.changes.edits import edited
from tests.unit.store.fill import day, run
from trialfinder.changes import changes
from trialfinder.deliver import Ask, Settings, Tools, deliver, make_digest, render, write_feed
from trialfinder.deliver.render import Form
from trialfinder.store import Store

PLASMA = {
    "identificationModule.nctId": "NCT90000005",
    "identificationModule.briefTitle": "Plasma around the median nerve",
    "identificationModule.officialTitle": "Platelet-rich plasma for carpal tunnel syndrome",
    "descriptionModule": {"briefSummary": "Platelet-rich plasma is injected around the median nerve."},
    "conditionsModule": {"conditions": ["Carpal Tunnel Syndrome"]},
    "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "Platelet-rich plasma"}]},
}
WORDS = "only related; its record does not say that cells are given"


def with_plasma(store: Store) -> None:
    kept = [stored.record for stored in store.records()]
    run(store, day(20), {"default": [*kept, edited(PLASMA)]})


def told(store: Store, now: dt.datetime, since: str) -> str:
    out = io.StringIO()
    deliver(store, ["-"], ask=Ask(since), tools=Tools(Settings(), out), now=now)
    return out.getvalue()


def test_it_is_marked_and_the_mark_is_told(store: Store) -> None:
    assert "~" not in told(store, day(2), "7d")  # NCT90000002 gives cells for a nerve
    with_plasma(store)
    text = told(store, day(20), "7d")
    assert "NCT90000005  ~ Plasma around the median nerve" in text
    assert WORDS in text


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_in_every_form(store: Store, form: Form) -> None:
    with_plasma(store)
    made = render(make_digest(changes(store, "7d", now=day(20))), form)
    assert "~ Plasma around" in made.replace("\\~", "~")
    assert WORDS in made


def test_in_a_feed_and_for_a_program(store: Store, tmp_path: Path) -> None:
    with_plasma(store)
    events = changes(store, "7d", now=day(20))
    write_feed(tmp_path / "news.atom", events, updated=day(20))
    feed = (tmp_path / "news.atom").read_text(encoding="utf-8")
    assert "<title>~ Plasma around the median nerve: " in feed
    assert WORDS in feed
    [event] = json.loads(json.dumps(make_digest(events).to_json()))["events"]
    assert (event["related"], event["title"]) == (True, "Plasma around the median nerve")


def test_what_was_kept_of_a_run_is_marked_again(store: Store) -> None:
    with_plasma(store)
    first = changes(store, "7d", now=day(20))
    again = changes(store, "7d", now=day(20))
    assert [event.related for event in first] == [event.related for event in again] == [True]
