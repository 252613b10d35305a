"""Puts a site or other files into a folder: whole or not at all, only what changed, never over somebody's own work.

A file of another maker is never replaced or removed; one of this program that somebody changed since only when asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trialfinder.base.text import one_line
from trialfinder.base.whole_files import make_folder, set_mode
from trialfinder.errors import AlreadyRunning, InputError

_TEMPORARY = ".trialfinder-site-"


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """A kind of folder that this program fills: what it holds ("the site"), and the file in it that says so.

    The file names all other files, each with the fingerprint of its content. A folder of one kind is never taken for
    one of another: a public site is not filled with pages about a person.
    """

    what: str
    manifest: str


SITE = OwnFolder("the site", "trialfinder-site.json")
PAGES = OwnFolder("the pages", "trialfinder-pages.json")


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The fingerprint of each file of a folder; ``before``: of those that a run was about to replace."""

    marks: dict[str, str]
    before: dict[str, str] = field(default_factory=dict)

    def wrote(self, name: str, mark: str) -> bool:
        """Whether this program left the file so, in its last run or in one that was killed."""
        return mark in (self.marks.get(name), self.before.get(name))


@dataclass(frozen=True, slots=True)
class Published:
    """How many files a site has, how many of them were written now, and how many old ones were taken away."""

    files: int
    written: int
    removed: int


@contextlib.contextmanager
def building(folder: Path, kind: OwnFolder = SITE, *, force: bool = False) -> Iterator[Path]:
    """A new folder to build the files of ``folder`` in; what is left in it vanishes at the end.

    Raises:
        InputError: see `check_folder`, or ``folder`` cannot be written to.
        AlreadyRunning: another process builds this site.
    """
    from filelock import FileLock, Timeout

    folder = folder.expanduser().absolute()
    check_folder(folder, kind, force=force)
    try:
        make_folder(folder)
        with FileLock(folder / f"{_TEMPORARY}lock", timeout=0):
            for left in folder.glob(f"{_TEMPORARY}*-unfinished"):  # of a run that was killed: we have its lock
                shutil.rmtree(left, ignore_errors=True)
            temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, suffix="-unfinished", dir=folder))
            try:
                yield temporary
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    except Timeout as error:
        raise AlreadyRunning(f"{folder}: is being filled by another process; wait for it") from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or error}") from error


def check_folder(folder: Path, kind: OwnFolder = SITE, *, force: bool = False) -> None:
    """Refuses a folder that is not of this kind and not empty; names that begin with a dot do not count.

    One of this kind is refused where somebody changed a file of it since this program wrote that; ``force``: it is to
    be replaced.

    Raises:
        InputError: one clear line.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for {kind.what}")
    if not folder.is_dir():
        return
    if (folder / kind.manifest).is_file():
        _refuse_changed(folder, [] if force else _changed(folder, _read_manifest(folder, kind)))
        return
    try:
        other = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror or error}") from error
    if other:
        named = one_line(", ".join(other[:3]))[:80]
        raise InputError(f"{folder}: holds other things ({named}); name a new or an empty folder for {kind.what}")


def _changed(folder: Path, known: _Manifest) -> list[str]:
    """Which files are not as this program wrote them."""
    there = {name: _fingerprint(folder / name) for name in known.marks if _is_ours(folder, name)}
    return [name for name, mark in there.items() if not known.wrote(name, mark)]


def _refuse_changed(folder: Path, names: Sequence[str]) -> None:
    if not names:
        return
    named = one_line(", ".join(names[:3]))[:120] + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    have = "has" if len(names) == 1 else "have"
    raise InputError(
        f"{folder}: {named} {have} changed since trialfinder wrote this; name another folder, or add --force to "
        "replace what was changed"
    )


def publish(built: Path, folder: Path, kind: OwnFolder = SITE, *, force: bool = False) -> Published:
    """Moves what is new or changed from ``built`` into ``folder``, and takes away what an older site had more.

    A file that is as it was keeps its time. A file of another maker is never replaced or removed; one of this program
    that somebody changed since only with ``force``.

    Raises:
        InputError: something that is not to be replaced stands where a file of the site belongs; nothing was changed.
    """
    folder = folder.expanduser().absolute()
    old = _read_manifest(folder, kind)
    new = {name: _fingerprint(built / name) for name in _names(built)}
    _check_foreign(folder, kind, old, new)
    there = {name: _fingerprint(folder / name) for name in old.marks.keys() | new if _is_ours(folder, name)}
    if not force:
        _refuse_changed(folder, sorted(n for n, mark in there.items() if mark != new.get(n) and not old.wrote(n, mark)))
    changed = [name for name, mark in new.items() if there.get(name) != mark]
    before = {name: there[name] for name in there if new.get(name) != there[name]}
    # Before the first file moves: a run that is killed leaves none unclaimed, and none that looks changed.
    _write_manifest(folder, kind, _Manifest({**old.marks, **new}, before))
    for name in sorted(changed, key=lambda name: (name == "index.html", name)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        set_mode(built / name, folder / name)
        (built / name).replace(folder / name)
    stale = [name for name in old.marks if name not in new and _is_ours(folder, name)]
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    for parent in {(folder / name).parent for name in stale} - {folder}:
        with contextlib.suppress(OSError):  # somebody else's file is in it
            parent.rmdir()
    _write_manifest(folder, kind, _Manifest(new))
    return Published(len(new), len(changed), len(stale))


def _names(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file())


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _is_ours(folder: Path, name: str) -> bool:
    """Whether a name of the manifest lies in the folder; a manifest that was tampered with could name any file."""
    path = folder / name
    return path.is_file() and not _leads_out(folder, path)


def _leads_out(folder: Path, path: Path) -> bool:
    return path.is_symlink() or folder.resolve() not in path.resolve().parents


def _check_foreign(folder: Path, kind: OwnFolder, old: _Manifest, new: dict[str, str]) -> None:
    for name in new:
        path = folder / name
        if _leads_out(folder, path):
            raise InputError(f"{path}: is a link that leads elsewhere; take it away, or name another folder")
        if path.exists() and (name not in old.marks or not path.is_file()):
            raise InputError(f"{path}: is not of {kind.what} and stands in its place; move it, or name another folder")


def _read_manifest(folder: Path, kind: OwnFolder) -> _Manifest:
    path = folder / kind.manifest
    if not path.is_file():
        return _Manifest({})
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        marks, before = (
            {str(name): str(mark) for name, mark in found.items()} for found in (held["files"], held.get("before", {}))
        )
        return _Manifest(marks, before)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is damaged; name a new folder for {kind.what}") from error


def _write_manifest(folder: Path, kind: OwnFolder, held: _Manifest) -> None:
    about = "Made by trialfinder. Only the files named here are ever replaced or removed by it."
    said: dict[str, object] = {"about": about, "files": dict(sorted(held.marks.items()))}
    if held.before:
        said["before"] = dict(sorted(held.before.items()))
    text = json.dumps(said, indent=0) + "\n"
    path = folder / kind.manifest
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    temporary = folder / f"{_TEMPORARY}manifest"
    temporary.write_text(text, encoding="utf-8")
    set_mode(temporary, path)
    temporary.replace(path)
