"""``trialfinder import``: studies from a file, the way in where the registry blocks a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from trialfinder.base.text import count
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError, RecordError
from trialfinder.study.read_study import read_study


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "import", own_store=True)(load)


def _usable(records: Iterable[Any], file: str) -> Iterator[Any]:
    """The records as they come; while they are being put into the store, so that what fails leaves it as it was.

    Raises:
        InputError: not one of them is a study.
    """
    found = False
    for record in records:
        found = found or _is_study(record)
        yield record
    if not found:
        raise InputError(f"{file}: no study in it could be used; expected the registry's JSON")


def _is_study(record: Any) -> bool:
    try:
        read_study(record)
    except RecordError:
        return False
    return True


def load(
    run: Run,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON, JSON lines, an API page, .gz or .zip; - reads stdin.")
    ],
) -> None:
    """Put studies from a file into the store.

    On the website, search, then Download, JSON, all studies: the file is ctg-studies.json. An older copy never
    replaces a newer one. A bundle (see store export-bundle) is restored into an empty store as it was.

    Example: trialfinder import ctg-studies.json
    """
    from trialfinder.store import bundle
    from trialfinder.store.importing import import_records
    from trialfinder.study.record_files import read_records

    run.tell_real_time()
    anew = run.tell_lost()
    with run.store(create=True) as store:
        first = store.is_empty()
        if file != "-" and bundle.is_bundle(Path(file).expanduser()):
            restored = bundle.restore(Path(file).expanduser(), store)
            past = f"with {count(restored.versions, 'version')} of {count(restored.runs, 'run')}"
            none = "without what was before: a bundle of an older trialfinder holds no history and no news"
            studies = count(restored.studies, "study", "studies")
            how = past if restored.past else none
            run.say(f"{file}: {studies} restored as they were when the bundle was made, {how}.")
            run.note_filled(anew=anew and not restored.past, from_file=True)
            return
        report = import_records(store, _usable(read_records(file), file), source=file, now=run.real_now())
    run.note_filled(anew=anew, from_file=True)
    run.say(
        f"{file}: {count(report.added, 'new study', 'new studies')}, {report.changed} changed, {report.unchanged} "
        f"as before, {len(report.older)} older than what the store has (left alone), {report.set_aside} set aside."
    )
    if first:
        run.say(
            "From now on lists show these, and no longer the studies that came with the program. To see those: "
            "trialfinder search --store snapshot. To ask the registry: trialfinder refresh"
        )
