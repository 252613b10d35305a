"""How far a run has come: on a terminal at once, elsewhere by a line now and then."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator

from trialfinder.cli import streams
from trialfinder.cli.run import Run

_WIDE = 99
#: Seconds between two lines where there is no terminal: whoever waits there is to know that it goes on.
SELDOM = 30.0


class ProgressBar:
    """Reports progress on stderr: a line that is overwritten on a terminal, one every half a minute elsewhere."""

    def __init__(self, run: Run, words: Callable[[str, int, int | None], str]) -> None:
        """``words`` says on one line what is being done, how much is done, and of how much where that is known."""
        self._words = words
        self._on, self._quiet = streams.is_terminal(sys.stderr) and not run.quiet, run.quiet
        self._shown, self._told = False, time.monotonic()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """So much is done, of so much where that is known."""
        if self._on:
            self._shown = True
            sys.stderr.write("\r" + self._words(what, done, total)[:_WIDE].ljust(_WIDE))
            sys.stderr.flush()
        elif not self._quiet and time.monotonic() - self._told >= SELDOM:
            self._told = time.monotonic()
            streams.notice(self._words(what, done, total))

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * _WIDE + "\r")
            sys.stderr.flush()


@contextlib.contextmanager
def ticking(run: Run, words: str, *, every: float = 1.0) -> Iterator[None]:
    """Shows, while something is worked out of which nobody knows how long it takes, that it goes on."""
    bar = ProgressBar(run, lambda what, done, _: f"{what} {done} s")
    began, ended = time.monotonic(), threading.Event()

    def tick() -> None:
        while not ended.wait(every):
            bar(words, round(time.monotonic() - began), None)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        bar.clear()
