"""Brings the store up to date before a search, or says why it shows what it has."""

from __future__ import annotations

import contextlib
import datetime as dt
import shlex
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from trialfinder.base import whereabouts as places
from trialfinder.base.values import DEFAULT_SEARCH
from trialfinder.cli.progress_bar import ProgressBar
from trialfinder.cli.run import Run
from trialfinder.cli.streams import notice
from trialfinder.errors import (
    AlreadyRunning,
    ExpectationFailed,
    InputError,
    OutOfTime,
    RegistryRefused,
    RegistryUnavailable,
    StoreError,
)

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.refresh import RefreshReport
    from trialfinder.registry.client import Registry
    from trialfinder.registry.replies import RequestLog
    from trialfinder.registry.searches import SavedSearch
    from trialfinder.store import Store

# A store that was checked within a day is shown as it is; the registry loads new data once a working day.
FRESH_HOURS = 24
# How long a search may try to reach the registry before it shows what it has.
PATIENCE_SECONDS = 10.0
# What a run of limited time gets to end by itself.
_GRACE_SECONDS = 5.0
# Names of searches that a user's own words made; the words follow, quoted as in a shell.
USER_PREFIX = "words: "


class Trouble(NamedTuple):
    """Why the store was not brought up to date.

    Attributes:
        words: of the error.
        ways_out: commands to paste.
        answered: the registry answered, with something that could not be kept.
        kept_out: the store could not take anything in.
    """

    words: str
    ways_out: tuple[str, ...]
    answered: bool
    kept_out: bool = False


def ensure(run: Run, query: str | None, *, offline: bool) -> tuple[Trouble | None, list[RequestLog]]:
    """Fills an empty store, and checks one that was last checked more than a day ago.

    Returns:
        Why nothing new came from the registry (None when it did, or need not), and the requests that were made.
    """
    if offline or run.only_snapshot or not _is_due(run, query):
        return None, []
    try:
        report, log = refresh_searches(run, [query] if query else [], patience=PATIENCE_SECONDS)
    except (RegistryUnavailable, AlreadyRunning, OutOfTime) as error:
        return Trouble(str(error), error.suggestions, answered=False), []
    except StoreError as error:  # whatever is in it can still be shown, or said to be damaged when it is opened
        return Trouble(str(error), error.suggestions, answered=False, kept_out=True), []
    except (ExpectationFailed, RegistryRefused) as error:
        return Trouble(str(error), error.suggestions, answered=True), []
    run.say(tell(report))
    for warning in report.warnings:
        run.warn(warning)
    return None, log


def _is_due(run: Run, query: str | None) -> bool:
    from trialfinder.store.importing import has_own_files

    if not run.store_path.exists():
        return True
    with run.store() as store:
        last = store.last_refresh(query or DEFAULT_SEARCH)
        if last is None:  # what a narrow search found is no answer to the question for all of it
            return query is not None or store.last_refresh() is not None or not has_own_files(store)
        return run.now - last.finished > dt.timedelta(hours=FRESH_HOURS)


def named_search(name: str) -> SavedSearch:
    """A saved search by its name, or the one that a user's own words made (``words: …``).

    Raises:
        InputError: there is none of that name.
    """
    from trialfinder.registry.search_files import saved_search

    if not name.startswith(USER_PREFIX):
        return saved_search(name)
    from trialfinder.registry.searches import user_search

    return replace(user_search(shlex.split(name.removeprefix(USER_PREFIX))), name=name)


def followed(run: Run) -> list[str]:
    """The searches that are kept up to date: the default one first, then what the store was ever filled with.

    The default is among them also where somebody began with a narrow search: every list is made of it. A saved search
    that found nothing so far is, since its first study would be the news; a user's own words are while they find any.
    """
    if not run.store_path.exists():
        return [DEFAULT_SEARCH]
    with run.store() as store:
        found = store.info()
    known = {search.name for search in all_but_wrong(run)} - {DEFAULT_SEARCH}
    saved = known.intersection({*found.asked, *found.searches})
    return [DEFAULT_SEARCH, *sorted(saved.union(name for name in found.searches if name.startswith(USER_PREFIX)))]


def all_but_wrong(run: Run) -> tuple[SavedSearch, ...]:
    """The saved searches that can be read; what is wrong with the others is told, and stops nobody."""
    from trialfinder.registry.search_files import good_searches

    found, wrong = good_searches()
    tell_left_out(run, wrong)
    return found


def tell_left_out(run: Run, wrong: Sequence[InputError]) -> None:
    """Tells once which files of saved searches are wrong, and that they have no part in what is shown."""
    for error in wrong:
        run.warn_once(f"left out: {error}")


def tell_doubts(run: Run, doubts: Iterable[str]) -> None:
    """Tells once which terms of saved searches find nothing for ever, as ``queries check`` does."""
    for doubt in doubts:
        run.warn_once(doubt)


def refresh_searches(
    run: Run,
    names: Sequence[str],
    *,
    patience: float | None = None,
    full: bool = False,
    accept_fall: bool = False,
    then: Callable[[Store, RefreshReport, str], None] = lambda *_: None,
) -> tuple[RefreshReport, list[RequestLog]]:
    """Refreshes the named searches; without names those that the store follows, the default one among them.

    ``patience`` bounds the seconds spent on a request that gets no answer. ``then`` is done when the run was kept, with
    the store, what became of it and `RefreshLock.lost`; its error is remembered as trouble of the store.
    """
    from trialfinder.refresh import RefreshLock

    run.check_own_store()
    _tell_new_folder(run)
    searches = [named_search(name) for name in names]
    with RefreshLock(run.store_path, run.real_now()) as lock, run.registry(patience=patience) as registry:
        for words in filter(None, (lock.left_by, lock.lost)):
            run.warn(words)
        searches = searches or [named_search(name) for name in followed(run)]
        tell_doubts(run, (doubt for search in searches for doubt in search.doubts()))
        how = {"full": full, "accept_fall": accept_fall, "while_asking": _to_the_end(run)}
        with run.store(create=True) as store:
            report = _refresh(run, store, registry, searches, deadline=run.deadline, **how)
            lock.kept = True
            then(store, report, lock.lost)
        return report, list(registry.log)


def _tell_new_folder(run: Run) -> None:
    """A slip in --store begins a second store somewhere, which a quiet job would fill for ever without a word."""
    folder = run.store_path.parent
    if not folder.exists() and folder.absolute() != places.home().absolute():
        run.warn(f"{run.store_path}: there is no folder {folder}; it is made, and a new store in it")


def _to_the_end(run: Run) -> AbstractContextManager[None]:
    """The limit of the run for what the client cannot end, told like the one that it can."""
    from trialfinder.refresh.log import LOGGER
    from trialfinder.registry.time_limit import last_resort

    def tell() -> None:
        error = OutOfTime("the time limit of this run is reached while asking the registry; raise --max-time")
        LOGGER.error("OutOfTime: %s", error)
        notice(f"trialfinder: {error}")

    left = None if run.deadline is None else max(0.0, run.deadline - time.monotonic()) + _GRACE_SECONDS
    return last_resort(left, tell, OutOfTime.exit_code)


def _asked_so_far(search: str, done: int, total: int | None) -> str:
    return f"Asking the registry, {search}: {done:,}{f' of {total:,}' if total else ''} studies"


def _refresh(run: Run, store: Store, registry: Registry, searches: list[SavedSearch], **how: Any) -> RefreshReport:
    from trialfinder.refresh import refresh

    bar = ProgressBar(run, _asked_so_far)
    with contextlib.ExitStack() as end:
        end.callback(bar.clear)
        report = refresh(store, registry, searches, now=run.real_now, progress=bar, **how)
    if not report.nothing_happened:
        from trialfinder.changes import prepare

        with contextlib.suppress(StoreError):  # damage is told by whoever needs what is damaged
            prepare(store)  # so that `changes` answers at once; it can be made again, so it is no part of the run
    return report


def never_asked(run: Run, catalogue: Catalogue, query: str | None) -> bool:
    """Warns when what a saved search finds is not known here, so that nobody takes that for "there is none"."""
    if not query or (catalogue.store is not None and catalogue.store.last_refresh(query) is not None):
        return False
    place = "the snapshot" if catalogue.origin.kind == "snapshot" else "the store"
    run.warn(
        f"what --query {query} finds has never been asked, so {place} cannot tell; with a network: "
        f"trialfinder refresh --query {shlex.quote(query)}"
    )
    return True


def tell(report: RefreshReport) -> str:
    """One line on what a refresh did."""
    return f"Refreshed: {report.summary()}"


def queries_asked(run: Run, catalogue: Catalogue) -> dict[str, str]:
    """The exact request of every saved search that found one of the studies, by its name."""
    names = sorted({name for entry in catalogue.entries.values() for name in entry.searches})
    found = {}
    for name in names:
        with contextlib.suppress(InputError):  # a search whose file is gone
            found[name] = named_search(name).request_url(run.api_url)
    return found
