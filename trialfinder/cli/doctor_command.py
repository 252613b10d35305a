"""``trialfinder doctor``: tries the ways to the registry one by one."""

from __future__ import annotations

import sys

import typer

from trialfinder.base.whereabouts import request_interval
from trialfinder.cli import output
from trialfinder.cli.forms import LISTED
from trialfinder.cli.options import command
from trialfinder.cli.run import Run


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "doctor", forms=LISTED, asks=240)(doctor)


def doctor(run: Run) -> None:
    """Try the registry step by step and say what works.

    Asks one small question a step. Exit code 0 when one way works, 4 when none does.

    Example: trialfinder doctor
    """
    from trialfinder.registry.doctor import NAME, advice, run_doctor

    steps = run_doctor(run.api_url, interval_seconds=request_interval(), deadline=run.deadline)
    if output.for_programs(run):
        with output.listing(run, "ways") as put:
            for step in steps:
                put({"name": step.name, "ok": step.ok, "meaning": step.meaning})
    else:
        mark = {True: "works", False: "fails", None: "skipped"}
        sys.stdout.write("".join(f"{mark[step.ok]:8} {step.name}: {step.meaning}\n" for step in steps))
    sys.stdout.flush()
    run.say(_store_words(run))
    run.say(advice(steps))
    if not any(step.ok for step in steps if step.name != NAME):
        raise typer.Exit(4)


def _store_words(run: Run) -> str:
    from trialfinder.errors import StoreError

    if not run.store_path.exists():
        return f"store    {run.store_path}: not there yet; the first search makes it"
    try:
        with run.store() as store:
            return f"store    {run.store_path}: fine, data of {store.data_timestamp() or 'no refresh yet'}"
    except StoreError as error:
        return f"store    {error}"
