"""Files that are written whole or not at all: beside their place first, then moved there.

What a killed run leaves behind bears the number of its process, and is taken away by the next run that writes there.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from trialfinder.base import computer_clock
from trialfinder.base import lazy_re as re
from trialfinder.errors import InputError

#: Marks a database as a store of ours, where SQLite keeps an application's mark.
STORE_MARK, _MARK_AT = b"TFND", 68
# What SQLite may leave beside a database that it was writing.
_BESIDE = ("", "-journal", "-wal", "-shm")
_LEFT = re.compile(r"\.(.+)\.(\d+)-[^.]*\.unfinished(?:-journal|-wal|-shm)?")
_DAY = 86_400
_mine: set[str] = set()
_private: ContextVar[bool] = ContextVar("private", default=False)


@contextlib.contextmanager
def private(wanted: bool = True) -> Iterator[None]:
    """Within it, what is new is open to its owner only, as a profile is: of what tells something about a person.

    A file that is replaced stays as open as it was: somebody chose that.
    """
    token = _private.set(wanted or _private.get())
    try:
        yield
    finally:
        _private.reset(token)


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, where there is none.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(0o700 if _private.get() else 0o777, parents=True, exist_ok=True)


def set_mode(path: Path, place: Path) -> None:
    """Makes a new file as open as that in its place is, or else as new ones are to be.

    Raises:
        OSError: it cannot be changed.
    """
    new = 0o600 if _private.get() else 0o666 & ~umask()
    path.chmod(place.stat().st_mode & 0o777 if place.exists() else new)


@contextlib.contextmanager
def unfinished(path: Path, *, over_store: bool = False) -> Iterator[Path]:
    """An empty file beside ``path`` to write into; it vanishes at the end unless it was moved to its place.

    Raises:
        OSError: the folder is missing or cannot be written to.
        InputError: ``path`` is a store, see `spare_store`.
    """
    spare_store(path, over_store=over_store)
    sweep(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.{os.getpid()}-", suffix=".unfinished", dir=path.parent)
    os.close(handle)
    _mine.add(Path(name).name)
    try:
        yield Path(name)
    finally:
        _mine.discard(Path(name).name)
        for end in _BESIDE:
            Path(name + end).unlink(missing_ok=True)


def write_file(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Writes a file whole or not at all.

    Raises:
        InputError: the folder is missing or cannot be written to, or the disk is full.
    """
    with whole(path) as temporary, temporary.open("wb") as stream:
        write(stream)


def write_content(path: Path, content: bytes) -> None:
    """Writes a file with this content, like `write_file`."""
    write_file(path, lambda stream: stream.write(content))


@contextlib.contextmanager
def whole(path: Path, *, over_store: bool = False) -> Iterator[Path]:
    """A file beside ``path`` to write into; it is moved there, safe on the disk, when nothing went wrong.

    ``over_store`` is whether another store is to take the place of one.

    Raises:
        InputError: the folder is missing or cannot be written to, or the disk is full.
    """
    try:
        with unfinished(path, over_store=over_store) as temporary:
            yield temporary
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            set_mode(temporary, path)
            temporary.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def umask() -> int:
    """Which rights this process gives to nobody."""
    current = os.umask(0)
    os.umask(current)
    return current


def spare_store(path: Path, *, over_store: bool = False) -> None:
    """Keeps what is written from taking the place of a store, or of a file that belongs to one.

    Args:
        path: what is to be written.
        over_store: another store is to take its place.

    Raises:
        InputError: it is one.
    """
    for end in _BESIDE:
        if path.name.endswith(end) and (end or not over_store) and _is_store(str(path).removesuffix(end)):
            raise InputError(f"{path}: is a store of trialfinder or belongs to one; name another file")


def check_place(path: Path, *, makes_folders: bool = False, over_store: bool = False) -> None:
    """Tries whether a file could be written, before there is something to write; leaves nothing there.

    Args:
        path: the file.
        makes_folders: a missing folder would be made.
        over_store: it may be a store that is there.

    Raises:
        InputError: it could not; says why.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file in it")
    place = path
    while makes_folders and not place.parent.exists():
        place = place.parent
    if not place.parent.exists():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first, or name another")
    try:
        with unfinished(place, over_store=over_store):
            pass
    except OSError as error:
        raise InputError(f"{path}: cannot be written there: {error.strerror or error}") from error


def _is_store(name: str) -> bool:
    try:
        with Path(name).open("rb") as file:
            return file.read(_MARK_AT + len(STORE_MARK))[_MARK_AT:] == STORE_MARK
    except OSError:
        return False


def sweep(path: Path) -> None:
    """Takes away what killed runs left beside ``path``; what another run is still writing stays.

    What was to become another file (the copy or the page of another day) goes when it is older than a day: in a folder
    that several computers share, the number of a process says nothing of theirs.
    """
    with contextlib.suppress(OSError):
        for left in path.parent.iterdir():
            found = _LEFT.fullmatch(left.name)
            if found and (found[1] == path.name or _is_old(left)) and not _is_written(left, int(found[2])):
                left.unlink(missing_ok=True)


def _is_old(left: Path) -> bool:
    return computer_clock.now().timestamp() - left.stat().st_mtime > _DAY


def _is_written(left: Path, pid: int) -> bool:
    if pid == os.getpid():  # a container gives each run the same number
        return any(left.name.startswith(name) for name in _mine)
    if os.name != "posix":
        return not _is_old(left)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
