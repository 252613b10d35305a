"""Finds the files that volunteers edit: ``data/`` and ``queries/``, in a checkout and in an installed wheel."""

from __future__ import annotations

import codecs
import functools
import hashlib
import tomllib
from pathlib import Path
from typing import Any

from trialfinder.base.version import VERSION
from trialfinder.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def resource_root() -> Path:
    """The folder that holds ``data`` and ``queries``.

    A wheel carries them inside the package; an editable install and a plain checkout have them beside it. The
    checkout wins when both are there, so that an edit is seen at once.

    Raises:
        InputError: neither place has them; the installation is damaged.
    """
    for root in (_PACKAGE.parent, _PACKAGE / "_resources"):
        if (root / "data").is_dir() and (root / "queries").is_dir():
            return root
    raise InputError(f"{_PACKAGE}: data/ and queries/ are missing; install trialfinder again")


def data_dir(*parts: str) -> Path:
    """A path below ``data/``."""
    return resource_root().joinpath("data", *parts)


def queries_dir() -> Path:
    """The folder of the saved searches."""
    return resource_root() / "queries"


def load_toml(path: Path) -> dict[str, Any]:
    """Reads one TOML file; the mark that some editors put before UTF-8 is no part of it.

    Raises:
        InputError: the file cannot be read or is not TOML; the message names the file and the line.
    """
    try:
        return tomllib.loads(decoded(path.read_bytes()))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: {not_utf8(path.read_bytes(), error)}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid TOML: a number or a nesting beyond all measure") from error


def not_utf8(content: bytes, error: UnicodeDecodeError) -> str:
    """What to do about a text file of another encoding: its line, and how to save it; nothing of what is in it."""
    line = content.count(b"\n", 0, error.start) + 1
    return (
        f"line {line} has a letter that is not saved as UTF-8; open the file in an editor, choose 'Save as' with the "
        "encoding UTF-8, or write that letter without its accent"
    )


def decoded(content: bytes) -> str:
    """The text of a file that a person saved: UTF-8, or UTF-16 when its mark says so, as Windows' editors write it.

    The mark is no part of the text; line ends become ``\\n``.

    Raises:
        UnicodeDecodeError: neither.
    """
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if utf16 else "utf-8-sig").replace("\r\n", "\n")


def digest(*folders: str) -> str:
    """A short fingerprint of every file below the named folders of ``data/``, or of all of it.

    What was computed from those files is kept under this name, and computed anew when one of them changes.
    """
    total = hashlib.sha256()
    for folder in folders or (".",):
        for path in sorted(p for p in data_dir(folder).rglob("*.toml")):
            total.update(path.relative_to(data_dir()).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


@functools.cache
def made_by(*rooms: str) -> str:
    """A short fingerprint of the data files and of the source of the named rooms: who makes a kept result, and of what.

    A result that is kept under this name is made anew when a file that had a part in it changes, without anybody
    having to think of it. Where the source is not at hand, the version of the program stands for it.
    """
    total = hashlib.sha256(f"{VERSION} {digest()}".encode())
    for room in rooms:
        for path in sorted((_PACKAGE / room).rglob("*.py")):
            total.update(path.relative_to(_PACKAGE).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]
