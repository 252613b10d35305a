"""Without a registry: the store with its age, else the snapshot, soon, and never presented as current."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from trialfinder.base import resources
from trialfinder.study.record_files import read_records

DAY = ("--today", TODAY)


@pytest.fixture
def black_hole() -> Iterator[str]:
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/v2"


def snapshot_ids() -> set[str]:
    records = read_records(resources.data_dir("snapshot", "studies.jsonl"))
    return {record["protocolSection"]["identificationModule"]["nctId"] for record in records}


def test_an_empty_store_and_no_registry_give_the_snapshot_with_its_banner(program: Program) -> None:
    began = time.monotonic()
    done = program("search", "--all", *DAY)
    assert time.monotonic() - began < 15
    assert done.code == 0
    assert {line[:11] for line in done.lines if line.startswith("NCT0")} == snapshot_ids()
    assert len(snapshot_ids()) == 55
    [banner] = [line for line in done.err.splitlines() if line.startswith("trialfinder: ")]
    for words in (
        "could not ask the registry (",
        "and the store is empty: these are 55 studies that came with the program, in",
        "NOT current (each as of its own day, 2017-10-11 to 2026-07-21; 18 of an unknown day).",
    ):
        assert words in banner, words
    assert "trialfinder doctor" in done.err
    assert "trialfinder import FILE" in done.err
    assert len(banner) < 320, "it stands before each answer"
    assert "tried" not in banner
    assert program.contents() == {} or program.contents()["refreshes"] == 0


def test_the_banner_is_also_there_when_nothing_else_is_wanted(program: Program) -> None:
    done = program("search", "--offline", "--quiet", "--format", "csv", *DAY)
    assert done.code == 0
    assert "NOT current" in done.err
    assert len(done.lines) > 10


@pytest.mark.slow
def test_a_registry_that_never_answers_delays_the_table_less_than_15_seconds(program: Program, black_hole: str) -> None:
    began = time.monotonic()
    done = program.at(black_hole)("search", *DAY)
    assert time.monotonic() - began < 15
    assert done.code == 0
    assert "NOT current" in done.err
    assert done.out.count("NCT0") > 10


def test_a_filled_store_says_its_age(filled: Program) -> None:
    done = filled("search", "--today", "2026-11-30")
    assert done.code == 0
    assert done.out.count("NCT9000") == 30
    assert "the registry could not be asked, so this is what the store has" in done.err
    assert "data of 2026-11-20T09:00:05 (UTC), checked 10 days ago" in done.err
    offline = filled("search", "--offline", "--today", "2026-11-21")
    assert "checked 24 hours ago" in offline.err


@pytest.mark.parametrize("kind", ["forbidden", "html", "status"])
def test_a_registry_that_refuses_gives_the_store_and_keeps_it(filled: Program, registry: StandIn, kind: str) -> None:
    registry.fault(kind, on="/version", times=9, retry_after="0")
    before = filled.contents()
    done = filled.at(registry.url)("search", "--today", "2026-11-30")
    assert done.code == 0
    assert done.out.count("NCT9000") == 30
    assert "this is what the store has" in done.err
    assert filled.contents() == before


def test_a_query_that_was_never_asked_is_not_answered_from_the_snapshot_in_silence(program: Program) -> None:
    done = program("search", "--query", "sciatica-disc", *DAY)
    assert done.code == 0
    assert "what --query sciatica-disc finds has never been asked, so the snapshot cannot tell" in done.err


@pytest.mark.parametrize(
    "command", [["search"], ["search", "--offline"], ["export", "t.csv", "--offline"]], ids=" ".join
)
def test_a_query_that_the_store_has_never_asked_is_not_reported_as_none(filled: Program, command: list[str]) -> None:
    done = filled(*command, "--query", "diabetic", *DAY)
    assert done.code == 0
    assert "what --query diabetic finds has never been asked, so the store cannot tell" in done.err
    assert "trialfinder refresh --query diabetic" in done.err


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["refresh"], 4),
        (["show", nct(7)], 4),
        (["show", nct(7), "--offline"], 3),
        (["criteria", nct(7)], 4),
        (["doctor"], 4),
        (["search", "--live", "amyloid"], 4),
    ],
)
def test_what_needs_the_registry_says_that_it_could_not_be_asked(
    program: Program, command: list[str], code: int
) -> None:
    done = program(*command, *DAY)
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    if code == 4 and command[0] != "doctor":
        assert "could not ask the registry" in done.one_line()
        assert "says nothing about studies" in done.one_line()


def test_the_registry_answers_that_there_is_no_such_study(filled: Program, registry: StandIn) -> None:
    before = filled.contents()
    done = filled.at(registry.url)("show", "NCT99999999", *DAY)
    assert (done.code, done.out) == (3, "")
    assert "NCT99999999" in done.one_line()
    assert filled.contents() == before


def test_an_export_without_a_registry_says_what_it_holds(program: Program) -> None:
    done = program("export", "t.csv", "--provenance", *DAY)
    assert done.code == 0
    assert "NOT current" in done.err
    about = json.loads((program.home / "t.csv.provenance.json").read_text(encoding="utf-8"))
    assert about["origin"] == "snapshot"
    assert about["data_timestamp"] == "2017-10-11/2026-07-21"


def test_nothing_of_a_file_of_records_is_kept(program: Program) -> None:
    (program.home / "r.json").write_text(json.dumps(made.studies(3)), encoding="utf-8")
    done = program("criteria", nct(2), "--records", "r.json", "--format", "jsonl", *DAY)
    assert done.code == 0
    assert "hba1c" in done.out
    assert not program.store.exists()


def test_an_id_with_a_wrong_digit_is_told_beside_the_registry_that_is_away(program: Program) -> None:
    done = program("show", "NCT05507699", *DAY)
    assert done.code == 4
    assert done.err.splitlines()[-1] == "  did you mean NCT05507697?"
    assert "did you mean" not in program("show", "NCT01234567", *DAY).err
