"""A store that vanished and was begun anew: told until it was heard, whoever began the new one."""

from __future__ import annotations

import json

import pytest

from tests.e2e.program import Program
from tests.standin import StandIn

ANEW = "begun anew, since the store that was here is gone, on 2026-11-21 12:00 UTC. What the old one knew"


@pytest.fixture
def begun(filled: Program, registry: StandIn) -> Program:
    """A day after its store vanished, when somebody's search has begun a new one."""
    asked = filled.at(registry.url)
    assert asked("refresh", "--quiet").err == ""
    assert filled("store", "backup", "copy.sqlite").code == 0
    filled.store.unlink()
    assert asked.later(days=1)("search", "--quiet").code == 0
    return asked


def test_the_refresh_after_a_search_says_that_the_store_is_lost(begun: Program) -> None:
    """It was silent (code 0), and so was every job after it: the mail of cron that the README promises never came."""
    done = begun.later(days=2)("refresh", "--quiet")
    assert (done.code, ANEW in done.err, "trialfinder store restore COPY" in done.err) == (7, True, True)
    again = begun.later(days=3)("refresh", "--quiet")
    assert (again.code, again.err) == (0, "")  # said once with the code; a job that waits for 0 goes on


def test_it_stays_told_until_a_digest_has_told_it(begun: Program) -> None:
    begun.later(days=2)("refresh", "--quiet")
    begun.later(days=3)("refresh", "--quiet")
    last = begun.later(days=3)
    for job in (["changes"], ["store", "backup", "other.sqlite"], ["digest", "--to", "n.html", "--dry-run"]):
        told = last(*job, "--quiet").err
        assert "Part of what was known here is damaged or lost" in told and ANEW in told
        assert "failed" not in told
    info = last("store", "info").out
    assert "\nbegun anew  It was begun anew" in info and "\nfailed" not in info
    assert json.loads(last("store", "info", "--format", "json").out)["begun_anew"].startswith("2026-11-21")
    assert ANEW in last("digest", "--to", "n.html", "--quiet").one_line_told()
    assert begun.later(days=4)("refresh", "--quiet").err == ""
    assert begun.later(days=4)("digest", "--to", "n.html", "--quiet").err == ""
    assert "begun anew" not in begun.later(days=4)("store", "info").out


def test_it_is_told_after_an_outage_too(begun: Program) -> None:
    down = begun.at("http://127.0.0.1:9")
    assert down.later(days=2)("refresh", "--quiet").code == 4
    assert begun.later(days=3)("refresh", "--quiet").code == 7
    assert ANEW in begun.later(days=3)("digest", "--to", "n.html", "--quiet").err


def test_a_copy_that_is_restored_ends_it(begun: Program) -> None:
    assert begun.later(days=2)("store", "restore", "copy.sqlite").code == 0
    assert begun.later(days=2)("refresh", "--quiet").err == ""
    assert begun.later(days=2)("changes", "--quiet").err == ""


def test_without_a_digest_it_ends_after_two_weeks(begun: Program) -> None:
    begun.later(days=2)("refresh", "--quiet")
    assert begun.later(days=14)("refresh", "--quiet").code == 0
    assert ANEW in begun.later(days=14)("changes", "--quiet").err
    assert begun.later(days=15)("refresh", "--quiet").code == 0
    assert begun.later(days=15)("changes", "--quiet").err == ""


def test_a_file_of_no_bytes_is_a_lost_store_also_where_nothing_is_known_of_it(
    program: Program, registry: StandIn
) -> None:
    """A copy that was cut to 0 bytes and put here came with code 0 and "a first fill is no news"."""
    program.store.parent.mkdir(parents=True, exist_ok=True)
    program.store.touch()
    done = program.at(registry.url)("refresh", "--quiet")
    told = "store.sqlite: is empty (0 bytes), and what was in it is not known here; a new one is begun"
    assert (done.code, told in done.err) == (7, True)
    assert program.at(registry.url).later(days=1)("refresh", "--quiet").code == 0


def test_a_first_fill_is_no_loss(program: Program, registry: StandIn) -> None:
    assert program.at(registry.url)("refresh", "--quiet").code == 0


@pytest.mark.parametrize("place", ["--to no/n.html", "--feed no/n.atom", "--to - --feed no/n.atom"])
def test_a_dry_run_finds_a_folder_that_is_missing(filled: Program, place: str) -> None:
    done = filled("digest", "--dry-run", "--quiet", *place.split())
    assert (done.code, "there is no folder" in done.one_line()) == (2, True)


def test_a_store_in_a_folder_that_was_not_there_is_told(program: Program, registry: StandIn) -> None:
    """A slip in the --store of a crontab made a second store, filled every night without a word."""
    asked = program.at(registry.url)
    done = asked("refresh", "--quiet", "--store", "slip/s.sqlite")
    assert (done.code, "there is no folder slip; it is made, and a new store in it" in done.one_line_told()) == (
        0,
        True,
    )
    assert asked("refresh", "--quiet", "--store", "slip/s.sqlite").err == ""
    assert asked("refresh", "--quiet").err == "", "its own folder is made as before"


@pytest.mark.parametrize("typed", ["digest --to", "store backup --keep"])
def test_an_option_without_its_value_names_the_help_of_its_command(program: Program, typed: str) -> None:
    done = program(*typed.split())
    command, option = typed.rsplit(" ", 1)
    assert (done.code, done.one_line()) == (
        2, f"Option '{option}' requires an argument; see: trialfinder {command} --help",
    )  # fmt: skip
