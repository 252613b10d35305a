"""The limit of a run is one of the clock on the wall, whatever the other side sends."""

from __future__ import annotations

import time

import pytest

from tests.e2e.program import Program
from tests.standin.drip import KINDS, Drip
from trialfinder.errors import OutOfTime, RegistryUnavailable
from trialfinder.registry.client import Registry
from trialfinder.registry.doctor import run_doctor
from trialfinder.registry.retry import Retry


@pytest.mark.parametrize("kind", KINDS)
def test_a_peer_that_drips_is_left_at_the_end_of_the_run(kind: str) -> None:
    began = time.monotonic()
    with Drip(kind) as peer, Registry(peer.url, interval_seconds=0, deadline=began + 0.5) as registry:
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
    done = program.apart(
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
    monkeypatch.setattr("trialfinder.registry.doctor._SECONDS", 0.3)
    began = time.monotonic()
    with Drip("headers") as peer:
        steps = run_doctor(peer.url, interval_seconds=0, find_curl=lambda _: None)
    assert time.monotonic() - began < 8
    assert not any(step.ok for step in steps[1:])
    assert {step.kind for step in steps[1:]} <= {"timeout", "skipped"}
