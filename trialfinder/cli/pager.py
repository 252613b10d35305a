"""Long text for a person goes through a pager: on a terminal only, and only when it is longer than the terminal."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from trialfinder.cli import streams


class Held(io.StringIO):
    """Text that is held back until it is whole; otherwise it looks like the terminal behind it."""

    def __init__(self, terminal: Any) -> None:
        super().__init__(newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        """Always true: only a terminal is held back."""
        return True

    def fileno(self) -> int:
        """The terminal's, for its size."""
        return int(self._terminal.fileno())

    @property
    def buffer(self) -> Any:
        """The terminal's own, for what is no text; what was held back comes first."""
        self._terminal.write(self.getvalue())
        self.seek(0)
        self.truncate()
        self._terminal.flush()
        return self._terminal.buffer


@contextlib.contextmanager
def paged(wanted: bool) -> Iterator[None]:
    """What is printed meanwhile goes through ``PAGER`` (``less`` without it) when it does not fit the terminal."""
    pager = _pager() if wanted and all(map(streams.is_terminal, (sys.stdin, sys.stdout))) else []
    if not pager:
        yield
        return
    terminal = sys.stdout
    held = Held(terminal)
    sys.stdout = held
    whole = False
    try:
        yield
        whole = True
    finally:
        sys.stdout = terminal
        text = held.getvalue()
        if not (whole and _is_long(text) and _page(pager, text)):
            terminal.write(text)
            terminal.flush()


def _pager() -> list[str]:
    """The program and its options; empty when none is wanted or there is none."""
    chosen = os.environ.get("PAGER")
    if chosen is None:
        return ["less"] if os.environ.get("TERM") != "dumb" and shutil.which("less") else []
    try:
        words = shlex.split(chosen)
    except ValueError:
        return []
    return words if words and words != ["cat"] and shutil.which(words[0]) else []


def _is_long(text: str) -> bool:
    """Whether it needs more lines than the terminal has."""
    with contextlib.suppress(OSError, ValueError):
        size = os.get_terminal_size(sys.stdout.fileno())
        if size.lines > 0:
            wide = max(1, size.columns)
            return sum(max(1, -(-len(line) // wide)) for line in text.splitlines()) >= size.lines
    return False


def _page(pager: list[str], text: str) -> bool:
    """Whether the pager took the text. Ctrl-C is the pager's own affair meanwhile."""
    environment = {"LESS": "-R", **os.environ}
    written = text.encode(sys.stdout.encoding or "utf-8", "trialfinder-told")
    before = signal.getsignal(signal.SIGINT)
    try:
        with subprocess.Popen(pager, stdin=subprocess.PIPE, env=environment) as process:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            with contextlib.suppress(BrokenPipeError):
                process.communicate(written)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
