"""``trialfinder refresh``: brings the store up to date; made for cron."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)

if TYPE_CHECKING:
    from trialfinder.registry.searches import SavedSearch


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "refresh", asks=240, own_store=True)(refresh)


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
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Also write to this log file (rotated).")
    ] = None,
) -> None:
    """Bring the store up to date: all of it or nothing.

    Without options, the searches that the store follows. One request when the registry's data has not changed. Else it
    asks for what was updated since; once a week, or with --full, for everything: that alone shows which studies are
    gone. Prints one line, with --quiet none. At the end every version in the store is read; a damaged one is code 7.

    Exit codes: 0 done, 2 wrong input, 4 could not ask, 5 refused by the registry, 7 store, 8 not believed (store
    unchanged), 9 another refresh is running, 10 out of time, 130 interrupted, 143 told to stop by SIGTERM.

    Example: trialfinder refresh --all --max-time 10m --log refresh.log
    """
    if everything and query:
        raise InputError("--all and --query cannot go together")
    run.tell_real_time()
    names = [search.name for search in _all()] if everything else list(query or ())
    _logged(run, log, names, full=full, accept_fall=accept_fall)


def _logged(run: Run, log: Path | None, names: list[str], **how: Any) -> None:
    """Refreshes, and writes what happened or what went wrong into the log."""
    from trialfinder.refresh import close_log, open_log

    logger = open_log(log)
    try:
        report, _ = fresh.refresh_searches(run, names, **how)
        logger.info(fresh.tell(report))
        for warning in report.warnings:
            logger.warning(warning)
            run.warn(warning)
        for nct_id, reason in report.set_aside.items():  # not with --quiet: it is the same every day
            logger.warning("set aside: %s: %s", nct_id, reason)
            run.say(f"set aside: {nct_id}: {reason}")
        if not run.quiet:
            sys.stdout.write(f"{fresh.tell(report)}\n")
        if report.refresh_id == 1:
            run.say("A first fill is no news; what happens from now on is: trialfinder changes, trialfinder digest")
        with run.store() as store:
            store.check()
    except BaseException as error:  # also a signal, Ctrl-C or a bug of ours: an empty log explains nothing
        _say_how_old(run, error)
        told = str(error) or "interrupted; nothing was lost"
        logger.error("%s: %s", type(error).__name__, told)  # noqa: TRY400 # a log wants the line, not the trace
        raise
    finally:
        close_log()


def _say_how_old(run: Run, error: BaseException) -> None:
    """Adds to what went wrong since when the store is as it is: a mail from cron is all that its reader sees."""
    if not isinstance(error, (RegistryUnavailable, RegistryRefused, ExpectationFailed, OutOfTime)):
        return
    from trialfinder.store.standing import standing

    with contextlib.suppress(StoreError), run.store() as store:
        error.args = (f"{error}. {standing(store).unchanged()}",)


def _all() -> tuple[SavedSearch, ...]:
    from trialfinder.registry.search_files import all_searches

    return all_searches()
