"""The doctor tells apart what stands between here and the registry."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from tests.standin import StandIn
from trialfinder.errors import InputError
from trialfinder.registry import doctor
from trialfinder.registry.doctor import CheckStep, advice, run_doctor


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(require_user_agent=True) as server:
        yield server


def examine(url: str) -> dict[str, CheckStep]:
    steps = run_doctor(url, sleep=lambda _seconds: None)
    return {step.name: step for step in steps}


def test_it_says_which_ways_pass_and_asks_each_once(standin: StandIn) -> None:
    pauses: list[float] = []
    told: list[CheckStep] = []
    steps = run_doctor(standin.url, sleep=pauses.append, interval_seconds=2, report=told.append)
    assert told == steps
    kinds = {step.name: step.kind for step in steps}
    assert kinds[doctor.NAME] == kinds[doctor.TOKEN] == kinds[doctor.BARE] == "works"
    assert kinds[doctor.TLS12] == "skipped"
    assert kinds[doctor.URLLIB] == "blocked"
    assert set(pauses) == {2}
    assert set(standin.paths()) == {"/version"}
    assert len(standin.requests) == sum(step.ok is not None for step in steps) - 1
    assert advice(steps) == "The registry can be asked from here; trialfinder works as it is."


def test_a_block_of_this_program_only_names_who_passes(standin: StandIn) -> None:
    standin.fault("forbidden", on="/version")
    steps = list(examine(standin.url).values())
    assert "refuses trialfinder but lets others in (as plain httpx" in advice(steps)


@pytest.mark.parametrize(
    ("kind", "settings", "expected", "words"),
    [
        ("forbidden", {}, "blocked", "refuses this network (403)"),
        ("html", {}, "page", "log in to this network in a browser"),
        ("redirect", {"value": "http://login.test/"}, "page", "log in to this network in a browser"),
        ("status", {"code": 407}, "proxy", "The proxy of this network"),
        ("status", {"code": 503}, "other", "could not be asked"),
        ("wrong_types", {"value": {"hello": 1}}, "other", "could not be asked"),
    ],
)
def test_what_stands_in_the_way_is_told(
    standin: StandIn, kind: str, settings: dict[str, object], expected: str, words: str
) -> None:
    standin.fault(kind, on="/version", times=99, **settings)
    found = examine(standin.url)
    assert {step.kind for name, step in found.items() if step.ok is False} == {expected}
    assert words in advice(list(found.values()))


def test_nobody_at_the_address_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = examine(f"http://127.0.0.1:{free.getsockname()[1]}/api/v2")
    assert {step.kind for step in found.values() if step.ok is False} == {"refused"}
    assert "Nothing answers at the address" in advice(list(found.values()))


def test_an_unknown_name_ends_the_examination_at_once() -> None:
    def nowhere(_host: str, _port: int) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    steps = run_doctor("https://registry.test/api/v2", find_host=nowhere, sleep=lambda _seconds: None)
    assert [(step.name, step.kind) for step in steps] == [(doctor.NAME, "name")]
    assert "there is no network here" in advice(steps)


def test_a_proxy_that_does_not_work_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        proxy = f"http://someone:secret@127.0.0.1:{free.getsockname()[1]}"
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy)
        for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        steps = run_doctor("http://registry.test/api/v2", sleep=lambda _seconds: None, find_curl=lambda _name: None)
    assert steps[0].kind == "skipped"
    assert {step.kind for step in steps if step.ok is False} == {"proxy"}
    assert not any("secret" in step.meaning for step in steps)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InputError):
        run_doctor("file:///etc/passwd")


def test_without_curl_that_step_is_left_out(standin: StandIn) -> None:
    steps = run_doctor(standin.url, sleep=lambda _seconds: None, find_curl=lambda _name: None)
    assert steps[-1] == CheckStep(doctor.CURL, None, None, "not tried: curl is not installed", "skipped")


def test_a_way_that_the_time_limit_ends_says_how_long_it_had(standin: StandIn) -> None:
    """It had 8 seconds and was said to have had 15; an answer that drips is not "no answer"."""
    standin.fault("slow", on="/version", pause=1)
    steps = run_doctor(standin.url, sleep=lambda _seconds: None, deadline=time.monotonic() + 1.2)
    own = next(step for step in steps if step.name == doctor.TOKEN)
    assert (own.kind, own.meaning) == ("timeout", "no whole answer within 1 second (--max-time)")
    assert "a longer --max-time" in advice(steps)
