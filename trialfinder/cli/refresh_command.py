"""``trialfinder refresh``: brings the store up to date; made for cron."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.cli import fresh
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import (
    ExpectationFailed,
    InputError,
    OutOfTime,
    RegistryRefused,
    RegistryUnavailable,
    StoreError,
    TrialfinderError,
)

if TYPE_CHECKING:
    from trialfinder.refresh import RefreshReport
    from trialfinder.store import Store


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "refresh", asks=240, own_store=True, log=True)(refresh)


def refresh(
    run: Run,
    query: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A saved search; may be given several times.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every saved search.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Ask for everything, also what has not changed.")] = False,
    accept_fall: Annotated[
        bool, typer.Option("--accept-fall", help="Believe what comes, also when it is far less than expected.")
    ] = False,
) -> None:
    """Bring the store up to date: all of it or nothing.

    Without options, the default search and those that the store follows. One request when the registry's data has not
    changed. Else it asks for what was updated since; once a week, or with --full, for everything: that alone shows
    which studies are gone. Prints one line, with --quiet none. At the end every version in the store is read; a damaged
    one is code 7, and so is a store that was here and is gone: a new one is begun.

    Exit codes: 0 done, 2 wrong input, 4 could not ask, 5 refused by the registry, 7 store, 8 not believed (store
    unchanged), 9 another refresh is running, 10 out of time, 130 interrupted, 143 told to stop by SIGTERM.

    Example: trialfinder refresh --all --max-time 10m --log refresh.log
    """
    if everything and query:
        raise InputError("--all and --query cannot go together")
    run.tell_real_time()
    names, wrong = _all() if everything else (list(query or ()), ())
    try:
        fresh.refresh_searches(run, names, full=full, accept_fall=accept_fall, then=partial(_then, run))
    except TrialfinderError as error:
        _say_how_old(run, error)
        raise
    _raise_wrong(wrong)


def _then(run: Run, store: Store, report: RefreshReport, lost: str) -> None:
    """Tells what a run that was kept brought, and what is wrong with the store."""
    from trialfinder.refresh.lock import BegunAnew
    from trialfinder.store.known import COMES_BACK
    from trialfinder.store.standing import BEGUN_ANEW, standing

    _tell(run, store, report)
    store.check(asked_for_all=report.kind == "full")
    state = standing(store)
    if lost:
        raise BegunAnew(f"{run.store_path}: {BEGUN_ANEW}")
    if state.anew and not state.said:  # by a search, of which the keeper has heard nothing
        raise BegunAnew(f"{run.store_path}: {BEGUN_ANEW}, on {state.anew:%Y-%m-%d %H:%M} UTC. {COMES_BACK}")


def _raise_wrong(wrong: Sequence[InputError]) -> None:
    """Of saved searches that cannot be read; the others are refreshed, or one slip would stop every night's job."""
    if wrong:
        raise InputError(f"all but this is refreshed: {wrong[0]}", suggestions=[str(error) for error in wrong[1:]])


def _tell(run: Run, store: Store, report: RefreshReport) -> None:
    """Says and logs what happened; a record out of shape also with --quiet, the first time that it comes so."""
    from trialfinder.refresh.log import LOGGER

    LOGGER.info(fresh.tell(report))
    for warning in report.warnings:
        run.warn(warning)
    told = {(odd.nct_id, odd.reason) for odd in store.set_aside() if odd.first_refresh < report.refresh_id}
    for nct_id, reason in report.set_aside.items():
        words = f"set aside: {nct_id}: {reason}"
        if (nct_id, reason) in told or (None, reason) in told:
            LOGGER.warning(words)
            run.say(words)
        else:
            run.warn(words)
    if not run.quiet:
        sys.stdout.write(f"{fresh.tell(report)}\n")
    if report.refresh_id == 1:
        run.say("A first fill is no news; what happens from now on is: trialfinder changes, trialfinder digest")


def _say_how_old(run: Run, error: TrialfinderError) -> None:
    """Adds to what went wrong since when the store is as it is: a mail from cron is all that its reader sees."""
    if not isinstance(error, (RegistryUnavailable, RegistryRefused, ExpectationFailed, OutOfTime)):
        return
    from trialfinder.store.standing import standing

    with contextlib.suppress(StoreError), run.store() as store:
        error.args = (f"{error}. {standing(store).unchanged()}",)


def _all() -> tuple[list[str], tuple[InputError, ...]]:
    """The names of the saved searches that can be read, and what is wrong with the others."""
    from trialfinder.registry.search_files import good_searches

    found, wrong = good_searches()
    return [search.name for search in found], wrong
