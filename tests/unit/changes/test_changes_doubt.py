"""News of a study of which it is unsure whether it can be joined: told with the doubt that `show` has of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.changes import Event, events_between, history
from trialfinder.changes.event_table import load
from trialfinder.changes.person import for_records
from trialfinder.changes.record_events import event_id
from trialfinder.changes.site_news import near_events
from trialfinder.classify import joinable
from trialfinder.deliver import make_digest
from trialfinder.deliver.feed import atom
from trialfinder.deliver.render import render
from trialfinder.store import Store
from trialfinder.study.read_study import read_study

STALE = {"statusModule.statusVerifiedDate": "2022-08", "statusModule.completionDateStruct": {"date": "2024-05-31"}}
WHY = (
    "says that it recruits, but nobody confirmed it for more than a year, and its end (2024-05-31) has passed; last "
    "verified 2022-08"
)
SITES = "contactsLocationsModule.locations"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def two(**edits: Any) -> dict[str, Any]:
    return edited({"identificationModule.nctId": "NCT90000002", **STALE, **edits})


def second_run(store: Store, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Event]:
    run(store, day(0), {"default": [RECORD, *([before] if before else [])]})
    run(store, day(1), {"default": [RECORD, after]})
    return [event for event in events_between(store, 1) if event.kind != "new_warning_sign"]


def test_a_new_study_is_told_with_the_words_of_show(store: Store) -> None:
    (event,) = second_run(store, None, two())
    assert joinable(read_study(two()), day(1).date()).reason == WHY
    assert (event.kind, event.severity, event.words) == ("new_study", "important", f"new study: {WHY}")
    assert event.id == event_id("NCT90000002", "study", None, "new_study", 2)  # no reader is told it twice
    (kept,) = [event for event in events_between(store, 1) if event.kind == "new_study"]
    assert kept == event  # as it is kept in the store, too


def test_every_place_that_is_sent_says_it(store: Store) -> None:
    digest = make_digest(second_run(store, None, two()))
    assert (digest.subject, digest.studies[0].tone) == ("Clinical trials: news of 1 study", "warns")
    assert f"  - new study: {WHY}\n" in render(digest, "text")
    assert WHY in render(digest, "html")
    assert digest.to_json()["events"][0]["words"] == f"new study: {WHY}"
    assert f": new study: {WHY}</title>" in atom(digest.events, updated=day(1)).decode()


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"statusModule.statusVerifiedDate": "2026-09", "statusModule.completionDateStruct": {"date": "2028-01"}},
         "new study (recruiting)"),
        ({"statusModule.statusVerifiedDate": None, "statusModule.completionDateStruct": {"date": "2028-01"}},
         "new study: says that it recruits, but no date of its last check is known"),
        ({"statusModule.overallStatus": "COMPLETED"}, "new study (completed)"),
        ({"statusModule.overallStatus": "UNKNOWN"},
         "new study: the status was not confirmed for two years, and its end (2024-05-31) has passed; last verified "
         "2022-08"),
        ({"statusModule.overallStatus": "DREAMING"}, "new study (DREAMING)"),
    ],
)  # fmt: skip
def test_what_is_sure_is_told_as_before(store: Store, edits: dict[str, Any], words: str) -> None:
    (event,) = second_run(store, None, two(**edits))
    assert (event.words, event.unsure) == (words, words.startswith("new study: "))


def test_a_study_that_opens_without_being_confirmed_is_not_told_as_open(store: Store) -> None:
    (event,) = second_run(store, two(**{"statusModule.overallStatus": "SUSPENDED"}), two())
    assert (event.kind, event.severity) == ("now_recruiting", "important")
    assert event.words == f"status changed from paused to recruiting; {WHY}"
    assert history(store, "NCT90000002")[1].events == (event,)
    assert make_digest([event]).studies[0].tone == "warns"


def test_a_site_that_opens_is_told_with_the_doubt_of_its_study(store: Store) -> None:
    site = {"facility": "Clinic A", "city": "Leeds", "country": "United Kingdom"}
    waits, opened = ({**site, "status": status} for status in ("NOT_YET_RECRUITING", "RECRUITING"))
    events = second_run(store, two(**{SITES: [waits]}), two(**{SITES: [opened]}))
    (event,) = [event for event in events if event.kind == "site_opened"]
    assert (event.severity, event.details) == ("important", (WHY,))
    assert event.words == "site opened in Leeds, United Kingdom (Clinic A) (was not yet recruiting)"
    (near,) = near_events(
        store, [event], lambda study: {s.city or "": "Leeds" for s in study.locations if s.status == "RECRUITING"}
    )
    assert near.words == f"a site near you says that it is open now: Leeds; of the study: {WHY}"
    assert (near.severity, near.kind) == ("important", "site_near_you")


def test_the_rest_of_a_change_keeps_its_weight(store: Store) -> None:
    young = two(**{"eligibilityModule.maximumAge": "55 Years"})
    events = second_run(store, young, two(**{"eligibilityModule.maximumAge": "75 Years"}))
    assert [(event.kind, event.severity, event.unsure) for event in events] == [("age_limit", "critical", False)]


def test_possible_is_never_said_alone_of_a_study_that_may_be_closed() -> None:
    judged = {"verdict": "possible", "joinable": "unsure", "answers": []}
    lead = "it is unsure whether it can still be joined; for you: possible, not everything is known"
    assert for_records("NCT90000002", None, {}, lambda _: judged).words == lead
    assert for_records("NCT90000002", {}, {}, lambda _: judged, always=True).words == lead


def test_what_no_longer_speaks_against_it_is_not_told_as_open() -> None:
    def judged(answer: str) -> dict[str, Any]:
        asked = [{"pattern": "age", "answer": answer}]
        return {"verdict": "conflict" if answer == "not_met" else "possible", "joinable": "unsure", "answers": asked}

    told = for_records("NCT90000002", {"old": 1}, {}, lambda record: judged("not_met" if record else "met")).words
    assert told == "age no longer speaks against it; it is unsure whether it can still be joined"


def test_the_table_has_words_for_the_doubt() -> None:
    told = {kind for kind, row in load().study.items() if row.doubted}
    assert told == {"new_study", "came_back", "site_near_you"}
