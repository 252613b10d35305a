"""A dated bundle: the records of one moment in a .zip that anybody can read and check, without a database.

``records.jsonl`` has one raw record to a line, exactly as kept; ``index.jsonl`` says for each line its NCT ID, hash,
searches and when it was first and last seen; ``refreshes.jsonl`` is the list of runs; ``history.jsonl`` and
``versions.jsonl`` are what a store needs to know its past again (see `bundle_history`); ``manifest.json`` names the
moment, the versions, and the SHA-256 of each file. The same store at the same moment gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from trialfinder.base.version import VERSION
from trialfinder.base.whole_files import whole
from trialfinder.errors import InputError, StoreError
from trialfinder.store import bundle_history, clock
from trialfinder.store.care import not_copied
from trialfinder.store.lookups import LATEST
from trialfinder.store.stored import RefreshInfo, SearchRun
from trialfinder.store.study_store import Store

RECORDS, INDEX, REFRESHES, MANIFEST = "records.jsonl", "index.jsonl", "refreshes.jsonl", "manifest.json"
HISTORY, VERSIONS = "history.jsonl", "versions.jsonl"
FORMAT = "trialfinder-bundle/2"
#: The files of each format that can be read; the first one knew no past.
_FILES = {
    "trialfinder-bundle/1": (RECORDS, INDEX, REFRESHES),
    FORMAT: (RECORDS, INDEX, REFRESHES, HISTORY, VERSIONS),
}


def write(store: Store, path: Path, now: dt.datetime, *, as_of: dt.datetime | None = None) -> Path:
    """Writes the bundle, whole or not at all.

    Args:
        store: where from.
        path: the .zip; for a folder, a dated name in it is chosen.
        now: becomes the date of the bundle.
        as_of: the moment to bundle; None for now.

    Raises:
        StoreError: the store is damaged or cannot be read.
        InputError: the bundle cannot be written.
    """
    try:
        store.check()
    except StoreError as error:
        raise not_copied(error, path) from error
    moment = as_of or now
    target = path / f"trialfinder-{moment.astimezone(dt.UTC):%Y-%m-%d}.zip" if path.is_dir() else path
    until = store.refresh_at(as_of) if as_of else LATEST
    with (
        whole(target) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        store.held_still(),
    ):
        runs = [run for run in store.refreshes() if run.id <= until]
        manifest = {
            "format": FORMAT,
            "made": clock.to_text(now),
            "as_of": clock.to_text(moment),
            "tool_version": VERSION,
            "data_timestamp": next((run.data_timestamp for run in reversed(runs) if run.data_timestamp), None),
            "files": {name: _add(archive, name, lines) for name, lines in _contents(store, until, runs).items()},
        }
        _add(archive, MANIFEST, [json.dumps(manifest, indent=2, ensure_ascii=False)])
    return target


def _contents(store: Store, until: int, runs: Iterable[RefreshInfo]) -> dict[str, Iterable[str]]:
    """The lines of each file, made when they are asked for."""
    return {
        RECORDS: (record.record_json for record in store.records(until, everything=True)),
        INDEX: map(_compact, _index(store, until)),
        REFRESHES: (_compact(_run_json(run)) for run in runs),
        HISTORY: map(_compact, bundle_history.rows(store.database, until)),
        VERSIONS: bundle_history.older_texts(store.database, until),
    }


def is_bundle(path: Path) -> bool:
    """Whether a file is one of our bundles, by content."""
    try:
        with zipfile.ZipFile(path) as archive:
            return str(json.loads(archive.read(MANIFEST))["format"]).startswith("trialfinder-bundle/")
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return False


def manifest_of(path: Path) -> dict[str, Any]:
    """The manifest, after every file in the bundle has been checked against it.

    Raises:
        InputError: not a bundle, a newer one, or changed since it was made.
    """
    with _opened(path) as archive:
        try:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            files = {name: str(facts["sha256"]) for name, facts in manifest["files"].items()}
            kind = manifest["format"]
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise InputError(f"{path}: not a bundle of trialfinder; it has no {MANIFEST} that can be read") from error
        if kind not in _FILES:
            raise InputError(f"{path}: a bundle of another version ({kind!s:.40}); upgrade trialfinder to read it")
        for name in _FILES[kind]:
            if name not in files or _digest(archive, name, path) != files[name]:
                raise InputError(f"{path}: {name} is not what was put in (SHA-256 differs); get the bundle again")
    return manifest


def records_of(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each record with its line of the index.

    Raises:
        InputError: as `manifest_of`.
    """
    manifest_of(path)
    with _opened(path) as archive, archive.open(RECORDS) as records, archive.open(INDEX) as index:
        for record, entry in zip(records, index, strict=True):
            yield json.loads(record), json.loads(entry)


class Restored(NamedTuple):
    """What came out of a bundle: how many studies, versions and runs; ``past`` is False where it only had records."""

    studies: int
    versions: int
    runs: int
    past: bool


def restore(path: Path, store: Store) -> Restored:
    """Fills an empty store with a bundle: records, versions, runs, and so all that is told of changes.

    A bundle of the first format holds no past; the store then has one run, of the bundle's moment.

    Raises:
        InputError: not an unchanged bundle, or the store is not empty.
        StoreError: the store could not be written to; it is as it was.
    """
    manifest = manifest_of(path)
    if not store.is_empty() or store.refreshes():
        raise InputError(f"{store.path}: a bundle can only be restored into an empty store; give another --store")
    if manifest["format"] != FORMAT:
        studies = _restore_records(path, store, manifest)
        return Restored(studies, studies, 1, past=False)
    with _opened(path) as archive, store.transaction() as database:
        versions = _restore_history(path, archive, database)
        made = f"{path.name}, made {manifest['made']}"
        database.execute("insert or replace into meta values ('restored_from', ?)", (made,))
    return Restored(store.info().studies, versions, len(store.refreshes()), past=True)


def _restore_history(path: Path, archive: zipfile.ZipFile, database: sqlite3.Connection) -> int:
    with archive.open(RECORDS) as records, archive.open(VERSIONS) as older, archive.open(HISTORY) as history:
        try:
            return bundle_history.restore_rows(database, map(json.loads, history), records, older)
        except (ValueError, TypeError, LookupError, StopIteration, sqlite3.IntegrityError) as error:
            raise InputError(f"{path}: its history does not fit its records ({error}); get it again") from error


def _restore_records(path: Path, store: Store, manifest: Mapping[str, Any]) -> int:
    moment = clock.from_text(manifest["as_of"])
    found: dict[str, int] = {}
    count = 0
    with store.refresh(moment) as run:
        for record, entry in records_of(path):
            run.seen(None, record)
            count += 1
            for search in entry["searches"]:
                run.listed(search, entry["nct_id"])
                found[search] = found.get(search, 0) + 1
            if entry["gone"]:
                run.gone(entry["nct_id"], "gone before the bundle was made")
        run.finish(
            finished=moment,
            kind="full",
            tool_version=str(manifest["tool_version"]),
            data_timestamp=manifest["data_timestamp"],
            searches=[SearchRun(name, "full", "", number) for name, number in sorted(found.items())],
            note=f"restored from {path.name}",
        )
    return count


def _index(store: Store, until: int) -> Iterator[dict[str, Any]]:
    for record in store.records(until, everything=True):
        yield {
            "nct_id": record.nct_id,
            "hash": record.hash,
            "first_seen": clock.to_text(record.first_seen),
            "last_seen": clock.to_text(record.last_seen),
            "searches": list(record.searches),
            "gone": record.gone,
        }


def _run_json(run: RefreshInfo) -> dict[str, Any]:
    return {
        "id": run.id,
        "kind": run.kind,
        "started": clock.to_text(run.started),
        "finished": clock.to_text(run.finished),
        "data_timestamp": run.data_timestamp,
        "api_version": run.api_version,
        "tool_version": run.tool_version,
        "requests": run.requests,
        "counts": dict(run.counts),
        "note": run.note,
        "searches": [
            {"search": s.search, "mode": s.mode, "definition": s.definition, "found": s.found} for s in run.searches
        ],
    }


def _add(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> dict[str, Any]:
    """Writes one file line by line; returns its SHA-256 and the number of lines."""
    digest, count = hashlib.sha256(), 0
    # A fixed date inside the archive: the same content gives the same bytes.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as file:
        for line in lines:
            data = line.encode("utf-8") + b"\n"
            digest.update(data)
            file.write(data)
            count += 1
    return {"sha256": digest.hexdigest(), "lines": count}


def _digest(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            _feed(file, digest.update)
    except (KeyError, zipfile.BadZipFile, OSError) as error:
        raise InputError(f"{path}: {name} cannot be read; get the bundle again") from error
    return digest.hexdigest()


def _feed(file: IO[bytes], update: Callable[[bytes], object]) -> None:
    while block := file.read(1 << 20):
        update(block)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: not a bundle of trialfinder, or a damaged one") from error


def _compact(value: dict[str, Any] | list[Any]) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
