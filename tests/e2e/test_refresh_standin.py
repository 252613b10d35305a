"""Refreshes over real HTTP: what they cost, what they notice, and that a failed one leaves nothing."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.refreshing import NERVE, START, bring_up_to_date, changed, contents, ids, search, with_condition
from tests.standin import StandIn
from tests.standin.samples import sample, samples
from tests.unit.store.fill import dump
from trialfinder.errors import ExpectationFailed, InputError, OutOfTime, RegistryUnavailable, TrialfinderError
from trialfinder.registry.searches import Expect
from trialfinder.store import Store


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(samples(12), require_user_agent=True) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def paths(standin: StandIn) -> list[str]:
    found = standin.paths()
    standin.requests.clear()
    return found


@pytest.mark.parametrize(("count", "pages"), [(12, 1), (1000, 1), (1001, 2), (2500, 3)])
def test_a_first_fill_costs_its_pages_and_two_versions(store: Store, count: int, pages: int) -> None:
    with StandIn(samples(count)) as standin:
        report = bring_up_to_date(standin, store)
        assert standin.paths() == ["/version", *["/studies"] * pages, "/version"]
    assert (report.kind, len(report.outcome.added), report.requests) == ("full", count, pages + 2)
    assert store.info().searches == {"nerve": count}


def test_unchanged_data_costs_one_request_and_is_written_down(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    paths(standin)
    later = START + dt.timedelta(hours=5)
    report = bring_up_to_date(standin, store, at=later)
    assert paths(standin) == ["/version"]
    assert (report.kind, report.requests, report.nothing_happened) == ("unchanged", 1, True)
    assert store.age(later) == dt.timedelta(0), "it has been checked"
    assert [one.found for one in report.searches] == [12]


def test_five_changed_studies_cost_three_requests(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    for number in range(1, 6):
        standin.replace(changed(sample(number), f"New title {number}", "2026-11-20"))
    standin.reload()
    paths(standin)
    report = bring_up_to_date(standin, store, at=START + dt.timedelta(days=1))
    last = standin.requests[1]
    assert paths(standin) == ["/version", "/studies", "/version"]
    assert last.params["filter.advanced"].startswith("AREA[LastUpdatePostDate]RANGE[2026-11-18,MAX]")
    assert (report.kind, report.outcome.changed, report.requests) == ("incremental", ids(range(1, 6)), 3)
    assert report.outcome.left == report.outcome.gone == ()
    assert store.info().searches == {"nerve": 12}
    assert store.verify() == ()


def test_an_update_posted_two_days_before_the_last_load_is_still_seen(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    standin.replace(changed(sample(3), "Posted late", "2026-11-18"))
    standin.reload()
    assert bring_up_to_date(standin, store).outcome.changed == ids([3])


def test_after_a_week_everything_is_asked_and_what_disappeared_is_asked_for_by_id(
    standin: StandIn, store: Store
) -> None:
    bring_up_to_date(standin, store)
    standin.remove("NCT00000002")
    standin.replace(with_condition(sample(3), "Heart Failure"))
    standin.remove("NCT00000004")
    standin.add(sample(20, nctIdAliases=["NCT00000004"]))
    for _ in range(6):
        standin.reload()
    early = bring_up_to_date(standin, store, at=START + dt.timedelta(days=6))
    assert (early.kind, early.outcome.gone) == ("incremental", ()), "not asked for everything yet"
    standin.reload()
    paths(standin)
    report = bring_up_to_date(standin, store, at=START + dt.timedelta(days=7))
    assert paths(standin) == ["/version", "/studies", "/studies", "/studies/NCT00000002", "/version"]
    assert report.kind == "full"
    assert report.outcome.gone == ids([2, 4])
    assert report.outcome.left == ids([3])
    assert report.outcome.added == ids([20])
    reasons = {found.nct_id: found.gone_reason for found in store.transitions(2, 3) if found.gone}
    assert reasons == {
        "NCT00000002": "the registry has no such study any more",
        "NCT00000004": "replaced by NCT00000020",
    }
    left = store.get("NCT00000003")
    assert left is not None
    assert (left.searches, left.gone) == ((), False)
    assert left.record["protocolSection"]["conditionsModule"] == {"conditions": ["Heart Failure"]}
    assert getattr(store.get("NCT00000004"), "nct_id", None) == "NCT00000020"


def test_what_comes_back_is_noticed(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    standin.remove("NCT00000002")
    standin.replace(with_condition(sample(3), "Heart Failure"))
    standin.reload()
    bring_up_to_date(standin, store, full=True)
    standin.add(sample(2))
    standin.replace(sample(3))
    standin.reload()
    report = bring_up_to_date(standin, store, full=True)
    assert report.outcome.came_back == ids([2, 3])
    assert report.outcome.changed == ids([3])
    assert report.outcome.added == ()


MUSCLE = search("muscle", "muscle")
TITLE = search("title", "Part", parameter="query.titles")


def test_several_searches_ask_for_each_record_once(standin: StandIn, store: Store) -> None:
    """The first brings whole records, the others ids; what only they found comes by id, a hundred to a request."""
    for number in range(101, 251):
        standin.add(with_condition(sample(number), "Muscle Weakness"))
    report = bring_up_to_date(standin, store, [NERVE, TITLE, MUSCLE])
    asked = standin.requests
    assert [seen.path for seen in asked] == ["/version", *["/studies"] * 5, "/version"]
    assert [seen.params.get("fields", "") != "" for seen in asked[1:6]] == [False, True, True, False, False]
    assert [len(seen.params.get("filter.ids", "").split("|")) for seen in asked[4:6]] == [100, 50]
    assert store.info().searches == {"muscle": 150, "nerve": 12, "title": 12}
    assert len(report.outcome.added) == 162
    assert (kept := store.get("NCT00000001")) and kept.searches == ("nerve", "title")
    assert store.verify() == ()


def test_a_second_search_that_shares_little_is_asked_in_full(standin: StandIn, store: Store) -> None:
    for number in range(101, 601):
        standin.add(with_condition(sample(number), "Muscle Weakness"))
    bring_up_to_date(standin, store, [NERVE, MUSCLE])
    assert [("fields" in seen.params, "filter.ids" in seen.params) for seen in standin.requests[1:-1]] == [
        (False, False),
        (True, False),
        (False, False),
    ]
    assert store.info().searches == {"muscle": 500, "nerve": 12}


def test_a_search_that_is_new_asks_nothing_of_the_others(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store, [NERVE])
    paths(standin)
    report = bring_up_to_date(standin, store, [NERVE, TITLE, TITLE])
    assert paths(standin) == ["/version", "/studies", "/version"]
    assert [(one.search, one.mode, one.found) for one in report.searches] == [
        ("nerve", "unchanged", 12),
        ("title", "full", 12),
    ]
    assert store.info().searches == {"nerve": 12, "title": 12}


def test_no_search_at_all_is_a_mistake(standin: StandIn, store: Store) -> None:
    with pytest.raises(InputError, match="no saved search to refresh"):
        bring_up_to_date(standin, store, [])
    assert standin.paths() == []


def test_leaving_one_search_and_staying_in_another_costs_nothing(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store, [NERVE, TITLE])
    standin.replace(changed(sample(5), "Another name", "2026-11-20"))
    standin.reload()
    paths(standin)
    report = bring_up_to_date(standin, store, [NERVE, TITLE], full=True)
    assert paths(standin) == ["/version", "/studies", "/studies", "/version"]
    assert report.outcome.left == ids([5])
    assert (kept := store.get("NCT00000005")) and kept.searches == ("nerve",)


def test_a_reload_in_the_middle_gives_one_load_and_no_mix(standin: StandIn, store: Store) -> None:
    def change(server: StandIn) -> None:
        server.remove("NCT00000001")
        server.add(sample(30))

    standin.fault("reload", change=change)
    report = bring_up_to_date(standin, store)
    assert report.data_timestamp == "2026-11-21T09:00:05"
    assert report.outcome.added == ids([*range(2, 13), 30])
    assert report.outcome.gone == ()


def test_records_out_of_shape_are_set_aside_and_the_run_goes_on(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    odd: dict[str, Any] = {
        **sample(3),
        "protocolSection": {**sample(3)["protocolSection"], "eligibilityModule": "text"},
    }
    standin.replace(odd)
    standin.reload()
    report = bring_up_to_date(standin, store, full=True)
    assert list(report.set_aside) == ["NCT00000003"]
    assert "eligibilityModule" in report.set_aside["NCT00000003"]
    assert (report.outcome.gone, report.outcome.left) == ((), ())
    kept = store.get("NCT00000003")
    assert kept is not None
    assert kept.record["protocolSection"]["eligibilityModule"]["sex"] == "ALL", "the last good version"
    assert kept.searches == ("nerve",)


FAULTS: list[tuple[str, dict[str, Any], type[TrialfinderError]]] = [
    ("status", {"code": 503, "times": 99}, RegistryUnavailable),
    ("forbidden", {}, RegistryUnavailable),
    ("html", {"times": 99}, RegistryUnavailable),
    ("cut_json", {"times": 99}, RegistryUnavailable),
    ("truncated", {"times": 99}, RegistryUnavailable),
    ("reset", {"times": 99}, RegistryUnavailable),
    ("wrong_types", {"value": {"studies": 5}}, RegistryUnavailable),
    ("total_lie", {"times": 9}, ExpectationFailed),
    ("reload", {"times": 9}, RegistryUnavailable),
    ("status", {"on": "/version", "skip": 1, "times": 99}, RegistryUnavailable),
]


@pytest.mark.parametrize(("kind", "settings", "error"), FAULTS, ids=lambda value: str(value)[:20])
def test_a_failed_refresh_leaves_the_store_as_it_was(
    standin: StandIn, store: Store, kind: str, settings: dict[str, Any], error: type[TrialfinderError]
) -> None:
    bring_up_to_date(standin, store)
    before = dump(store)
    standin.replace(changed(sample(1), "New", "2026-11-20"))
    standin.remove("NCT00000002")
    standin.reload()
    standin.fault(kind, **settings)
    with pytest.raises(error):
        bring_up_to_date(standin, store, full=True)
    assert dump(store) == before
    standin.clear_faults()
    report = bring_up_to_date(standin, store, full=True)
    assert (report.outcome.changed, report.outcome.gone) == (ids([1]), ids([2])), "nothing is lost by it"


@pytest.mark.parametrize("what", ["fall", "too few", "empty"])
def test_what_cannot_be_believed_is_refused_and_the_anchor_stays(standin: StandIn, store: Store, what: str) -> None:
    wanted = search("nerve", "nerve", least=8, eligibility_criteria=0.9)
    bring_up_to_date(standin, store, [wanted])
    before = dump(store)
    standin.reload()
    for number in range(1, 6):
        emptied = changed(sample(number), "Emptied", "2026-11-21")
        del emptied["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
        if what == "empty":
            standin.replace(emptied)
        else:
            standin.remove(f"NCT{number:08d}")
    if what == "fall":
        wanted = search("nerve", "nerve", eligibility_criteria=0.9)
    with pytest.raises(ExpectationFailed, match="the store was left as it was"):
        bring_up_to_date(standin, store, [wanted], full=what != "empty")
    assert dump(store) == before
    if what == "fall":
        report = bring_up_to_date(standin, store, [wanted], full=True, accept_fall=True)
        assert report.outcome.gone == ids(range(1, 6))
        assert bring_up_to_date(standin, store, [wanted], full=True).nothing_happened


def test_a_failed_run_does_not_move_the_anchor(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    standin.replace(changed(sample(1), "New", "2026-11-19"))
    for number in range(4):
        standin.reload()
        standin.fault("forbidden")
        with pytest.raises(RegistryUnavailable):
            bring_up_to_date(standin, store, at=START + dt.timedelta(days=number))
    report = bring_up_to_date(standin, store, at=START + dt.timedelta(days=5))
    assert (report.kind, report.outcome.changed) == ("incremental", ids([1]))


def test_the_time_limit_leaves_the_store_as_it_was(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    before = dump(store)
    standin.reload()
    ticks = iter(range(100))
    with pytest.raises(OutOfTime, match="--max-time"):
        bring_up_to_date(standin, store, full=True, deadline=2, monotonic=lambda: float(next(ticks)))
    assert dump(store) == before


def test_progress_is_told_by_search(standin: StandIn, store: Store) -> None:
    told: list[tuple[str, int, int | None]] = []
    bring_up_to_date(standin, store, [NERVE, TITLE], progress=lambda *news: told.append(news))
    assert told == [("nerve", 12, 12), ("title", 12, 12)]


def test_a_changed_search_is_asked_again_and_the_lost_studies_leave(standin: StandIn, store: Store) -> None:
    for number in (101, 102, 103):
        standin.add(with_condition(sample(number), "Muscle Weakness"))
    bring_up_to_date(standin, store, [search("mine", "nerve", "muscle")])
    report = bring_up_to_date(standin, store, [search("mine", "nerve")])
    assert report.kind == "full"
    assert report.outcome.left == ids([101, 102, 103])
    assert {nct_id for nct_id, (_, searches, gone) in contents(store).items() if not searches and not gone} == {
        "NCT00000101",
        "NCT00000102",
        "NCT00000103",
    }


def test_a_study_that_is_listed_but_not_handed_out_is_told_and_left_out(standin: StandIn, store: Store) -> None:
    standin.add(with_condition(sample(101), "Muscle Weakness"))
    standin.fault("wrong_types", skip=2, value={"studies": []})
    report = bring_up_to_date(standin, store, [NERVE, MUSCLE])
    assert report.warnings == (
        "NCT00000101 was listed by the registry but not handed out, and is asked for again the next time",
    )
    assert store.info().searches == {"nerve": 12}
    assert store.refreshes()[0].note == report.warnings[0]


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("nameless", [True, False])
def test_what_is_listed_but_not_handed_out_stays_where_it_is_and_is_asked_for_again(
    standin: StandIn, store: Store, full: bool, nameless: bool
) -> None:
    """It was told as having left the results, and the next day as having come back: both of one hiccup."""
    study = with_condition(sample(101), "Muscle Weakness")
    standin.add(study)
    bring_up_to_date(standin, store, [NERVE, MUSCLE])
    before = contents(store)
    standin.replace(changed(copy.deepcopy(study), "Cells that recruit now", "2026-11-21"))
    standin.replace(changed(sample(2), "Other cells", "2026-11-21"))
    standin.reload()
    del study["protocolSection"]["identificationModule"]["nctId"]
    standin.fault("wrong_types", skip=2, value={"studies": [study] if nameless else []})
    asked = bring_up_to_date(standin, store, [NERVE, MUSCLE], full=full)
    assert (asked.outcome.left, asked.outcome.gone, asked.outcome.changed) == ((), (), ids([2]))
    assert contents(store)["NCT00000101"] == before["NCT00000101"]
    assert asked.warnings == (
        "NCT00000101 was listed by the registry but not handed out; it stays as it was, and is asked for again the "
        "next time",
    )
    assert asked.summary().startswith("1 changed, 1 not handed out; ")
    assert [found.nct_id for found in store.transitions(1, 2)] == ["NCT00000002"]
    later = bring_up_to_date(standin, store, [NERVE, MUSCLE])
    assert (later.outcome.changed, later.outcome.came_back, later.warnings) == (ids([101]), (), ())
    assert later.why_full == "not all that was listed was handed out the last time"
    assert bring_up_to_date(standin, store, [NERVE, MUSCLE]).kind == "unchanged"


def test_a_study_whose_record_came_without_its_name_has_not_left(standin: StandIn, store: Store) -> None:
    bring_up_to_date(standin, store)
    before = contents(store)
    standin.reload()
    nameless = sample(3)
    del nameless["protocolSection"]["identificationModule"]["nctId"]
    others = [sample(number) for number in range(1, 13) if number != 3]
    standin.fault("wrong_types", value={"studies": [*others, nameless], "totalCount": 12})
    asked = bring_up_to_date(standin, store, full=True)
    assert (asked.outcome.left, asked.outcome.gone, asked.nothing_happened) == ((), (), True)
    assert contents(store) == before
    assert "NCT00000003 may be the study in nerve that came without an NCT ID" in asked.warnings[0]
    assert bring_up_to_date(standin, store).outcome.came_back == ()


def test_what_hides_from_a_list_of_ids_is_asked_for_alone_before_it_is_called_gone(
    standin: StandIn, store: Store
) -> None:
    bring_up_to_date(standin, store)
    standin.replace(with_condition(sample(3), "Heart Failure"))
    standin.reload()
    standin.fault("wrong_types", skip=1, value={"studies": []})
    report = bring_up_to_date(standin, store, full=True)
    assert (report.outcome.left, report.outcome.gone) == (ids([3]), ())


def test_too_many_studies_are_told_and_kept(standin: StandIn, store: Store) -> None:
    narrow = replace(NERVE, expect=Expect(0, 10, {}))
    report = bring_up_to_date(standin, store, [narrow])
    assert report.warnings == ("nerve: 12 studies came, at most 10 were expected",)
    assert store.info().searches == {"nerve": 12}
