"""One question to the registry: pace, retries, limits and the words for each failure. No network, no waiting."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import respx

from trialfinder import __version__
from trialfinder.errors import (
    InputError,
    OutOfTime,
    RegistryBlocked,
    RegistryRefused,
    RegistryUnavailable,
    StudyNotFound,
    TrialfinderError,
)
from trialfinder.registry.client import Registry
from trialfinder.registry.replies import RequestLog
from trialfinder.registry.retry import Retry

BASE = "https://registry.test/api/v2"
VERSION = {"apiVersion": "2.0.5", "dataTimestamp": "2026-11-20T09:00:05"}
OK = httpx.Response(200, json=VERSION)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE, assert_all_called=False) as mock:
        yield mock


@pytest.fixture
def make(clock: Clock) -> Iterator[Callable[..., Registry]]:
    made: list[Registry] = []

    def build(**settings: Any) -> Registry:
        registry = Registry(
            BASE, clock=clock, sleep=clock.sleep, **{"random": lambda: 1.0, "wall_clock": lambda: 0.0, **settings}
        )
        made.append(registry)
        return registry

    yield build
    for registry in made:
        registry.close()


def test_the_first_request_says_who_asks_and_nothing_a_browser_would(
    router: respx.MockRouter, make: Callable[..., Registry]
) -> None:
    router.get("/version").mock(OK)
    assert make().version().data_timestamp == "2026-11-20T09:00:05"
    headers = router.calls.last.request.headers
    assert headers["user-agent"] == f"python-httpx/{httpx.__version__} (trialfinder/{__version__})"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip"
    assert {"origin", "referer", "cookie", "if-none-match"}.isdisjoint(headers)


def test_two_requests_start_a_second_apart(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    router.get("/version").mock(OK)
    registry = make(interval_seconds=1.5)
    registry.version()
    clock.now += 0.5
    registry.version()
    clock.now += 9
    registry.version()
    assert clock.slept == [1.0]


def test_a_clock_that_is_set_back_does_not_make_anyone_wait_for_ever(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    router.get("/version").mock(OK)
    registry = make(interval_seconds=1)
    registry.version()
    clock.now -= 86_400
    registry.version()
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429),
        httpx.Response(500, text="oops"),
        httpx.Response(502),
        httpx.Response(503, html="<html>maintenance</html>"),
        httpx.Response(504),
        httpx.Response(200, html="<!doctype html><p>log in"),
        httpx.Response(200, text="  <html>typed as text</html>"),
        httpx.Response(200, content=b'{"apiVersion": "2.0'),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b'{"apiVersion": NaN}'),
        httpx.Response(200, content=b"[" * 200_000),
        httpx.Response(200, content=b"1" * 10_000),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("peer closed connection"),
        httpx.ConnectError("refused"),
        httpx.DecodingError("not gzip"),
    ],
    ids=[
        *(
            "429",
            "500",
            "502",
            "503",
            "504",
            "page",
            "page as text",
            "cut",
            "not utf-8",
            "empty",
            "nan",
            "deep",
            "long",
        ),
        *("timeout", "closed", "refused", "gzip"),
    ],
)
def test_trouble_that_may_pass_is_tried_again(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock, trouble: Any
) -> None:
    route = router.get("/version")
    route.side_effect = [trouble, OK]
    registry = make(interval_seconds=0)
    assert registry.version().api_version == "2.0.5"
    assert clock.slept == [1.0]
    assert len(registry.log) == 2


def test_after_four_tries_it_is_told_as_could_not_ask(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    router.get("/version").mock(httpx.Response(503))
    with pytest.raises(RegistryUnavailable) as caught:
        make(interval_seconds=0).version()
    assert str(caught.value) == (
        f"could not ask the registry (status 503; tried 4 times) at {BASE}/version; that says nothing about studies. "
        "Try again later, or `trialfinder doctor`, or download the search on the website as JSON and "
        "`trialfinder import ctg-studies.json`"
    )
    assert clock.slept == [1.0, 2.0, 4.0]
    assert caught.value.exit_code == 4


def test_retry_after_is_obeyed_in_seconds_and_as_a_date(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    route = router.get("/version")
    date = {"Date": "Fri, 20 Nov 2026 10:00:00 GMT", "Retry-After": "Fri, 20 Nov 2026 10:00:40 GMT"}
    route.side_effect = [httpx.Response(429, headers={"Retry-After": "20"}), httpx.Response(503, headers=date), OK]
    make(interval_seconds=0, random=lambda: 0.0).version()
    assert clock.slept == [20.0, 40.0]


def test_a_wait_beyond_the_limit_is_told_and_not_begun(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    router.get("/version").mock(httpx.Response(429, headers={"Retry-After": "3600"}))
    with pytest.raises(RegistryUnavailable) as told:
        make().version()
    assert clock.slept == []
    assert "status 429: it has been asked too often from here; it asks to wait 60 minutes; tried once" in str(
        told.value
    )
    assert "Try again after 60 minutes" in str(told.value)


@pytest.mark.parametrize(("asked", "words"), [("100", "100 seconds"), ("301", "6 minutes"), ("86400", "24 hours")])
def test_a_wait_that_the_run_has_no_time_for_is_told_and_not_called_out_of_time(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock, asked: str, words: str
) -> None:
    router.get("/version").mock(httpx.Response(429, headers={"Retry-After": asked}))
    with pytest.raises(RegistryUnavailable, match=f"Try again after {words}"):
        make(deadline=clock() + 60).version()
    assert clock.slept == []


def test_the_limit_of_the_run_ends_the_waiting(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    router.get("/version").mock(httpx.Response(503))
    with pytest.raises(OutOfTime, match=r"whose last answer was: status 503; raise --max-time"):
        make(interval_seconds=0, deadline=clock.now + 2.5).version()
    assert clock.slept == [1.0]


def test_an_answer_that_never_came_is_not_called_the_last_one(make: Callable[..., Registry], clock: Clock) -> None:
    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    with pytest.raises(OutOfTime, match=r"while asking the registry \(no answer in time\); raise --max-time"):
        make(transport=httpx.MockTransport(silent), interval_seconds=0, deadline=clock.now + 2.5).version()


def test_without_a_network_nobody_waits_for_long(make: Callable[..., Registry], clock: Clock) -> None:
    def unknown(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Name or service not known") from socket.gaierror(-2, "Name or service not known")

    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("")

    with pytest.raises(
        RegistryUnavailable,
        match="its address cannot be found: there is no network here, or no name server that works; tried once",
    ):
        make(transport=httpx.MockTransport(unknown)).version()
    with pytest.raises(RegistryUnavailable, match="no connection in time; tried 2 times"):
        make(transport=httpx.MockTransport(silent)).version()
    assert clock.slept == [1.0]


def test_a_block_is_told_with_the_ways_out_and_never_repeated(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    route = router.get("/version").mock(httpx.Response(403, html="<h1>Forbidden</h1>"))
    with pytest.raises(RegistryBlocked) as caught:
        make().version()
    assert clock.slept == []
    assert route.call_count == 1
    assert "refuses this program or this network (403)" in str(caught.value)
    assert caught.value.suggestions == ("trialfinder doctor", "trialfinder import ctg-studies.json")


def test_a_refusal_has_the_registrys_own_words_made_harmless(
    router: respx.MockRouter, make: Callable[..., Registry]
) -> None:
    words = "Error parsing query in Other terms: \x1b[31mToo\ncomplicated\u202e query " + "x" * 5000
    route = router.get("/studies").mock(httpx.Response(400, text=words))
    with pytest.raises(RegistryRefused) as caught:
        make().count({"query.term": "a"})
    message = str(caught.value)
    assert "Error parsing query in Other terms: Too complicated query xxx" in message
    assert message.isprintable()
    assert len(message) < 600
    assert route.call_count == 1
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("status", "content", "kind", "words"),
    [
        (500, {"text": "contains invalid field name"}, RegistryRefused, "invalid field name"),
        (414, {"html": "<title>Too Large</title>"}, RegistryRefused, "the question is too long"),
        (400, {"html": "<html>proxy</html>"}, RegistryUnavailable, "status 400, a web page"),
        (407, {"text": ""}, RegistryUnavailable, "a proxy between here and there"),
        (404, {"html": "<html>nginx</html>"}, RegistryUnavailable, "look at --api-url"),
        (418, {"text": "teapot"}, RegistryUnavailable, "status 418"),
    ],
)
def test_other_refusals_are_not_repeated_either(
    router: respx.MockRouter,
    make: Callable[..., Registry],
    status: int,
    content: dict[str, str],
    kind: type[TrialfinderError],
    words: str,
) -> None:
    route = router.get("/studies").mock(httpx.Response(status, **content))  # type: ignore[arg-type]
    with pytest.raises(kind, match=re.escape(words)) as caught:
        make().count({"query.term": "a"})
    assert type(caught.value) is kind
    assert route.call_count == 1


@pytest.mark.parametrize("body", [[], "text", 7, None, {}, {"apiVersion": 2}, {"apiVersion": "2", "dataTimestamp": 5}])
def test_a_version_of_another_shape_is_told(router: respx.MockRouter, make: Callable[..., Registry], body: Any) -> None:
    router.get("/version").mock(httpx.Response(200, content=json.dumps(body)))
    with pytest.raises(RegistryUnavailable, match="something else than"):
        make().version()


def test_an_answer_without_end_is_cut_off(router: respx.MockRouter, make: Callable[..., Registry]) -> None:
    route = router.get("/version").mock(httpx.Response(200, content=(b" " * 1000 for _ in range(3000))))
    with pytest.raises(RegistryUnavailable, match="larger than 1 MB"):
        make(most_bytes=1 << 20).version()
    assert route.call_count == 1


def test_an_answer_that_drips_is_given_up(
    router: respx.MockRouter, make: Callable[..., Registry], clock: Clock
) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            clock.now += 10
            yield b" "

    router.get("/version").mock(side_effect=lambda _request: httpx.Response(200, content=drip()))
    with pytest.raises(RegistryUnavailable, match="comes too slowly"):
        make(retry=Retry(body_seconds=60)).version()


def test_every_request_is_written_down_with_its_exact_address(
    router: respx.MockRouter, make: Callable[..., Registry]
) -> None:
    router.get("/studies").side_effect = [
        httpx.ReadTimeout("slow"),
        httpx.Response(200, json={"studies": [], "totalCount": 4}),
    ]
    seen: list[RequestLog] = []
    registry = make(on_request=seen.append)
    assert registry.count({"query.cond": '"stem cell" OR nerve'}) == 4
    assert [(entry.url, entry.status) for entry in registry.log] == [
        (f"{BASE}/studies?query.cond=%22stem+cell%22+OR+nerve&fields=NCTId&pageSize=1&countTotal=true", status)
        for status in (None, 200)
    ]
    assert seen == registry.log


def test_a_question_too_long_for_an_address_is_refused_here(make: Callable[..., Registry]) -> None:
    with pytest.raises(InputError, match="shorten it"):
        make().count({"query.term": "x" * 8000})


@pytest.mark.parametrize(
    "url", ["", "clinicaltrials.gov", "ftp://a/b", "http://", "http://a/?x=1", "http://[", "file:///etc"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="not an address"):
        Registry(url)


def test_the_second_version_is_asked_with_the_tag_of_the_first(
    router: respx.MockRouter, make: Callable[..., Registry]
) -> None:
    route = router.get("/version")
    route.side_effect = [httpx.Response(200, json=VERSION, headers={"ETag": '"a"'}), httpx.Response(304)]
    registry = make(interval_seconds=0)
    assert registry.version() == registry.version()
    assert route.calls[1].request.headers["if-none-match"] == '"a"'


def test_304_to_somebody_who_knows_nothing_is_not_believed(
    router: respx.MockRouter, make: Callable[..., Registry]
) -> None:
    router.get("/version").mock(httpx.Response(304))
    with pytest.raises(RegistryUnavailable, match="something else than its version: status 304"):
        make().version()


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (404, "NCT number NCT00000007 not found", StudyNotFound),
        (404, "NCT number NCT00000008 not found", RegistryUnavailable),
        (404, "not found", RegistryUnavailable),
        (404, "", RegistryUnavailable),
        (400, "Parameter `nctId` has incorrect format", InputError),
        (400, "no", RegistryRefused),
    ],
)
def test_a_study_is_only_absent_in_the_registrys_own_words(
    router: respx.MockRouter, make: Callable[..., Registry], status: int, text: str, kind: type[TrialfinderError]
) -> None:
    router.get("/studies/NCT00000007").mock(httpx.Response(status, text=text))
    with pytest.raises(kind) as caught:
        make().study("nct00000007")
    assert type(caught.value) is kind


def test_redirects_lead_only_to_our_own_registry(router: respx.MockRouter, make: Callable[..., Registry]) -> None:
    away = {"Location": "https://elsewhere.test/api/v2/studies/NCT00000002?x=1"}
    router.get("/studies/NCT00000001").mock(httpx.Response(301, headers=away))
    record = {"protocolSection": {"identificationModule": {"nctId": "NCT00000002", "nctIdAliases": ["NCT00000001"]}}}
    router.get("/studies/NCT00000002").mock(httpx.Response(200, json=record))
    assert make(interval_seconds=0).study("NCT00000001") == record


@pytest.mark.parametrize("place", ["/studies/NCT00000001", "/login", "", "/studies/NCT00000000"])
def test_a_redirect_in_a_circle_or_to_nowhere_is_told(
    router: respx.MockRouter, make: Callable[..., Registry], place: str
) -> None:
    router.get("/studies/NCT00000001").mock(httpx.Response(301, headers={"Location": place}))
    with pytest.raises(RegistryUnavailable):
        make(interval_seconds=0).study("NCT00000001")
