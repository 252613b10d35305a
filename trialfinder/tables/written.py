"""Remembers what this program wrote, so that it notices what somebody changed since.

Under ``written`` in the program's home stands a small file for each place that was written to, named by a fingerprint
of the place; it holds the fingerprints of what was written there last. Neither a name nor a word of a file can be read
from it. Nothing has to be locked: two jobs that write to two places touch two files.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from trialfinder.base import computer_clock, whereabouts
from trialfinder.base import lazy_re as re

_MARK = re.compile(r"[0-9a-f]{64}")
#: How many are kept of one place: the newest, and what stands there when a run is killed before it replaces that.
_LAST = 4
#: How many places; whoever gives each day's list a name of its own would fill the folder. The oldest go.
_PLACES = 4_000
_PIECE = 1 << 20
_DAY = 86_400


def fingerprint(path: Path) -> str:
    """Of what is in a file; raises OSError where that cannot be read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def marks_of(path: Path) -> tuple[str, ...]:
    """The fingerprints of what was written to this place last, the newest at the end; none where nothing is known."""
    return _marks(_note(path))


def is_known(mark: str) -> bool:
    """Whether this was written anywhere: a copy that nobody changed is as good as what it was copied from."""
    with contextlib.suppress(OSError):
        return any(mark in _marks(note) for note in _folder().iterdir())
    return False


def remember(path: Path, mark: str) -> bool:
    """Adds what is about to be written to a place; False where the program's home cannot be written to.

    To be called before the file is moved there: a run that is killed in between leaves no file that looks changed.
    """
    note = _note(path)
    lines = [*(old for old in _marks(note) if old != mark), mark][-_LAST:]
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        if not note.exists():
            _make_room(note.parent)
        handle, name = tempfile.mkstemp(prefix=".", dir=note.parent)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write("".join(f"{line}\n" for line in lines))
            Path(name).replace(note)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _folder() -> Path:
    return whereabouts.home() / "written"


def _note(path: Path) -> Path:
    place = os.path.normcase(path.parent.expanduser().resolve() / path.name)
    return _folder() / hashlib.sha256(os.fsencode(place)).hexdigest()[:32]


def _marks(note: Path) -> tuple[str, ...]:
    try:
        lines = note.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return ()
    return tuple(line for line in lines if _MARK.fullmatch(line))


def _make_room(folder: Path) -> None:
    notes = list(folder.iterdir())
    for left in [note for note in notes if note.name.startswith(".") and _is_left(note)]:
        left.unlink(missing_ok=True)
    if len(notes) >= _PLACES:
        for old in sorted(notes, key=_age)[: _PLACES // 10]:
            old.unlink(missing_ok=True)


def _is_left(note: Path) -> bool:
    """Whether a run that was killed left it half written; none takes a day."""
    return computer_clock.now().timestamp() - _age(note) > _DAY


def _age(note: Path) -> float:
    with contextlib.suppress(OSError):
        return note.stat().st_mtime
    return 0.0
