"""Wrong input of many kinds: the documented exit code, one clear line, the store as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.made import nct
from tests.e2e.program import ROOT, TODAY, Program
from tests.standin import StandIn
from trialfinder.base import resources
from trialfinder.store.migrations import MIGRATIONS

DAY = ("--today", TODAY)

WRONG = [
    (["show", "NCT1234"], 2, "NCT ID, which is NCT and eight digits"),
    (["show", "12345"], 2, "NCT ID"),
    (["show", "NCT123456789"], 2, "NCT ID"),
    (["show", "nct-05507697x"], 2, "NCT ID"),
    (["show"], 2, "NCT"),
    (["search", "--status", "recruting"], 2, "did you mean RECRUITING?"),
    (["search", "--status", ","], 2, "--status"),
    (["search", "--phase", "7"], 2, "known are 1, 2, 3, 4"),
    (["search", "--sex", "femal"], 2, "did you mean FEMALE?"),
    (["search", "--age", "-3"], 2, "--age"),
    (["search", "--age", "200"], 2, "between 0 and 130"),
    (["search", "--age", "nan"], 2, "between 0 and 130"),
    (["search", "--age", "elderly"], 2, "--age elderly"),
    (["search", "--updated-since", "yesterdayish"], 2, "2026-05-17"),
    (["search", "--query", "diabetc"], 2, "did you mean 'diabetic'"),
    (["search", "--cells", "mcs"], 2, "did you mean msc?"),
    (["search", "--neuropathy", "diabetik"], 2, "did you mean diabetic?"),
    (["search", "--relevance", "cor"], 2, "did you mean core?"),
    (["search", "--signs", "stale_statuss"], 2, "did you mean stale_status"),
    (["search", "--within", "50km"], 2, "--near"),
    (["search", "--limit", "0"], 2, "--limit"),
    (["search", "--limit", "many"], 2, "--limit"),
    (["search", "--format", "cvs"], 2, "did you mean csv"),
    (["search", "--signs", "stale statuss"], 2, "did you mean stale_status"),
    (["search", "--signs", ""], 2, "--signs"),
    (["search", "--today", "2026-02-30"], 2, "2026-02-30"),
    (["search", "--as-of", "tomorrow"], 2, "--as-of"),
    (["search", "--nonsense"], 2, "--nonsense"),
    (["search", "--live"], 2, "--live needs words"),
    (["search", "--api-url", "clinicaltrials.gov"], 2, "https://clinicaltrials.gov/api/v2"),
    (["export", "t.csv", "--table", "studis"], 2, "did you mean studies"),
    (["export", "t.docx"], 2, "csv, tsv"),
    (["export"], 2, "FILE"),
    (["queries", "show", "diabetc"], 2, "did you mean 'diabetic'"),
    (["queries", "lst"], 2, "list"),
    (["patterns", "show", "hba1"], 2, "did you mean hba1c?"),
    (["criteria"], 2, "--records"),
    (["criteria", nct(1), "--format", "pdf"], 2, "jsonl"),
    (["serch"], 2, "did you mean search?"),
    (["import"], 2, "FILE"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "words"), WRONG, ids=lambda each: " ".join(each) if isinstance(each, list) else None
)
def test_wrong_words(filled: Program, arguments: list[str], code: int, words: str) -> None:
    before = filled.contents()
    with StandIn() as empty:
        done = filled.at(empty.url)(*arguments)
    assert done.code == code, done.err
    assert words in done.one_line()
    assert done.out == ""
    assert filled.contents() == before


def test_no_command_shows_the_help(program: Program) -> None:
    for arguments in ([], ["queries"], ["store"]):
        done = program(*arguments)
        assert done.code == 2
        assert done.err.startswith("Usage: ")
        assert len(done.err.splitlines()) > 5


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 5 * 4096])


def text(path: Path) -> None:
    path.write_text("nct_id,title\n" * 100)


def newer(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    database.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("create table bookmarks (url text)")
    database.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "damaged"),
        (cut, "damaged"),
        (text, "not a trialfinder store"),
        (newer, "newer trialfinder"),
        (foreign, "another program"),
    ],
)
def test_a_store_that_cannot_be_used(filled: Program, spoil: Callable[[Path], None], words: str) -> None:
    spoil(filled.store)
    before = filled.store.read_bytes()
    for command in (
        ["search"],
        ["show", nct(1)],
        ["refresh"],
        ["export", "t.csv"],
        ["store", "verify"],
        ["import", "-"],
    ):
        done = filled(*command, *DAY, stdin="[]")
        assert done.code == 7, (command, done.err)
        assert str(filled.store) in done.one_line()
        assert words in done.one_line(), command
        assert filled.store.read_bytes() == before
    assert not (filled.home / "t.csv").exists()


def test_a_folder_as_store(filled: Program) -> None:
    for command in (["search"], ["refresh"], ["store", "info"]):
        done = filled(*command, "--store", str(filled.home))
        assert done.code == 2
        assert "is a folder" in done.one_line()


@pytest.mark.parametrize("command", [["refresh"], ["import", "records.json"]], ids=" ".join)
def test_a_folder_that_cannot_be_made(program: Program, command: list[str]) -> None:
    (program.home / "file").write_text("")
    (program.home / "records.json").write_text("[]")
    done = program(*command, TRIALFINDER_HOME=str(program.home / "file" / "home"))
    assert done.code == 7
    assert "--store" in done.one_line()


@pytest.mark.parametrize("value", ["abc", "-1", "nan", "1e9"])
def test_an_interval_that_is_none(program: Program, value: str) -> None:
    done = program("refresh", TRIALFINDER_REQUEST_INTERVAL=value)
    assert done.code == 2
    assert "TRIALFINDER_REQUEST_INTERVAL" in done.one_line()
    assert program.contents() == {} or program.contents()["refreshes"] == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name = ", "not valid TOML"),
        ('name = "x"\n[[facet]]\n', "facet"),
        ("", "name"),
        ("\xff\xfe", "diabetic.toml"),
    ],
)
def test_a_wrong_saved_search(program: Program, monkeypatch: pytest.MonkeyPatch, content: str, words: str) -> None:
    """In a copy of the program's own files, since the searches are some of them."""
    copy = program.home / "resources"
    shutil.copytree(ROOT / "queries", copy / "queries")
    (copy / "data").symlink_to(ROOT / "data")
    (copy / "queries" / "diabetic.toml").write_bytes(content.encode("latin-1"))
    monkeypatch.setattr(resources, "resource_root", lambda: copy)
    for command in (["queries", "check"], ["queries", "list"]):
        done = program(*command)
        assert done.code == 2, done.err
        assert "diabetic.toml" in done.one_line()
        assert words in done.one_line()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_any_encoding_of_the_output(filled: Program, encoding: str) -> None:
    plain = filled("show", nct(1), *DAY).out
    for command in (["search"], ["show", nct(1)], ["criteria", nct(1)], ["queries", "list"], ["--help"]):
        done = filled(*command, PYTHONIOENCODING=encoding)
        assert done.code == 0, (command, done.err)
        assert "Traceback" not in done.err
    assert "≥" not in plain or ">=" in filled("show", nct(1), *DAY, PYTHONIOENCODING="ascii").out


def shell(program: Program, line: str) -> subprocess.CompletedProcess[str]:
    run = f"{sys.executable} -m trialfinder"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("TF", run)],
        env=program.environment(), cwd=program.home, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command", ["search", "show NCT90000001", "export - --format csv --table outcomes", "criteria NCT90000001"]
)
def test_a_reader_that_leaves_early_is_no_error(filled: Program, command: str) -> None:
    for wanted in (20, 0):
        run = filled.start(*command.split(), "--offline", "-q", "--today", TODAY)
        assert run.stdout
        assert len(os.read(run.stdout.fileno(), wanted)) == wanted
        run.stdout.close()
        assert run.stderr
        with run:
            assert (run.stderr.read(), run.wait(60)) == (b"", 0)


@pytest.mark.parametrize("command", ["search"])
def test_a_reader_in_the_shell_that_leaves_early_is_no_error(filled: Program, command: str) -> None:
    done = shell(filled, f"TF {command} --offline -q --today {TODAY} | head -c 20 | cat; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) == 20
    early = shell(filled, f"TF {command} --offline -q --today {TODAY} | true; exit ${{PIPESTATUS[0]}}")
    assert (early.returncode, early.stderr) == (0, "")


def test_closed_streams(filled: Program) -> None:
    assert shell(filled, f"TF search -q --offline --today {TODAY} >&-").returncode == 0
    assert shell(filled, f"TF search --offline --today {TODAY} 2>&- | grep -c NCT9").stdout == "30\n"
    assert shell(filled, f"TF search -q --offline --today {TODAY} <&- | grep -c NCT9").stdout == "30\n"
    assert shell(filled, "TF --version >&-").returncode == 0
    none = shell(filled, "TF import - <&-")
    assert none.returncode == 2
    assert "Traceback" not in none.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "command", ["search", "export - --format csv", "show NCT90000001", "queries list", "store info"]
)
def test_a_full_disk_behind_the_output(filled: Program, command: str) -> None:
    words = [*command.split(), "-q", "--today", TODAY]
    with (
        Path("/dev/full").open("wb") as full,
        filled.begin(
            *words, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, env=filled.environment()
        ) as run,
    ):
        said = run.communicate(timeout=60)[1].decode()
    assert (run.returncode, said) == (2, _FULL)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_in_the_shell(filled: Program) -> None:
    for words in (f"search -q --today {TODAY}", "--version"):  # the second is answered before anything is loaded
        done = shell(filled, f"TF {words} >/dev/full")
        assert (done.returncode, done.stderr) == (2, _FULL)


_FULL = "trialfinder: standard output: cannot be read or written: No space left on device\n"
