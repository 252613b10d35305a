"""Sends one request at a time: paced, bounded in size and time, retried where that can help, every one written down.

The only module, with ``doctor``, that knows httpx; no type of it leaves this file.
"""

from __future__ import annotations

import contextlib
import json
import random as random_numbers
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import httpx

from trialfinder.base import lazy_re as re
from trialfinder.base import waiting
from trialfinder.base.text import harmless
from trialfinder.base.version import VERSION
from trialfinder.errors import InputError, OutOfTime
from trialfinder.registry import surroundings
from trialfinder.registry.errors_text import could_not_ask, looks_like_html, name_unknown, refusal, words_of
from trialfinder.registry.replies import RequestLog
from trialfinder.registry.retry import RETRIED_STATUS, Retry, retry_after
from trialfinder.registry.time_limit import TimeLimit

#: The library's own token comes first: the registry's front door refuses many other names, and pretending to be a
#: browser is refused most surely.
USER_AGENT = f"python-httpx/{httpx.__version__} (trialfinder/{VERSION})"
_Shrink = Callable[[dict[str, Any]], Any] | None
_MOST_BYTES = 256 * 1024 * 1024
_LONGEST_URL = 7000
#: Seconds without a single byte, and seconds to get a connection.
_SILENCE, _CONNECT = 60.0, 5.0
_HOST = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One answer that can be worked with. ``data`` is the parsed JSON, None when there was none (304, 3xx, 404)."""

    status: int
    headers: Mapping[str, str]
    text: str
    data: Any
    url: str


class _Failed(Exception):
    """One try failed in a way that a later one may not. ``limit`` bounds the tries below the usual number."""

    def __init__(self, why: str, *, asked: float | None = None, limit: int | None = None) -> None:
        super().__init__(why)
        self.asked = asked
        self.limit = limit


class Http:
    """The connection to one registry.

    Args:
        base_url: for example ``https://clinicaltrials.gov/api/v2``.
        interval: seconds between the starts of two requests.
        clock: seconds that only grow; also what ``deadline`` is measured in.
        sleep: waits that many seconds.
        wall_clock: seconds since 1970, for a Retry-After that is a date.
        deadline: moment of ``clock`` at which the whole run must end; None for no limit.
        transport: an ``httpx.BaseTransport`` to use in place of the network; None for the network.
        user_agent: replaces the default name.
        on_request: is told of each request when it is over.
        retry: how persistent to be.
        random: numbers from 0 to 1 for the waits.
        most_bytes: an answer larger than this, unpacked, is not read to its end.

    Raises:
        InputError: base_url is no http(s) address.
    """

    def __init__(
        self,
        base_url: str,
        *,
        interval: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = waiting.sleep,
        wall_clock: Callable[[], float] = time.time,
        deadline: float | None = None,
        transport: Any = None,
        user_agent: str | None = None,
        on_request: Callable[[RequestLog], None] | None = None,
        retry: Retry = Retry(),  # noqa: B008 - frozen
        random: Callable[[], float] = random_numbers.random,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self._base = checked_base(base_url)
        self._interval, self._clock, self._sleep, self._wall = interval, clock, sleep, wall_clock
        self._deadline, self._on_request, self._retry, self._random = deadline, on_request, retry, random
        self._most_bytes = most_bytes
        self._last_start: float | None = None
        self._answered = False
        self._limit = TimeLimit()
        self.log: list[RequestLog] = []
        self._client = httpx.Client(
            headers={"User-Agent": user_agent or USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
            transport=transport or surroundings.transport(self._base),
            # Proxies are the transport's; what is left are passwords in ~/.netrc, which the registry does not want.
            trust_env=False,
        )

    def close(self) -> None:
        """Gives the connection back."""
        self._client.close()
        self._limit.forget()

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        etag: str | None = None,
        shrink: _Shrink = None,
    ) -> HttpAnswer:
        """Asks until there is an answer or no hope.

        ``shrink`` gets every JSON object as soon as it is read and gives what to keep of it.

        Returns answers 200 with JSON, 301/302/307/308 and 304, and 404 in plain text, for the caller to judge.

        Raises:
            RegistryUnavailable: could not ask. RegistryBlocked: 403. RegistryRefused: 400.
            OutOfTime: the deadline does not leave time for another try.
            InputError: the question is too long for one address.
        """
        url = self._url(path, params or {})
        headers = {"If-None-Match": etag} if etag else {}
        began, tries = self._clock(), 0
        while True:
            self._pace()
            tries += 1
            try:
                return self._try(url, headers, shrink)
            except _Failed as failed:
                wait = self._retry.wait(tries, failed.asked, self._random)
                limit = min(self._retry.attempts, failed.limit or self._retry.attempts)
                over = self._clock() + wait - began > self._retry.seconds
                if tries >= limit or over or (failed.asked is not None and self._is_late(wait)):
                    raise could_not_ask(str(url), str(failed), tries, failed.asked) from failed
                answered = str(failed).startswith("status ")  # else there was no answer, or none that could be read
                self._wait(wait, f", whose last answer was: {failed}" if answered else f" ({failed})")

    def _url(self, path: str, params: Mapping[str, str]) -> httpx.URL:
        url = self._base.copy_with(path=self._base.path.rstrip("/") + path, params=dict(params) if params else None)
        if len(str(url)) > _LONGEST_URL:
            long = f"the question takes {len(str(url))} characters, the registry about {_LONGEST_URL}"
            raise InputError(f"{long}; shorten it")
        return url

    def _pace(self) -> None:
        if self._last_start is not None:
            # Never longer than the interval, even if the clock was set back.
            rest = min(self._interval, self._last_start + self._interval - self._clock())
            if rest > 0:
                self._wait(rest)
        self._check_deadline(0.0)
        self._last_start = self._clock()

    def _wait(self, seconds: float, answered: str = "") -> None:
        self._check_deadline(seconds, answered)
        self._sleep(seconds)

    def _check_deadline(self, seconds: float, answered: str = "") -> None:
        if self._is_late(seconds):
            more = ", or see what is wrong: trialfinder doctor" if answered else ""  # more time alone may not help
            raise OutOfTime(
                f"the time limit of this run is reached while asking the registry{answered}; raise --max-time{more}"
            )

    def _is_late(self, seconds: float) -> bool:
        return self._deadline is not None and self._clock() + seconds >= self._deadline

    def _try(self, url: httpx.URL, headers: dict[str, str], shrink: _Shrink) -> HttpAnswer:
        start, seen = self._clock(), list[int]()
        try:
            response, body = self._limit.run(
                self._left(self._retry.seconds), lambda: self._exchange(url, headers, start, seen)
            )
            self._check_limit()
            return self._judge(response, body, url, shrink)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            self._check_limit()
            raise self._no_answer(error) from error
        finally:
            entry = RequestLog(str(url), seen[0] if seen else None, max(0.0, self._clock() - start))
            self.log.append(entry)
            if self._on_request:
                self._on_request(entry)

    def _exchange(
        self, url: httpx.URL, headers: dict[str, str], start: float, seen: list[int]
    ) -> tuple[httpx.Response, bytearray]:
        """One question and its whole answer, done by a thread of its own; ``seen`` gets the status."""
        with self._stream(url, headers) as response:
            seen.append(response.status_code)
            self._limit.extend(self._left(self._retry.body_seconds))
            return response, self._read(response, start)

    def _stream(self, url: httpx.URL, headers: dict[str, str]) -> contextlib.AbstractContextManager[httpx.Response]:
        left = self._left(min(_SILENCE, self._retry.seconds))
        timeout = httpx.Timeout(left, connect=min(_CONNECT, left))
        return self._client.stream(
            "GET", url, headers=headers, timeout=timeout, extensions={"trace": self._limit.trace}
        )

    def _left(self, seconds: float) -> float:
        """So many seconds, or those to the end of the run when they are fewer."""
        return seconds if self._deadline is None else max(0.1, min(seconds, self._deadline - self._clock()))

    def _check_limit(self) -> None:
        """An answer whose time was over may have been cut anywhere, also where it looks whole."""
        if self._limit.over:
            self._check_deadline(0.0)
            raise _Failed("the answer comes too slowly")

    def _read(self, response: httpx.Response, start: float) -> bytearray:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._most_bytes:
                raise _Failed(f"the answer is larger than {self._most_bytes >> 20} MB", limit=1)
            if self._clock() - start > self._retry.body_seconds:
                raise _Failed("the answer comes too slowly")
            self._check_deadline(0.0)
        return body

    def _no_answer(self, error: Exception) -> _Failed:
        why = words_of(error, 120) or type(error).__name__
        if isinstance(error, httpx.TimeoutException | TimeoutError):
            why = "no connection in time" if isinstance(error, httpx.ConnectTimeout) else "no answer in time"
        # Without a network nobody should wait for long: only where an answer has come before is it worth insisting.
        first = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError) and not self._answered
        if not first:
            return _Failed(why)
        if not name_unknown(error):
            return _Failed(why, limit=2)
        return _Failed("its address cannot be found: there is no network here, or no name server that works", limit=1)

    def _judge(self, response: httpx.Response, body: bytearray, url: httpx.URL, shrink: _Shrink) -> HttpAnswer:
        self._answered = True
        status, headers = response.status_code, response.headers
        kind = headers.get("content-type", "")
        if status == 200:
            return HttpAnswer(status, headers, "", _json(body, kind, shrink), str(url))
        text = body[:20_000].decode("utf-8", errors="replace")
        html = looks_like_html(kind, text)
        if status in (301, 302, 304, 307, 308) or (status == 404 and not html):
            return HttpAnswer(status, headers, text, None, str(url))
        if status in RETRIED_STATUS and not (status == 500 and "invalid field name" in text):
            why = f"status {status}" + (": it has been asked too often from here" if status == 429 else "")
            raise _Failed(why, asked=retry_after(headers, self._wall()))
        raise refusal(status, text, html, str(url))


def _json(body: bytearray, kind: str, shrink: _Shrink) -> Any:
    """The parsed body. Everything that is not whole, strict JSON is a broken answer, worth another try."""
    if looks_like_html(kind, body[:200].decode("utf-8", errors="replace")):
        raise _Failed("a web page came in place of data: a log-in page of this network, or maintenance")
    try:
        return json.loads(body, parse_constant=_refuse_constant, object_hook=shrink)
    except (ValueError, RecursionError) as error:
        raise _Failed(f"the answer is broken: {harmless(str(error), 80)}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def checked_base(base_url: str) -> httpx.URL:
    """The address if it can be one of a registry; InputError otherwise."""
    try:
        url = httpx.URL(base_url)
    except (httpx.InvalidURL, TypeError) as error:
        raise InputError(f"{harmless(str(base_url), 80)!r} is not an address: {harmless(str(error), 80)}") from error
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.host) or url.query or url.fragment:
        raise InputError(f"{harmless(base_url, 80)!r} is not an address like https://clinicaltrials.gov/api/v2")
    return url
