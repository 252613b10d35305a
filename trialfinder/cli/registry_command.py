"""``trialfinder registry``: bulk downloads into a Parquet dataset; read, classified and matched on all cores."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.base.extras import install
from trialfinder.base.text import count
from trialfinder.cli.options import command, new_group
from trialfinder.cli.progress_bar import ProgressBar
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.scale.engines import Step

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the dataset.")]
_Jobs = Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; one a core if not said.")]
_Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers see DIR; local starts one here."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = new_group(app, "registry")
    command(group, "import")(import_)
    command(group, "read")(read)
    command(group, "classify")(classify)
    command(group, "match")(match)


def import_(
    run: Run,
    folder: _Folder,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Zip of JSON, JSON array or lines; .gz.")],
    jobs: _Jobs = None,
) -> None:
    """Put bulk downloads into a dataset of Parquet files; a stopped import goes on where it was.

    Needs no more memory for a larger file. What cannot be read goes into set-aside.jsonl. Of two copies of a study the
    newer stays. Needs: pip install 'trialfinder[scale]'

    Example: trialfinder registry import ctg ctg-studies.json.zip
    """
    _needs_scale()
    from trialfinder.scale.bulk_import import import_bulk

    shown = ProgressBar(run, _so_far)
    try:
        found = import_bulk(folder.expanduser(), [f.expanduser() for f in files], jobs=jobs, progress=shown)
    finally:
        shown.clear()
    told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in found.items() if name != "seen")
    run.say(f"{folder}: {count(found['seen'], 'record')}: {told}.")
    if found["set_aside"]:
        run.warn(f"{count(found['set_aside'], 'record')} could not be read: see {folder / 'set-aside.jsonl'}")


def read(run: Run, folder: _Folder, jobs: _Jobs = None, scheduler: _Scheduler = None) -> None:
    """Read the criteria of every study of a dataset: tables criteria and readings. Only what is new is read.

    Example: trialfinder registry read ctg
    """
    _needs_scale()
    from trialfinder.scale.steps import read_part

    _run(run, "reading", folder, functools.partial(read_part, folder.expanduser().resolve()), jobs, scheduler)


def classify(run: Run, folder: _Folder, jobs: _Jobs = None, scheduler: _Scheduler = None) -> None:
    """Say what every study of a dataset is: the table classes. Only what is new is looked at.

    Example: trialfinder registry classify ctg
    """
    _needs_scale()
    from trialfinder.scale.steps import classify_part

    _run(run, "classifying", folder, functools.partial(classify_part, folder.expanduser().resolve()), jobs, scheduler)


def match(
    run: Run,
    folder: _Folder,
    profile: Annotated[Path, typer.Option(metavar="FILE", help="A profile, or a folder of profiles.")],
    jobs: _Jobs = None,
    scheduler: _Scheduler = None,
) -> None:
    """Hold facts against every study of a dataset: a table matches/NAME for each profile.

    Reads what was not read yet. The table has the keys of facts, never their values. With --scheduler the facts go to
    the workers of that cluster.

    Example: trialfinder registry match ctg --profile me.toml
    """
    _needs_scale()
    from trialfinder.catalogue.group import profiles_in
    from trialfinder.person import load
    from trialfinder.scale.steps import facts_to_send, match_part, person_name

    place = profile.expanduser()
    people = profiles_in(place, run.today) if place.is_dir() else [(person_name(place), load(place, today=run.today))]
    for name, who in people:
        step = functools.partial(match_part, folder.expanduser().resolve(), name, facts_to_send(who), run.today)
        _run(run, f"matching {name}", folder, step, jobs, scheduler)
    run.say("No study is ever called fitting for anybody: only its team can say so.")


def _run(run: Run, what: str, folder: Path, step: Step, jobs: int | None, scheduler: str | None) -> None:
    from trialfinder.scale.dataset import Dataset
    from trialfinder.scale.engines import run_parts

    dataset = Dataset(folder.expanduser())
    shown, counts, made = ProgressBar(run, _so_far), Counter[str](), 0
    with dataset.locked():
        parts = dataset.parts()
        try:
            for number, done in enumerate(run_parts(step, parts, jobs=jobs, scheduler=scheduler), 1):
                counts.update(done.counts)
                made += not done.kept
                shown(what, number, len(parts))
        finally:
            shown.clear()
    told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
    run.say(f"{folder}: {what}: {told or 'no study'}; {made} of {count(len(parts), 'part')} written.")


def _needs_scale() -> None:
    try:
        import pyarrow  # noqa: F401 # only to say clearly that it is missing
    except ImportError as error:
        raise InputError(f"a dataset needs pyarrow; install it with: {install('scale')}") from error


def _so_far(what: str, number: int, of: int | None) -> str:
    return f"{what}: {number:,}" + (f" of {of:,} parts" if of is not None else " records")
