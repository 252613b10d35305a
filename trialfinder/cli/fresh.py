"""Brings the store up to date before a search, or says why it shows what it has."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trialfinder.cli import streams
from trialfinder.cli.run import Run
from trialfinder.errors import RegistryUnavailable
from trialfinder.text import count

if TYPE_CHECKING:
    from trialfinder.catalogue import Catalogue
    from trialfinder.refresh import RefreshReport
    from trialfinder.registry.model import RequestLog

# A store that was checked within a day is shown as it is; the registry loads new data once a working day.
FRESH_HOURS = 24
# How long a search may try to reach the registry before it shows what it has.
PATIENCE_SECONDS = 10.0


def ensure(run: Run, query: str | None, *, offline: bool) -> tuple[str | None, list[RequestLog]]:
    """Fills an empty store, and checks one that was last checked more than a day ago.

    Returns:
        Why the registry could not be asked (None when it was, or need not be), and the requests that were made.
    """
    if offline or not _is_due(run, query):
        return None, []
    try:
        report, log = refresh_searches(run, [query] if query else [], patience=PATIENCE_SECONDS)
    except RegistryUnavailable as error:
        return str(error), []
    if report.words:
        run.say(report.words)
    return None, log


def _is_due(run: Run, query: str | None) -> bool:
    if not run.store_path.exists():
        return True
    with run.store() as store:
        if store.is_empty() and store.last_refreshed() is None:
            return True
        last = store.last_refreshed(query)
        if last is None:
            return query is not None or not store.has_imports()
        return run.now - last > dt.timedelta(hours=FRESH_HOURS)


def refresh_searches(
    run: Run,
    names: Sequence[str],
    *,
    patience: float | None = None,
    max_seconds: float | None = None,
    full: bool = False,
) -> tuple[RefreshReport, list[RequestLog]]:
    """Refreshes the named saved searches; without names those that the store follows, or the default one.

    ``patience`` bounds how long the first answer may take; ``max_seconds`` the whole run.
    """
    from trialfinder.refresh import locked, refresh
    from trialfinder.registry.searches import DEFAULT_SEARCH, load_search

    run.store_path.parent.mkdir(parents=True, exist_ok=True)
    with locked(run.store_path), run.store(create=True) as store, run.registry(max_seconds=max_seconds) as registry:
        wanted = list(names) or sorted(store.followed_searches()) or [DEFAULT_SEARCH]
        searches = [load_search(name) for name in wanted]
        bar = progress_bar(run)
        report = refresh(store, registry, searches, now=run.now, progress=bar, full=full)
        bar(0, 0)
        return report, list(registry.log)


class progress_bar:  # noqa: N801 # used like a function
    """Reports progress on stderr: a line that is overwritten on a terminal, nothing elsewhere."""

    def __init__(self, run: Run) -> None:
        self._on = streams.is_terminal(sys.stderr) and not run.quiet
        self._shown = False

    def __call__(self, done: int, total: int | None) -> None:
        """``done`` of ``total`` studies; zeros clear the line."""
        if not self._on:
            return
        if not done and not total:
            if self._shown:
                sys.stderr.write("\r" + " " * 60 + "\r")
                sys.stderr.flush()
            return
        self._shown = True
        of = f" of {total:,}" if total else ""
        sys.stderr.write(f"\rAsking the registry: {done:,}{of} studies")
        sys.stderr.flush()


def tell_origin(run: Run, catalogue: Catalogue, problem: str | None) -> None:
    """Says on stderr where the studies come from and how old that is."""
    origin = catalogue.origin
    if problem and origin.kind != "snapshot":
        run.warn(f"the registry could not be asked, so this is what the store has. {problem}")
    if origin.kind == "snapshot":
        _tell_snapshot(run, catalogue, problem)
    elif origin.kind == "store":
        run.say(f"Source: ClinicalTrials.gov, {_age(run, catalogue)}.")
    for reason in catalogue.set_aside:
        run.warn(f"set aside: {reason}")


def _tell_snapshot(run: Run, catalogue: Catalogue, problem: str | None) -> None:
    why = "The registry could not be asked and the store is empty" if problem else "The store is empty"
    run.warn(
        f"{why}: these are {count(len(catalogue), 'study', 'studies')} that came with the program. The records were taken on "
        f"{catalogue.origin.data_timestamp} and are NOT current; summaries and criteria are in our own words. "
        "Live record: trialfinder show NCT…, or https://clinicaltrials.gov/study/NCT…"
    )
    if problem:
        run.warn(problem)
        run.say("Ways out: trialfinder doctor; or download the studies as JSON on the website and: trialfinder import FILE")


def _age(run: Run, catalogue: Catalogue) -> str:
    refreshed, stamp = catalogue.origin.refreshed, catalogue.origin.data_timestamp
    if refreshed is None:
        return "from imported files only; never refreshed"
    hours = max(0.0, (run.now - refreshed).total_seconds() / 3600)
    ago = count(round(hours), "hour") if hours < 48 else count(round(hours / 24), "day")
    return f"data of {stamp} (UTC), checked {ago} ago"
