"""The three ways of running the program in tests say the same, and the first leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.e2e.made import nct
from tests.e2e.program import NOW, TODAY, Done, Program
from tests.standin import StandIn
from trialfinder.cli.commands import COMMANDS

RUNS: list[tuple[list[str], dict[str, str]]] = [
    (["search", "--offline", "--status", "recruiting"], {}),
    (["search", "--limit", "2", "nothing of the kind"], {}),
    (["show", nct(1)], {"PYTHONIOENCODING": "ascii", "COLUMNS": "50"}),
    (["criteria", nct(1)], {"PYTHONIOENCODING": "cp1252"}),
    (["match", "--age", "50", "--offline"], {}),
    (["export", "-", "--format", "csv", "--table", "readings", "--limit", "2"], {}),
    (["store", "info"], {}),
    (["show", "NCT1234"], {}),
    (["search", "--status", "recruting"], {}),
    (["refresh"], {"TRIALFINDER_REQUEST_INTERVAL": "soon"}),
    (["queries"], {}),
    (["--version"], {}),
    (["import", "-"], {}),
]
#: Commands that the quick tests run without a start only; ``.ci/run`` starts these, too.
SELDOM: list[list[str]] = [
    ["classify", nct(1)], ["signs", nct(1)], ["history", nct(1)], ["digest", "--to", "news.txt"], ["profile", "show"],
    ["patterns", "show", "hba1c"], ["registry", "match"], ["doctor", "--nothing"], ["changes"],
    ["page", "NCT05507697", "--store", "snapshot", "--to", "page.html", "--force"], ["plot", "counts", "counts.pdf"],
    ["site", "public", "--language", "fr", "--offline"], ["schedule", "show", "cron"],
]  # fmt: skip


def _told(done: Done) -> tuple[int, str, str]:
    return done.code, done.out, done.err


@pytest.mark.parametrize(("arguments", "env"), RUNS, ids=[" ".join(arguments) for arguments, _ in RUNS])
def test_a_run_inside_and_a_copy_say_what_a_start_says(
    filled: Program, arguments: list[str], env: dict[str, str]
) -> None:
    judged = [] if arguments[0].startswith("-") or arguments == ["queries"] else ["--today", TODAY]
    begun = _told(filled.cold(*arguments, *judged, **env))
    assert _told(filled.apart(*arguments, *judged, **env)) == begun
    assert _told(filled(*arguments, *judged, **env)) == begun


@pytest.mark.slow
@pytest.mark.parametrize("arguments", SELDOM, ids=" ".join)
def test_the_other_commands_too(filled: Program, arguments: list[str]) -> None:
    begun = _told(filled.cold(*arguments))
    assert "Traceback" not in begun[2]
    assert _told(filled.apart(*arguments)) == begun


def test_each_command_is_started() -> None:
    """Somewhere in the tests, in a Python that begins; ``mcp`` by its own file."""
    assert {*COMMANDS} - {"mcp"} <= {arguments[0] for arguments, _ in RUNS} | {arguments[0] for arguments in SELDOM}


def test_a_run_inside_leaves_nothing_behind(program: Program) -> None:
    before = dict(os.environ), Path.cwd(), sys.argv, sys.stdin, sys.stdout, sys.stderr
    assert program("search", "--nonsense", COLUMNS="40").code == 2
    assert program("queries", "list", COLUMNS="40").code == 0
    assert (dict(os.environ), Path.cwd(), sys.argv, sys.stdin, sys.stdout, sys.stderr) == before


def test_the_clock_is_the_tests_own(filled: Program, registry: StandIn) -> None:
    """Without ``--today`` the program goes by the clock: within a day it asks nothing, after it the version."""
    asked = filled.at(registry.url)
    assert "checked less than an hour ago" in asked("search").err
    assert "checked 24 hours ago" in asked.later(days=1)("search").err
    assert registry.requests == []
    done = asked.later(days=1, minutes=1)("search")
    assert "checked less than an hour ago" in done.err
    assert registry.paths() == ["/version"]
    assert NOW.isoformat() == "2026-11-20T12:00:00+00:00"
