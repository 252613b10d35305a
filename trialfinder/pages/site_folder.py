"""Puts a site or other files into a folder: whole or not at all, only what changed, never a file of another maker."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
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
class Published:
    """How many files a site has, how many of them were written now, and how many old ones were taken away."""

    files: int
    written: int
    removed: int


@contextlib.contextmanager
def building(folder: Path, kind: OwnFolder = SITE) -> Iterator[Path]:
    """A new folder to build the files of ``folder`` in; what is left in it vanishes at the end.

    Raises:
        InputError: ``folder`` holds other things than such files of this program, or cannot be written to.
        AlreadyRunning: another process builds this site.
    """
    from filelock import FileLock, Timeout

    folder = folder.expanduser().absolute()
    check_folder(folder, kind)
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


def check_folder(folder: Path, kind: OwnFolder = SITE) -> None:
    """Refuses a folder that is not of this kind and not empty; names that begin with a dot do not count.

    Raises:
        InputError: one clear line.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for {kind.what}")
    if not folder.is_dir() or (folder / kind.manifest).is_file():
        return
    try:
        other = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror or error}") from error
    if other:
        named = one_line(", ".join(other[:3]))[:80]
        raise InputError(f"{folder}: holds other things ({named}); name a new or an empty folder for {kind.what}")


def publish(built: Path, folder: Path, kind: OwnFolder = SITE) -> Published:
    """Moves what is new or changed from ``built`` into ``folder``, and takes away what an older site had more.

    A file that is as it was keeps its time. A file of another maker is never replaced or removed.

    Raises:
        InputError: a file of another maker stands where one of the site's belongs; nothing was changed.
    """
    folder = folder.expanduser().absolute()
    old = _read_manifest(folder, kind)
    new = {name: _fingerprint(built / name) for name in _names(built)}
    _check_foreign(folder, kind, old, new)
    changed = [name for name, mark in new.items() if not _is_there(folder / name, mark)]
    _write_manifest(folder, kind, old | new)  # before the first file moves: a run that is killed leaves none unclaimed
    for name in sorted(changed, key=lambda name: (name == "index.html", name)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        set_mode(built / name, folder / name)
        (built / name).replace(folder / name)
    stale = [name for name in old if name not in new and _is_ours(folder, name)]
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    for parent in {(folder / name).parent for name in stale} - {folder}:
        with contextlib.suppress(OSError):  # somebody else's file is in it
            parent.rmdir()
    _write_manifest(folder, kind, new)
    return Published(len(new), len(changed), len(stale))


def _names(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file())


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _is_there(path: Path, mark: str) -> bool:
    return path.is_file() and _fingerprint(path) == mark


def _is_ours(folder: Path, name: str) -> bool:
    """Whether a name of the manifest lies in the folder; a manifest that was tampered with could name any file."""
    path = folder / name
    return path.is_file() and not _leads_out(folder, path)


def _leads_out(folder: Path, path: Path) -> bool:
    return path.is_symlink() or folder.resolve() not in path.resolve().parents


def _check_foreign(folder: Path, kind: OwnFolder, old: dict[str, str], new: dict[str, str]) -> None:
    for name in new:
        path = folder / name
        if _leads_out(folder, path):
            raise InputError(f"{path}: is a link that leads elsewhere; take it away, or name another folder")
        if path.exists() and (name not in old or not path.is_file()):
            raise InputError(f"{path}: is not of {kind.what} and stands in its place; move it, or name another folder")


def _read_manifest(folder: Path, kind: OwnFolder) -> dict[str, str]:
    path = folder / kind.manifest
    if not path.is_file():
        return {}
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(name): str(mark) for name, mark in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is damaged; name a new folder for {kind.what}") from error


def _write_manifest(folder: Path, kind: OwnFolder, files: dict[str, str]) -> None:
    about = "Made by trialfinder. Only the files named here are ever replaced or removed by it."
    text = json.dumps({"about": about, "files": dict(sorted(files.items()))}, indent=0) + "\n"
    path = folder / kind.manifest
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    temporary = folder / f"{_TEMPORARY}manifest"
    temporary.write_text(text, encoding="utf-8")
    set_mode(temporary, path)
    temporary.replace(path)
