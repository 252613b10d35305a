"""The computer's clock: the one place where it is read, so that a test can hold it still. Always UTC."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """This moment, with its zone (UTC)."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day that it is in UTC, whatever zone the computer is set to."""
    return now().date()
