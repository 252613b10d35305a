"""A study that can be joined now is news of its own, whatever changed in its record, and it is told first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import DROP, edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.base.tongue import speaking
from trialfinder.changes import Event, between, events_between, history, told_first
from trialfinder.changes.record_events import event_id
from trialfinder.deliver import make_digest
from trialfinder.deliver.feed import atom
from trialfinder.deliver.render import render
from trialfinder.pages.translations import translator
from trialfinder.store import Store

VERIFIED, END = "statusModule.statusVerifiedDate", "statusModule.completionDateStruct"
MAIN_END, STATUS = "statusModule.primaryCompletionDateStruct", "statusModule.overallStatus"
SITES = "contactsLocationsModule.locations"
MANY = ["Asthma", "Stroke", "Neuropathy", "Arthritis", "Heart Failure", "Autism", "Diabetes", "Multiple Sclerosis"]
#: Confirmed last month, an end to come, and no site with a status of its own: it can be joined.
OPEN: dict[str, Any] = {
    STATUS: "RECRUITING", VERIFIED: "2026-10", END: {"date": "2028-12-31"}, MAIN_END: {"date": "2028-06-30"},
    SITES: DROP,
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def two(**edits: Any) -> dict[str, Any]:
    return edited({"identificationModule.nctId": "NCT90000002", **OPEN, **edits})


def later(store: Store, before: dict[str, Any], after: dict[str, Any]) -> list[Event]:
    run(store, day(0), {"default": [RECORD, before]})
    run(store, day(1), {"default": [RECORD, after]})
    return list(events_between(store, 1))


YES, NOW = "can be joined: yes", "is recruiting; last verified 2026-10"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (
            {VERIFIED: "2022-04"},
            f"{YES} (was unsure): {NOW}. Before: says that it recruits, but nobody confirmed it for more than "
            "a year; last verified 2022-04",
        ),
        (
            {END: {"date": "2024-12-31"}},
            f"{YES} (was unsure): {NOW}. Before: says that it recruits, but its end (2024-12-31) has passed; "
            "last verified 2026-10",
        ),
        (
            {STATUS: "NOT_YET_RECRUITING"},
            f"{YES} (was not yet): {NOW}. Before: is not yet recruiting; last verified 2026-10",
        ),
        (
            {STATUS: "SUSPENDED"},
            f"{YES} (was no): {NOW}. Before: is paused; it may start again; last verified 2026-10",
        ),
        (
            {
                SITES: [
                    {"facility": "North Clinic", "city": "Leeds", "country": "United Kingdom", "status": "COMPLETED"}
                ]
            },
            f"{YES} (was unsure): {NOW}. Before: says that it recruits, but every listed site is closed; last "
            "verified 2026-10",
        ),
    ],
)
def test_whatever_changed_it_is_told_first_and_in_words(store: Store, before: dict[str, Any], words: str) -> None:
    event = later(store, two(**before), two())[0]
    assert (event.kind, event.severity, event.words) == ("can_be_joined", "critical", words)
    assert (event.old in ("unsure", "not_yet", "no"), event.new) == (True, "yes")
    assert event.id == event_id("NCT90000002", "study", None, "can_be_joined", 2)
    digest = make_digest(list(events_between(store, 1)))
    assert (digest.studies[0].nct_id, digest.studies[0].tone, digest.studies[0].first) == ("NCT90000002", "opens", True)
    assert "1 about joining" in digest.subject
    assert digest.studies[0].lines[0].words == words
    assert words.encode() in re.sub(rb"\s+", b" ", atom([event], updated=day(1)))


def test_a_strong_warning_sign_stands_on_the_same_line(store: Store) -> None:
    many = {"conditionsModule.conditions": MANY}
    event = later(store, two(**many, **{VERIFIED: "2022-04"}), two(**many))[0]
    assert event.kind == "can_be_joined_with_warning"
    assert event.severity == "critical"
    assert event.words.startswith("can be joined: yes (was unsure), but with a strong warning sign (")
    assert event.details[0].startswith("Ask: ")
    assert event.id == event_id("NCT90000002", "study", None, "can_be_joined", 2)  # the sign may be read anew
    digest = make_digest([event])
    assert digest.studies[0].tone == "warns"
    assert "strong warning sign" in render(digest, "html")


def test_a_sign_that_only_the_other_records_of_the_sponsor_show(store: Store) -> None:
    firm = {"sponsorCollaboratorsModule.leadSponsor": {"name": "Example Cells Inc", "class": "INDUSTRY"}}
    others = [
        edited({"identificationModule.nctId": f"NCT9000001{n}", "conditionsModule.conditions": [name], **firm})
        for n, name in enumerate([*MANY, "Liver Cirrhosis"])
    ]
    run(store, day(0), {"default": [RECORD, two(**firm, **{VERIFIED: "2022-04"}), *others]})
    run(store, day(1), {"default": [RECORD, two(**firm), *others]})
    (event,) = filter(told_first, events_between(store, 1))
    assert event.kind == "can_be_joined_with_warning"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {VERIFIED: "2026-11"}),
        ({VERIFIED: "2022-04"}, {VERIFIED: "2023-04"}),
        ({}, {STATUS: "COMPLETED"}),
        ({STATUS: "SUSPENDED"}, {STATUS: "NOT_YET_RECRUITING"}),
    ],
)
def test_it_is_no_news_where_the_answer_is_not_a_new_yes(
    store: Store, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert not list(filter(told_first, later(store, two(**before), two(**after))))


def test_a_site_that_closed_does_not_outweigh_it_and_a_later_stop_does(store: Store) -> None:
    place = {"facility": "North Clinic", "city": "Leeds", "country": "United Kingdom"}
    shut, others = {SITES: [{**place, "status": "COMPLETED"}]}, {**place, "facility": "South Clinic"}
    was = {SITES: [{**place, "status": "RECRUITING"}, {**others, "status": "NOT_YET_RECRUITING"}], VERIFIED: "2022-04"}
    now = {SITES: [*shut[SITES], {**others, "status": "RECRUITING"}]}
    told = [event for event in later(store, two(**was), two(**now)) if event.kind != "new_warning_sign"]
    assert {"can_be_joined", "site_closed"} <= {event.kind for event in told}
    assert make_digest(told).studies[0].tone == "opens"
    run(store, day(2), {"default": [RECORD, two(**now, **{STATUS: "SUSPENDED"})]})
    everything = [event for event in events_between(store, 1) if event.kind != "new_warning_sign"]
    (news,) = make_digest(everything).studies
    assert (news.tone, news.first) == ("stops", False)


def test_history_tells_it_too(store: Store) -> None:
    later(store, two(**{VERIFIED: "2022-04"}), two())
    assert history(store, "NCT90000002")[1].events[0].kind == "can_be_joined"
    assert between(store, "NCT90000002", 1, 2)[0].kind == "can_be_joined"


def test_it_is_told_in_other_languages(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, two(**{VERIFIED: "2022-04"})]})
    run(store, day(1), {"default": [RECORD, two()]})
    with speaking(translator("es")):
        event = next(filter(told_first, events_between(store, 1)))
    assert "can be joined" not in event.words
