"""``trialfinder doctor``: tries the ways to the registry one by one."""

from __future__ import annotations

import sys

import typer

from trialfinder.base.whereabouts import request_interval
from trialfinder.cli import output
from trialfinder.cli.forms import LISTED
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import StoreError
from trialfinder.store.known import COMES_BACK
from trialfinder.store.standing import lost_store, standing

_UNRELIABLE = "but the store cannot be relied on: see above what to do about it"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "doctor", forms=LISTED, asks=240)(doctor)


def doctor(run: Run) -> None:
    """Try the registry step by step and say what works.

    Asks one small question a step, and reads the whole store. Exit code 0 when one way works, 4 when none does, 7 when
    the store is damaged, gone, cannot be opened or cannot be written to.

    Example: trialfinder doctor
    """
    from trialfinder.registry.doctor import NAME, advice, run_doctor

    steps = run_doctor(run.api_url, interval_seconds=request_interval(), deadline=run.deadline)
    if output.for_programs(run):
        output.list_all(run, "ways", ({"name": each.name, "ok": each.ok, "meaning": each.meaning} for each in steps))
    else:
        mark = {True: "works", False: "fails", None: "skipped"}
        sys.stdout.write("".join(f"{mark[step.ok]:8} {step.name}: {step.meaning}\n" for step in steps))
    sys.stdout.flush()
    trouble, usable = _store_trouble(run)
    run.say(advice(steps, trouble))
    if not usable:
        raise typer.Exit(StoreError.exit_code)
    if not any(step.ok for step in steps if step.name != NAME):
        raise typer.Exit(4)


def _store_trouble(run: Run) -> tuple[str, bool]:
    """Tells how the store is; gives what it cannot do (empty when all is well) and whether it can be used at all."""
    if not run.store_path.exists():
        if not run.only_snapshot and (lost := lost_store(run.store_path)):
            run.warn(f"store    {lost}; the next refresh begins a new one. {COMES_BACK}")
            return _UNRELIABLE, False
        missing = f"{run.store_path}: not there yet; the first search makes it"
        run.say(f"store    {'none: you look at what came with the program' if run.only_snapshot else missing}")
        return "", True
    try:
        with run.store() as store:
            store.check()
            if (state := standing(store)).lost:
                run.warn(f"store    {state.trouble(run.now)}")
                return _UNRELIABLE, False
            stamp = store.data_timestamp()
            how = f"fine, data of {stamp}" if stamp else "fine, filled from files, and no refresh yet"
            never = "empty, and nothing has been asked yet; fill it with: trialfinder refresh"
            run.say(f"store    {run.store_path}: {never if store.is_empty() and not stamp else how}")
            if store.read_only:  # a refresh would end with the same code: a job that watches is to hear it before
                return "but the store cannot be written to, so nothing new is kept", False
            return "", True
    except StoreError as error:
        run.warn(f"store    {error}")
        return _UNRELIABLE, False
