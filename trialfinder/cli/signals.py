"""Lets a run that is told to stop end in order: what is open is closed, and whoever reads the log learns of it."""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from trialfinder.base.waiting import NAP

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
    hook, sys.unraisablehook = sys.unraisablehook, _raise_again
    before = {number: signal.getsignal(number) for number in numbers}
    for number in [number for number, handler in before.items() if handler == signal.SIG_DFL]:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    """A signal that came while Python tidied up (a finalizer, a weak reference) is dropped there: it comes again."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        number = int(signal.SIGINT)
    elif isinstance(lost.exc_value, ToldToStop):
        number = lost.exc_value.number
        signal.signal(number, _stop)
    else:
        sys.__unraisablehook__(lost)
        return
    # From another thread a little later: at once it would be raised, and dropped, in here.
    timer = threading.Timer(NAP, _thread.interrupt_main, (number,))
    timer.daemon = True
    timer.start()


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    signal.signal(number, signal.SIG_DFL)
    raise ToldToStop(number)
