"""The HTTP side: a threading server on loopback that logs what it is asked."""

from __future__ import annotations

import gzip
import http.server
import socket
import struct
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.standin.api import answer
from tests.standin.data import Data
from tests.standin.faults import BLOCKED_PAGE, Fault, Reply

BASE = "/api/v2"


@dataclass(frozen=True)
class SeenRequest:
    """One request as it arrived. ``path`` without the base, ``headers`` in lower case, ``status`` as answered."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]
    status: int
    target: str


class StandIn:
    """The registry on a free port of this machine; a context manager.

    Args:
        records: raw records to begin with.
        timestamp: of the first load.
        require_user_agent: refuse with 403 whoever does not begin with ``python-httpx/``.
        port: 0 for any free one.
    """

    def __init__(
        self,
        records: Iterable[Mapping[str, Any]] = (),
        *,
        timestamp: str = "2026-11-20T09:00:05",
        require_user_agent: bool = False,
        port: int = 0,
    ) -> None:
        self.data = Data(records, timestamp)
        self.requests: list[SeenRequest] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._require_user_agent = require_user_agent
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{BASE}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> StandIn:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops answering; every connection is closed."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def add(self, record: Mapping[str, Any]) -> None:
        """Adds a study; seen at once, call ``reload`` to make it a new load."""
        self.data.put(record)

    replace = add

    def remove(self, nct_id: str) -> None:
        """Takes a study away."""
        self.data.drop(nct_id)

    def reload(self) -> None:
        """A new load of data: the timestamp, ETag and every versionHolder move on by a day."""
        self.data.reload()

    def fault(self, kind: str, **settings: Any) -> Fault:
        """Plans a fault; see ``Fault``. Several on the same path happen one after the other."""
        planned = Fault(kind, **settings)
        self._faults.append(planned)
        return planned

    def clear_faults(self) -> None:
        """Everything works again."""
        self._faults.clear()

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [seen.path for seen in self.requests]

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        """The answer to one request, faults included; writes the request down."""
        split = urlsplit(target)
        path = split.path.removeprefix(BASE) if split.path.startswith(BASE + "/") else "/not-the-api" + split.path
        params = dict(parse_qsl(split.query, keep_blank_values=True))
        fault = self._next_fault(path)
        if fault and fault.kind == "reload":
            if fault.change:
                fault.change(self)
            self.reload()
        reply = (fault.replaces() if fault else None) or self._plain(path, params, target, headers)
        if fault and reply.status == 200:
            reply = fault.spoil(reply)
        lower = {name.lower(): value for name, value in headers.items()}
        with self._lock:
            self.requests.append(SeenRequest(path, params, lower, reply.status, target))
        return reply

    def _plain(self, path: str, params: dict[str, str], target: str, headers: Mapping[str, str]) -> Reply:
        if self._require_user_agent and not headers.get("User-Agent", "").startswith("python-httpx/"):
            return Reply.html(403, BLOCKED_PAGE)
        etag = f'"883b003/0.34.1/{self.data.timestamp}"'
        if path in ("/version", "/studies/enums") and headers.get("If-None-Match") == etag:
            return Reply(304, b"", headers={"ETag": etag})
        reply = answer(self.data, path, params, len(target))
        if reply.status == 200:
            reply.headers["ETag"] = etag
        return reply

    def _next_fault(self, path: str) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.times > 0 and fault.on in ("", path):
                    if fault.skip > 0:
                        fault.skip -= 1
                        return None
                    fault.times -= 1
                    return fault
        return None


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], handler: type[http.server.BaseHTTPRequestHandler]) -> None:
        self.open_connections: set[socket.socket] = set()
        super().__init__(address, handler)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self.open_connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is no news."""


def _handler(standin: StandIn) -> type[http.server.BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"standin": standin})


class _Handler(http.server.BaseHTTPRequestHandler):
    standin: StandIn
    protocol_version = "HTTP/1.1"
    server_version = "istio-envoy"
    sys_version = ""
    #: Else what comes behind the head of an answer waits until the head is confirmed: 40 ms of each request.
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.open_connections.add(self.connection)

    def finish(self) -> None:
        self.server.open_connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        reply = self.standin.reply(self.path, dict(self.headers.items()))
        if reply.reset:
            # Zero linger makes the close a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        body = reply.body
        self.send_response(reply.status)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500 and reply.status == 200:
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        if reply.status != 304:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self._write(reply, body)

    def _write(self, reply: Reply, body: bytes) -> None:
        if reply.cut_after is not None:
            time.sleep(reply.pause)
            self.wfile.write(body[: len(body) // 2 if reply.cut_after else 0])
            self.close_connection = True
            return
        step = max(1, -(-len(body) // reply.pieces))
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            self.wfile.flush()
            if reply.pause:
                time.sleep(reply.pause)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keeps the tests' output clean."""
