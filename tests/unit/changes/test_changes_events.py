"""From differences to news: words, severities, what is told together, and ids."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.changes.edits import DROP, NOW, SEEN, edited, events, told
from tests.unit.sample import RECORD
from trialfinder.changes.event_table import load
from trialfinder.changes.record_events import Event, SeenAt, event_id, record_events, study_event

TABLE = load()
LEEDS = RECORD["protocolSection"]["contactsLocationsModule"]["locations"][0]
YORK = {"facility": "Minster Clinic", "status": "RECRUITING", "city": "York", "country": "United Kingdom"}
CONTACT = {"name": "Study desk", "role": "CONTACT", "phone": "+44 9", "email": "desk@example.org"}


@pytest.mark.parametrize(
    ("edits", "before", "expected"),
    [
        ({"statusModule.overallStatus": "RECRUITING"}, {"statusModule.overallStatus": "NOT_YET_RECRUITING"},
         ("critical", "now_recruiting", "now recruiting (was not yet recruiting)")),
        ({"statusModule.overallStatus": "TERMINATED", "statusModule.whyStopped": "Money\nran \\> out"}, {},
         ("critical", "stopped", "stopped early: Money ran > out")),
        ({"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "RECRUITING"}, {},
         ("critical", "status_unknown", "status now unknown (not verified for two years); last known: recruiting")),
        ({"statusModule.overallStatus": "A_NEW_ONE"}, {},
         ("important", "status", "status changed from recruiting to A_NEW_ONE")),
        ({"contactsLocationsModule.locations": [LEEDS, YORK]}, {},
         ("critical", "site_opened", "site opened in York, United Kingdom (Minster Clinic)")),
        ({"contactsLocationsModule.locations": []}, {},
         ("critical", "site_closed", "site in Leeds, United Kingdom (City Hospital) is no longer listed")),
        ({"contactsLocationsModule.locations.0.status": "COMPLETED"}, {},
         ("critical", "site_closed", "site closed in Leeds, United Kingdom (City Hospital): completed")),
        ({"contactsLocationsModule.locations.0.status": "RECRUITING"},
         {"contactsLocationsModule.locations.0.status": "SUSPENDED"},
         ("critical", "site_opened", "site opened in Leeds, United Kingdom (City Hospital) (was paused)")),
        ({"contactsLocationsModule.locations.0.contacts.0.phone": "+44 3"}, {},
         ("important", "contacts", "contact Leeds desk: phone is now +44 3 (was +44 2)")),
        ({"contactsLocationsModule.centralContacts": [CONTACT]}, {},
         ("important", "contacts", "contact Study desk: phone is now +44 9 (was +44 1)")),
        ({"contactsLocationsModule.centralContacts.0": {"name": "New desk", "phone": "+44 5"}}, {},
         ("important", "contacts", "new contact: New desk, +44 5")),
        ({"eligibilityModule.maximumAge": "80 Years"}, {"eligibilityModule.maximumAge": "70 Years"},
         ("critical", "age_limit", "age limit raised from 70 years to 80 years")),
        ({"eligibilityModule.maximumAge": DROP}, {"eligibilityModule.maximumAge": "70 Years"},
         ("critical", "age_limit", "upper age limit lifted (was 70 years)")),
        ({"eligibilityModule.sex": "FEMALE"}, {},
         ("critical", "sex", "open to women only (was women and men)")),
        ({"/hasResults": True}, {}, ("important", "results_posted", "results posted")),
        ({"statusModule.startDateStruct.date": "2025-03-09"}, {},
         ("minor", "start_date", "start is now given as 2025-03-09 (was 2025-03)")),
        ({"statusModule.completionDateStruct.date": "2028-06"}, {},
         ("normal", "completion_date", "end of the study is now later: 2028-06 (was 2027-12)")),
        ({"designModule.enrollmentInfo.count": 99999999}, {},
         ("normal", "enrollment", "number of people changed from 60 to not stated")),
        ({"somethingNew.inside": 5}, {}, ("minor", "other_change", "inside is now stated: 5")),
    ],
)  # fmt: skip
def test_what_is_told(edits: dict[str, Any], before: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in told(edits, before)


def test_nothing_changed_nothing_told() -> None:
    assert events({}) == ()


def test_results_are_told_once() -> None:
    found = told({
        "/hasResults": True, "/resultsSection": {"moreInfoModule": {"a": "b"}},
        "statusModule.resultsFirstPostDateStruct": {"date": "2026-11-19", "type": "ACTUAL"},
        "statusModule.resultsFirstSubmitDate": "2026-10-01",
    })  # fmt: skip
    assert [(severity, words) for severity, _, words in found] == [("important", "results posted")]


def test_a_date_and_its_type_are_told_together() -> None:
    (event,) = events({"statusModule.completionDateStruct": {"date": "2026-11-02", "type": "ACTUAL"}})
    assert event.words == "end of the study changed from 2027-12 to 2026-11-02"
    assert event.details == ("date of the end of the study is now actual (was estimated)",)


def test_what_the_registry_drops_when_a_study_closes_is_told_with_the_status() -> None:
    closed = {**LEEDS}
    del closed["status"], closed["contacts"]
    found = events({
        "statusModule.overallStatus": "COMPLETED", "contactsLocationsModule.locations": [closed],
        "contactsLocationsModule.centralContacts": DROP,
    })  # fmt: skip
    assert [event.words for event in found] == ["completed (was recruiting)"]
    assert found[0].details == ("3 statements of sites and contacts dropped with it",)


def test_a_site_that_closes_by_itself_is_told() -> None:
    closed = {key: value for key, value in LEEDS.items() if key != "status"}
    (event,) = events({"contactsLocationsModule.locations": [closed]})
    assert event.words == (
        "site in Leeds, United Kingdom (City Hospital) no longer says whether it takes people (was recruiting)"
    )


def test_the_gravest_comes_first() -> None:
    found = told({
        "descriptionModule.briefSummary": "Other words", "statusModule.overallStatus": "SUSPENDED",
        "conditionsModule.conditions": ["Diabetic Peripheral Neuropathy", "Neuralgia"],
    })  # fmt: skip
    assert [severity for severity, _, _ in found] == ["critical", "important", "minor"]


def test_an_event_has_its_field_its_values_and_its_place() -> None:
    (event,) = events({"statusModule.overallStatus": "SUSPENDED"})
    assert (event.nct_id, event.field, event.old, event.new) == (
        "NCT90000001",
        "overall_status",
        "RECRUITING",
        "SUSPENDED",
    )
    assert (event.title, event.refresh_id, event.date_seen) == ("Cord cells", 7, NOW)


def test_an_event_survives_json() -> None:
    for event in events({"contactsLocationsModule.locations": [LEEDS, YORK], "/hasResults": True}):
        assert Event.from_json(event.to_json()) == event


def test_there_and_back_again_gives_an_id_each_time() -> None:
    states = ("RECRUITING", "SUSPENDED", "RECRUITING", "SUSPENDED")
    ids = []
    for number, (old, new) in enumerate(itertools.pairwise(states), 2):
        seen = replace(SEEN, refresh_id=number)
        before, after = (edited({"statusModule.overallStatus": state}) for state in (old, new))
        ids += [event.id for event in record_events(before, after, seen, TABLE)]
    assert len(ids) == 3
    assert len(set(ids)) == 3


def test_the_id_does_not_depend_on_the_clock_the_title_or_the_order_of_the_record() -> None:
    edits = {"contactsLocationsModule.locations": [LEEDS, YORK], "statusModule.overallStatus": "SUSPENDED"}
    turned = {"statusModule.overallStatus": "SUSPENDED", "contactsLocationsModule.locations": [YORK, LEEDS]}
    later = SeenAt("NCT90000001", "Another title", 7, NOW + dt.timedelta(days=9))
    first = {event.id for event in events(edits)}
    assert first == {event.id for event in record_events(edited({}), edited(turned), later, TABLE)}


def test_ids_differ_by_study_field_values_and_run() -> None:
    ids = {
        event_id("NCT1", "a", "x", "y", 1), event_id("NCT2", "a", "x", "y", 1), event_id("NCT1", "b", "x", "y", 1),
        event_id("NCT1", "a", "y", "x", 1), event_id("NCT1", "a", "x", "z", 1), event_id("NCT1", "a", "x", "y", 2),
    }  # fmt: skip
    assert len(ids) == 6


def test_two_sites_of_one_name_that_both_leave_are_two_events() -> None:
    found = events(
        {"contactsLocationsModule.locations": [LEEDS]}, {"contactsLocationsModule.locations": [LEEDS, YORK, YORK]}
    )
    assert len(found) == 2
    assert len({event.id for event in found}) == 2


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m", "a\u202eb", "\ud800", "\uffff", "<script>alert(1)</script>", "=1+1\r\n"]
)
def test_hostile_text_does_no_harm_in_words(text: str) -> None:
    for edits in ({"statusModule.overallStatus": text}, {"statusModule.whyStopped": text}, {text: {"a": text}}):
        for event in events(edits):
            event.words.encode()
            assert event.words.isprintable()


def test_news_about_a_whole_study() -> None:
    event = study_event("left_results", SEEN, TABLE, search="diabetic\nnerve")
    assert (event.severity, event.words) == ("important", "left the results of the search diabetic nerve")
    other = study_event("left_results", SEEN, TABLE, search="default")
    assert event.id != other.id
    assert study_event("new_study", SEEN, TABLE, status="recruiting").words == "new study (recruiting)"
