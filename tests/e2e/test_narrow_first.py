"""A narrow first question hides nothing, what found nothing is followed, and what was believed once stays believed."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest

import trialfinder as tf
from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import NOW, TODAY, Program
from tests.standin import StandIn
from trialfinder.serve.desk import Desk

DAY = ("--today", TODAY)


def inflamed(number: int) -> dict[str, Any]:
    """A study that `inflammatory` finds; the default search finds it, too."""
    record = copy.deepcopy(made.study(number))
    record["protocolSection"]["conditionsModule"]["conditions"] = ["Guillain-Barre syndrome"]
    return record


@pytest.fixture
def mixed() -> Iterator[StandIn]:
    """Thirty studies, one of them of an inflamed nerve."""
    with StandIn([inflamed(1), *(made.study(number) for number in range(2, 31))]) as server:
        yield server


@pytest.mark.parametrize("first", [["--query", "inflammatory"], ["--live", "Guillain"]])
@pytest.mark.parametrize(
    "command", [["search"], ["export", "-", "--format", "csv"], ["match", "--age", "50", "--format", "tsv"]]
)
def test_a_narrow_first_command_hides_nothing_later(
    program: Program, mixed: StandIn, first: list[str], command: list[str]
) -> None:
    asked = program.at(mixed.url)
    assert asked("search", *first, *DAY).code == 0
    done = asked(*command, *DAY)
    assert done.code == 0, done.err
    assert nct(2) in done.out


def test_a_full_refresh_mends_a_narrow_store(program: Program, mixed: StandIn) -> None:
    asked = program.at(mixed.url)
    asked("refresh", "--query", "inflammatory", *DAY)
    done = asked("refresh", "--full", *DAY)
    assert "29 new" in done.out, done.err
    assert "neuropathy-cells: 30 studies" in asked("store", "info").out


def test_the_narrow_search_itself_is_not_widened(program: Program, mixed: StandIn) -> None:
    asked = program.at(mixed.url)
    asked("search", "--query", "inflammatory", *DAY)
    done = asked("search", "--query", "inflammatory", *DAY)
    assert "Refreshed" not in done.err
    assert nct(2) not in done.out


@pytest.mark.parametrize("offline", [["--offline"], []])
def test_without_a_network_the_snapshot_stands_beside_a_narrow_store(
    program: Program, mixed: StandIn, offline: list[str]
) -> None:
    program.at(mixed.url)("search", "--query", "inflammatory", *DAY)
    done = program("search", *offline, *DAY)
    assert done.code == 0, done.err
    assert nct(1) in done.out
    assert len(done.lines) > 20
    assert "has only what narrow questions found (1 study): beside it are 55 studies that came with the program" in (
        " ".join(done.err.split())
    )
    as_json = program("export", "-", "--format", "json", "--offline", *DAY)
    assert as_json.code == 0, as_json.err
    own = program("search", "--query", "inflammatory", "--offline", *DAY)
    assert "came with the program" not in own.err


def test_the_library_and_an_assistant_see_the_same_studies(program: Program, mixed: StandIn) -> None:
    program.at(mixed.url)("search", "--query", "inflammatory", *DAY)
    lines = program("search", "--offline", "--format", "jsonl", *DAY).out.splitlines()
    listed = [json.loads(line)["nct_id"] for line in lines]
    assert len(listed) > 20
    day = dt.date.fromisoformat(TODAY)
    found = tf.search(store=program.store, today=day)
    assert list(found["nct_id"]) == listed
    assert found.attrs["origin"] == "snapshot"
    assert len(tf.load(store=program.store, today=day)) == 56
    own = tf.search(store=program.store, today=day, query="inflammatory")
    assert (list(own["nct_id"]), own.attrs["origin"]) == ([nct(1)], "store")
    desk = Desk(program.store, lambda: NOW)
    try:
        answer = desk.search("", {}, 50, 0)
        assert [study["nct_id"] for study in answer["studies"]] == listed[:50]
        assert answer["about"]["from"] == "snapshot"
        assert answer["about"]["caution"].startswith("The store has only what narrow questions found")
        assert desk.study(nct(1), "studies", 1, 0)["about"]["from"] == "store"
        assert desk.study("NCT05507697", "studies", 1, 0)["about"]["from"] == "snapshot"
        assert desk.changes("7d", "normal", "", 10, 0)["about"]["from"] == "store"
    finally:
        desk.close()


def test_one_study_is_told_of_as_what_it_is(program: Program, mixed: StandIn) -> None:
    program.at(mixed.url)("search", "--query", "inflammatory", *DAY)
    own = program("show", nct(1), "--offline", *DAY)
    assert own.code == 0, own.err
    assert "Source: ClinicalTrials.gov, data of" in own.err
    beside = program("criteria", "NCT05507697", "--offline", *DAY)
    assert beside.code == 0, beside.err
    assert "NCT05507697 came with the program" in beside.err


def test_a_store_of_own_files_is_looked_at_as_it_is(program: Program) -> None:
    (program.home / "own.json").write_text(json.dumps([made.study(3)]))
    assert program("import", "own.json", *DAY).code == 0
    done = program("search", "--offline", *DAY)
    assert nct(3) in done.out
    assert "came with the program" not in done.err


def test_a_saved_search_that_found_nothing_is_followed(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    assert asked("refresh", "--query", "hereditary", *DAY).code == 0
    assert "hereditary: 0 studies" in asked("store", "info").out
    born = made.study(31)
    born["protocolSection"]["conditionsModule"]["conditions"] = ["Charcot-Marie-Tooth disease"]
    with StandIn([*made.studies(), born]) as later:
        assert program.at(later.url)("refresh", "--full", *DAY).code == 0
    assert "hereditary: 1 study" in asked("store", "info").out


def test_words_that_found_nothing_are_not_asked_for_ever(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    asked("search", "--live", "xylophone", *DAY)
    asked("refresh", "--full", *DAY)
    assert not [seen for seen in registry.requests if "xylophone" in seen.target][1:]


def without_criteria(number: int) -> dict[str, Any]:
    record = made.study(number)
    del record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    return record


def test_a_first_fill_is_told_about_empty_fields_and_kept(program: Program) -> None:
    with StandIn([without_criteria(number) for number in range(1, 31)]) as odd:
        asked = program.at(odd.url)
        first = asked("refresh", *DAY)
        assert first.code == 0, first.err
        assert "only 0 of 30 studies have eligibility criteria" in " ".join(first.err.split())
        again = asked("refresh", "--full", *DAY)
    assert again.code == 0, again.err
    assert "criteria" not in again.err


def test_a_fall_that_was_accepted_once_is_the_level_from_then_on(program: Program) -> None:
    with StandIn(made.studies()) as whole:
        assert program.at(whole.url)("refresh", *DAY).code == 0
    with StandIn([without_criteria(number) for number in range(1, 31)]) as odd:
        asked = program.at(odd.url)
        refused = asked("refresh", "--full", *DAY)
        assert refused.code == 8
        assert "believed once" in refused.err
        assert "a file of your own" in " ".join(refused.err.split())
        assert asked("refresh", "--full", "--accept-fall", *DAY).code == 0
        again = asked("refresh", "--full", *DAY)
        assert again.code == 0, again.err
        odd.reload()
        assert asked("refresh", *DAY).code == 0
    with StandIn([made.study(number) | {"protocolSection": {}} for number in range(1, 31)]) as worse:
        assert program.at(worse.url)("refresh", "--full", *DAY).code == 8
