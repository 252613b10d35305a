"""What the keeper of a scheduled job hears when something is wrong: at once, once, what it is, and what still works."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.e2e.refreshing import changed
from tests.permissions import read_only
from tests.standin import StandIn

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def damage(store: Path, version: int = 7) -> None:
    """Other bytes where a text was: SQLite sees nothing wrong."""
    with sqlite3.connect(store) as database:
        database.execute("update bodies set body = zeroblob(length(body)) where version_id = ?", (version,))
    database.close()


def without_room(program: Program, *commands: str) -> list[subprocess.CompletedProcess[str]]:
    """Each command where no file can grow by a byte, as on a full disk."""
    found = []
    for command in commands:
        line = f"ulimit -f 0; exec {sys.executable} -m trialfinder {command}"
        found.append(
            subprocess.run(
                ["bash", "-c", line], env=program.environment(), cwd=program.home, capture_output=True, text=True,
                check=False, timeout=60,
            )
        )  # fmt: skip
    return found


@pytest.mark.skipif(os.name != "posix", reason="needs ulimit")
def test_reading_a_store_needs_no_room(filled: Program) -> None:
    before = filled.store.read_bytes()
    search, verify, refresh = without_room(filled, "search --offline --limit 1", "store verify", "refresh")
    assert search.returncode == 0, search.stderr
    assert nct(1) in search.stdout
    assert "cannot be written to; it is read as it lies there" in search.stderr
    assert verify.returncode == 0, verify.stderr
    assert refresh.returncode == 7
    assert filled.store.read_bytes() == before


def test_a_refresh_finds_a_damaged_version_and_says_so_once(filled: Program, registry: StandIn) -> None:
    damage(filled.store)
    registry.add(changed(made.study(31), "Cells, once more", "2026-11-21"))
    registry.reload()
    done = filled.at(registry.url).later(days=1)("refresh", "--log", "r.log")
    assert done.code == 7
    assert "1 new" in done.out
    told = done.one_line()
    assert told.count("the store is damaged") == told.count(str(filled.store)) == 1
    assert "version 7 cannot be read" in told
    assert "--full, which mends what" in told
    assert "the store is damaged" in (filled.home / "r.log").read_text()
    backup = filled("store", "backup", "copy.sqlite").one_line()
    assert backup.count("the store is damaged") == 1
    assert "unfinished" not in backup


@pytest.mark.parametrize("how", ["update bodies set body = zeroblob(9)", "delete from bodies"])
def test_a_full_refresh_mends_what_the_registry_still_has_as_it_was(
    filled: Program, registry: StandIn, how: str
) -> None:
    asked, before = filled.at(registry.url), filled.contents()
    registry.add(changed(made.study(2), "Another title", "2026-11-21"))
    registry.reload()
    assert asked.later(days=1)("refresh").code == 0
    with sqlite3.connect(filled.store) as database:
        database.execute(f"{how} where version_id in (1, 7)")
        database.execute("update bodies set body = zeroblob(9) where version_id = 2")  # an old one: nobody has it
    database.close()
    told = asked.later(days=2)("refresh")
    assert told.code == 7
    assert "refresh --full, which mends what the registry still has" in told.one_line()
    again = asked.later(days=2)("refresh", "--full")
    assert again.out.startswith("Refreshed: nothing new; ")
    assert "NCT90000002: version 2 cannot be read" in again.one_line()
    assert "more" not in again.one_line().partition("(")[2].partition(")")[0]
    shown = filled("show", nct(7), nct(1), "--offline", "--format", "json")
    assert shown.code == 0, shown.err
    registry.add(changed(made.study(2), "A third title", "2026-11-22"))
    registry.reload()
    assert "1 changed" in asked.later(days=3)("refresh").out  # though its base is damaged
    assert "A third title" in filled("show", nct(2), "--offline").out
    assert len(before) == made.STUDIES + 4


def test_a_quiet_refresh_says_nothing_when_all_is_well(filled: Program, registry: StandIn) -> None:
    """Cron mails whatever is said."""
    registry.add(changed(made.study(1), "Another title", "2026-11-21"))
    registry.reload()
    done = filled.at(registry.url).later(days=1)("refresh", "--quiet", "--log", "r.log")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert "1 changed" in (filled.home / "r.log").read_text()


def test_what_cron_mails_begins_with_what_is_wrong_and_says_how_old_the_store_is(
    filled: Program, registry: StandIn
) -> None:
    filled.later(days=1)("refresh", "--all", "--quiet")
    done = filled.later(days=2)("refresh", "--all", "--quiet")
    assert done.code == 4
    told = done.one_line()
    assert told.startswith("could not ask the registry (")
    assert "http://127.0.0.1:9/api/v2/version; " in told
    assert "checked on 2026-11-20 12:00 UTC; 2 refreshes failed since." in told
    assert done.err.count("trialfinder doctor") == 1
    registry.reload()
    registry.fault("forbidden", times=9)
    refused = filled.at(registry.url).later(days=3)("refresh", "--full", "--quiet")
    assert "; 3 refreshes failed since." in refused.one_line()


def test_failed_refreshes_are_told_where_one_looks_at_the_store(filled: Program) -> None:
    assert "\nfailed" not in filled("store", "info").out
    assert "failed since" not in filled("search", "--offline").err
    filled.later(hours=1)("refresh")
    filled.later(hours=2)("refresh")
    later = filled.later(hours=3)
    assert "checked 3 hours ago; 2 refreshes failed since" in later("search", "--offline").err
    (line,) = [line for line in later("store", "info").out.splitlines() if line.startswith("failed")]
    assert "2 times since 2026-11-20 13:00 UTC: could not ask the registry" in line
    assert json.loads(later("store", "info", "--format", "json").out)["failed_refreshes"] == 2


@pytest.mark.parametrize(
    "command",
    ["refresh", "changes", "digest --to -", "store info", "store verify", "store backup x.sqlite", "import r.json",
     "store compact", "store export-bundle x.zip", "schedule show cron", f"history {nct(1)}"],
)  # fmt: skip
def test_what_came_with_the_program_is_no_store(program: Program, command: str) -> None:
    done = program(*command.split(), "--store", "snapshot")
    assert (done.code, done.out) == (2, "")
    assert "only to be looked at" in done.one_line()
    assert "snapshot" not in program(*command.split(), "--help").out


@pytest.mark.parametrize(
    ("options", "told"),
    [("--to there", "digest would fail: {}/there: is a folder"), ("--to no/n.html", "digest would fail: {}/no/n.html"),
     ("--to shut/n.html", "digest would fail: {}/shut/n.html"), ("--feed no/n.atom", "digest would fail: no/n.atom"),
     ("--backup no", "backup would fail: no/"), ("--site file/x", "site would fail: file/x/index.html"),
     ("--site mine", "site would fail: mine"),
     ("--store shut/s.sqlite", "refresh would fail: shut/s.sqlite"), ("--store file/s", "refresh would fail: file/s"),
     ("--site new/deep --store other/s.sqlite --backup there --to there/n.html", "")],
)  # fmt: skip
def test_a_recipe_says_now_what_cannot_be_written(program: Program, options: str, told: str) -> None:
    for folder in ("there", "shut", "mine"):
        (program.home / folder).mkdir()
    (program.home / "mine" / "letters.txt").write_text("not a site")
    (program.home / "file").write_text("")
    with read_only(program.home / "shut"):
        done = program("schedule", "show", "cron", "--quiet", *options.split())
    assert done.code == (2 if told else 0)
    assert done.out.count("# refresh: brings the store up to date") == 1
    assert (told.format(program.home) in done.one_line_told()) if told else done.err == ""
    assert sorted(path.name for path in program.home.iterdir()) == ["file", "mine", "shut", "there"]


@pytest.mark.parametrize("where", ["there", "no/n.html"])
def test_a_digest_that_has_no_place_fails_on_its_first_day_and_stops_no_other(filled: Program, where: str) -> None:
    (filled.home / "there").mkdir()
    done = filled("digest", "--to", where, "--to", "good.txt", "--since", "30d")
    assert done.code == 2
    told = done.one_line()
    assert told.count(str(filled.home / where)) == 1
    assert "good.txt: nothing new" in done.err


@pytest.mark.parametrize(
    "command",
    ["export no/t.csv --offline", "store backup no/c.sqlite", "store export-bundle no/b.zip", "digest --to no/n.html",
     "digest --feed no/n.atom", f"page {nct(1)} --to no/p.html", "refresh --log file/r.log"],
)  # fmt: skip
def test_a_file_that_cannot_be_written_is_code_2(filled: Program, command: str) -> None:
    (filled.home / "file").write_text("")
    done = filled(*command.split())
    assert done.code == 2
    assert done.one_line()
    assert not (filled.home / "no").exists()


def test_dated_copies_are_kept_and_one_put_back(filled: Program, registry: StandIn) -> None:
    (filled.home / "copies").mkdir()
    (filled.home / "copies" / "trialfinder-of-mine.sqlite").write_text("mine")
    for days in range(4):
        assert filled.later(days=days)("store", "backup", "copies", "--keep", "2", "--quiet").code == 0
    assert filled.later(days=3)("store", "backup", "copies").code == 0  # the second of its day
    kept = ["trialfinder-2026-11-22.sqlite", "trialfinder-2026-11-23.sqlite", "trialfinder-of-mine.sqlite"]
    assert sorted(path.name for path in (filled.home / "copies").iterdir()) == kept
    before = filled.contents()
    registry.add(changed(made.study(31), "Cells, once more", "2026-11-21"))
    registry.reload()
    assert filled.at(registry.url).later(days=4)("refresh").code == 0
    assert filled.contents() != before
    done = filled.later(days=5)("store", "restore", f"copies/{kept[1]}")
    assert done.code == 0, done.err
    assert filled.contents() == before
    aside = filled.store.with_name("store-before-2026-11-25-120000.sqlite")
    assert str(aside) in done.err
    assert nct(31) in filled("show", nct(31), "--offline", "--store", str(aside)).out
    for wrong in ("copies/none.sqlite", str(filled.store), "copies/trialfinder-of-mine.sqlite"):
        assert filled("store", "restore", wrong).code in (2, 7)
        assert filled.contents() == before


def test_a_damaged_copy_is_not_put_back(filled: Program) -> None:
    assert filled("store", "backup", "copy.sqlite").code == 0
    damage(filled.home / "copy.sqlite")
    before = filled.contents()
    done = filled("store", "restore", "copy.sqlite")
    assert done.code == 7
    told = done.one_line()
    assert told.startswith("copy.sqlite: this copy is damaged (")
    assert told.endswith(f"; take an older copy; {filled.store} was left as it is")
    assert filled.contents() == before
    (filled.home / "copy.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert filled("store", "restore", "copy.sqlite").one_line().endswith(f"{filled.store} was left as it is")


def test_a_copy_that_is_not_there_is_told_with_those_that_are(filled: Program) -> None:
    (filled.home / "copies").mkdir()
    assert filled.later(days=1)("store", "backup", "copies").code == 0
    done = filled("store", "restore", "copies/trialfinder-2026-11-12.sqlite")
    there = "there is no such file; newest copies there: trialfinder-2026-11-21.sqlite"
    assert (done.code, done.one_line()) == (2, f"copies/trialfinder-2026-11-12.sqlite: {there}")


def test_no_empty_copy_takes_the_place_of_a_good_one(filled: Program, registry: StandIn) -> None:
    folder = filled.home / "copies"
    folder.mkdir()
    assert filled.at(registry.url)("refresh").code == 0
    assert filled("store", "backup", "copies", "--keep", "1").code == 0
    good = (folder / "trialfinder-2026-11-20.sqlite").read_bytes()
    filled.store.unlink()
    failed = filled("refresh", "--all", "--quiet")
    assert failed.code == 4
    assert "the store that was here (last refreshed 2026-11-20 12:00 UTC) is gone; a new one is begun" in failed.err
    for days in (0, 1):
        done = filled.later(days=days)("store", "backup", "copies", "--keep", "1", "--quiet")
        assert done.code == 7
        assert "there is no study in it; no copy was made, and those there are stay" in done.one_line()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"trialfinder-2026-11-20.sqlite": good}


def test_copies_of_another_store_or_of_a_later_day_stay_and_the_newest_too(filled: Program, registry: StandIn) -> None:
    folder = filled.home / "copies"
    folder.mkdir()
    (folder / "trialfinder-2019-01-01.sqlite").mkdir()
    for days in (0, 7, 8):
        assert filled.later(days=days)("store", "backup", "copies").code == 0
    done = filled.later(days=1)("store", "backup", "copies", "--keep", "1")
    assert done.code == 0
    assert "2 copies of a later day not counted" in done.err
    kept = [path.name[12:22] for path in sorted(folder.iterdir())]
    assert kept == ["2019-01-01", "2026-11-21", "2026-11-27", "2026-11-28"]
    filled.store.unlink()
    assert filled.at(registry.url).later(days=8)("refresh").code == 7
    other = filled.later(days=8)("store", "backup", "copies", "--keep", "1")
    assert (other.code, "is a copy of another store" in other.one_line()) == (2, True)
    assert filled.later(days=9)("store", "backup", "copies", "--keep", "1", "--quiet").code == 0
    assert [path.name[12:22] for path in sorted(folder.iterdir())] == [*kept, "2026-11-29"]


@pytest.mark.parametrize("empty", [False, True])
def test_a_store_that_vanished_is_told_by_each_job_and_in_the_log(
    filled: Program, registry: StandIn, empty: bool
) -> None:
    """Cron's lines were all quiet, and news, versions and what was delivered were gone unseen."""
    asked = filled.at(registry.url)
    assert asked("refresh", "--quiet").err == ""
    filled.store.unlink()
    if empty:
        filled.store.touch()
    asked = asked.later(days=1)
    done = asked("refresh", "--quiet", "--log", "r.log")
    assert done.code == 7
    gone = f"(last refreshed 2026-11-20 12:00 UTC) is {'empty (0 bytes)' if empty else 'gone'}; a new one is begun"
    assert gone in done.one_line_of_warning("the store that was here (")
    assert "store.sqlite: begun anew, since the store that was here is gone" in done.err
    assert gone in (filled.home / "r.log").read_text()
    for job in (["digest", "--to", "n.html"], ["store", "backup", "copy.sqlite"], ["site", "public", "--offline"]):
        told = asked(*job, "--quiet", "--log", "r.log")
        assert told.code == 0
        assert "Part of what was known here is damaged or lost" in told.one_line_told()
    assert (filled.home / "r.log").read_text().count("Part of what was known here") == 3
    assert asked.later(days=1)("refresh", "--quiet").err == ""
    assert asked.later(days=1)("digest", "--to", "n.html", "--quiet").err == ""


def _lose(program: Program, left: str) -> None:
    """Takes the store away; of ``gone`` nothing stands there, else a file of 0 bytes."""
    program.store.unlink()
    if left != "gone":
        program.store.touch()


@pytest.mark.parametrize(("left", "how"), [("gone", "gone"), ("nothing", "empty"), ("tables", "empty")])
def test_a_store_that_a_search_begins_anew_is_told_like_one_of_a_refresh(
    filled: Program, registry: StandIn, left: str, how: str
) -> None:
    """A search (or a digest, which only made tables) came before the refresh, and hid from all jobs what was lost."""
    asked = filled.at(registry.url)
    assert asked("refresh", "--quiet").err == ""
    _lose(filled, left)
    asked = asked.later(days=1)
    if left == "tables":
        asked("changes")
        assert filled.store.stat().st_size
    done = asked("search", "--quiet")
    assert done.code == 0
    assert f"(last refreshed 2026-11-20 12:00 UTC) is {how}" in done.err
    assert "a new one is begun" in done.err
    told = asked("digest", "--to", "n.html", "--quiet")
    assert "Part of what was known here is damaged or lost" in told.one_line_told()
    assert asked.later(days=1)("refresh", "--quiet").err == ""
    assert asked.later(days=1)("digest", "--to", "n.html", "--quiet").err == ""


@pytest.mark.parametrize(("left", "how"), [("gone", "gone"), ("nothing", "empty"), ("tables", "empty")])
def test_a_store_that_is_lost_is_told_before_the_next_refresh(
    filled: Program, registry: StandIn, left: str, how: str
) -> None:
    """The doctor said "fine, data of no refresh yet ... trialfinder works as it is"."""
    asked = filled.at(registry.url)
    assert asked("refresh", "--quiet").err == ""
    _lose(filled, left)
    if left == "tables":
        assert filled("changes").code == 0
    lost = f"store.sqlite: the store that was here (last refreshed 2026-11-20 12:00 UTC) is {how}"
    begins = (
        "; the next refresh begins a new one. What the old one knew (versions, news, what was delivered) comes back"
    )
    done = asked("doctor")
    assert done.code == 7
    assert lost in done.err and begins in done.err
    assert "works as it is" not in done.err and ": fine" not in done.err
    for job in (["search", "--offline"], ["site", "public", "--offline"]):
        assert lost in filled(*job, "--quiet").err
    for job in (["changes"], ["digest", "--to", "n.html"]):
        assert lost in filled(*job, "--quiet").one_line_told()
    if left != "gone":
        assert f"\nlost        {filled.store.parent}" in filled("store", "info").out
        assert lost in json.loads(filled("store", "info", "--format", "json").out)["lost"]
    assert asked("refresh", "--quiet").code == 7
    assert asked("doctor").code == 0
    assert "\nlost  " not in filled("store", "info").out


def test_each_job_leaves_a_line_of_what_it_did_in_the_log(filled: Program) -> None:
    """With --quiet, as recipes have it, nobody could tell whether last Monday's mail went out."""
    jobs = (
        ["digest", "--to", "n.txt", "--to", "no/n.txt", "--feed", "n.atom"], ["site", "public", "--offline"],
        ["store", "backup", "copy.sqlite"],
    )  # fmt: skip
    assert [filled(*job, "--quiet", "--log", "r.log").code for job in jobs] == [2, 0, 0]
    told = [line.split(" ", 1)[1] for line in (filled.home / "r.log").read_text().splitlines()]
    info = [line.split("] ", 1)[1] for line in told if line.startswith("info")]
    assert (
        info[0]
        == f"{filled.home / 'n.txt'}: nothing new; the file is made with the first news, and a first fill is none"
    )
    assert info[1] == f"{filled.home / 'n.atom'}: written"
    assert info[2].startswith("public: 30 studies; ")
    assert info[3].startswith("copy.sqlite: written (")
    (error,) = (line for line in told if line.startswith("error"))
    assert str(filled.home / "no") in error


def test_damage_that_no_refresh_mends_is_told_with_what_does_and_remembered(filled: Program, registry: StandIn) -> None:
    asked = filled.at(registry.url)
    registry.add(changed(made.study(2), "Another title", "2026-11-21"))  # nobody has the old version any more
    registry.reload()
    assert asked("refresh").code == 0
    with sqlite3.connect(filled.store) as database:
        database.execute("update bodies set body = zeroblob(9) where version_id = 2")
    database.close()
    for times in (1, 2):
        done = asked.later(days=times)("refresh", "--full", "--quiet")
        assert done.code == 7
        assert "put a backup in its place (trialfinder store restore COPY), or move it away and" in done.one_line()
        assert "--full" not in done.one_line()
        info = filled("store", "info").out
        assert f"\nfailed      {times} time{'s' if times > 1 else ''} since 2026-11-21 12:00 UTC: " in info
    digest = asked.later(days=2)("digest", "--to", "n.html", "--quiet")
    assert "Part of what was known here is damaged or lost" in digest.one_line_told()
    assert "part of it is damaged or lost" in asked.later(days=2)("search", "--offline").err


@pytest.mark.parametrize("job", [["digest", "--to", "no/n.html"], ["store", "backup", "no/c.sqlite"]])
def test_what_a_job_says_is_in_its_log(filled: Program, job: list[str]) -> None:
    done = filled(*job, "--quiet", "--log", "r.log")
    assert done.code == 2
    assert f"error [{os.getpid()}] InputError: {done.one_line()}" in (filled.home / "r.log").read_text()


def test_the_log_of_a_store_that_was_replaced_is_not_read_into_the_new_one(filled: Program) -> None:
    """A killed run leaves ``-wal`` beside its store, which SQLite would take for news of whatever bears the name."""
    shutil.copy(filled.store, filled.home / "other.sqlite")
    with sqlite3.connect(filled.home / "other.sqlite") as killed:
        killed.execute("pragma journal_mode = wal")
        killed.execute("delete from search_results")
        killed.commit()
        log = (filled.home / "other.sqlite-wal").read_bytes()
    killed.close()
    (filled.home / "other.sqlite-wal").write_bytes(log)
    assert filled("store", "backup", "other.sqlite", "--force").code == 0
    assert not (filled.home / "other.sqlite-wal").exists()
    found = filled("search", "--offline", "--format", "jsonl", "--store", "other.sqlite")
    assert len(found.lines) == made.STUDIES


def test_a_copy_has_the_rights_that_the_store_has(filled: Program) -> None:
    assert filled("store", "backup", "copy.sqlite").code == 0
    assert (filled.home / "copy.sqlite").stat().st_mode == filled.store.stat().st_mode


def test_a_way_out_begins_with_the_program_as_it_was_called(program: Program) -> None:
    """A job of cron, or an environment that is not active: the shell does not know the name alone."""
    called = program.home / "trialfinder"
    called.write_text(f"#!{sys.executable}\nfrom trialfinder.cli.start import main\nmain()\n")
    called.chmod(0o755)
    environment = program.environment(TRIALFINDER_HOME=str(program.home / "t"))

    def told(name: str, path: str) -> str:
        return subprocess.run(
            [name, "changes"], env=environment | {"PATH": path}, cwd=program.home, capture_output=True, text=True,
            check=False, timeout=60,
        ).stderr  # fmt: skip

    assert f"make one with: {called} refresh" in told(str(called), os.environ["PATH"])
    assert "make one with: trialfinder refresh" in told(str(called), f"{program.home}:{os.environ['PATH']}")


def test_a_first_fill_says_that_it_is_no_news(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    assert "A first fill is no news" in asked("refresh").err
    assert "A first fill" not in asked("refresh").err
    feed = asked("digest", "--feed", "n.atom", "--to", "n.html")
    assert "the file is made with the first news, and a first fill is none" in feed.err
    assert "n.atom: written" in feed.err
    assert "n.atom: nothing new" in asked("digest", "--feed", "n.atom").err


def test_one_record_out_of_shape_stops_no_refresh_and_is_told(program: Program, registry: StandIn) -> None:
    """Its unread fields were taken for empty ones, which a small search did not believe."""
    odd = made.study(31)
    odd["protocolSection"]["eligibilityModule"] = ["a list"]
    registry.add(odd)
    registry.reload()
    why = f"{nct(31)}: protocolSection.eligibilityModule: expected an object, found list"
    done = program.at(registry.url)("refresh", "--quiet", "--log", "r.log")
    assert (done.code, done.out) == (0, "")
    assert "30 new, 1 set aside" in (program.home / "r.log").read_text()
    assert f"set aside: {why}" in done.err
    assert f"warning [{os.getpid()}] set aside: {why}" in (program.home / "r.log").read_text()
    odd["protocolSection"]["identificationModule"]["briefTitle"] = "Another title"
    registry.add(odd)
    registry.reload()
    again = program.at(registry.url).later(days=1)("refresh", "--full", "--quiet")
    assert (again.code, again.err) == (0, "")  # it was told when it came, though it is another text now
    for command in (["criteria", nct(31)], ["criteria", nct(31), "--format", "csv"], ["signs", nct(31)]):
        asked = program.at(registry.url)(*command)
        assert asked.code == 6
        assert why.partition(" ")[2] in asked.err
    (program.home / "odd.json").write_text(json.dumps([odd]))
    assert f"set aside: {why}" in program("match", "--age", "40", "--records", "odd.json").err


def test_a_refresh_that_asks_for_everything_says_why(filled: Program, registry: StandIn) -> None:
    """When a full one comes by itself was told nowhere, and only that sees what is gone."""
    asked = filled.at(registry.url)
    for number in range(1, 3):
        registry.remove(nct(number))
    registry.reload()
    assert "; incremental, " in asked.later(days=1)("refresh").out
    for _ in range(6):
        registry.reload()
    done = asked.later(days=7)("refresh")
    assert done.out.startswith("Refreshed: 2 gone; ")
    assert "full (the data is a week newer than at the last full pass), " in done.out
    for number in range(3, 21):
        registry.remove(nct(number))
    registry.reload()
    assert asked.later(days=8)("refresh", "--full").code == 8
    assert asked.later(days=9)("refresh").code == 8
    believed = asked.later(days=10)("refresh", "--accept-fall")
    assert "full (what came last was not believed), " in believed.out
    assert " 18 gone; " in believed.out
