"""Runs the end-to-end tests with another checkout's program: a test of a mend has to fail on the code before it.

    git worktree add --detach ../before COMMIT
    ANOTHER_PROGRAM=$PWD/../before python -m pytest -p tests.another_program -n 0 tests/e2e/test_first_fill.py

Each run of the program is a process with that checkout's code, on the day of the test (``--today``) where it judges.
"""

from __future__ import annotations

import os

import pytest

from tests.e2e.program import Done, Program

_JUDGES = ("search", "show", "match", "export", "changes", "digest", "refresh", "import")


def pytest_configure(config: pytest.Config) -> None:
    """Puts the other program in the place of this one."""
    del config
    apart, environment, other = Program.apart, Program.environment, os.environ["ANOTHER_PROGRAM"]

    def run(self: Program, *arguments: str, stdin: str | bytes | None = None, **env: str) -> Done:
        judged = arguments[:1] and arguments[0] in _JUDGES and "--today" not in arguments
        day = ("--today", self.now.date().isoformat()) if judged else ()
        return apart(self, *arguments, *day, stdin=stdin, **env)

    def its(self: Program, **env: str) -> dict[str, str]:
        return environment(self, **env) | {"PYTHONPATH": other}

    for name, function in (("__call__", run), ("apart", run), ("environment", its)):
        setattr(Program, name, function)
