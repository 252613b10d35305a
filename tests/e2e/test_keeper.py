"""What the keeper of a scheduled job relies on: recipes carry everything, nothing is left behind or written over."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import NOWHERE, Program
from tests.e2e.refreshing import changed
from tests.standin import StandIn
from trialfinder.base import computer_clock
from trialfinder.base.whole_files import sweep, unfinished
from trialfinder.errors import InputError
from trialfinder.pages import translations

FIRST = "the file is made with the first news, and a first fill is none"
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
        assert job[job.index("--api-url") + 1] == NOWHERE
        assert job[job.index("--store") + 1] == str(program.home / "my.sqlite")
    assert "mail:a@b.org" in digest
    plain = program("schedule", "show", "cron", "--to", "news.html", TRIALFINDER_API_URL="")
    assert f"--store {program.store}" in plain.out
    assert "--api-url" not in plain.out


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
    other = filled.home / ".mine.unfinished"
    other.write_text("")
    with unfinished(filled.home / file) as running:  # of a run that goes on
        left = left_by_a_dead_run(filled.home / file)
        assert filled(*command).code == 0
        assert running.exists()
    assert not any(path.exists() for path in left)
    assert other.exists()
    assert sorted(path.name for path in filled.home.iterdir() if "unfinished" in path.name) == [".mine.unfinished"]


def test_what_was_to_become_the_page_of_another_day_is_swept_after_a_day(tmp_path: Path) -> None:
    """A dated name never comes again, so that nothing would ever sweep what a killed run left of it."""
    left = [*left_by_a_dead_run(tmp_path / "news-2026-11-13.html"), *left_by_a_dead_run(tmp_path / "news.html")]
    now = computer_clock.now().timestamp()  # which the program goes by, and which may be years ahead
    for path in left:
        os.utime(path, (now, now))
    sweep(tmp_path / "news.html")
    assert [path.exists() for path in left] == [True, True, False, False]
    for path in left[:2]:
        os.utime(path, (0, 0))
    (tmp_path / ".mine.unfinished").touch()
    os.utime(tmp_path / ".mine.unfinished", (0, 0))
    sweep(tmp_path / "news.html")
    assert [path.name for path in tmp_path.iterdir()] == [".mine.unfinished"]


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
    assert filled("store", "backup", "there/copy.sqlite").code == 2
    filled.store.write_bytes(filled.store.read_bytes()[: 5 * 4096])
    assert filled("store", "backup", "copy.sqlite").code == 7
    assert [path.name for path in filled.home.iterdir() if "copy" in path.name] == []


def may_mount() -> bool:
    """Whether a small disk of one's own can be had here, and this very Python be run beside it.

    Linux, with name spaces for users.  In such a name space one has the rights of one's own user only: a root that
    may read everything outside may then not even start a Python that lies in somebody else's directory.
    """
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    with tempfile.TemporaryDirectory() as small:
        line = f"mount -t tmpfs -o size=64k t . && {shlex.quote(sys.executable)} -c 'import trialfinder'"
        done = subprocess.run(["unshare", "-rm", "bash", "-c", line], cwd=small, capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.skipif(not may_mount(), reason="needs a disk of its own, and to run this Python there, by: unshare -rm")
@pytest.mark.parametrize("room", [-40, 0, 16])
def test_a_backup_to_a_disk_that_is_too_small_leaves_nothing(filled: Program, room: int) -> None:
    """Also where there is room for the copy, and none for the log that SQLite keeps beside it: ``-wal``, ``-shm``."""
    (filled.home / "small").mkdir()
    assert filled("store", "compact").code == 0
    size = filled.store.stat().st_size // 1024 + room
    python = f"{shlex.quote(sys.executable)} -m trialfinder"
    line = f"mount -t tmpfs -o size={size}k t small && {python} store backup small/c.sqlite; echo $?; ls -A small"
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", line], env=filled.environment(), cwd=filled.home, capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout == "2\n", done.stderr
    assert "disk" in done.stderr


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


def test_a_digest_of_a_store_that_could_not_be_refreshed_says_so(filled: Program, registry: StandIn) -> None:
    """ "Nothing new" would be said of weeks in which nobody looked; cron mails what is on stderr to the keeper."""
    asked = filled.at(registry.url)
    fine = asked.later(days=1)("digest", "--to", "n.txt")
    assert (fine.code, fine.err) == (0, f"{filled.home / 'n.txt'}: nothing new; {FIRST}\n")
    for days in (1, 2):
        assert filled.later(days=days)("refresh", "--quiet").code == 4
    known = "What happened after 2026-11-20 12:00 UTC is not known here"
    done = filled.later(days=2, hours=1)("digest", "--to", "n.txt", "--quiet")
    assert done.code == 0
    assert known in done.one_line_told()
    assert "It failed 2 times since 2026-11-21 12:00 UTC: could not ask the registry (" in done.one_line_told()
    loud = filled.later(days=2, hours=1)("digest", "--to", "n.txt")
    assert f"nothing new that is known; {FIRST}" in loud.err
    assert loud.err.count(known) == 1
    assert known in filled.later(days=2)("changes").err
    assert asked.later(days=3)("refresh", "--quiet").code == 0
    assert asked.later(days=3)("digest", "--to", "n.txt").err == fine.err


def test_a_digest_of_a_store_that_nobody_refreshes_says_so(filled: Program) -> None:
    done = filled.later(days=9)("digest", "--to", "n.txt", "--quiet")
    assert "What happened after 2026-11-20 12:00 UTC is not known here" in done.one_line_told()


def test_a_profile_that_holds_nothing_is_told(filled: Program) -> None:
    """An editor or a full disk that left 0 bytes looked like a person for whom nothing changed."""
    (filled.home / "e.toml").write_text("")
    done = filled("digest", "--to", "n.html", "--profile", "e.toml", "--quiet")
    assert done.code == 0
    assert "e.toml: has no facts, so nothing can be said for this person" in done.err


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_news_before_a_failure_say_until_when_they_reach(filled: Program, registry: StandIn, form: str) -> None:
    registry.add(changed(made.study(31), "Cells for a new study", "2026-11-21"))
    registry.reload()
    assert filled.at(registry.url).later(days=1)("refresh").code == 0
    shown = filled.later(days=1)("digest", "--to", "-", "--since", "5d", "--format", form).out
    assert "Cells for a new study" in shown
    assert "not known here" not in shown
    assert filled.later(days=2)("refresh").code == 4
    told = filled.later(days=2)("digest", "--to", "-", "--since", "5d", "--format", form).out
    assert "What happened after 2026-11-21 12:00 UTC is not known here" in told.replace("\\", "")
    assert "127.0.0.1" not in told  # the address is the keeper's, and a digest goes to others


@pytest.mark.parametrize("end", ["html", "md", "txt"])
def test_a_page_without_news_tells_an_outage_from_a_quiet_week(filled: Program, registry: StandIn, end: str) -> None:
    """And then it is as it was: no new entry of the feed, no page of another day."""
    registry.add(changed(made.study(31), "Cells for a new study", "2026-11-21"))
    registry.reload()
    asked, job = filled.at(registry.url), ["digest", "--to", f"n.{end}", "--feed", "n.atom"]
    assert asked.later(days=1)("refresh").code == 0
    assert asked.later(days=1)(*job).code == 0
    folder = {path.name: path.read_text("utf-8") for path in filled.home.glob("n*")}
    assert filled.later(days=2)("refresh").code == 4
    known = "What happened after 2026-11-21 12:00 UTC is not known here"
    for _ in range(2):
        assert filled.later(days=2)(*job).code == 0
        now = {path.name: path.read_text("utf-8") for path in filled.home.glob("n*")}
        assert now.keys() == folder.keys()
        for name in folder:
            if name in (f"n.{end}", "n.atom"):
                assert now[name].replace("\\", "").count(known) == 1
                assert now[name].count("Cells for a new study") == folder[name].count("Cells for a new study")
            else:
                assert now[name] == folder[name]
        assert now["n.atom"].count("<entry>") == folder["n.atom"].count("<entry>")
        assert re.findall("<updated>.*<", now["n.atom"]) == re.findall("<updated>.*<", folder["n.atom"])
    assert asked.later(days=3)("refresh").code == 0
    assert asked.later(days=3)(*job).code == 0
    assert {path.name: path.read_text("utf-8") for path in filled.home.glob("n*")} == folder


@pytest.mark.parametrize(
    ("name", "hint"),
    [("n.pdf", "name a .html"), ("N.PDF", "name a .html"), ("n.docx", "name a .html"), ("n.csv", "changes --format"),
     ("n.json", "changes --format"), ("n.atom", "--feed"), ("n.zip", ".txt"), ("n.db", ".txt")],
)  # fmt: skip
def test_a_digest_is_not_written_under_a_name_that_promises_something_else(
    filled: Program, name: str, hint: str
) -> None:
    for more in ([], ["--format", "html"]):
        done = filled("digest", "--since", "30d", "--to", name, *more)
        assert done.code == 2
        assert hint in done.one_line()
    assert not (filled.home / name).exists()


@pytest.mark.parametrize("name", ["n", "n.txt", "n.md", "n.html", "n.log", "v1.2"])
def test_other_names_are_taken(filled: Program, name: str) -> None:
    assert filled("digest", "--since", "30d", "--to", name).code == 0


def test_before_there_is_something_to_compare_it_says_so(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    none = asked("changes", "--since", "last")
    assert none.code == 7
    assert "there is no store yet; make one with: trialfinder refresh" in none.one_line()
    (program.home / "r.json").write_text(json.dumps(made.studies(2)))
    assert asked("import", "r.json").code == 0
    first = "Nothing to compare yet. The store has had one run, on 2026-11-20. What changed is told after the next"
    for since in ("last", "7d"):
        done = asked("changes", "--since", since)
        assert (done.code, done.out) == (0, "")
        assert first in done.err
        assert "The registry has never answered here: what is known, if anything, was imported" in done.err
    assert asked.later(days=1)("refresh").code == 0
    told = asked.later(days=1)("changes", "--since", "last")
    assert "No news; last run 2026-11-21 12:00 UTC." in told.err


def test_a_way_out_that_is_pasted_concerns_the_same_store_and_registry(program: Program, registry: StandIn) -> None:
    """The advice for a fall named neither, so that pasting it believed the fall of another store."""
    carried = ["--store", "my store.sqlite", "--api-url", registry.url]
    assert program("refresh", *carried).code == 0
    for number in range(1, 20):
        registry.remove(nct(number))
    registry.reload()
    more = ["--log", "r.log", "--max-time", "3m"]
    done = program("refresh", "--full", *carried, *more)
    assert done.code == 8
    advised = [shlex.split(line) for line in done.err.splitlines() if line.startswith("  trialfinder refresh")]
    (command,) = advised
    assert {*carried, *more, "--accept-fall"} <= set(command)
    assert program(*command[1:]).code == 0
    assert len(program("search", "--offline", *carried[:2], "--format", "jsonl").lines) == 11


def test_every_command_that_is_told_carries_what_was_given(program: Program) -> None:
    where = ["--store", "x.sqlite", "--api-url", NOWHERE]
    for command in (["search", "--country", "France"], ["changes"], ["show", nct(1)]):
        done = program(*command, *where)
        told = re.findall(r"trialfinder (?:[a-z]+)(?![a-z:.])[^\n`;]*", done.err)
        assert told, done.err
        assert all(f"--store x.sqlite --api-url {NOWHERE}" in line for line in told), told
        assert "--store" not in program(*command).err


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_run_that_is_told_to_stop_says_so_in_its_log(
    filled: Program, registry: StandIn, name: str, code: int
) -> None:
    registry.reload()
    registry.fault("slow", pause=5)
    before = filled.contents()
    run = filled.at(registry.url).start("refresh", "--full", "--quiet", "--log", "r.log")
    try:
        until = time.monotonic() + 30
        while "/studies" not in registry.paths() and time.monotonic() < until:
            time.sleep(0.02)
        out, err = filled.interrupt(run, getattr(signal, name))
    finally:
        run.kill()
    assert (run.returncode, out) == (code, b"")
    words = "interrupted; nothing was lost" if name == "SIGINT" else f"stopped by {name}; nothing was lost"
    assert err.decode().strip() == f"trialfinder: {words}"
    (line,) = (filled.home / "r.log").read_text().splitlines()
    assert line.endswith(f": {words}")
    assert " error " in line
    assert filled.contents() == before
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in readme.splitlines() if line.startswith("| 129, 130, 143 |")]
    assert f"{code}" in row


def test_an_interrupt_ends_the_wait_for_another_writer(filled: Program) -> None:
    records = filled.home / "more.json"
    records.write_text(json.dumps([made.study(99)]))
    before = filled.contents()
    with contextlib.closing(sqlite3.connect(filled.store, isolation_level=None)) as other:
        other.execute("begin immediate")
        run = filled.start("import", str(records))
        try:
            time.sleep(1)
            assert run.poll() is None
            began = time.monotonic()
            _, err = filled.interrupt(run, signal.SIGINT)
        finally:
            run.kill()
        assert time.monotonic() - began < 8  # SQLite's own patience is 20 seconds
    assert (run.returncode, err.decode().strip()) == (130, "trialfinder: interrupted; nothing was lost")
    assert filled.contents() == before


def test_a_signal_that_is_ignored_stays_ignored(filled: Program) -> None:
    """``nohup`` has a run outlive the terminal."""
    program = f"{sys.executable} -m trialfinder"
    line = f'trap "" HUP; {program} search --offline & sleep 0.3; kill -HUP $!; wait $!'
    done = subprocess.run(
        ["bash", "-c", line], env=filled.environment(), cwd=filled.home, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


SMTP = {
    "TRIALFINDER_SMTP_HOST": "127.0.0.1", "TRIALFINDER_SMTP_PORT": "2525", "TRIALFINDER_SMTP_TLS": "none",
    "TRIALFINDER_SMTP_USER": "news", "TRIALFINDER_SMTP_FROM": "news@example.org",
}  # fmt: skip
FILES = {"TRIALFINDER_SMTP_PASSWORD_FILE": "word.txt", "TRIALFINDER_SMTP_CA_FILE": "ca.pem"}


@pytest.mark.parametrize("kind", ["cron", "systemd", "launchd", "windows"])
def test_a_recipe_with_a_mail_carries_the_whole_way_to_its_server(program: Program, kind: str) -> None:
    """Cron gives a job no environment, so that each Monday ended with "no mail server is set"."""
    (program.home / "word.txt").write_text("hush")
    (program.home / "ca.pem").write_text("")
    done = program("schedule", "show", kind, "--to", "mail:a@b.org", **SMTP, **FILES)
    told_elsewhere = "made on another system: the program and the folders in it are of this computer"
    assert done.code == 0
    assert not done.err or told_elsewhere in done.one_line_told()
    whole = {**SMTP, **{name: str(program.home / file) for name, file in FILES.items()}}
    for name, value in whole.items():
        assert name in done.out
        assert value in done.out
    assert "hush" not in done.out
    if kind == "cron":
        refresh, digest = jobs(done.out)
        assert {f"{name}={value}" for name, value in whole.items()} <= set(digest)
        assert "SMTP" not in "".join(refresh)  # which sends nothing
    assert done.out.count("TRIALFINDER_SMTP_HOST") == 1
    without = program("schedule", "show", kind, "--to", "n.html", **SMTP, **FILES)
    assert "SMTP" not in without.out


@pytest.mark.parametrize(
    ("to", "name"),
    [("mail:a@b.org", "TRIALFINDER_SMTP_PASSWORD"), ("webhook:https://b.org/x", "TRIALFINDER_WEBHOOK_SECRET")],
)
def test_no_password_comes_into_a_recipe(program: Program, to: str, name: str) -> None:
    done = program("schedule", "show", "cron", "--to", to, **SMTP, **{name: "hush"})
    assert (done.code, done.out) == (2, "")
    assert f"put it into a file and give {name}_FILE" in done.one_line()
    assert "hush" not in done.err
    github = program("schedule", "show", "github", "--to", to, **SMTP, **{name: "hush"})
    assert github.code == (0 if to.startswith("mail:") else 2)
    assert "hush" not in github.out + github.err and "a@b.org" not in github.out


def test_a_recipe_says_now_what_its_digest_would_say_next_week(program: Program) -> None:
    for to, words in (("mail:a@b.org", "TRIALFINDER_SMTP_HOST"), ("webhook:https://b.org/x", "WEBHOOK_SECRET")):
        done = program("schedule", "show", "cron", "--quiet", "--to", to)
        assert len(jobs(done.out)) == 2
        assert done.code == 2, "so that it is not installed unseen"
        assert f"the digest would fail: --to {to.split(':')[0]}:…: no" in done.one_line_told()
        assert words in done.one_line_told()


@pytest.mark.parametrize("kind", ["cron", "systemd", "launchd", "windows", "github"])
def test_a_recipe_says_that_its_registry_is_not_the_usual_one(program: Program, kind: str) -> None:
    """Whoever had tried things first, with a stand-in, scheduled that."""
    mark = "REM" if kind == "windows" else "#"
    assert f"{mark} registry: {NOWHERE}, not the usual one" in program("schedule", "show", kind).out.splitlines()
    usual = program("schedule", "show", kind, TRIALFINDER_API_URL="")
    assert (usual.code, "usual one" in usual.out) == (0, False)


@pytest.mark.parametrize("there", [True, False])
def test_a_recipe_says_now_that_its_site_cannot_be_copied(
    program: Program, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    which = shutil.which
    found = "/usr/bin/rsync" if there else None
    monkeypatch.setattr(shutil, "which", lambda name, **more: found if name == "rsync" else which(name, **more))
    done = program("schedule", "show", "cron", "--site", "pub", "--upload", "me@host:/srv/", "--quiet")
    assert len(jobs(done.out)) == 2
    told = "the copy of the site would fail: rsync, which --upload needs, is not installed here"
    assert (done.code, told in done.err) == ((0, False) if there else (2, True)), done.err


def test_a_recipe_says_now_that_its_site_cannot_be_built(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise InputError("sites need babel; install with: pip install 'trialfinder[pages]'")

    assert program("schedule", "show", "cron", "--site", "pub").err == ""
    monkeypatch.setattr(translations, "check_extra", missing)
    done = program("schedule", "show", "cron", "--site", "pub")
    assert len(jobs(done.out)) == 2
    assert "the site would fail: sites need babel; install with" in done.one_line_told()
    assert program("schedule", "show", "github", "--site", "pub").err == ""
    other = program("schedule", "show", "github", "--site", "pub", "--store", "other.sqlite")
    assert (other.code, other.out) == (2, "") and "cache" in other.one_line()


def test_files_that_the_configuration_names_are_beside_it_wherever_a_job_runs(program: Program) -> None:
    settings = program.home / "trialfinder" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(
        '[smtp]\nhost = "127.0.0.1"\ntls = "none"\nuser = "u"\nfrom = "a@b.org"\npassword_file = "word.txt"\n'
    )
    assert "cannot be read" in program("schedule", "show", "cron", "--to", "mail:a@b.org").one_line_told()
    (settings.parent / "word.txt").write_text("hush")
    assert program("schedule", "show", "cron", "--to", "mail:a@b.org").err == ""


def test_a_recipe_carries_the_way_out_of_the_network_but_no_password_of_it(program: Program) -> None:
    way = {"https_proxy": "http://proxy.example:3128", "NO_PROXY": "localhost,10.0.0.0/8", "SSL_CERT_FILE": "ca.pem"}
    (refresh,) = jobs(program("schedule", "show", "cron", **way).out)
    assert {
        "HTTPS_PROXY=http://proxy.example:3128", "NO_PROXY=localhost,10.0.0.0/8",
        f"SSL_CERT_FILE={program.home / 'ca.pem'}", "TRIALFINDER_REQUEST_INTERVAL=0",
    } <= set(refresh)  # fmt: skip
    done = program("schedule", "show", "cron", "--quiet", HTTPS_PROXY="http://me:hush@proxy.example:3128")
    assert "hush" not in done.out + done.err
    assert "HTTPS_PROXY has a password and is left out" in done.one_line_told()
