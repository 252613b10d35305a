"""What ``--format`` can say, in one place: the same word means the same in every command, or is refused.

``text`` is for people. ``jsonl`` is one JSON object a line, ``json`` one JSON document: a list, or an object where a
command tells of one thing only. The forms of a table are those of ``export``.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base.suggest import hint
from trialfinder.base.text import one_line
from trialfinder.errors import InputError

TEXT = ("text",)
#: Of commands that tell of one thing.
OBJECT = ("text", "json", "jsonl")
#: Of commands that list things.
LISTED = ("text", "csv", "tsv", "json", "jsonl", "md", "html")
TABLE = ("csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet")
PAGES = ("text", "md", "html")
QUESTIONS = ("text", "plain")
_OTHER_NAMES = {"markdown": "md", "table": "text", "txt": "text", "ndjson": "jsonl", "excel": "xlsx", "htm": "html"}


def checked(chosen: str | None, forms: Sequence[str]) -> str | None:
    """The form to use; None when none was chosen, and for ``text``, which is what a command does by itself.

    Raises:
        InputError: not one of the command's forms; names them.
    """
    if chosen is None:
        return None
    name = chosen.strip().lower()
    name = _OTHER_NAMES.get(name, name)
    if name not in forms:
        close = hint(name, forms)
        has = f"the forms are {', '.join(forms)}" if len(forms) > 1 else "this command prints text only"
        raise InputError(f"--format {one_line(chosen)[:40]!r}: {f'{close}? ' if close else ''}{has}")
    return None if name == "text" else name


def listed(forms: Sequence[str]) -> str:
    """The forms for the help of a command."""
    return f"Form of the output: {', '.join(forms)}."
