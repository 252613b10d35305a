"""What the thirteenth walk of a keeper found: a store that never was is not lost, and one that was is told by all."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import Program
from tests.standin import StandIn

UNKNOWN = "store.sqlite: is empty (0 bytes), and what was in it is not known here"
GONE = "the store that was here (last refreshed 2026-11-20 12:00 UTC) is gone; a new one is begun"
ANEW = "It was begun anew, since the store that was here is gone"


@contextmanager
def wrong_registry(answer: str) -> Iterator[str]:
    """A registry whose ``/version`` is right, and everything else this: a status, or words of JSON."""

    class Wrong(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            right = self.path.endswith("/version") and answer != "404"
            body = b'{"apiVersion": "2.0.5", "dataTimestamp": "2026-11-21T09:00:05"}' if right else answer.encode()
            self.send_response(404 if answer == "404" else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v2"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("first", [["refresh", "--quiet"], ["search", "--quiet"], ["import", "broken.json"]])
def test_a_first_run_that_failed_is_no_lost_store(program: Program, first: list[str]) -> None:
    """The doctor said with code 7 that a store was lost which never was, and so did each digest of the outage."""
    (program.home / "broken.json").write_text('{"studies": [')
    program(*first)
    assert program.store.stat().st_size > 0
    done = program("doctor", "--max-time", "20s")
    assert (done.code, "empty, and nothing has been asked yet; fill it with: trialfinder refresh" in done.err) == (
        4,
        True,
    )
    told = [program(*job) for job in (["store", "info"], ["digest", "--to", "n.html"], ["changes"], ["search"])]
    assert [each.code for each in told] == [0, 0, 0, 0]
    backup, verified = program("store", "backup", "copy.sqlite"), program("store", "verify")
    assert (backup.code, verified.code) == (7, 0)
    for each in (done, backup, verified, *told):
        assert "that was here" not in each.out + each.err and "restore" not in each.out + each.err
    assert "there is no study in it yet" in verified.err


def test_a_file_of_no_bytes_stays_told_when_the_first_run_on_it_failed(program: Program, registry: StandIn) -> None:
    """Whatever opens it makes tables, which look like a store that was just begun; so it is marked before."""
    program.store.parent.mkdir(parents=True)
    program.store.touch()
    failed = program("refresh", "--quiet", "--max-time", "5s")
    assert (failed.code, f"{UNKNOWN}; a new one is begun" in failed.err) == (4, True)
    assert program.store.stat().st_size
    assert UNKNOWN in program("store", "info").out
    done = program.at(registry.url)("refresh", "--quiet")
    assert (done.code, f"{UNKNOWN}; a new one is begun" in done.err) == (7, True)
    assert program.at(registry.url).later(days=1)("refresh", "--quiet").code == 0


def test_a_store_is_never_seen_with_no_bytes(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one that is just being made would be told as lost; where its tables cannot be made there is no file."""
    from trialfinder.store import Store, connection

    sizes: list[bool] = []

    def full(_: sqlite3.Connection, __: Path) -> None:
        sizes.append(program.store.exists())
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(connection, "migrate", full)
    program.store.parent.mkdir(parents=True)
    with pytest.raises(Exception, match="full"):
        Store.open(program.store)
    assert sizes == [False]
    assert list(program.store.parent.iterdir()) == []


@pytest.mark.parametrize("known", [True, False])
def test_verify_does_not_call_an_emptied_store_whole(filled: Program, known: bool) -> None:
    """ "Every version can be read and is as it was kept" (code 0) was said of 0 bytes."""
    filled.store.write_bytes(b"")
    if not known:
        Path(f"{filled.store}.known").unlink()
    done = filled("store", "verify")
    told = "the store that was here (last refreshed 2026-11-20 12:00 UTC) is empty" if known else UNKNOWN
    assert (done.code, told in done.one_line(), "store restore COPY" in done.err) == (7, True, True)


def test_no_bundle_is_made_of_an_empty_store(filled: Program) -> None:
    assert filled("store", "export-bundle", "b.zip").code == 0
    good = (filled.home / "b.zip").read_bytes()
    filled.store.write_bytes(b"")
    done = filled("store", "export-bundle", "b.zip", "--force")
    assert (done.code, "no bundle was made, and those there are stay" in done.one_line()) == (7, True)
    assert (filled.home / "b.zip").read_bytes() == good


def test_a_copy_stays_one_file(filled: Program) -> None:
    """A copy that was restored left -shm and -wal beside itself when the next backup was refused."""
    copies = filled.home / "copies"
    copies.mkdir()
    assert filled("store", "backup", "copies").code == 0
    [copy] = [path.name for path in copies.iterdir()]
    assert filled("store", "restore", f"copies/{copy}").code == 0
    database = sqlite3.connect(filled.store)
    database.execute("update bodies set body = zeroblob(50) where version_id = 3")
    database.commit()
    database.close()
    refused = filled("store", "backup", "copies", "--quiet")
    assert (refused.code, "not written, since the copy would be damaged as well" in refused.err) == (7, True)
    assert [path.name for path in copies.iterdir()] == [copy]
    assert filled("store", "restore", f"copies/{copy}").code == 0
    assert [path.name for path in copies.iterdir()] == [copy]


@pytest.mark.parametrize("way", ["import", "show"])
def test_who_begins_the_store_anew_without_a_refresh_tells_it_and_so_do_the_jobs_after(
    filled: Program, registry: StandIn, way: str
) -> None:
    """An import, or a study that was asked for, hid for ever that a store was lost."""
    (filled.home / "r.json").write_text(json.dumps(made.studies(2)))
    filled.store.unlink()
    asked = filled.at(registry.url)
    done = filled("import", "r.json", "--quiet") if way == "import" else asked("show", nct(1), "--quiet")
    assert (done.code, GONE in done.err, "store restore COPY" in done.err) == (0, True, True)
    assert ANEW in filled("changes", "--quiet").err
    assert ANEW in filled("store", "info").out
    later = asked.later(days=1)("refresh", "--quiet")
    assert (later.code, "begun anew, since the store that was here is gone" in later.err) == (7, True)


def test_a_bundle_brings_the_lost_store_back(filled: Program) -> None:
    assert filled("store", "export-bundle", "b.zip").code == 0
    filled.store.unlink()
    done = filled("import", "b.zip", "--quiet")
    assert (done.code, GONE in done.err) == (0, True)
    assert filled("changes", "--quiet").err == ""


def test_a_store_that_was_filled_from_files_is_missed_too(program: Program) -> None:
    (program.home / "r.json").write_text(json.dumps(made.studies(2)))
    assert program("import", "r.json").code == 0
    program.store.unlink()
    told = "the store that was here (last filled from a file 2026-11-20 12:00 UTC) is gone"
    assert told in program("doctor", "--max-time", "20s").err
    assert told in program("changes").one_line()


@pytest.mark.parametrize("answer", ["404", "[]", '{"totalCount": 1}'])
def test_an_answer_that_cannot_be_used_names_the_ways_out(filled: Program, answer: str) -> None:
    """It ended in "nothing was kept. Try again later", where all other failures name the doctor and the import."""
    with wrong_registry(answer) as url:
        done = filled.at(url)("refresh", "--quiet", "--full", "--max-time", "20s")
    assert done.code == 4
    assert "`trialfinder doctor" in done.one_line() and "trialfinder import ctg-studies.json`" in done.err


def test_a_log_in_a_folder_that_was_not_there_is_told(filled: Program, registry: StandIn) -> None:
    """A slip in the --log of a crontab made a log that nobody found."""
    asked = filled.at(registry.url)
    done = asked("refresh", "--quiet", "--log", "slip/r.log")
    assert (done.code, "there is no folder slip; it is made, and the log in it" in done.one_line_told()) == (0, True)
    assert asked("refresh", "--quiet", "--log", "slip/r.log").err == ""


def test_the_log_of_a_recipe_in_a_new_home_is_not_told(program: Program, registry: StandIn) -> None:
    done = program.at(registry.url)("refresh", "--quiet", "--log", str(program.store.parent / "refresh.log"))
    assert (done.code, done.err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="the recipes of other systems are seen from Linux")
@pytest.mark.parametrize(
    ("kind", "name"), [("windows", "Windows"), ("launchd", "macOS"), ("systemd", ""), ("cron", "")]
)
def test_a_recipe_of_another_system_is_told(filled: Program, kind: str, name: str) -> None:
    """A batch file with paths of Linux came without a word."""
    done = filled("schedule", "show", kind, "--quiet")
    assert (done.code, "made on another system" in done.err) == (0, bool(name))
    assert f"a recipe for {name}, made" in done.err or not name
