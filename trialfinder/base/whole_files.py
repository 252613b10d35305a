"""Files that are written whole or not at all: beside their place first, then moved there.

What a killed run leaves behind bears the number of its process, and is taken away by the next run that writes there.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from trialfinder.base import computer_clock
from trialfinder.errors import InputError

#: Marks a database as a store of ours, where SQLite keeps an application's mark.
STORE_MARK, _MARK_AT = b"TFND", 68
# What SQLite may leave beside a database that it was writing.
_BESIDE = ("", "-journal", "-wal", "-shm")
_LEFT = re.compile(r"\.(\d+)-[^.]*\.unfinished(?:-journal|-wal|-shm)?")
_DAY = 86_400
_mine: set[str] = set()


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


def _is_store(name: str) -> bool:
    try:
        with Path(name).open("rb") as file:
            return file.read(_MARK_AT + len(STORE_MARK))[_MARK_AT:] == STORE_MARK
    except OSError:
        return False


def sweep(path: Path) -> None:
    """Takes away what killed runs left beside ``path``; what another run is still writing stays."""
    begin = f".{path.name}"
    with contextlib.suppress(OSError):
        for left in path.parent.iterdir():
            found = _LEFT.fullmatch(left.name.removeprefix(begin)) if left.name.startswith(begin) else None
            if found and not _is_written(left, int(found[1])):
                left.unlink(missing_ok=True)


def _is_written(left: Path, pid: int) -> bool:
    if pid == os.getpid():  # a container gives each run the same number
        return any(left.name.startswith(name) for name in _mine)
    if os.name != "posix":
        return computer_clock.now().timestamp() - left.stat().st_mtime < _DAY
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
