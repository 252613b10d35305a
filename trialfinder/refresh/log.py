"""A log file for scheduled runs: one line per event, rotated, never with anything about a person."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import time
from collections.abc import Iterator
from pathlib import Path

from trialfinder.base import lazy_re as re
from trialfinder.base.whole_files import spare_store
from trialfinder.errors import InputError

#: The logger that every part writes to; without a log file nothing comes of it.
LOGGER = logging.getLogger("trialfinder")
LOGGER.addHandler(logging.NullHandler())
#: A year of daily runs with a few lines each stays far below this.
_BYTES, _FILES = 1_000_000, 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class _OneLine(logging.Formatter):
    """Time in UTC, level, message; no line breaks or terminal escapes, wherever the words came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for one event."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        return f"{stamp} {record.levelname.lower()} [{record.process}] {_CONTROL.sub(' ', record.getMessage())}"


class _QuietFile(logging.handlers.RotatingFileHandler):
    """A full disk must not end a refresh, or fill a mail from cron, because of its log."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 # the name is logging's
        """Goes on without the line."""

    def close(self) -> None:
        """Closes the file; what had no room on the disk is not in it."""
        with contextlib.suppress(OSError):
            super().close()


def open_log(path: Path | None) -> logging.Logger:
    """The logger, writing to a file from now on; None writes nowhere. Full files move to ``path.1`` … ``path.5``.

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
    handler.setFormatter(_OneLine())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    return LOGGER


@contextlib.contextmanager
def logged(path: Path | None) -> Iterator[None]:
    """Within it the logger writes to the file; what goes wrong stands there, too: an empty log explains nothing.

    Raises:
        InputError: see `open_log`.
    """
    open_log(path)
    try:
        yield
    except BaseException as error:  # also a signal, Ctrl-C or a bug of ours
        told = str(error) or "interrupted; nothing was lost"
        LOGGER.error("%s: %s", type(error).__name__, told)  # noqa: TRY400 # a log wants the line, not the trace
        raise
    finally:
        close_log()


def close_log() -> None:
    """Writes to no file any more."""
    for handler in [handler for handler in LOGGER.handlers if isinstance(handler, _QuietFile)]:
        LOGGER.removeHandler(handler)
        handler.close()
