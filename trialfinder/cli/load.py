"""``trialfinder import``: studies from a file, the way in where the registry blocks a network."""

from __future__ import annotations

from typing import Annotated

import typer

from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.text import count


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "import")(load)


def load(
    run: Run,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON, JSON lines, an API page, .gz or .zip; - reads stdin.")
    ],
) -> None:
    """Put studies from a file into the store.

    On the website, search, then Download, JSON, all studies: the file is ctg-studies.json. An older copy never
    replaces a newer one.

    Example: trialfinder import ctg-studies.json
    """
    from trialfinder.records import read_records

    run.store_path.parent.mkdir(parents=True, exist_ok=True)
    with run.store(create=True) as store:
        report = store.import_records(read_records(file), source=file, now=run.now)
    if not report.added and not report.changed and not report.unchanged and not report.older:
        raise InputError(f"{file}: no study in it could be used; expected the registry's JSON")
    run.say(
        f"{file}: {count(report.added, 'new study', 'new studies')}, {report.changed} changed, {report.unchanged} "
        f"as before, {len(report.older)} older than what the store has (left alone), {report.set_aside} set aside."
    )
