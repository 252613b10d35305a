"""Standard output and error as they really are: pipes, narrow terminals, old code pages."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from typing import TextIO

# What a code page without these characters shows in their place, so that no bound is ever lost as "?".
_STAND_INS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "±": "+/-", "×": "x", "µ": "u", "μ": "u", "°": " degrees", "–": "-", "—": "-",
    "−": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "→": "->", "²": "2", "³": "3",
    "é": "e", "ü": "u", "ö": "o", "ä": "a", "ß": "ss",
}  # fmt: skip


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(char, "?") for char in lost), error.end


def prepare() -> None:
    """Makes both streams able to take any text, whatever their encoding."""
    codecs.register_error("trialfinder", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="trialfinder")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sits at the other end."""
    try:
        return stream.isatty()
    except ValueError:  # already closed
        return False


def width(default: int = 120) -> int:
    """Columns of the terminal; ``COLUMNS`` wins; a sensible width in a pipe or when the terminal says nothing."""
    with contextlib.suppress(ValueError):
        chosen = int(os.environ.get("COLUMNS", ""))
        if chosen > 0:
            return max(40, chosen)
    with contextlib.suppress(OSError, ValueError):
        found = os.get_terminal_size(sys.stdout.fileno()).columns
        if found > 0:
            return max(40, found)
    return default


def colour(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal only, and not when ``NO_COLOR`` is set (no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def silence_broken_pipe() -> None:
    """After the reader of a pipe has left: nothing more is written, and Python does not complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
