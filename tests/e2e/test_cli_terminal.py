"""What a person at a terminal gets: a pager for long text, notices broken at words, and words offered by the shell."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from unittest import mock

import pytest

from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from trialfinder.cli.progress_bar import ticking

DAY = ("--today", TODAY)


def at_terminal(program: Program, *arguments: str, lines: int = 24, columns: int = 80, **env: str) -> str:
    """What stands on a terminal of that size when the program has ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = program.environment(TERM="xterm", NO_COLOR="1", **env)
    if not env.get("COLUMNS"):
        environment.pop("COLUMNS")
    with program.begin(*arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        found = b""
        while piece := _piece(ours):
            found += piece
        assert process.wait(60) == 0
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that says so, with an option of its own."""
    script = tmp_path / "the pager"
    script.write_text('#!/bin/sh\necho "paged with $1"\ncat\necho "end of page"\n')
    script.chmod(0o755)
    return f"'{script}' --plain"


def test_long_text_goes_through_the_pager(filled: Program, pager: str) -> None:
    shown = at_terminal(filled, "show", nct(1), "--offline", *DAY, PAGER=pager)
    assert shown.index("paged with --plain") < shown.index(nct(1), shown.index("paged")) < shown.index("end of page")


@pytest.mark.parametrize("more", [["--no-pager"], ["--format", "json"]])
def test_no_pager_where_none_is_wanted(filled: Program, pager: str, more: list[str]) -> None:
    shown = at_terminal(filled, "show", nct(1), "--offline", *DAY, *more, PAGER=pager)
    assert nct(1) in shown
    assert "paged" not in shown


def test_no_pager_for_what_fits_and_for_one_that_is_not_there(filled: Program, pager: str) -> None:
    assert "paged" not in at_terminal(filled, "show", nct(1), "--offline", *DAY, lines=2000, PAGER=pager)
    assert "paged" not in at_terminal(filled, "schedule", "show", "cron", lines=5, PAGER=pager)
    for other in ("no-such-pager", "", "cat", "'"):
        assert nct(1) in at_terminal(filled, "show", nct(1), "--offline", *DAY, PAGER=other)


def test_no_pager_in_a_pipe(filled: Program, pager: str) -> None:
    done = filled.apart("show", nct(1), "--offline", *DAY, PAGER=pager)
    assert nct(1) in done.out
    assert "paged" not in done.out


def test_a_pager_that_is_left_at_once_is_no_error(filled: Program, tmp_path: Path) -> None:
    script = tmp_path / "left"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    assert "Traceback" not in at_terminal(filled, "search", "--offline", *DAY, PAGER=str(script))


def test_notices_break_at_words_on_a_terminal_and_nowhere_in_a_pipe(filled: Program) -> None:
    shown = at_terminal(filled, "search", "--offline", "--limit", "1", *DAY, columns=60).splitlines()
    assert max(len(line) for line in shown) <= 60
    start = next(number for number, line in enumerate(shown) if line.startswith("No stem-cell therapy is approved"))
    piped = filled("search", "--offline", "--limit", "1", *DAY).err.splitlines()
    (whole,) = [line for line in piped if line.startswith("No stem-cell therapy is approved")]
    assert len(whole) > 60
    assert " ".join(shown[start : start + 2]) == whole[: len(shown[start]) + 1 + len(shown[start + 1])]


def test_a_command_to_paste_is_not_broken(filled: Program) -> None:
    shown = at_terminal(
        filled, "match", "--age", "40", "--no", "cancer,hiv,hepatitis_b,hepatitis_c", "--limit", "1", "--offline", *DAY,
        columns=60, PAGER="cat",
    ).splitlines()  # fmt: skip
    (line,) = [line for line in shown if line.startswith("  trialfinder match")]
    assert line.endswith(f"--explain {nct(1)}")


def offered(program: Program, *typed: str) -> list[str]:
    """What a shell would offer for the last of the typed words."""
    words = ["trialfinder", *typed]
    environment = program.environment(
        _TRIALFINDER_COMPLETE="complete_bash", COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1)
    )
    command = "import sys; sys.argv = ['trialfinder']; from trialfinder.cli.start import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, env=environment, cwd=program.home, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_the_shell_offers_what_there_is(filled: Program) -> None:
    assert offered(filled, "sea") == ["search"]
    assert offered(filled, "search", "--off") == ["--offline"]
    assert offered(filled, "show", "NCT9000000") == [nct(number) for number in range(1, 10)]
    assert offered(filled, "search", "--status", "recr") == ["recruiting"]
    assert offered(filled, "search", "--status", "recruiting,comp") == ["recruiting,completed"]
    assert offered(filled, "search", "--country", "Fran") == ["France"]
    assert offered(filled, "refresh", "--query", "diab") == ["diabetic", "diabetic-neuropathy-msc"]
    assert offered(filled, "patterns", "show", "hba") == ["hba1c"]
    assert offered(filled, "changes", "--format", "j") == ["json", "jsonl"]
    assert offered(filled, "history", nct(1)[:-1]) == [nct(number) for number in range(1, 10)]


def test_the_shell_is_told_nothing_of_what_goes_wrong(program: Program) -> None:
    program.store.parent.mkdir()
    program.store.write_bytes(b"no store" * 1000)
    assert offered(program, "show", "NCT") == []


def test_completion_can_be_installed(program: Program) -> None:
    assert "--install-completion" in program("--help").out
    script = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m trialfinder --show-completion; true"],
        capture_output=True, text=True, env=program.environment(), cwd=program.home, check=False,
    ).stdout  # fmt: skip
    assert "complete_bash" in script
    assert "-F _trialfinder_completion trialfinder" in script


def test_a_shell_that_nobody_knows_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("sh-of-mine", "/bin/sh-of-mine"))
    done = program("--show-completion")
    assert done.code == 2
    assert "bash, zsh" in done.one_line()


def test_a_wait_shows_that_it_goes_on_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    monkeypatch.setattr("trialfinder.cli.streams.is_terminal", lambda _: True)
    with ticking(mock.Mock(quiet=False), "Looking at the studies:", every=0.01):
        time.sleep(0.2)
    shown = said.getvalue().split("\r")
    assert shown[1].startswith("Looking at the studies: 0 s")
    assert len(shown) > 3
    assert shown[-2].isspace() and not shown[-1]


def test_a_wait_says_nothing_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    with ticking(mock.Mock(quiet=False), "Looking at the studies:", every=0.01):
        time.sleep(0.05)
    assert not said.getvalue()


@pytest.mark.parametrize("quiet", [False, True])
def test_a_long_wait_says_so_in_a_pipe_now_and_then(monkeypatch: pytest.MonkeyPatch, *, quiet: bool) -> None:
    """Four minutes without a word in a pipe or a log looked like a program that hangs."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    monkeypatch.setattr("trialfinder.cli.progress_bar.SELDOM", 0.05)
    with ticking(mock.Mock(quiet=quiet), "Holding your facts against 247 studies:", every=0.01):
        time.sleep(0.3)
    lines = said.getvalue().splitlines()
    assert bool(lines) is not quiet
    assert len(lines) < 9
    assert all(re.fullmatch(r"Holding your facts against 247 studies: \d+ s", line) for line in lines)
