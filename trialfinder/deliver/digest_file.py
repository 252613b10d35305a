"""Writes a digest into a file: whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from trialfinder.deliver.destinations import SendFailed
from trialfinder.errors import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside the place first, then moves it there.

    Raises:
        SendFailed: cannot be written; an older file of that name is as it was.
    """
    from trialfinder.tables.exports import write_file

    def write(stream: IO[bytes]) -> None:
        stream.write(content)

    try:
        write_file(path, write)
    except InputError as error:
        raise SendFailed(str(error)) from error
