"""The limit of a run is one of the clock on the wall, whatever the other side sends."""

from __future__ import annotations

import os
import re
import sys
import threading
import time

import httpx
import pytest

from tests.e2e import made
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn
from tests.standin.drip import KINDS, Drip
from trialfinder.cli.commands import COMMANDS
from trialfinder.deliver import Settings, Tools
from trialfinder.deliver.destinations import SendFailed
from trialfinder.errors import OutOfTime, RegistryUnavailable
from trialfinder.registry.client import Registry
from trialfinder.registry.doctor import run_doctor
from trialfinder.registry.retry import Retry
from trialfinder.registry.time_limit import TimeLimit


@pytest.mark.parametrize("kind", KINDS)
def test_a_peer_that_drips_is_left_at_the_end_of_the_run(kind: str) -> None:
    began = time.monotonic()
    with Drip(kind) as peer, Registry(peer.url, interval_seconds=0, deadline=began + 0.25) as registry:
        with pytest.raises(OutOfTime):
            registry.version()
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("kind", ["headers", "interim answers", "body"])
def test_without_a_limit_of_the_run_each_answer_has_one(kind: str) -> None:
    began = time.monotonic()
    retry = Retry(attempts=1, seconds=0.3, body_seconds=0.3)
    with Drip(kind) as peer, Registry(peer.url, interval_seconds=0, retry=retry) as registry:
        with pytest.raises(RegistryUnavailable, match="too slowly"):
            registry.version()
        assert time.monotonic() - began < 3


def test_a_limited_refresh_ends_in_time(program: Program) -> None:
    began = time.monotonic()
    with Drip("headers") as peer:
        done = program.at(peer.url)("refresh", "--max-time", "1s", "--log", "log.txt")
    assert time.monotonic() - began < 5
    assert done.code == 10
    assert "--max-time" in done.one_line()
    assert "OutOfTime" in (program.home / "log.txt").read_text()
    assert program.contents() == {} or program.contents()["refreshes"] == 0


def test_a_name_server_that_hangs_ends_with_the_run_too(program: Program) -> None:
    """No connection to be shut there: the program ends itself, and the next run finds a whole store."""
    (program.home / "sitecustomize.py").write_text(
        "import socket, time\n"
        "real = socket.getaddrinfo\n"
        "def hang(host, *rest, **more):\n"
        "    if host == 'registry.invalid':\n"
        "        time.sleep(60)\n"
        "    return real(host, *rest, **more)\n"
        "socket.getaddrinfo = hang\n"
    )
    began = time.monotonic()
    path = f"{program.home}:{program.environment()['PYTHONPATH']}"
    done = program.cold(
        "refresh",
        "--max-time",
        "1s",
        "--log",
        "log.txt",
        "--api-url",
        "http://registry.invalid/api/v2",
        PYTHONPATH=path,
    )
    assert time.monotonic() - began < 20
    assert done.code == 10, done.err
    assert "--max-time" in done.one_line()
    assert "OutOfTime" in (program.home / "log.txt").read_text()
    assert program.contents() == {} or program.contents()["refreshes"] == 0


def test_the_doctor_waits_for_nobody_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialfinder.registry.doctor._SECONDS", 0.15)
    began = time.monotonic()
    with Drip("headers") as peer:
        steps = run_doctor(peer.url, interval_seconds=0, find_curl=lambda _: None)
    assert time.monotonic() - began < 8
    assert not any(step.ok for step in steps[1:])
    assert {step.kind for step in steps[1:]} <= {"timeout", "skipped"}


def test_the_doctor_does_not_wait_between_ways_that_are_not_tried_any_more() -> None:
    waits: list[float] = []
    with Drip("headers") as peer:
        run_doctor(peer.url, deadline=time.monotonic() + 0.3, sleep=waits.append, find_curl=lambda _: None)
    assert sum(waits) <= 0.3


_MISSING = "NCT90000001"
#: What asks the registry, and how it ends when nothing comes: with what is here, or with "out of time".
_ASKING = {
    ("search",): 0,
    ("search", "--live", "cord", "cells"): 10,
    ("match", "--age", "58", "--limit", "1"): 0,
    ("match", "--age", "58", "--explain", _MISSING): 10,
    ("export", "out.csv"): 0,
    ("show", _MISSING): 10,
    ("show", "NCT05507697", "NCT04042844"): 0,
    ("criteria", _MISSING): 10,
    ("classify", "NCT05507697"): 0,
    ("signs", _MISSING): 10,
    ("refresh",): 10,
    ("doctor",): 4,
}


@pytest.mark.parametrize("words", _ASKING, ids=" ".join)
@pytest.mark.parametrize("kind", ["interim answers", "chunk extension"])
def test_no_command_is_held_longer_than_it_was_told(program: Program, words: tuple[str, ...], kind: str) -> None:
    with Drip(kind) as peer:
        began = time.monotonic()
        done = program.at(peer.url)(*words, "--max-time", "0.25s", "--today", TODAY)
        spent = time.monotonic() - began
    assert done.code == _ASKING[words], done.err
    assert spent < 60, spent  # what is not waiting is work of its own on what is here
    if done.code == 10:
        assert "--max-time" in done.one_line()
    else:
        assert "Traceback" not in done.err


def test_without_a_limit_of_ones_own_no_command_is_held_for_five_minutes(program: Program) -> None:
    helps = {name: " ".join(program(name, "--help").out.split()) for name in COMMANDS}
    asking = {name for name, told in helps.items() if "Do not ask the registry" in told}
    assert asking >= {"search", "show", "match", "export", "page"}
    for name in sorted(asking | {words[0] for words in _ASKING} | {"digest"}):
        told = helps[name]
        found = re.search(r"--max-time TIME .*? \((\d+)m\)", told)
        assert found, name
        assert 60 * int(found[1]) < 300, name


def test_a_webhook_that_drips_holds_no_digest(filled: Program, registry: StandIn) -> None:
    registry.add(made.study(1, briefTitle="Another title"))
    assert filled.later(days=1).at(registry.url)("refresh", "--full").code == 0
    with Drip("interim answers") as peer:
        began = time.monotonic()
        where = f"webhook:{peer.url}"
        done = filled.later(days=1)("digest", "--to", where, "--max-time", "1s", TRIALFINDER_WEBHOOK_SECRET="s" * 32)
        assert time.monotonic() - began < 60
    assert done.code == 11, (done.out, done.err)
    assert re.search("did not end in (?:0 seconds|1 second)|time limit of this run", done.one_line())


@pytest.mark.parametrize("kind", ["interim answers", "chunk extension", "headers"])
def test_sending_ends_in_time_and_may_have_arrived(kind: str) -> None:
    tools = Tools(Settings(), sys.stdout, deadline=time.monotonic() + 0.3)
    with Drip(kind) as peer:
        began = time.monotonic()
        with pytest.raises(SendFailed, match="did not end") as failed:
            tools.in_time(lambda: _post(peer.url))
        assert time.monotonic() - began < 10
    assert failed.value.maybe


def _post(url: str) -> None:
    httpx.post(url, content=b"{}", timeout=20)


def test_what_does_not_end_is_left_behind_and_what_fails_says_why() -> None:
    limit, never = TimeLimit(), threading.Event()
    with pytest.raises(TimeoutError):
        limit.run(0.05, never.wait)
    never.set()
    with pytest.raises(KeyError):
        limit.run(5, lambda: os.environ["NOT_THERE_AT_ALL"])
    assert limit.run(5, lambda: 7) == 7
