"""``trialfinder refresh`` against a registry that misbehaves: the right exit code, one line, the store as it was."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.e2e.refreshing import changed
from tests.standin import StandIn
from trialfinder.study.record_files import read_records

LATER = ("--today", "2026-11-25")


def test_unchanged_costs_one_request_and_quiet_says_nothing(filled: Program, registry: StandIn) -> None:
    before = filled.contents()
    done = filled.at(registry.url)("refresh", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert registry.paths() == ["/version"]
    told = filled.at(registry.url)("refresh")
    assert "nothing new" in told.out
    assert "1 request" in told.out
    after = filled.contents()
    assert {key: after[key] for key in after if key.startswith("NCT")} == {
        key: before[key] for key in before if key.startswith("NCT")
    }


def test_all_searches_are_asked_and_the_store_remembers_which_found_what(program: Program, registry: StandIn) -> None:
    extra = made.study(31, briefTitle="Stem cells for sciatica")
    extra["protocolSection"]["conditionsModule"]["conditions"] = ["Sciatica"]
    registry.add(extra)
    asked = program.at(registry.url)
    only = asked("refresh", "--query", "sciatica-disc")
    assert "1 new" in only.out
    assert "sciatica-disc: 1 study came, at least 3 were expected" in only.err
    done = asked("refresh", "--query", "neuropathy-cells")
    assert "30 new" in done.out
    info = json.loads(asked("store", "info", "--format", "json", *LATER).out)
    assert info["searches"] == {"neuropathy-cells": 31, "sciatica-disc": 1}


def cut_sizes(number: int) -> list[dict[str, object]]:
    """Small studies, so that pages fill quickly."""
    found = []
    for each in range(1, number + 1):
        record = made.study(each % 1000 or 1000)
        record["protocolSection"]["identificationModule"]["nctId"] = f"NCT8{each:07d}"
        record["protocolSection"]["identificationModule"].pop("nctIdAliases", None)
        found.append(record)
    return found


@pytest.mark.parametrize(("number", "pages"), [(999, 1), (1000, 1), (1001, 2)])
def test_pages_at_their_boundaries(program: Program, number: int, pages: int) -> None:
    with StandIn(cut_sizes(number)) as server:
        done = program.at(server.url)("refresh")
        paths = server.paths()
    assert done.code == 0, done.err
    assert f"{number:,} new" in done.out or f"{number} new" in done.out
    # A full last page hands out a token like any other; the count that came with the first says that it is the last.
    assert paths.count("/studies") in (pages, pages + (number == 1000))
    assert paths.count("/version") == 2


def remove(server: StandIn, numbers: range) -> None:
    for number in numbers:
        server.remove(nct(number))


FAULTS: dict[str, tuple[int, str, Callable[[StandIn], object]]] = {
    "403": (4, "403", lambda server: server.fault("forbidden", on="/version", times=9)),
    "403 on a page": (4, "403", lambda server: server.fault("forbidden", times=9)),
    "503 for good": (4, "503", lambda server: server.fault("status", code=503, retry_after="0", times=99)),
    "429 for good": (4, "429", lambda server: server.fault("too_many", retry_after="0", times=99)),
    "400": (5, "registry", lambda server: server.fault("status", code=400, times=9)),
    "one study too few": (8, "", lambda server: server.fault("total_lie", by=1, times=99)),
    "a page of nothing": (8, "", lambda server: remove(server, range(1, 29))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_failed_refresh_leaves_the_store_as_it_was(filled: Program, registry: StandIn, name: str) -> None:
    code, word, spoil = FAULTS[name]
    registry.add(changed(made.study(1), "Would be new", "2026-11-21"))
    registry.reload()
    spoil(registry)
    before = filled.contents()
    done = filled.at(registry.url)("refresh", "--full")
    assert done.code == code, done.err
    assert done.out == ""
    assert word in done.one_line()
    assert filled.contents() == before


WAIT = {
    "429 with seconds": lambda server: server.fault("too_many", retry_after="1"),
    "429 with a date": lambda server: server.fault("too_many", retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
    "500": lambda server: server.fault("status", code=500, retry_after="0"),
    "HTML with 200": lambda server: server.fault("html"),
    "a body cut off": lambda server: server.fault("truncated"),
    "JSON cut off": lambda server: server.fault("cut_json"),
    "a reset": lambda server: server.fault("reset"),
}


@pytest.mark.parametrize("name", WAIT)
def test_what_passes_is_asked_again(program: Program, registry: StandIn, name: str) -> None:
    WAIT[name](registry)
    done = program.at(registry.url)("refresh")
    assert done.code == 0, done.err
    assert "30 new" in done.out
    assert registry.paths() == ["/version", "/studies", "/studies", "/version"]
    if name == "429 with seconds":
        assert 1 <= sum(done.waits) <= 2


def test_data_that_move_while_asking_are_asked_for_again(program: Program, registry: StandIn) -> None:
    registry.fault("reload", change=lambda server: server.add(changed(made.study(1), "After the load", "2026-11-21")))
    done = program.at(registry.url)("refresh")
    assert done.code == 0, done.err
    assert "registry data of 2026-11-21T09:00:05" in done.out
    assert program("show", nct(1), "--offline", *LATER).lines[0] == f"{nct(1)}  After the load"


def test_records_of_wrong_types_are_set_aside_and_told(program: Program, registry: StandIn) -> None:
    for number in range(100, 200):  # so that one among many is believed
        registry.add(made.study(number))
    odd = made.study(31)
    odd["protocolSection"]["statusModule"] = "open"
    registry.add(odd)
    done = program.at(registry.url)("refresh")
    assert done.code == 0, done.err
    assert "130 new" in done.out
    assert "1 set aside" in done.out + done.err
    assert program.contents()["set_aside"] == 1


def test_a_huge_page_is_refused_or_read_but_never_fatal(program: Program, registry: StandIn) -> None:
    large = made.study(31)
    large["protocolSection"]["descriptionModule"]["detailedDescription"] = "nerve " * 2_000_000
    registry.add(large)
    done = program.at(registry.url)("refresh")
    assert done.code == 0, done.err
    assert "31 new" in done.out
    listed = program("search", "--offline", "--limit", "1", *LATER)
    assert listed.code == 0


def test_out_of_time(filled: Program, registry: StandIn) -> None:
    registry.reload()
    registry.fault("slow", pause=0.3, times=9)
    before = filled.contents()
    done = filled.at(registry.url)("refresh", "--full", "--max-time", "1s")
    assert done.code == 10, done.err
    assert "--max-time" in done.one_line()
    assert filled.contents() == before


@pytest.mark.parametrize("text", ["", "0", "soon", "-5s", "nan", "9999h"])
def test_a_time_limit_that_is_none(program: Program, text: str) -> None:
    done = program("refresh", "--max-time", text)
    assert (done.code, done.out) == (2, "")
    assert "--max-time" in done.one_line()


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_second_refresh_is_told_so_and_an_interrupt_loses_nothing(filled: Program, registry: StandIn) -> None:
    registry.reload()
    registry.fault("slow", pause=2)
    before = filled.contents()
    asked = filled.at(registry.url)
    first = asked.start("refresh", "--full")
    try:
        wait_for(lambda: "/studies" in registry.paths())
        second = asked("refresh")
        assert second.code == 9
        assert re.search(r"another refresh is running, process \d+ since", second.one_line())
        out, err = filled.interrupt(first, signal.SIGINT)
    finally:
        first.kill()
    assert first.returncode == 130
    assert (out, err.decode().strip()) == (b"", "trialfinder: interrupted; nothing was lost")
    assert filled.contents() == before
    assert "failed" not in filled("search", "--offline").err  # she stopped it herself: no failure of the registry
    assert asked("refresh").code == 0


def test_a_killed_refresh_is_told_by_the_next(filled: Program, registry: StandIn) -> None:
    registry.reload()
    registry.fault("slow", pause=2)
    asked = filled.at(registry.url)
    first = asked.start("refresh", "--full")
    wait_for(lambda: "/studies" in registry.paths())
    first.kill()
    first.communicate()
    done = asked("refresh")
    assert done.code == 0
    assert "did not finish" in done.err


def test_the_log_has_what_happened_and_what_went_wrong(filled: Program, registry: StandIn) -> None:
    asked = filled.at(registry.url)
    assert asked("refresh", "--log", "refresh.log").code == 0
    registry.fault("forbidden", on="/version")
    assert asked("refresh", "--log", "refresh.log").code == 4
    first, second = (filled.home / "refresh.log").read_text(encoding="utf-8").splitlines()
    assert "nothing new" in first
    assert "RegistryBlocked" in second
    (filled.home / "file").write_text("")
    done = asked("refresh", "--log", "file/refresh.log")
    assert done.code == 2
    assert done.one_line()


def test_all_and_one_do_not_go_together(program: Program) -> None:
    assert "--query" in program("refresh", "--all", "--query", "diabetic").one_line()


def test_far_fewer_studies_are_only_believed_when_told_so(program: Program) -> None:
    with StandIn(made.studies(60)) as server:
        asked = program.at(server.url)
        assert asked("refresh").code == 0
        before = program.contents()
        for number in range(31, 61):
            server.remove(nct(number))
        server.reload()
        done = asked("refresh", "--full")
        assert done.code == 8
        assert "--accept-fall" in done.err
        assert program.contents() == before
        daily = asked("refresh")  # asking only for what is new would say that all is well
        assert daily.code == 8
        assert program.contents() == before
        assert asked("refresh", "--accept-fall").code == 0
        assert len(asked("search", "--format", "csv", *LATER).lines) == 31


@pytest.mark.slow
@pytest.mark.shared
def test_real_records_are_refreshed_with_every_search(real: Program, shared: Path) -> None:
    records = list(read_records(shared / "records" / "studies.jsonl.gz"))
    with StandIn(records) as server:
        done = real.at(server.url)("refresh", "--all")
        assert done.code == 0, done.err
        # All saved searches but the default one are new to the store; one page each, and the version twice.
        assert server.paths().count("/studies") <= 13
        again = real.at(server.url)("refresh", "--all")
    assert "1 request" in again.out
    assert "nothing new" in again.out


def test_an_unknown_search_is_told_before_anything_is_made(program: Program) -> None:
    done = program("refresh", "--query", "diabetc")
    assert done.code == 2
    assert "did you mean 'diabetic'" in done.one_line()
    assert not program.store.exists()
