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

# What SQLite may leave beside a database that it was writing.
_BESIDE = ("", "-journal", "-wal", "-shm")
_LEFT = re.compile(r"\.(\d+)-[^.]*\.unfinished(?:-journal|-wal|-shm)?")
_DAY = 86_400
_mine: set[str] = set()


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside ``path`` to write into; it vanishes at the end unless it was moved to its place.

    Raises:
        OSError: the folder is missing or cannot be written to.
    """
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
