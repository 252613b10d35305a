"""Where things are when nothing else is said. With ``cli``, the only module that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

from trialfinder.base.resources import data_dir
from trialfinder.errors import InputError

API_URL = "https://clinicaltrials.gov/api/v2"

#: In place of a store: only what came with the program, whatever else there is.
SNAPSHOT = "snapshot"


def home() -> Path:
    """Where the store and the configuration live: ``TRIALFINDER_HOME``, else the system's place for program data."""
    chosen = os.environ.get("TRIALFINDER_HOME")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("trialfinder", appauthor=False)


def own_queries() -> Path:
    """Where a person keeps saved searches of their own, and what they expect of the ones that came along."""
    return home() / "queries"


def store_path(chosen: str | Path | None = None) -> Path:
    """The store's file: the chosen one, else the one in ``home``. ``snapshot`` gives a place where there is never one.

    Raises:
        InputError: a folder was named.
    """
    if chosen == SNAPSHOT:
        return data_dir("snapshot") / "no-store"
    path = Path(chosen).expanduser() if chosen else home() / "store.sqlite"
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file in it, such as {path / 'store.sqlite'}")
    return path


def api_url(chosen: str | None = None) -> str:
    """The registry's address: the chosen one, ``TRIALFINDER_API_URL``, or the official one.

    Raises:
        InputError: not a web address.
    """
    url = (chosen or os.environ.get("TRIALFINDER_API_URL") or API_URL).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise InputError(f"registry address {url[:60]!r}: expected one such as {API_URL}")
    return url


def request_interval() -> float:
    """Seconds between two requests: ``TRIALFINDER_REQUEST_INTERVAL``, else one.

    Raises:
        InputError: the variable is no number of seconds.
    """
    text = os.environ.get("TRIALFINDER_REQUEST_INTERVAL", "1")
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise InputError(f"TRIALFINDER_REQUEST_INTERVAL={text[:20]!r}: expected seconds from 0 to 3600")
    return seconds
