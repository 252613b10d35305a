"""``trialfinder store``: care for the store."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base.text import count
from trialfinder.cli.forms import OBJECT
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(help="Look at, check and copy the store.", no_args_is_help=True, rich_markup_mode=None)
    command(group, "info", forms=OBJECT)(info)
    command(group, "verify")(verify)
    command(group, "compact")(compact)
    command(group, "backup")(backup)
    command(group, "export-bundle")(export_bundle)
    app.add_typer(group, name="store")


def info(run: Run) -> None:
    """Say what the store holds and how large it is.

    Example: trialfinder store info
    """
    with run.store() as store:
        found = store.info()
    if run.format in ("json", "jsonl"):
        sys.stdout.write(json.dumps(asdict(found), default=str) + "\n")
        return
    packed = f"{found.packed_bytes / 1e6:.1f} MB packed from {found.raw_bytes / 1e6:.1f} MB"
    lines = [
        f"store       {found.path} ({found.size_bytes / 1e6:.1f} MB)",
        f"studies     {found.studies} ({found.gone} no longer in the registry)",
        f"versions    {found.versions} ({packed})",
        f"set aside   {found.set_aside}",
        f"refreshes   {found.refreshes}, last {found.last_refresh or 'never'}",
        f"data        {found.data_timestamp or 'never asked'} (the registry's, UTC)",
        *(
            f"search      {name}: {count(number, 'study', 'studies')}"
            for name, number in sorted(found.searches.items())
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def verify(run: Run) -> None:
    """Read everything in the store and compare it with its fingerprints.

    Example: trialfinder store verify
    """
    with run.store() as store:
        store.check()
    run.say(f"{run.store_path}: every version can be read and is as it was kept.")


def compact(run: Run) -> None:
    """Give back space that is no longer used; keeps every version.

    Example: trialfinder store compact
    """
    with run.store(writing=True) as store:
        saved = store.compact()
    run.say(f"{run.store_path}: {saved / 1e6:.1f} MB given back.")


def _not_there(path: Path, *, force: bool) -> None:
    """Refuses to put a copy in the place of a file that may be the only other one."""
    if path.is_file() and not force:
        raise InputError(f"{path}: is there already; name another file, or add --force to replace it")


def backup(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the whole store to a file, also while it is in use.

    Example: trialfinder store backup trials-backup.sqlite
    """
    _not_there(file, force=force)
    with run.store() as store:
        written = store.backup(file)
    run.say(f"{written}: written ({written.stat().st_size / 1e6:.1f} MB).")


def export_bundle(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .zip to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write every record with hashes, dates and its history into one file, from which a report can be made again.

    What was delivered to whom is not in it. Read it with: trialfinder import FILE --store other.sqlite

    Example: trialfinder store export-bundle trials-2026-11.zip
    """
    from trialfinder.store import bundle

    _not_there(file, force=force)
    with run.store() as store:
        run.tell_real_time()
        written = bundle.write(store, file, run.real_now())
    run.say(f"{written}: written ({written.stat().st_size / 1e6:.1f} MB).")
