"""Events out of a store: what is news and what is not, since when, of which studies; kept and made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.changes import between, changes, events_between, history, prepare
from trialfinder.changes.event_filter import parse_since, since_refresh
from trialfinder.changes.record_events import event_id
from trialfinder.deliver import make_digest
from trialfinder.errors import InputError
from trialfinder.store import Store
from trialfinder.store.importing import import_records

ONE = "NCT90000001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def study(number: int, **edits: object) -> dict[str, object]:
    paths = {key.replace("__", "."): value for key, value in edits.items()}
    return edited({"identificationModule.nctId": f"NCT9000000{number}", **paths})


def told(store: Store, since: int = 0) -> list[tuple[int, str, str]]:
    return [(event.refresh_id, event.nct_id[-1], event.words) for event in events_between(store, since)]


def test_the_first_run_is_what_there_is_and_no_news(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, study(2)]})
    assert told(store) == []


def test_a_new_study_is_told_once_with_its_status(store: Store) -> None:
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [RECORD, study(2)], "other": []})
    run(store, day(2), {"default": [RECORD, study(2)], "other": []})
    assert told(store) == [(2, "2", "new study (recruiting)")]


def test_the_first_run_of_another_search_is_no_news(store: Store) -> None:
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [RECORD, study(3)], "wide": [RECORD, study(2), study(3)]})
    assert told(store) == [(2, "3", "new study (recruiting)")]


def test_what_an_import_adds_to_a_filled_store_is_news(store: Store) -> None:
    import_records(store, [RECORD], "a file", day(0))
    import_records(store, [RECORD, study(2)], "a file", day(1))
    assert told(store) == [(2, "2", "new study (recruiting)")]


def test_leaving_withdrawal_and_coming_back(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, study(2), study(3)], "other": [RECORD]})
    run(store, day(1), {"default": [study(3)], "other": [RECORD]}, gone={"NCT90000002": "404"})
    run(store, day(2), {"default": [RECORD, study(2), study(3)], "other": [RECORD, study(3)]})
    assert told(store) == [
        (2, "1", "left the results of the search default"),
        (2, "2", "withdrawn from the registry: asked for by its number, it is no longer there"),
        (3, "1", "came back to the results (recruiting)"),
        (3, "2", "came back to the results (recruiting)"),
        (3, "3", "now found by the search other too"),
    ]


def test_there_and_back_again_is_told_each_time(store: Store) -> None:
    for number, status in enumerate(["RECRUITING", "SUSPENDED", "RECRUITING", "SUSPENDED"]):
        run(store, day(number), {"default": [study(1, statusModule__overallStatus=status)]})
    assert told(store) == [
        (2, "1", "paused (was recruiting)"),
        (
            3,
            "1",
            "can be joined: yes (was no): is recruiting at 1 of 1 listed sites; last verified 2026-09. Before: is "
            "paused; it may start again; last verified 2026-09",
        ),
        (3, "1", "now recruiting (was paused)"),
        (4, "1", "paused (was recruiting)"),
    ]
    assert len({event.id for event in events_between(store, 0)}) == 4


def test_events_are_the_same_kept_made_again_and_asked_for_in_parts(store: Store) -> None:
    for number in range(4):
        run(
            store,
            day(number),
            {"default": [study(1, designModule__enrollmentInfo__count=60 + number), study(2)][: 1 + number]},
        )
    first = list(events_between(store, 0))
    assert len(first) == 4
    assert prepare(store) == 0
    with store.transaction() as database:
        database.execute("delete from change_events where refresh_id > 2")
    assert prepare(store, newest=1) == len([event for event in first if event.refresh_id == 4])
    assert prepare(store) == len([event for event in first if event.refresh_id == 3])
    assert list(events_between(store, 0)) == first
    assert list(events_between(store, 0, 2)) + list(events_between(store, 2)) == first
    with store.transaction() as database:
        database.execute("update change_events set body = x'00' where refresh_id = 2")
        database.execute("delete from change_events where refresh_id = 3")
    assert list(events_between(store, 0)) == first


def test_a_store_that_cannot_be_written_to_tells_all_the_same(store: Store) -> None:
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [RECORD, study(2)]})
    with Store.open(store.path, read_only=True) as opened:
        assert told(opened) == [(2, "2", "new study (recruiting)")]


def test_filters(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, study(2)], "other": [study(2)]})
    run(store, day(1), {
        "default": [study(1, statusModule__overallStatus="SUSPENDED"), study(2, designModule__enrollmentInfo__count=9)],
        "other": [],
    })  # fmt: skip
    now = day(2)
    assert [e.nct_id[-1] for e in changes(store, now=now)] == ["1", "2", "2"]
    assert [e.nct_id[-1] for e in changes(store, now=now, nct_ids=["nct90000002"])] == ["2", "2"]
    assert [e.kind for e in changes(store, now=now, severity="critical")] == ["paused"]
    assert [e.kind for e in changes(store, now=now, searches=["other"])] == ["left_results", "enrollment"]
    assert changes(store, now=now, searches=["unheard"]) == ()
    assert changes(store, "12h", now=now) == ()
    assert len(changes(store, "last", now=now)) == 3
    assert len(changes(store, "2026-11-21", now=now)) == 3
    assert changes(store, "2026-11-22", now=now) == ()


def test_a_clock_that_jumped_back_hides_nothing(store: Store) -> None:
    for number, at in enumerate([day(0), day(5), day(1), day(6)]):
        run(store, at, {"default": [study(1, designModule__enrollmentInfo__count=60 + number)]})
    runs = store.refreshes()
    assert since_refresh("2026-11-23", runs, day(7)) == 1
    assert [event.refresh_id for event in changes(store, "2026-11-23", now=day(7))] == [2, 3, 4]
    assert [event.refresh_id for event in changes(store, "7d", now=day(2))] == [2, 3, 4]


def test_moments() -> None:
    berlin = dt.timezone(dt.timedelta(hours=1))
    new_year = dt.datetime(2027, 1, 1, 0, 30, tzinfo=berlin)
    assert parse_since("12h", new_year) == dt.datetime(2026, 12, 31, 11, 30, tzinfo=dt.UTC)
    assert parse_since("1d", new_year) == dt.datetime(2026, 12, 30, 23, 30, tzinfo=dt.UTC)
    assert parse_since(" 2W ", new_year) == dt.datetime(2026, 12, 17, 23, 30, tzinfo=dt.UTC)
    assert parse_since("2026", new_year) == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert parse_since("2026-11", new_year) == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert parse_since("2024-02-29", new_year) == dt.datetime(2024, 2, 29, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "7", "d", "-3d", "2026-13", "2026-02-30", "99999d", "7d; drop"])
def test_moments_that_nobody_understands(text: str) -> None:
    with pytest.raises(InputError, match="--since"):
        parse_since(text, day(0))


def test_a_severity_that_is_not_known(store: Store) -> None:
    with pytest.raises(InputError, match="did you mean 'critical'"):
        changes(store, now=day(0), severity="critcal")


def test_the_history_of_a_study(store: Store) -> None:
    for number, age in enumerate(["70 Years", "75 Years", "80 Years"]):
        run(store, day(number), {"default": [study(1, eligibilityModule__maximumAge=age)]})
    assert [step.words for step in history(store, ONE)] == [
        "1. 2026-11-20 (the registry's update of 2026-09-24): first version kept",
        "2. 2026-11-21 (the registry's update of 2026-09-24): age limit raised from 70 years to 75 years",
        "3. 2026-11-22 (the registry's update of 2026-09-24): age limit raised from 75 years to 80 years",
    ]
    assert [e.words for e in between(store, ONE, 1, -1)] == ["age limit raised from 70 years to 80 years"]
    assert [e.words for e in between(store, ONE, 3, 1)] == ["age limit lowered from 80 years to 70 years"]
    assert history(store, "NCT90000005") == ()
    with pytest.raises(InputError, match="there is no version 4; versions 1 to 3 are kept"):
        between(store, ONE, 1, 4)


def test_the_history_of_a_study_tells_of_new_warning_signs_too(store: Store) -> None:
    fee = "Participants will be charged a fee of 12,000 USD for the treatment."
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [edited({"descriptionModule.detailedDescription": fee})]})
    _, second = history(store, ONE)
    assert second.events[0].kind == "new_warning_sign"
    assert between(store, ONE, 1, 2) == second.events


def test_a_new_study_that_takes_nobody_is_no_news_about_joining(store: Store) -> None:
    over = study(2, statusModule__overallStatus="COMPLETED")
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [RECORD, over]})
    (event,) = events_between(store, 1)
    assert (event.kind, event.severity, event.words) == ("new_closed_study", "normal", "new study (completed)")
    digest = make_digest([event])
    assert "about joining" not in digest.subject
    assert digest.studies[0].tone == "tells"


@pytest.mark.parametrize(
    ("status", "severities", "kinds"),
    [
        ("RECRUITING", ["critical", "important"], ["withdrawn_from_registry", "came_back"]),
        ("WITHDRAWN", ["normal", "normal"], ["withdrawn_from_registry_closed", "came_back_closed"]),
    ],
)
def test_a_closed_study_that_goes_or_comes_back_is_no_news_about_joining(
    store: Store, status: str, severities: list[str], kinds: list[str]
) -> None:
    one = study(2, statusModule__overallStatus=status)
    run(store, day(0), {"default": [RECORD, one]})
    run(store, day(1), {"default": [RECORD]}, gone={"NCT90000002": "404"})
    run(store, day(2), {"default": [RECORD, one]})
    events = list(events_between(store, 1))
    assert [event.severity for event in events] == severities
    assert [event.kind for event in events] == kinds
    assert [make_digest([event]).studies[0].tone for event in events] == (
        ["stops", "opens"] if status == "RECRUITING" else ["tells", "tells"]
    )
    # Both have the id that they had before closed studies were told by themselves: no feed tells them twice.
    assert events[0].id == event_id("NCT90000002", "study", None, "withdrawn_from_registry", 2)


def test_a_new_study_that_people_pay_for_says_so(store: Store) -> None:
    paid = study(2, descriptionModule__detailedDescription="Participants pay 8,000 US dollars.")
    run(store, day(0), {"default": [RECORD]})
    run(store, day(1), {"default": [RECORD, paid]})
    new, sign = events_between(store, 1)
    assert (new.kind, sign.kind, sign.severity) == ("new_study", "new_warning_sign", "important")
    assert sign.words == "new warning sign, participant pays: “Participants pay 8,000 US dollars.”"
    assert make_digest([new, sign]).studies[0].tone == "warns"
    assert [event.kind for event in events_between(store, 0, 1)] == []


def off_topic(number: int, **edits: Any) -> dict[str, Any]:
    """A study of a nerve disease in which nobody is given cells."""
    drug = {
        "identificationModule.briefTitle": "Tablets for diabetic nerve pain",
        "identificationModule.officialTitle": "Tablets for painful diabetic peripheral neuropathy",
        "descriptionModule": {"briefSummary": "Tablets twice a day."},
        "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Pregabalin"}]},
        **{name.replace("__", "."): value for name, value in edits.items()},
    }
    return edited(drug, study(number))


def test_what_no_list_shows_is_no_news(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, off_topic(2)]})
    moved = off_topic(2, eligibilityModule__maximumAge="70 Years")
    run(store, day(1), {"default": [RECORD, moved, off_topic(3)]})
    run(store, day(2), {"default": [RECORD]}, gone={"NCT90000002": "404"})
    assert changes(store, now=day(2)) == ()
    everything = changes(store, now=day(2), everything=True)
    assert {event.kind for event in everything} >= {"age_limit", "new_study", "withdrawn_from_registry"}
    assert all(event.off_topic for event in everything)
    assert "off_topic" not in everything[0].to_json()
    assert changes(store, now=day(2), everything=True) == everything  # as they were kept
    assert {event.nct_id for event in changes(store, now=day(2), nct_ids=["NCT90000002"])} == {"NCT90000002"}


def test_a_study_that_comes_on_topic_is_told_of_as_new_and_one_that_leaves_is_told_of(store: Store) -> None:
    run(store, day(0), {"default": [RECORD, off_topic(2), off_topic(3)]})
    run(store, day(1), {"default": [RECORD, study(2), off_topic(3, eligibilityModule__maximumAge="70 Years")]})
    (new,) = changes(store, now=day(1))
    assert (new.nct_id, new.kind, new.severity) == ("NCT90000002", "new_study", "critical")
    assert "given: Cord MSC" in new.details
    run(store, day(2), {"default": [RECORD, off_topic(2)]})
    left = changes(store, "last", now=day(2))
    assert {event.nct_id for event in left} == {"NCT90000002"}
    assert "interventions" in {event.kind for event in left}
