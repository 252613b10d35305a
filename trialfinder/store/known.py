"""What is known of a store besides the store: a file beside it says when it was last filled, also when it is gone."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

#: Said of a store that is gone.
COMES_BACK = (
    "What the old one knew (versions, news, what was delivered) comes back with a copy: trialfinder store restore COPY"
)
#: How a store was filled last, where that was no refresh.
FROM_FILE, FROM_COPY = "last filled from a file", "last put back from a copy"
_UNKNOWN = "is empty (0 bytes), and what was in it is not known here"


def known_by(store: Path) -> Path:
    """The file beside a store that says when it was last filled."""
    return Path(f"{store}.known")


def was_here(store: Path, how: str) -> str:
    """That a store which is known is ``how`` now: gone, empty."""
    try:
        last = known_by(store).read_text(encoding="utf-8", errors="replace")[:60].strip()
    except OSError:
        last = "on an unknown day"
    if not last:  # see `mark_empty`
        return f"{store}: {_UNKNOWN}" if how != "gone" else f"{store}: the empty file that was here is gone"
    last = last if last.startswith((FROM_FILE, FROM_COPY)) else f"last refreshed {last}"
    return f"{store}: the store that was here ({last}) is {how}"


def mark_empty(path: Path) -> None:
    """Keeps in mind that a file of 0 bytes was opened: from now on it has tables, like a store that was just begun.

    The program leaves no file of 0 bytes (see `connection.connect`), so this one is what is left of something else.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size == 0 and not known_by(path).exists():
            known_by(path).touch()


def note_known(store: Path, now: dt.datetime, how: str = "") -> None:
    """Writes down that a store was filled now, by a refresh or ``how`` else.

    Where that cannot be written, only its loss will not be told.
    """
    moment = f"{now.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    with contextlib.suppress(OSError):
        known_by(store).write_text(f"{how} {moment}".strip(), encoding="utf-8")
