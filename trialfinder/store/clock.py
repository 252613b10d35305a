"""Instants as the store writes them: UTC, ISO 8601, always with the offset."""

from __future__ import annotations

import datetime as dt
import functools


def to_text(instant: dt.datetime) -> str:
    """The instant in UTC, to the microsecond.

    Raises:
        ValueError: it has no time zone and could mean anything.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; give datetime.now(datetime.UTC)")
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")


@functools.lru_cache(maxsize=256)
def from_text(text: str) -> dt.datetime:
    """The instant that `to_text` wrote, in UTC."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def registry_instant(data_timestamp: str | None) -> dt.datetime | None:
    """The registry's ``dataTimestamp`` (UTC, no zone written) as an instant; None when it cannot be read."""
    if not data_timestamp:
        return None
    try:
        parsed = dt.datetime.fromisoformat(data_timestamp)
    except ValueError:
        return None
    return parsed.replace(tzinfo=dt.UTC) if parsed.tzinfo is None else parsed.astimezone(dt.UTC)
