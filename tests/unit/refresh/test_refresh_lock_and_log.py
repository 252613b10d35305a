"""One refresh at a time, a dead one noticed, and a log that stays small."""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.fill import START
from trialfinder.errors import AlreadyRunning, InputError, StoreError
from trialfinder.refresh import RefreshLock, RefreshReport, close_log, open_log
from trialfinder.refresh.log import LOGGER, logged
from trialfinder.store import RunOutcome

ROOT = Path(__file__).resolve().parents[3]


def hold_in_a_child(store: Path) -> subprocess.Popen[str]:
    code = (
        "import sys, datetime as dt; from pathlib import Path; from trialfinder.refresh import RefreshLock\n"
        "with RefreshLock(Path(sys.argv[1]), dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(store)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_run_leaves_and_says_who_is_there(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with hold_in_a_child(store) as child:
        with pytest.raises(AlreadyRunning) as caught, RefreshLock(store, START):
            pass
        assert caught.value.exit_code == 9
        assert f"another refresh is running, process {child.pid} since 2026-11-20 06:00:00 UTC" in str(caught.value)
        child.communicate("")
    with RefreshLock(store, START) as lock:
        assert lock.left_by == ""
    assert [found.name for found in tmp_path.iterdir() if found.name != "store.db.lock"] == []


def test_a_run_that_was_killed_blocks_nobody_and_is_noticed(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with hold_in_a_child(store) as child:
        child.kill()
        child.communicate()
    with RefreshLock(store, START) as lock:
        assert f"did not finish (process {child.pid} since 2026-11-20 06:00:00 UTC)" in lock.left_by
    with RefreshLock(store, START) as lock:
        assert lock.left_by == "", "told once"


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with pytest.raises(RuntimeError), RefreshLock(store, START):
        raise RuntimeError
    with RefreshLock(store, START) as lock:
        assert lock.left_by == ""


def test_a_lock_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(StoreError, match="the lock beside the store cannot be made"),
        RefreshLock(tmp_path / "file" / "store.db", START),
    ):
        pass


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "logs" / "refresh.log"
    close_log()


def test_one_line_for_each_event_whatever_is_in_it(log: Path) -> None:
    open_log(log).warning("odd %s", "title\n2026 \x1b[31mred\x1b[0m\u2028next")
    (line,) = log.read_text(encoding="utf-8").splitlines()
    stamp, level, rest = line.split(" ", 2)
    assert dt.datetime.fromisoformat(stamp).utcoffset() == dt.timedelta(0)
    assert level == "warning"
    assert rest.endswith("] odd title 2026  [31mred [0m next")


def test_a_full_log_moves_on_and_only_five_old_ones_stay(log: Path) -> None:
    logger = open_log(log)
    for _ in range(7000):
        logger.info("x" * 990)
    assert sorted(found.name for found in log.parent.iterdir()) == [
        "refresh.log",
        *(f"refresh.log.{n}" for n in range(1, 6)),
    ]
    assert all(found.stat().st_size <= 1_000_000 for found in log.parent.iterdir())


def test_without_a_file_nothing_is_written_anywhere(capfd: pytest.CaptureFixture[str]) -> None:
    open_log(None).error("nobody hears this")
    assert capfd.readouterr() == ("", "")


def test_opening_another_log_leaves_the_first(log: Path) -> None:
    open_log(log).info("one")
    open_log(log.with_name("other.log")).info("two")
    assert "two" not in log.read_text()
    close_log()
    assert [type(handler) for handler in LOGGER.handlers] == [logging.NullHandler]


def test_a_log_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="the log cannot be written"):
        open_log(tmp_path / "file" / "refresh.log")


def report(outcome: RunOutcome, **more: object) -> RefreshReport:
    settings: dict[str, object] = {"set_aside": {}, "requests": 3, **more}
    return RefreshReport(
        refresh_id=1,
        kind="incremental",
        data_timestamp="2026-11-20T09:00:05",
        outcome=outcome,
        warnings=(),
        searches=(),
        seconds=2.04,
        **settings,  # type: ignore[arg-type] # spelled out above
    )


def test_a_run_is_summed_up_in_one_line() -> None:
    happened = report(RunOutcome(added=("NCT1", "NCT2"), gone=("NCT3",), unchanged=4), set_aside={"NCT5": "odd"})
    assert happened.summary() == (
        "2 new, 1 gone, 1 set aside; registry data of 2026-11-20T09:00:05; incremental, 3 requests, 2.0 s"
    )
    assert not happened.nothing_happened
    quiet = report(RunOutcome(unchanged=4), requests=1)
    assert quiet.summary() == "nothing new; registry data of 2026-11-20T09:00:05; incremental, 1 request, 2.0 s"
    assert quiet.nothing_happened


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_log_ends_no_refresh() -> None:
    open_log(Path("/dev/full")).info("done")
    close_log()
    assert [handler for handler in LOGGER.handlers if not isinstance(handler, logging.NullHandler)] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_log_is_told_once() -> None:
    """The log stayed empty, and a job whose only word it is was taken for one that never ran."""
    told: list[str] = []
    log = open_log(Path("/dev/full"), tell=told.append)
    for _ in range(3):
        log.info("done")
    close_log()
    assert told == [
        "/dev/full: the log cannot be written (No space left on device); the run goes on, and the log lacks lines"
    ]


def test_a_way_out_stands_in_the_log_as_it_can_be_pasted(log: Path) -> None:
    """Who reads the log only ran it on another store, or never saw it."""
    with (
        pytest.raises(InputError),
        logged(log, words=lambda text: text.replace("trialfinder doctor", "trialfinder doctor --store x")),
    ):
        raise InputError("it fell; see `trialfinder doctor`", suggestions=("trialfinder doctor", "trialfinder refresh"))
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert line.endswith("InputError: it fell; see `trialfinder doctor --store x`. Ways out: `trialfinder refresh`")
