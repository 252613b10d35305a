"""A real mail server and a real web server on this machine, and stores with news, for tests."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What came. ``answers`` are given instead of taking a message, one each."""

    messages: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - the library's call
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250") or answer == "take it and hang up":
            self._take(envelope)
        if answer.endswith("hang up"):
            transport: Any = server.transport
            transport.abort()
        return answer

    def _take(self, envelope: Envelope) -> None:
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        self.receivers.extend(envelope.rcpt_tos)

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


class _Server(Controller):
    """Takes any free port."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # the library's own


@contextmanager
def mail_server(**settings: Any) -> Iterator[Mailbox]:
    """A mail server on a free port."""
    box = Mailbox()
    controller = _Server(box, hostname="127.0.0.1", port=0, **settings)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


@dataclass
class Hook:
    """What was posted. ``answers`` are statuses given in turn; after them 204. 0 hangs up after reading."""

    url: str = ""
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def taken(self) -> list[bytes]:
        return [body for headers, body in self.posts if headers["-answer"] == "204"]


@contextmanager
def web_server(answers: Sequence[int] = ()) -> Iterator[Hook]:
    """A web server on a free port that takes POSTs."""
    hook = Hook(answers=list(answers))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = hook.answers.pop(0) if hook.answers else 204
            hook.posts.append(({**dict(self.headers), "-answer": str(status)}, body))
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Keeps quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook/secret-path"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hook
        finally:
            server.shutdown()
            thread.join()
