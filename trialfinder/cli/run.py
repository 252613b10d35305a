"""One run of a command: its common options, and the store, registry and streams that they stand for."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue import Catalogue
    from trialfinder.registry.client import Registry
    from trialfinder.store import Store

API_URL = "https://clinicaltrials.gov/api/v2"


def home() -> Path:
    """Where the store and the configuration live: ``TRIALFINDER_HOME``, else the system's place for program data."""
    chosen = os.environ.get("TRIALFINDER_HOME")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("trialfinder", appauthor=False)


@dataclass
class Run:
    """What every command is given. ``today`` is the day that all judgements of age and status are made for."""

    store_path: Path
    api_url: str
    format: str | None
    quiet: bool
    today: dt.date
    fixed_today: bool

    @property
    def now(self) -> dt.datetime:
        """The moment of this run, in UTC; with ``--today`` noon of that day, so that outputs can be reproduced."""
        if self.fixed_today:
            return dt.datetime.combine(self.today, dt.time(12), tzinfo=dt.UTC)
        return dt.datetime.now(dt.UTC)

    def say(self, message: str) -> None:
        """Tells the person something that is not data: on stderr, not with ``--quiet``."""
        if not self.quiet:
            print(message, file=sys.stderr)  # noqa: T201 # this is the one place that prints to people

    def warn(self, message: str) -> None:
        """Tells something that must not be missed, also with ``--quiet``."""
        print(f"trialfinder: {message}", file=sys.stderr)  # noqa: T201 # see say

    def store(self, *, create: bool = False) -> Store:
        """The store of this run.

        Raises:
            StoreError: it cannot be opened, or it is not there and ``create`` is false.
        """
        from trialfinder.store import Store

        return Store.open(self.store_path, create=create)

    def registry(self, *, max_seconds: float | None = None) -> Registry:
        """A client of the registry that keeps to the chosen pace."""
        from trialfinder.registry import Registry

        deadline = None if max_seconds is None else time.monotonic() + max_seconds
        return Registry(self.api_url, interval_seconds=interval(), deadline=deadline)

    @contextmanager
    def catalogue(self, *, records: str | None = None) -> Iterator[Catalogue]:
        """What can be looked at: a file of records, the store, or the snapshot when there is no store."""
        from trialfinder.catalogue import open_catalogue

        with open_catalogue(self.store_path, self.today, records=records) as found:
            yield found


def interval() -> float:
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


def make_run(store: str | None, api_url: str | None, fmt: str | None, quiet: bool, today: str | None) -> Run:
    """The run that the common options ask for.

    Raises:
        InputError: one of them is wrong.
    """
    url = (api_url or os.environ.get("TRIALFINDER_API_URL") or API_URL).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise InputError(f"--api-url {url[:60]!r}: expected an address such as {API_URL}")
    path = Path(store).expanduser() if store else home() / "store.sqlite"
    if path.is_dir():
        raise InputError(f"--store {path}: is a folder; name a file in it, such as {path / 'store.sqlite'}")
    return Run(path, url, fmt, quiet, _day(today), today is not None)


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--today {text[:30]!r}: expected a day such as 2026-11-20") from error
