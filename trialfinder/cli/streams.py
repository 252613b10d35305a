"""Standard output and error as they really are: pipes, narrow terminals, old code pages."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any, TextIO

from trialfinder.base import lazy_re as re

_NARROWEST, _WIDEST = 40, 500

# What a code page without these characters shows in their place, so that no bound is ever lost as "?".
_STAND_INS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "±": "+/-", "×": "x", "µ": "u", "μ": "u", "°": " degrees", "–": "-", "—": "-",
    "−": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "→": "->", "²": "2", "³": "3",
    "é": "e", "ü": "u", "ö": "o", "ä": "a", "ß": "ss",
}  # fmt: skip


#: The encoding of standard output, once a letter was lost in it.
_lost_in: list[str] = []


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = _RAISED.sub(lambda run: "^" + unicodedata.normalize("NFKD", run[0]), error.object[error.start : error.end])
    return "".join(char if char.isascii() else _STAND_INS.get(char) or _likeness(char) for char in lost), error.end


#: "10⁹" without its height would be 109.
_RAISED = re.compile("[⁰¹⁴⁵⁶⁷⁸⁹]+(?:[⁰¹²³⁴⁵⁶⁷⁸⁹])*")


def _likeness(char: str) -> str:
    """A letter without its marks, a digit without its circle; "?" for what has no likeness in plain letters."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", char) if not unicodedata.combining(each))
    if not bare.isascii() or not bare.strip():
        return "?"
    return f"({bare})" if bare.isdigit() and "CIRCLED" in unicodedata.name(char, "") else bare


def _stand_in_told(error: UnicodeError) -> tuple[str, int]:
    words, end = _stand_in(error)
    if "?" in words:
        _lost_in[:] = [str(getattr(sys.stdout, "encoding", "") or "ascii")]
    return words, end


def tell_lost() -> None:
    """Says when letters were lost on standard output: a page of question marks is no page, and code 0 calls it one."""
    if _lost_in:
        code_page = _lost_in.pop()
        with contextlib.suppress(OSError, ValueError):
            notice(
                f"trialfinder: {code_page}, the code page of this output, has not all of these letters: where one is "
                "missing stands ?. With all of them: put PYTHONUTF8=1 before the command, or have a file written (--to)"
            )


def prepare() -> None:
    """Makes the streams able to take any text, whatever their encoding; a closed one takes it and forgets it."""
    codecs.register_error("trialfinder", _stand_in)
    codecs.register_error("trialfinder-told", _stand_in_told)
    _lost_in.clear()
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream, errors in ((sys.stdout, "trialfinder-told"), (sys.stderr, "trialfinder")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


def _nowhere(mode: str) -> Any:
    return Path(os.devnull).open(mode, encoding="utf-8")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sits at the other end."""
    try:
        return stream.isatty()
    except ValueError:  # already closed
        return False


def is_piped() -> bool:
    """Whether standard output goes to a program or a file. Who sets ``COLUMNS`` wants what a person sees there, too."""
    return not is_terminal(sys.stdout) and not os.environ.get("COLUMNS")


def width(default: int = 120) -> int:
    """Columns of the terminal; ``COLUMNS`` wins; a sensible width in a pipe or when the terminal says nothing."""
    found = 0
    with contextlib.suppress(ValueError):
        found = int(os.environ.get("COLUMNS", ""))
    if found <= 0:
        for stream in (sys.stderr, sys.stdout):
            with contextlib.suppress(OSError, ValueError):
                found = os.get_terminal_size(stream.fileno()).columns or found
    return min(max(_NARROWEST, found), _WIDEST) if found > 0 else default


def colour(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal only, and not when ``NO_COLOR`` is set (no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_json(value: Any, indent: int | None = None) -> None:
    """A value as JSON on stdout, that says the same and moves no terminal."""
    from trialfinder.base.text import inert_json

    sys.stdout.write(inert_json(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n")


def notice(text: str) -> None:
    """Tells the person something that is no data, on stderr; on a terminal its lines break at words.

    A line that begins with a space and has a command, an option or an address to be pasted stays whole.
    """
    from trialfinder.base.text import clean
    from trialfinder.cli.hints import pasteable

    text = pasteable(clean(text))
    if is_terminal(sys.stderr):
        columns = width()
        text = "\n".join(line if _is_pasted(line) else _at_words(line, columns) for line in text.split("\n"))
    print(text, file=sys.stderr)  # noqa: T201 # this is the one place that prints to people


def _is_pasted(line: str) -> bool:
    bare = line.lstrip()
    return bare != line and ("trialfinder" in bare or bare.startswith(("--", "http", "pip ", "[")))


def _at_words(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()))
    deeper = f"{indent}  " if indent else ""
    return textwrap.fill(
        line.lstrip(), columns, initial_indent=indent, subsequent_indent=deeper, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def silence_broken_pipe() -> None:
    """After the reader of a pipe has left: nothing more is written, and Python does not complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
