"""What the keeper of a scheduled job relies on: recipes carry everything, nothing is left behind or written over."""

from __future__ import annotations

import os
import shlex
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.made import nct
from tests.e2e.program import NOWHERE, Program
from trialfinder.base.whole_files import sweep, unfinished

OTHER = "http://registry.example:8080/api/v2"


def jobs(text: str) -> list[list[str]]:
    return [shlex.split(line)[5:] for line in text.splitlines() if line and line[0].isdigit()]


@pytest.mark.parametrize("kind", ["cron", "systemd", "launchd", "windows"])
def test_a_recipe_carries_store_registry_and_destination_whole(program: Program, kind: str) -> None:
    done = program("schedule", "show", kind, "--store", "x/my.sqlite", "--api-url", OTHER, "--to", "news.html")
    assert done.code == 0, done.err
    for whole in (str(program.home / "x" / "my.sqlite"), OTHER, str(program.home / "news.html")):
        assert whole in done.out


def test_both_jobs_use_the_same_store_and_the_own_home(program: Program) -> None:
    done = program("schedule", "show", "cron", "--store", "my.sqlite", "--to", "news.html", "--to", "mail:a@b.org")
    refresh, digest = jobs(done.out)
    for job in (refresh, digest):
        assert f"TRIALFINDER_HOME={program.home / 'trialfinder'}" in job
        assert f"TRIALFINDER_API_URL={NOWHERE}" in job
        assert job[job.index("--store") + 1] == str(program.home / "my.sqlite")
    assert "mail:a@b.org" in digest
    plain = program("schedule", "show", "cron", "--to", "news.html", TRIALFINDER_API_URL="")
    assert "--store" not in plain.out
    assert "API_URL" not in plain.out


def test_a_recipe_without_a_digest_says_so(program: Program) -> None:
    assert "--to news.html" in program("schedule", "show", "cron").err
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in readme.splitlines() if "every Monday" in line]
    command = shlex.split(line.split("`")[1])[1:]
    assert len(jobs(program(*command).out)) == 2


def left_by_a_dead_run(path: Path) -> list[Path]:
    names = [f".{path.name}.{2**22 + 1}-abcd1234.unfinished{end}" for end in ("", "-journal")]
    for name in names:
        (path.parent / name).write_text("half")
    return [path.parent / name for name in names]


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (["export", "t.csv", "--offline"], "t.csv"), (["store", "backup", "c.sqlite"], "c.sqlite"),
        (["store", "export-bundle", "b.zip"], "b.zip"),
        (["digest", "--since", "30d", "--to", "n.html"], "n.html"),
    ],
)  # fmt: skip
def test_what_a_killed_run_left_is_swept_by_the_next(filled: Program, command: list[str], file: str) -> None:
    left = left_by_a_dead_run(filled.home / file)
    other = filled.home / ".mine.unfinished"
    other.write_text("")
    with unfinished(filled.home / file) as running:  # of a run that goes on
        assert filled(*command).code == 0
        assert running.exists()
    assert not any(path.exists() for path in left)
    assert other.exists()
    assert sorted(path.name for path in filled.home.iterdir() if "unfinished" in path.name) == [".mine.unfinished"]


def test_a_process_that_is_killed_is_known_for_dead(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with unfinished(path):
            os.write(writer, b".")
            time.sleep(60)
        os._exit(0)
    os.read(reader, 1)
    sweep(path)
    assert len(list(tmp_path.iterdir())) == 1  # it lives and writes
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    sweep(path)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_backup_leaves_nothing(filled: Program) -> None:
    (filled.home / "there").write_text("")
    assert filled("store", "backup", "there/copy.sqlite").code == 7
    filled.store.write_bytes(filled.store.read_bytes()[: 5 * 4096])
    assert filled("store", "backup", "copy.sqlite").code == 7
    assert [path.name for path in filled.home.iterdir() if "copy" in path.name] == []


def test_a_copy_replaces_another_only_when_told_to(filled: Program) -> None:
    for command in (["store", "backup", "copy.sqlite"], ["store", "export-bundle", "copy.zip"]):
        assert filled(*command).code == 0
        before = (filled.home / command[2]).read_bytes()
        done = filled(*command)
        assert done.code == 2
        assert "--force" in done.one_line()
        assert (filled.home / command[2]).read_bytes() == before
        assert filled(*command, "--force").code == 0
    assert nct(1) in filled("search", "--offline", "--store", "copy.sqlite").out
