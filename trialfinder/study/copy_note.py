"""The note in a study's criteria by which a copy that came with the program says that criteria are missing in it."""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_NOTE = "Our copy of the record is not complete"


def is_copy_note(words: str) -> bool:
    """Whether words of a criteria text are such a note, or its beginning; it is no criterion."""
    return words.lstrip(" *-[").startswith(_NOTE)


_WHOLE = re.compile(r"\[(Our copy of the record is not complete[^\]]*)\]")


def copy_note(criteria: str) -> str:
    """The note in a criteria text, '' when it has none: then nothing is known to be missing."""
    found = _WHOLE.search(criteria)
    return found.group(1) if found else ""
