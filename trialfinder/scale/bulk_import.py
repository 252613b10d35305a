"""From bulk downloads into a dataset: first all records into the staging, then part by part into Parquet."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from trialfinder.errors import InputError
from trialfinder.scale.dataset import Dataset
from trialfinder.scale.engines import run_parts
from trialfinder.scale.staging import Staging, write_aside
from trialfinder.scale.steps import settle_part

Progress = Callable[[str, int, int | None], None]


def import_bulk(folder: Path, files: Sequence[Path], *, jobs: int | None, progress: Progress) -> dict[str, int]:
    """Imports files into the dataset of a folder, which is made when it is not there; goes on where it was stopped.

    Args:
        folder: of the dataset.
        files: bulk downloads, in any order. Of two copies of a study the newer stays.
        jobs: how many processes; None for one a core.
        progress: is told what is done, how much of it, and of how much when that is known.

    Returns:
        ``seen`` records, and what became of them: ``new``, ``changed``, ``unchanged``, ``older`` than what is there,
        ``repeated`` in the files, ``set_aside``. The latter are the sum of ``seen``.

    Raises:
        InputError: a file cannot be read to its end, or the disk is full; what was read stays, and the same again
            goes on from there.
    """
    for file in files:
        if not file.is_file():
            raise InputError(f"{file}: is no file; name the registry's downloads")
    dataset = Dataset.create(folder)
    with dataset.locked():
        path = folder / "staging.sqlite"
        with Staging(path) as staging:
            for file in files:
                for seen in staging.take(file):
                    progress(f"reading {file.name}", seen, None)
            _settle(folder, staging, jobs, progress)
            counts = staging.counts()
            write_aside(folder / "set-aside.jsonl", staging.set_aside())
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
    return counts


def _settle(folder: Path, staging: Staging, jobs: int | None, progress: Progress) -> None:
    parts = staging.waiting()
    step = functools.partial(settle_part, folder, staging.name_of_run())
    for number, done in enumerate(run_parts(step, parts, jobs=jobs), 1):
        staging.settle(done.part, done.counts)
        progress("writing parts", number, len(parts))
