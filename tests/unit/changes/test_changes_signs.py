"""A new strong warning sign is news; a new name for the same country and a plan that became a fact are not falls."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from tests.unit.sample import RECORD
from trialfinder.changes.event_table import load
from trialfinder.changes.record_events import Event, SeenAt, record_events
from trialfinder.changes.sign_events import sign_events
from trialfinder.changes.what_it_is import about

SEEN = SeenAt("NCT90000001", "Cells", 7, dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
FEE = "Participants will be charged a fee of 12,000 USD for the treatment."


def changed(module: str, **values: Any) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    record["protocolSection"].setdefault(module, {}).update(values)
    return record


def events(old: dict[str, Any], new: dict[str, Any]) -> tuple[Event, ...]:
    return record_events(old, new, SEEN, load())


def test_a_fee_in_a_reworded_description_is_important() -> None:
    told = RECORD["protocolSection"]["descriptionModule"].get("detailedDescription", "")
    new = changed("descriptionModule", detailedDescription=f"{told} {FEE}")
    (event,) = sign_events(RECORD, new, SEEN, load())
    assert (event.kind, event.severity) == ("new_warning_sign", "important")
    assert event.words.startswith("new warning sign, ")
    assert "12,000 USD" in event.words
    assert event.details[0].startswith("Ask: ")
    assert sign_events(new, new, SEEN, load()) == ()
    assert sign_events(new, RECORD, SEEN, load()) == ()
    assert sign_events({}, new, SEEN, load()) == ()


@pytest.mark.parametrize(
    "words", ["Must have banked cells at Sunrise Cryo", "Only people whose cells are banked with Northern BioBank"]
)
@pytest.mark.parametrize("where", ["criteria", "description"])
def test_cells_that_must_be_banked_from_now_on_are_important(words: str, where: str) -> None:
    told = RECORD["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    listed = told.replace("Exclusion", f"* {words}\n\nExclusion")
    new = (
        changed("eligibilityModule", eligibilityCriteria=listed)
        if where == "criteria"
        else changed("descriptionModule", detailedDescription=f"Each person gets cells. {words}.")
    )
    (event,) = sign_events(RECORD, new, SEEN, load())
    assert (event.kind, event.severity, event.new) == ("new_warning_sign", "important", "banked_cells_required")
    assert event.words.startswith("new warning sign, banked cells required: ")
    assert event.details[0].startswith("Ask: Must I buy the banking of my cells")
    assert sign_events(new, new, SEEN, load()) == ()


def test_a_permission_that_is_newly_claimed_and_a_promise_are_important() -> None:
    for words, sign in (
        ("The injection is FDA-approved.", "regulation_claimed"),
        ("The cells can cure neuropathy.", "promise_words"),
    ):
        new = changed("descriptionModule", briefSummary=words)
        assert [event.new for event in sign_events(RECORD, new, SEEN, load())] == [sign]


def test_a_sign_that_tells_little_is_no_news() -> None:
    alone = changed("designModule", phases=["NA"])
    assert sign_events(RECORD, alone, SEEN, load()) == ()


def sites(country: str, status: str = "RECRUITING") -> dict[str, Any]:
    site = {"facility": "A Hospital", "city": "Seoul", "country": country, "status": status}
    return changed("contactsLocationsModule", locations=[site, site | {"facility": "B Hospital", "city": "Busan"}])


def test_a_country_under_its_new_name_is_no_news() -> None:
    assert events(sites("Korea, Republic of"), sites("South Korea")) == ()
    assert events(sites("Turkey"), sites("Turkey (Türkiye)")) == ()
    assert [event.kind for event in events(sites("Korea, Republic of"), sites("South Korea", "COMPLETED"))] != []
    assert [event.kind for event in events(sites("South Korea"), sites("Japan"))] != []


def test_what_was_planned_and_what_came_of_it_are_two_things() -> None:
    def enrolled(count: int, kind: str) -> dict[str, Any]:
        return changed("designModule", enrollmentInfo={"count": count, "type": kind})

    (event,) = events(enrolled(60, "ESTIMATED"), enrolled(12, "ACTUAL"))
    assert event.words == "12 took part in the end (60 were planned)"
    (event,) = events(enrolled(60, "ESTIMATED"), enrolled(12, "ESTIMATED"))
    assert event.words == "number of people lowered from 60 to 12"
    (event,) = events(enrolled(60, "ACTUAL"), enrolled(12, "ACTUAL"))
    assert event.words == "number of people lowered from 60 to 12"


def test_a_new_study_says_what_it_is() -> None:
    lines = about(changed("conditionsModule", conditions=["A", "B", "C", "D", "E", "A"]))
    assert lines[0] == "for: A, B, C, D and 1 more"
    assert any(line.startswith("given: ") for line in lines)
    assert any(line.startswith("where: ") for line in lines)
    assert about({}) == about(None) == ()
