"""A log file for scheduled runs: one line per event, rotated, never with anything about a person."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from trialfinder.base import lazy_re as re
from trialfinder.base.whole_files import spare_store
from trialfinder.errors import InputError, TrialfinderError

#: The logger that every part writes to; without a log file nothing comes of it.
LOGGER = logging.getLogger("trialfinder")
LOGGER.addHandler(logging.NullHandler())
#: A year of daily runs with a few lines each stays far below this.
_BYTES, _FILES = 1_000_000, 5
#: Kinds of errors that only this part tells apart; the log names the documented one above them.
_INSIDE = ("trialfinder.refresh.believe",)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class _OneLine(logging.Formatter):
    """Time in UTC, level, message; no line breaks or terminal escapes, wherever the words came from."""

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__()
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """One line for one event."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        told = self._words(_CONTROL.sub(" ", record.getMessage()))
        return f"{stamp} {record.levelname.lower()} [{record.process}] {told}"


class _QuietFile(logging.handlers.RotatingFileHandler):
    """A full disk must not end a refresh, or fill a mail from cron, because of its log: it is told once."""

    tell: Callable[[str], None] | None = None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 # the name is logging's
        """Goes on without the line."""
        del record
        self._told(sys.exc_info()[1])

    def close(self) -> None:
        """Closes the file; what had no room on the disk is not in it."""
        try:
            super().close()
        except OSError as error:
            self._told(error)

    def _told(self, error: BaseException | None) -> None:
        tell, self.tell = self.tell, None
        if tell is not None:
            why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
            tell(f"{self.baseFilename}: the log cannot be written ({why}); the run goes on, and the log lacks lines")


def _as_it_is(words: str) -> str:
    return words


def open_log(
    path: Path | None, *, tell: Callable[[str], None] | None = None, words: Callable[[str], str] = _as_it_is
) -> logging.Logger:
    """The logger, writing to a file from now on; None writes nowhere. Full files move to ``path.1`` … ``path.5``.

    Args:
        path: the file.
        tell: is told, once, that a line could not be written (a full disk); None for nobody.
        words: what becomes of each message: the commands in it are to work where only the log is read.

    Raises:
        InputError: the file cannot be written to.
    """
    close_log()
    if path is None:
        return LOGGER
    place = path.expanduser()
    spare_store(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(place, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise InputError(
            f"{path}: the log cannot be written ({error.strerror}); choose another file with --log"
        ) from error
    handler.setFormatter(_OneLine(words))
    handler.tell = tell
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    return LOGGER


@contextlib.contextmanager
def logged(
    path: Path | None, *, tell: Callable[[str], None] | None = None, words: Callable[[str], str] = _as_it_is
) -> Iterator[None]:
    """Within it the logger writes to the file; what goes wrong stands there, too: an empty log explains nothing.

    Raises:
        InputError: see `open_log`.
    """
    open_log(path, tell=tell, words=words)
    try:
        yield
    except BaseException as error:  # also a signal, Ctrl-C or a bug of ours
        told = error.with_ways_out() if isinstance(error, TrialfinderError) else str(error)
        kind = next(each.__name__ for each in type(error).__mro__ if each.__module__ not in _INSIDE)
        told = told or "interrupted; nothing was lost"
        LOGGER.error("%s: %s", kind, told)  # noqa: TRY400 # a log wants the line, not the trace
        raise
    finally:
        close_log()


def close_log() -> None:
    """Writes to no file any more."""
    for handler in [handler for handler in LOGGER.handlers if isinstance(handler, _QuietFile)]:
        LOGGER.removeHandler(handler)
        handler.close()
