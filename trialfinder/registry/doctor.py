"""Tries the ways to the registry one after the other and says in words what works.

Reports of refused programs contradict each other: the front door seems to weigh the program's name, its way of
encrypting and the network it comes from. So nothing is assumed; every way is tried once, politely.
"""

from __future__ import annotations

import importlib.util
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from trialfinder.base import waiting
from trialfinder.base.text import count, harmless
from trialfinder.registry import surroundings
from trialfinder.registry.errors_text import looks_like_html, name_unknown, words_of
from trialfinder.registry.http import USER_AGENT, checked_base
from trialfinder.registry.time_limit import TimeLimit

_SECONDS = 15.0
#: Names of the steps, in their order.
NAME, TOKEN, BARE, TLS12, HTTP2, URLLIB, CURL = (
    "find the address",
    "as trialfinder",
    "as plain httpx",
    "with TLS 1.2",
    "with HTTP/2",
    "as plain Python",
    "with curl",
)


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One way that was tried.

    Attributes:
        name: one of the names above.
        ok: whether it worked; None when it could not be tried here.
        status: the HTTP status; None without an answer.
        meaning: what it means, one plain line.
        kind: 'works', 'skipped', 'name', 'refused', 'timeout', 'tls', 'proxy', 'blocked', 'page', 'other'.
    """

    name: str
    ok: bool | None
    status: int | None
    meaning: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    content_type: str
    body: bytes


def run_doctor(
    base_url: str,
    *,
    sleep: Callable[[float], None] = waiting.sleep,
    interval_seconds: float = 1.0,
    deadline: float | None = None,
    report: Callable[[CheckStep], None] | None = None,
    find_host: Callable[[str, int], object] | None = None,
    find_curl: Callable[[str], str | None] = shutil.which,
) -> list[CheckStep]:
    """Asks ``/version`` once in each way.

    Args:
        base_url: of the registry's API.
        sleep: waits between two requests, ``interval_seconds`` each.
        deadline: moment of ``time.monotonic`` after which nothing more is tried; None for none.
        report: is told of each step when it is done, for a program that shows them as they come.
        find_host: looks up an address and raises OSError when there is none; None for the system's.
        find_curl: finds a program by its name.

    Raises:
        InputError: base_url is no http(s) address.
    """
    url = str(checked_base(base_url)).rstrip("/") + "/version"
    proxy = _proxy(url)
    steps = [_look_up(url, proxy, find_host or socket.getaddrinfo, _left(deadline))]
    if report:
        report(steps[0])
    if steps[0].ok is False:
        return steps
    for number, (name, ask) in enumerate(_ways(url, find_curl)):
        if number:
            sleep(min(interval_seconds, _left(deadline)))
        steps.append(_tried(name, ask if _left(deadline) else "the time is over (--max-time)", proxy, _left(deadline)))
        if report:
            report(steps[-1])
    return steps


def _left(deadline: float | None) -> float:
    """Seconds for one step: twice those that a library is given, and never more than there are to the end."""
    most = _SECONDS * 2
    return most if deadline is None else max(0.0, min(most, deadline - time.monotonic()))


def advice(steps: list[CheckStep], store_trouble: str = "") -> str:
    """What to do now, one or two plain lines; ``store_trouble`` says, in half a sentence, what the store cannot do."""
    own = next((step for step in steps if step.name == TOKEN), None)
    works = [step.name for step in steps if step.ok and step.name != NAME]
    if own is not None and own.ok:
        return f"The registry can be asked from here; {store_trouble or 'trialfinder works as it is'}."
    if own is not None and own.kind == "blocked" and works:
        return (
            f"The registry's front door refuses trialfinder but lets others in ({', '.join(works)}). Try again from "
            "another network, or download the search on the website as JSON and `trialfinder import ctg-studies.json`."
        )
    kinds = {step.kind for step in steps if step.ok is False}
    for kind, words in _ADVICE.items():
        if kind in kinds:
            return words
    return "The registry could not be asked. Try again later; what is in the store can still be used."


_ADVICE = {
    "name": "The registry's address cannot be found: there is no network here, or its name server does not work. "
    "What is in the store can still be used.",
    "page": "Something between here and the registry answers with a web page: log in to this network in a browser, "
    "then try again.",
    "proxy": "The proxy of this network does not let the request through; ask whoever runs it, or look at HTTPS_PROXY.",
    "blocked": "The registry's front door refuses this network (403). Try another network, or download the search on "
    "the website as JSON and `trialfinder import ctg-studies.json`.",
    "tls": "The connection cannot be secured: a wrong clock, or a program between here and the registry that opens "
    "secured connections; ask whoever runs this computer.",
    "refused": "Nothing answers at the address; look at --api-url and the firewall.",
    "timeout": "No whole answer came in time: a firewall drops the request, or the registry or the way there is down "
    "or slow; try again later, and with a longer --max-time where that ended it.",
}


def _ways(url: str, find_curl: Callable[[str], str | None]) -> Iterator[tuple[str, Callable[[], _Reply] | str]]:
    """The ways in their order; a text in place of a way says why it cannot be tried."""
    yield TOKEN, lambda: _with_httpx(url, {"User-Agent": USER_AGENT})
    yield BARE, lambda: _with_httpx(url, {})
    if url.startswith("https:"):
        yield TLS12, lambda: _with_httpx(url, {"User-Agent": USER_AGENT}, verify=_tls12())
    else:
        yield TLS12, "the address is not a secured one"
    if importlib.util.find_spec("h2"):
        yield HTTP2, lambda: _with_httpx(url, {"User-Agent": USER_AGENT}, http2=True)
    else:
        yield HTTP2, "the package h2 is not installed"
    yield URLLIB, lambda: _with_urllib(url)
    curl = find_curl("curl")
    if curl:
        yield CURL, lambda: _with_curl(curl, url)
    else:
        yield CURL, "curl is not installed"


def _look_up(url: str, proxy: str | None, find_host: Callable[[str, int], object], seconds: float) -> CheckStep:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if proxy:
        return CheckStep(NAME, None, None, f"left to the proxy {harmless(proxy, 80)}", "skipped")
    try:
        TimeLimit().run(seconds, lambda: find_host(host, port))
    except TimeoutError:
        return CheckStep(
            NAME, False, None, f"no answer within {seconds:.0f} seconds about {harmless(host, 80)}", "name"
        )
    except (OSError, UnicodeError) as error:
        return CheckStep(NAME, False, None, f"{harmless(host, 80)} cannot be found: {words_of(error, 80)}", "name")
    return CheckStep(NAME, True, None, f"{harmless(host, 80)} is known", "works")


def _tried(name: str, ask: Callable[[], _Reply] | str, proxy: str | None, seconds: float) -> CheckStep:
    if isinstance(ask, str):
        return CheckStep(name, None, None, f"not tried: {ask}", "skipped")
    began = time.monotonic()
    try:
        reply = TimeLimit().run(seconds, ask)
    except Exception as error:  # whatever a network library throws is a finding here
        kind, meaning = _why(error, proxy)
        if kind == "timeout":
            spent = min(seconds, time.monotonic() - began)
            short = " (--max-time)" if spent == seconds < _SECONDS * 2 else ""
            meaning = f"no whole answer within {count(round(spent), 'second')}{short}"
        return CheckStep(name, False, None, meaning, kind)
    return _judged(name, reply)


def _judged(name: str, reply: _Reply) -> CheckStep:
    text = reply.body[:2000].decode("utf-8", errors="replace")
    page = looks_like_html(reply.content_type, text)
    if reply.status == 200 and not page and '"apiVersion"' in text:
        return CheckStep(name, True, 200, "works", "works")
    if reply.status == 403:
        return CheckStep(name, False, 403, "refused at the registry's front door", "blocked")
    if reply.status == 407:
        return CheckStep(name, False, 407, "the proxy wants a log-in", "proxy")
    if 300 <= reply.status < 400 or (reply.status == 200 and page):
        return CheckStep(
            name, False, reply.status, "a web page came in place of data: a log-in page of the network?", "page"
        )
    return CheckStep(name, False, reply.status, f"unexpected answer, status {reply.status}", "other")


def _why(error: Exception, proxy: str | None) -> tuple[str, str]:
    words = harmless(str(error), 120) or type(error).__name__
    refused = "refused" in words.lower() or "curl: (7)" in words
    if isinstance(error, httpx.ProxyError) or (proxy and (refused or isinstance(error, httpx.ConnectError))):
        return "proxy", f"the proxy {harmless(proxy or '', 80)} does not work: {words}"
    if name_unknown(error) or "curl: (6)" in words:
        return "name", f"the address cannot be found: {words_of(error, 120)}"
    if isinstance(error, httpx.TimeoutException | TimeoutError | subprocess.TimeoutExpired) or "curl: (28)" in words:
        return "timeout", ""
    if refused:
        return "refused", "the connection was refused: nothing listens at the address, or a firewall is in the way"
    if "certificate" in words.lower() or "ssl" in words.lower() or isinstance(error, ssl.SSLError):
        return "tls", f"the connection cannot be secured: {words}"
    return "other", words


def _with_httpx(url: str, headers: dict[str, str], **settings: Any) -> _Reply:
    way = surroundings.transport(httpx.URL(url), **settings)
    with httpx.Client(timeout=_SECONDS, trust_env=False, transport=way) as client:
        response = client.get(url, headers=headers)
        return _Reply(response.status_code, response.headers.get("content-type", ""), response.content)


def _tls12() -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: that there is one is the finding, and a log-in page is not to be visited."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """None makes the redirect an HTTPError."""


def _with_urllib(url: str) -> _Reply:
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    try:
        with urllib.request.build_opener(_StayHere).open(request, timeout=_SECONDS) as response:
            return _Reply(response.status, response.headers.get("content-type", ""), response.read(100_000))
    except urllib.error.HTTPError as error:
        with error:
            return _Reply(error.code, error.headers.get("content-type", ""), error.read(100_000))


def _with_curl(curl: str, url: str) -> _Reply:
    """The system's curl with its own settings; status and kind come after the body, on a line of their own."""
    command = [curl, "-q", "-sS", "--max-time", str(int(_SECONDS)), "--max-filesize", "1000000"]
    done = subprocess.run(
        [*command, "-w", "\n%{http_code} %{content_type}", "--", url],
        capture_output=True,
        timeout=_SECONDS * 2,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.decode("utf-8", errors="replace").strip() or f"curl ended with {done.returncode}")
    body, _, last = done.stdout.rpartition(b"\n")
    status, _, kind = last.decode("ascii", errors="replace").partition(" ")
    return _Reply(int(status), kind, body)


def _proxy(url: str) -> str | None:
    """The proxy that the surroundings prescribe, without its password; None for none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    proxy = None if host in surroundings.LOCAL else surroundings.proxy_of(parts.scheme, host)[1]
    if not proxy:
        return None
    try:
        where = urlsplit(proxy)
        port = where.port
    except ValueError:
        return "of the surroundings, whose address cannot be read"
    return f"{where.hostname}:{port}" if port else where.hostname
