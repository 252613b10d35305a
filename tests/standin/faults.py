"""What can go wrong on purpose, once or several times, at the next request or a later one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.data import token_for

BLOCKED_PAGE = "<!DOCTYPE html><html><head><title>403</title></head><body><h1>Forbidden</h1></body></html>"
PORTAL_PAGE = "<!doctype html>\n<html><body>Welcome to the guest network. Please log in.</body></html>"
NGINX_404 = (
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n"
    "<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n"
)
URI_TOO_LONG = "<html><title>Error 414 (Request-URI Too Large)!!1</title></html>"
KINDS = frozenset(
    [
        "forbidden",
        "too_many",
        "status",
        "slow",
        "truncated",
        "cut_json",
        "html",
        "wrong_types",
        "total_lie",
        "reload",
        "reset",
        "empty_page",
        "repeated_token",
        "redirect",
        "silent",
    ]
)


@dataclass
class Reply:
    """One HTTP answer before it is sent. ``pieces`` above 1 sends the body in so many parts, ``pause`` s apart."""

    status: int
    body: bytes
    content_type: str = "text/plain; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    reset: bool = False
    pieces: int = 1
    pause: float = 0.0

    @classmethod
    def text(cls, status: int, text: str) -> Reply:
        return cls(status, text.encode())

    @classmethod
    def html(cls, status: int, text: str) -> Reply:
        return cls(status, text.encode(), "text/html; charset=UTF-8")

    @classmethod
    def json(cls, text: str) -> Reply:
        return cls(200, text.encode("utf-8", "backslashreplace"), "application/json")


@dataclass
class Fault:
    """One planned fault.

    Attributes:
        kind: one of ``KINDS``.
        on: path it waits for, '/studies', '/version' or '' for any.
        skip: so many requests of that path pass before it.
        times: so many requests meet it.
        code: the status of kind 'status'.
        retry_after: header of 'too_many' and 'status'; None leaves it out.
        change: done to the stand-in by 'reload' before the data moves; None changes only the timestamp.
        by: how far off 'total_lie' is.
        value: the body of 'wrong_types' (any JSON), the Location of 'redirect'.
    """

    kind: str
    on: str = "/studies"
    skip: int = 0
    times: int = 1
    code: int = 503
    retry_after: str | None = None
    change: Callable[[Any], object] | None = None
    by: int = 1
    value: Any = None
    pause: float = 0.05

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind

    def replaces(self) -> Reply | None:
        """The answer given in place of the real one; None where the real one is only spoiled."""
        waiting = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        if self.kind == "forbidden":
            return Reply.html(403, BLOCKED_PAGE)
        if self.kind in ("too_many", "status"):
            reply = Reply.text(429 if self.kind == "too_many" else self.code, "")
            reply.headers |= waiting
            return reply
        if self.kind == "html":
            return Reply.html(200, PORTAL_PAGE)
        if self.kind == "wrong_types":
            return Reply.json(json.dumps(self.value))
        if self.kind == "reset":
            return Reply(200, b"", reset=True)
        if self.kind == "redirect":
            return Reply(302, b"", headers={"Location": str(self.value)})
        return None

    def spoil(self, reply: Reply) -> Reply:
        """The real answer, made worse."""
        if self.kind == "truncated":
            reply.cut_after = len(reply.body) // 2
        elif self.kind == "cut_json":
            reply.body = reply.body[: len(reply.body) // 2]
        elif self.kind == "slow":
            reply.pieces, reply.pause = 10, self.pause
        elif self.kind == "silent":
            reply.cut_after, reply.pause = 0, self.pause
        elif self.kind in ("total_lie", "empty_page", "repeated_token"):
            reply.body = self._spoiled_page(json.loads(reply.body))
        return reply

    def _spoiled_page(self, page: dict[str, Any]) -> bytes:
        if self.kind == "total_lie":
            page["totalCount"] += self.by
        elif self.kind == "empty_page":
            page["studies"] = []
            page["nextPageToken"] = token_for(0)
        else:
            page["nextPageToken"] = token_for(1000)
        return json.dumps(page).encode()
