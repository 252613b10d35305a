"""How far a run has come, on a terminal."""

from __future__ import annotations

import sys

from trialfinder.cli import streams
from trialfinder.cli.run import Run


class ProgressBar:
    """Reports progress on stderr: a line that is overwritten on a terminal, nothing elsewhere."""

    def __init__(self, run: Run) -> None:
        self._on = streams.is_terminal(sys.stderr) and not run.quiet
        self._shown = False

    def __call__(self, search: str, done: int, total: int | None) -> None:
        """``done`` of the ``total`` studies of a search have come."""
        if self._on:
            self._shown = True
            of = f" of {total:,}" if total else ""
            sys.stderr.write(f"\rAsking the registry, {search}: {done:,}{of} studies"[:100].ljust(100))
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * 100 + "\r")
            sys.stderr.flush()
