"""Ends a request by the clock on the wall, whatever the other side does.

A timeout of httpx begins anew with every byte, so a server that sends one now and then is never timed out; and headers,
interim answers, chunk extensions and the name inside a gzip bring no content after which anybody could look at the
clock. So a second thread shuts the connection when the time is over, and what was waiting for it wakes up.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

_CONNECTED = (".connect_tcp.complete", ".connect_unix_socket.complete")


class TimeLimit:
    """The limit of one request after the other on one connection.

    Attributes:
        over: whether the time of the request now being made is over; its answer is not to be believed then.
    """

    def __init__(self) -> None:
        self.over = False
        self._connection: socket.socket | None = None
        self._timer: threading.Timer | None = None

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is done inside ends after so many seconds, with the error of a broken connection."""
        self.over = False
        self.extend(seconds)
        try:
            yield
        finally:
            self._stop()

    def extend(self, seconds: float) -> None:
        """So many seconds more from now on."""
        self._stop()
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """To be given to httpx as the extension ``trace``: learns of each new connection."""
        if not event.endswith(_CONNECTED):
            return
        found = info["return_value"].get_extra_info("socket")
        if not isinstance(found, socket.socket):
            return
        self.forget()
        # A copy of the descriptor: the socket itself will be taken over by TLS, whose handshake can drip as well.
        self._connection = found.dup()
        if self.over:
            self._cut()

    def forget(self) -> None:
        """Gives back what was kept of the last connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _cut(self) -> None:
        self.over = True
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def last_resort(seconds: float | None, tell: Any, code: int) -> Iterator[None]:
    """Ends the whole program after so many seconds, for what no connection can be shut: a name server that hangs.

    Args:
        seconds: None for no limit.
        tell: called without arguments just before.
        code: exit code.
    """
    if seconds is None:
        yield
        return

    def leave() -> NoReturn:
        tell()
        os._exit(code)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
