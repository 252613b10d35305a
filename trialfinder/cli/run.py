"""One run of a command: its common options, and the store, registry and streams that they stand for."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.base import computer_clock
from trialfinder.base import whereabouts as places
from trialfinder.base.cores import cores
from trialfinder.cli.streams import notice
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.registry.client import Registry
    from trialfinder.store import Store


@dataclass
class Run:
    """What every command is given. ``today`` is the day that all judgements of age and status are made for."""

    store_path: Path
    api_url: str
    format: str | None
    quiet: bool
    today: dt.date
    fixed_today: bool
    max_seconds: float | None = None
    began: float = field(default_factory=time.monotonic)
    _told_read_only: bool = False
    _warned: set[str] = field(default_factory=set)

    @property
    def deadline(self) -> float | None:
        """Moment of ``time.monotonic`` after which nobody out there is waited for; None where nobody is asked."""
        return None if self.max_seconds is None else self.began + self.max_seconds

    @property
    def only_snapshot(self) -> bool:
        """Whether what came with the program is to be looked at, and nothing else."""
        return self.store_path == places.store_path(places.SNAPSHOT)

    @property
    def now(self) -> dt.datetime:
        """The moment that is judged for, in UTC: noon of the day of ``--today``, so that outputs can be reproduced."""
        if self.fixed_today:
            return dt.datetime.combine(self.today, dt.time(12), tzinfo=dt.UTC)
        return computer_clock.now()

    def real_now(self) -> dt.datetime:
        """The moment that it is, whatever ``--today`` says: for all that is kept, since what is kept would be false."""
        return computer_clock.now()

    def tell_real_time(self) -> None:
        """Of a command that keeps something: says that ``--today`` does not count for it."""
        if self.fixed_today:
            self.say("--today is for judging only: what is kept bears the real time.")

    def say(self, message: str) -> None:
        """Tells the person something that is not data: on stderr, not with ``--quiet``."""
        if not self.quiet:
            notice(message)

    def done(self, message: str) -> None:
        """Tells what a job has done, as ``say`` does, and in the log, if there is one, also with ``--quiet``."""
        self.say(message)
        if log := sys.modules.get("trialfinder.refresh.log"):
            log.LOGGER.info("%s", message)

    def warn(self, message: str) -> None:
        """Tells something that must not be missed, also with ``--quiet``, and in the log where there is one."""
        notice(f"trialfinder: {message}")
        if log := sys.modules.get("trialfinder.refresh.log"):
            log.LOGGER.warning("%s", message)

    def warn_once(self, message: str) -> None:
        """``warn``, unless this run has said so before."""
        if message not in self._warned:
            self._warned.add(message)
            self.warn(message)

    def warn_of_loss(self, store: Store | None) -> None:
        """Warns that part of what the store knew is damaged or lost; a job of cron says so, too."""
        from trialfinder.store.standing import standing

        if store is not None and ((state := standing(store)).kept or state.lost):
            self.warn(state.trouble(self.now))

    def store(self, *, create: bool = False, writing: bool = False) -> Store:
        """The store of this run; where it cannot be written to, it is open for reading only unless that is no use.

        Raises:
            StoreError: it cannot be opened, or it is not there and ``create`` is false.
            InputError: what came with the program was named.
        """
        from trialfinder.store import Store

        self.check_own_store()
        found = Store.open(self.store_path, create=create, or_read_only=not (create or writing))
        self._tell_read_only(found)
        return found

    def tell_lost(self) -> bool:
        """Before something is put in without a refresh: tells of a store that was here and is not, and says whether."""
        from trialfinder.store.standing import anew_in_place

        self.check_own_store()
        lost = ""
        with contextlib.suppress(OSError):  # it is not allowed to look there, which opening it tells
            lost = anew_in_place(self.store_path)
        if lost:
            self.warn(lost)
        return bool(lost)

    def note_filled(self, *, anew: bool, from_file: bool = False) -> None:
        """After that: keeps in mind, for later jobs, that the store was begun ``anew`` or filled from a file."""
        from trialfinder.store.known import FROM_FILE, note_known
        from trialfinder.store.standing import BEGUN_ANEW, note_failure

        if anew:
            note_failure(self.store_path, self.real_now(), BEGUN_ANEW, kept=True, anew=True)
        if from_file:
            note_known(self.store_path, self.real_now(), FROM_FILE)

    def check_own_store(self) -> None:
        """Raises InputError when what came with the program stands in the place of a store."""
        if self.only_snapshot:
            raise InputError(
                "--store snapshot: what came with the program is only to be looked at (search, show, match ...); leave "
                "it out for the store"
            )

    def _tell_read_only(self, store: Store | None) -> None:
        if store is not None and store.read_only and not self._told_read_only:
            self._told_read_only = True
            self.say(f"{store.path}: cannot be written to; it is read as it lies there, and nothing is kept in it.")

    def registry(self, *, patience: float | None = None) -> Registry:
        """A client of the registry that keeps to the chosen pace and to the time limit of this run.

        ``patience`` is how long, in seconds, a request that gets no answer is tried again.
        """
        from trialfinder.registry.client import Registry
        from trialfinder.registry.retry import Retry

        retry = Retry() if patience is None else Retry(attempts=2, seconds=patience)
        return Registry(self.api_url, interval_seconds=places.request_interval(), deadline=self.deadline, retry=retry)

    @contextmanager
    def catalogue(
        self, *, records: str | None = None, as_of: str | None = None, query: str | None = None
    ) -> Iterator[Catalogue]:
        """What can be looked at: a file of records, the store (``as_of`` a day), or the snapshot without a store.

        ``query`` is the saved search whose results are asked for, None for all there is.
        """
        from trialfinder.catalogue.opening import open_catalogue

        day = _day(as_of, "--as-of") if as_of else None
        with open_catalogue(self.store_path, self.today, records=records, as_of=day, query=query) as found:
            self._tell_read_only(found.store)
            found.processes = cores()
            yield found


def make_run(store: str | None, api_url: str | None, fmt: str | None, quiet: bool, today: str | None) -> Run:
    """The run that the common options ask for.

    Raises:
        InputError: one of them is wrong.
    """
    return Run(places.store_path(store), places.api_url(api_url), fmt, quiet, _day(today), today is not None)


def seconds_of(text: str) -> float:
    """Reads ``90``, ``90s``, ``10m``, ``1h`` as seconds.

    Raises:
        InputError: something else.
    """
    units = {"s": 1, "m": 60, "h": 3600}
    unit = units.get(text[-1:].lower())
    try:
        seconds = float(text[:-1]) * unit if unit else float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 7 * 86_400:
        raise InputError(f"--max-time {text[:20]!r}: expected a time such as 90s, 10m or 1h")
    return seconds


def _day(text: str | None, option: str = "--today") -> dt.date:
    if text is None:
        return computer_clock.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option} {text[:30]!r}: expected a day such as 2026-11-20") from error
