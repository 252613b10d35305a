"""Ends what is done over a network by the clock on the wall, whatever the other side does.

A timeout of httpx, urllib or smtplib begins anew with every byte, so a server that sends one now and then is never
timed out; headers, interim answers, chunk extensions and the name inside a gzip bring no content after which anybody
could look at the clock; and nothing bounds the look-up of a name, or the tries of a hundred addresses. So the work is
done by a second thread, and the first one waits for it no longer than the time allows.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar

from trialfinder.base.waiting import wait_for

T = TypeVar("T")
_CONNECTED = (".connect_tcp.complete", ".connect_unix_socket.complete")
#: Seconds for the other thread to notice that its connection was shut, before it is left to itself.
_GRACE = 0.5


class TimeLimit:
    """The limit of one piece of work after the other.

    Attributes:
        over: whether the time of the work now being done is over; its outcome is not to be believed then.
    """

    def __init__(self) -> None:
        self.over = False
        self._connection: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self._wake = threading.Event()

    def run(self, seconds: float, work: Callable[[], T]) -> T:
        """What the work gives, or its error.

        Raises:
            TimeoutError: it was not done in so many seconds. What still waits somewhere is left behind, and ends with
                the program.
        """
        self.over, self._wake = False, threading.Event()
        done: list[Callable[[], T]] = []
        thread = threading.Thread(target=_do, args=(work, done, self._wake), daemon=True)
        self.extend(seconds)
        try:
            thread.start()
            wait_for(self._wake)
        finally:
            self._stop()
        if not done:
            thread.join(_GRACE)
        if not done:
            raise TimeoutError
        return done[0]()

    def extend(self, seconds: float) -> None:
        """So many seconds more from now on; nothing once the time is over."""
        self._stop()
        if self.over:
            return
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """To be given to httpx as the extension ``trace``: learns of each new connection, which can then be shut."""
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
        self._wake.set()


def _do(work: Callable[[], T], done: list[Callable[[], T]], wake: threading.Event) -> None:
    """Does the work, and puts down how to get its outcome; every error is handed on to the thread that waits."""
    try:
        found = work()
        done.append(lambda: found)
    except BaseException as error:
        done.append(_raiser(error))
    finally:
        wake.set()


def _raiser(error: BaseException) -> Callable[[], NoReturn]:
    def tell() -> NoReturn:
        raise error

    return tell


@contextlib.contextmanager
def last_resort(seconds: float | None, tell: Any, code: int) -> Iterator[None]:
    """Ends the whole program after so many seconds, should all else fail.

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
