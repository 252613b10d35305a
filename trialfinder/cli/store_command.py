"""``trialfinder store``: care for the store."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.base.text import count
from trialfinder.base.whole_files import check_place
from trialfinder.cli import hints
from trialfinder.cli.forms import OBJECT
from trialfinder.cli.options import command, new_group
from trialfinder.cli.run import Run
from trialfinder.errors import InputError, StoreError
from trialfinder.store.connection import of_copy

if TYPE_CHECKING:
    from trialfinder.store import Store

#: How a dated copy is called, before its day.
_COPY = "trialfinder-"


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = new_group(app, "store")
    command(group, "info", forms=OBJECT, own_store=True)(info)
    command(group, "verify", own_store=True)(verify)
    command(group, "compact", own_store=True)(compact)
    command(group, "backup", own_store=True, log=True)(backup)
    command(group, "restore", own_store=True)(restore)
    command(group, "export-bundle", own_store=True)(export_bundle)


def info(run: Run) -> None:
    """Say what the store holds and how large it is.

    Example: trialfinder store info
    """
    from trialfinder.store.standing import standing

    with run.store() as store:
        found, state = store.info(), standing(store)
        found = replace(found, searches=dict.fromkeys(found.asked, 0) | dict(found.searches))
    if run.format in ("json", "jsonl"):
        failed = {"failed_refreshes": state.times, "failed_since": state.failed, "failed_why": state.words or None}
        failed |= {"lost": state.lost or None, "begun_anew": state.anew}
        sys.stdout.write(json.dumps(asdict(found) | failed, default=str) + "\n")
        return
    packed = f"{found.packed_bytes / 1e6:.1f} MB packed from {found.raw_bytes / 1e6:.1f} MB"
    lines = [
        f"store       {found.path} ({found.size_bytes / 1e6:.1f} MB)",
        f"studies     {found.studies} ({found.gone} no longer in the registry)",
        *_off_topic(run),
        f"versions    {found.versions} ({packed})",
        f"set aside   {found.set_aside}",
        f"refreshes   {found.refreshes}, last {_moment(found.last_refresh)}",
        *(
            [f"failed      {count(state.times, 'time')} since {_moment(state.failed)}: {state.words}"]
            if state.failed and not state.is_anew
            else []
        ),
        f"data        {found.data_timestamp or 'never asked'} (the registry's, UTC)",
        *([f"lost        {state.trouble(run.now)}"] if state.lost else []),
        *([f"begun anew  {state.begun_anew}"] if state.anew else []),
        *(
            f"search      {name}: {count(number, 'study', 'studies')}"
            for name, number in sorted(found.searches.items())
        ),
    ]
    sys.stdout.write(hints.pasteable("\n".join(lines)) + "\n")


def _off_topic(run: Run) -> Iterator[str]:
    """How many studies the lists leave out; nothing where the records cannot be read, which other lines tell."""
    try:
        with run.catalogue() as catalogue:
            off = sum(row["relevance"] == "off_topic" for row in catalogue.timeless_rows())
    except StoreError:
        return
    if off and catalogue.origin.kind == "store":
        yield f"off topic   {off} of these (no cells for nerves): lists leave them out, --all shows them"


def _moment(at: dt.datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"


def verify(run: Run) -> None:
    """Read everything in the store and compare it with its fingerprints.

    Example: trialfinder store verify
    """
    from trialfinder.store.standing import standing

    with run.store() as store:
        store.check()
        if (state := standing(store)).lost:
            raise StoreError(state.trouble(run.now))
        empty = store.is_empty()
    told = "there is no study in it yet" if empty else "every version can be read and is as it was kept"
    run.say(f"{run.store_path}: {told}.")


def compact(run: Run) -> None:
    """Give back space that is no longer used; keeps every version.

    Example: trialfinder store compact
    """
    with run.store(writing=True) as store:
        saved = store.compact()
        run.warn_of_loss(store)
    run.say(f"{run.store_path}: {saved / 1e6:.1f} MB given back.")


def _not_there(path: Path, *, force: bool) -> None:
    """Refuses to put a copy in the place of a file that may be the only other one."""
    if path.is_file() and not force:
        raise InputError(f"{path}: is there already; name another file, or add --force to replace it")


def _not_empty(store: Store, what: str) -> None:
    """Refuses to make of nothing what would stand, or be taken, for what there was."""
    if store.is_empty():
        raise StoreError(f"{store.path}: there is no study in it; {what} was made, and those there are stay")


def backup(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write, or a folder for dated ones.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    keep: Annotated[int | None, typer.Option(metavar="N", min=1, help="In a folder: only the newest N.")] = None,
) -> None:
    """Copy the whole store, also while it is in use.

    In a folder the copy bears the day, and replaces an earlier one of the same day. A damaged or empty store is not
    copied. Only copies of this very store are replaced or make room, none of a later day (of a clock that was wrong).

    Example: trialfinder store backup backups --keep 14
    """
    folder = file if file.is_dir() else None
    if keep is not None and folder is None:
        what = "is a file" if file.is_file() else "is no folder"
        raise InputError(f"{file}: {what}, and --keep counts the dated copies in a folder; make one, and name that")
    place = folder / f"{_COPY}{run.real_now():%Y-%m-%d}.sqlite" if folder else file
    _not_there(place, force=force or folder is not None)
    check_place(place, over_store=True)
    with run.store() as store:
        _not_empty(store, "no copy")
        begun = _begun(store)
        if folder and place.is_file() and not force and not _is_of(place, begun):
            raise InputError(
                f"{place}: is a copy of another store, begun at another time; move it away, or add --force"
            )
        written = store.backup(place)
        run.warn_of_loss(store)
    how = "" if written.suffix else " as a file; for dated copies name a folder that is there"
    run.done(f"{written}: written{how} ({written.stat().st_size / 1e6:.1f} MB).")
    if folder and keep:
        _make_room(run, place, keep, begun)


def _make_room(run: Run, newest: Path, keep: int, begun: dt.datetime | None) -> None:
    """Takes away the oldest copies of this store, never what was just written nor what bears a later day."""
    copies = [path for path in _copies(newest.parent) if path.name <= newest.name]
    later = len(_copies(newest.parent)) - len(copies)
    if later:
        run.say(f"{newest.parent}: {count(later, 'copy', 'copies')} of a later day not counted")
    for old in [path for path in copies if path == newest or _is_of(path, begun)][:-keep]:
        try:
            old.unlink()
        except OSError as error:
            raise InputError(f"{newest}: written, but {old} cannot be taken away: {error.strerror}") from error


def _copies(folder: Path) -> list[Path]:
    """The dated copies in a folder, the oldest first."""
    return [path for path in sorted(folder.glob(f"{_COPY}????-??-??.sqlite")) if path.is_file()]


def _begun(store: Store) -> dt.datetime | None:
    """When a store was begun: what its copies share with it, and no other store has."""
    return next((run.finished for run in store.refreshes()), None)


def _is_of(copy: Path, begun: dt.datetime | None) -> bool:
    """Whether a copy is of the store that was begun then; one that cannot be read is nobody's loss."""
    from trialfinder.store.care import begun_of

    try:
        return begun_of(copy) == begun
    except (StoreError, ValueError):
        return True


@contextmanager
def _copy(file: Path) -> Iterator[Store]:
    """A copy that stays one file: one that is opened like a store would leave a log beside it from then on."""
    from trialfinder.store import Store
    from trialfinder.store.care import as_one_file

    with Store.open(file, create=False, or_read_only=True) as copy:
        yield copy
        if not copy.read_only:
            as_one_file(copy.database)


def restore(
    run: Run, file: Annotated[Path, typer.Argument(metavar="COPY", help="What `store backup` has written.")]
) -> None:
    """Put a copy in the place of the store.

    The copy is read whole first; what was in its place stays beside it under another name. What was delivered after
    the copy was made is not in it, and may be delivered once more.

    Example: trialfinder store restore backups/trialfinder-2026-11-20.sqlite
    """
    from trialfinder.refresh import RefreshLock

    place, now = run.store_path, run.real_now()
    if not file.is_file():
        there = ", ".join(path.name for path in _copies(file.parent)[:-6:-1])
        raise InputError(f"{file}: there is no such file" + (f"; newest copies there: {there}" if there else ""))
    if place.exists() and place.samefile(file):
        raise InputError(f"{file}: is the store itself; name a copy of it")
    try:
        with _copy(file) as copy:
            copy.check()
            if copy.is_empty():
                raise InputError(f"{file}: there is no study in it; take another copy")
    except StoreError as error:
        raise of_copy(error, place) from error
    aside = place.with_name(f"{place.stem}-before-{now:%Y-%m-%d-%H%M%S}{place.suffix}") if place.exists() else None
    with RefreshLock(place, now) as lock, _copy(file) as copy:
        copy.backup(place, aside=aside)
        lock.restored = True
    run.say(f"{place}: is as {file} was." + (f" What was there before: {aside}" if aside else ""))
    run.say("What a digest delivered after that copy was made may be delivered once more.")


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
    if not file.is_dir():
        check_place(file)
    with run.store() as store:
        run.tell_real_time()
        _not_empty(store, "no bundle")
        run.warn_of_loss(store)
        written = bundle.write(store, file, run.real_now())
    run.say(f"{written}: written ({written.stat().st_size / 1e6:.1f} MB).")
