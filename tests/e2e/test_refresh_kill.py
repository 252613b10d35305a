"""kill -9 at any moment: the store afterwards is the one before or the new one, never a mix."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.refreshing import bring_up_to_date, changed, contents
from tests.standin import StandIn
from tests.standin.samples import sample, samples
from trialfinder.refresh import RefreshLock
from trialfinder.store import Store

ROOT = Path(__file__).resolve().parents[2]
STUDIES = 80


class Zygote:
    """See ``refresh_zygote``."""

    def __init__(self, url: str, store: Path) -> None:
        command = [sys.executable, "-m", "tests.e2e.refresh_zygote", url, str(store)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def say(self, number: int = 0) -> None:
        """The next line to the zygote."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()

    def start(self, die_at: int = 0) -> int:
        """Begins a refresh; gives its process id, which stays its own until `end`."""
        self.say(die_at)
        words = self.line().split()
        assert words[0] == "started"
        return int(words[1])

    def end(self) -> list[str]:
        """Collects the refresh; gives what it has said, last whether it was killed or ended by itself."""
        self.say()
        said = [self.line()]
        while said[-1] not in ("killed", "ended"):
            assert said[-1], "the zygote is gone"
            said.append(self.line())
        return said

    def until(self, *words: str) -> str:
        """Reads on until one of these lines comes."""
        while (line := self.line()) not in words:
            assert line, "the child is gone"
            assert not line.startswith("failed"), line
        return line

    def close(self) -> None:
        self._process.communicate("")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[StandIn, Path, Zygote]]:
    path = tmp_path / "store.db"
    with StandIn(samples(STUDIES)) as standin:
        with Store.open(path) as store:
            bring_up_to_date(standin, store)
        zygote = Zygote(standin.url, path)
        yield standin, path, zygote
        zygote.close()


class Whole(NamedTuple):
    """A refresh that nobody kills: steps of the database while writing, and seconds in all."""

    steps: int
    seconds: float


def next_load(standin: StandIn, number: int) -> None:
    """Every study has a new title; one has left the registry and another is there."""
    for study in range(2, STUDIES + 1):
        standin.replace(changed(sample(study), f"Load {number} of {study}", "2026-11-20"))
    standin.add(sample(1000 + number))
    if number:
        standin.remove(f"NCT{999 + number:08d}")
    standin.reload()


def kill_once(standin: StandIn, path: Path, zygote: Zygote, moment: random.Random, whole: Whole) -> bool:
    """Kills one refresh; returns whether the new state had been reached."""
    with Store.open(path, read_only=True) as store:
        before = contents(store)
    how = moment.randrange(4)
    if how < 2:  # at a step of the database's work, the last tenth as often as all of it
        pid = zygote.start(moment.randint(whole.steps * 9 // 10 if how else 1, whole.steps))
    else:  # at a moment of the run, the writing as often as all of it
        pid = zygote.start()
        if how == 2:
            threading.Event().wait(moment.uniform(0, whole.seconds))
        elif zygote.until("writing", "done") == "writing":
            threading.Event().wait(moment.uniform(0, whole.seconds / 3))
        os.kill(pid, signal.SIGKILL)
    assert not [word for word in zygote.end() if word.startswith("failed")]
    with RefreshLock(path), Store.open(path) as store:
        assert store.verify() == ()
        after = contents(store)
    if after == before:
        return False
    assert len(after) == len(before) + 1
    with Store.open(path.with_name("fresh.db")) as fresh:
        bring_up_to_date(standin, fresh)
        expected = contents(fresh)
    path.with_name("fresh.db").unlink()
    assert {key: value for key, value in after.items() if not value[2]} == expected, "a mix of two states"
    return True


def refresh_undisturbed(zygote: Zygote) -> int:
    """One refresh without a kill; gives the number of its steps."""
    zygote.start()
    *_, steps, done, ended = zygote.end()
    assert (done, ended) == ("done", "ended")
    return int(steps.removeprefix("steps "))


def kill_many(place: tuple[StandIn, Path, Zygote], times: int, seed: int) -> None:
    standin, path, zygote = place
    moment = random.Random(seed)
    next_load(standin, 0)
    began = time.monotonic()
    whole = Whole(refresh_undisturbed(zygote), time.monotonic() - began)
    reached = 0
    for number in range(1, times + 1):
        next_load(standin, number)
        done = kill_once(standin, path, zygote, moment, whole)
        reached += done
        if not done:  # so that the next state differs by one load again
            refresh_undisturbed(zygote)
    assert 0 < reached < times, f"{reached} of {times}: the kills must fall before and after the end of a refresh"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_twenty_kills(place: tuple[StandIn, Path, Zygote]) -> None:
    kill_many(place, 20, seed=20)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_two_hundred_kills(place: tuple[StandIn, Path, Zygote]) -> None:
    kill_many(place, 200, seed=200)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_refreshes_at_once_are_one_and_a_refusal(place: tuple[StandIn, Path, Zygote]) -> None:
    standin, path, zygote = place
    next_load(standin, 0)
    standin.fault("slow", pause=0.02)
    other = Zygote(standin.url, path)
    zygote.start()
    other.start()
    ends = sorted([zygote.end(), other.end()], key=lambda said: said[0] != "writing")
    other.close()
    assert [said[-1] for said in ends] == ["ended", "ended"]
    assert ends[0][0] == "writing"
    assert ends[1][0].startswith("failed AlreadyRunning(")
    with Store.open(path) as store:
        assert len(store.refreshes()) == 2
        assert store.verify() == ()
