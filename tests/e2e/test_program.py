"""The two ways of running the program in tests say the same, and the first leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.e2e.made import nct
from tests.e2e.program import NOW, TODAY, Program
from tests.standin import StandIn

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


@pytest.mark.parametrize(("arguments", "env"), RUNS, ids=[" ".join(arguments) for arguments, _ in RUNS])
def test_a_run_inside_says_what_a_process_says(filled: Program, arguments: list[str], env: dict[str, str]) -> None:
    judged = [] if arguments[0].startswith("-") or arguments == ["queries"] else ["--today", TODAY]
    inside, apart = filled(*arguments, *judged, **env), filled.apart(*arguments, *judged, **env)
    assert (inside.code, inside.out, inside.err) == (apart.code, apart.out, apart.err)


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
