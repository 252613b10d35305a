"""A peer that never ends: it sends a byte now and then of what no limit on silence or size notices."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from types import TracebackType

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#: What comes at once, and what then comes for ever, a piece at a time.
KINDS: dict[str, tuple[bytes, bytes]] = {
    "status line": (b"HTTP/1.1 200 ", b"O"),
    "headers": (_HEAD + b"X-Long: ", b"a"),
    "many headers": (_HEAD, b"X-Short: a\r\n"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "name in a gzip": (
        _HEAD + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\na\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff\r\n",
        b"1\r\na\r\n",
    ),
    "empty gzip blocks": (
        _HEAD
        + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\na\r\n"
        + gzip.compress(b"")[:10]
        + b"\r\n",
        b"5\r\n\0\0\0\xff\xff\r\n",
    ),
    "chunk extension": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;x=", b"a"),
    "trailers": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Long: ", b"a"),
    "body": (_HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
}


class Drip:
    """Such a peer on a free port of this machine; a context manager."""

    def __init__(self, kind: str, pause: float = 0.02) -> None:
        self._first, self._rest = KINDS[kind]
        self._pause = pause
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api/v2"
        self._stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Drip:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._drip, args=(self._socket.accept()[0],), daemon=True).start()

    def _drip(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            peer.recv(10_000)
            peer.sendall(self._first)
            while not self._stopped.is_set():
                peer.sendall(self._rest)
                time.sleep(self._pause)
