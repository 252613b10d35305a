"""Lets a run that is told to stop end in order: what is open is closed, and whoever reads the log learns of it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")


class ToldToStop(BaseException):
    """A signal ended the run. Its code is what a shell gives for a program that the signal killed."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"stopped by {signal.Signals(number).name}; nothing was lost")

    @property
    def exit_code(self) -> int:
        """143 for SIGTERM, 129 for SIGHUP."""
        return 128 + self.number


@contextlib.contextmanager
def raised() -> Iterator[None]:
    """Within it a signal that would kill is raised as `ToldToStop`; a second kills, an ignored one stays ignored."""
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    before = {number: signal.getsignal(number) for number in numbers}
    for number in [number for number, handler in before.items() if handler == signal.SIG_DFL]:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    signal.signal(number, signal.SIG_DFL)
    raise ToldToStop(number)
