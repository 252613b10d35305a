"""Shared checks for the volunteers' data files: known keys, regular expressions that compile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trialfinder.base.suggest import nearest
from trialfinder.errors import InputError


def allow_keys(row: Any, allowed: Iterable[str], where: str) -> None:
    """Refuses a table with a key nobody reads, and says which one was probably meant.

    Raises:
        InputError: ``row`` is no table, or has an unknown key.
    """
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a table, found {row!r}")
    names = sorted(allowed)
    for key in row:
        if key not in names:
            near = nearest(str(key), names, cutoff=60)
            hint = f"; did you mean {near!r}?" if near else f"; known keys: {', '.join(names)}"
            raise InputError(f"{where}: unknown key {key!r}{hint}", suggestions=[near] if near else [])


def regex(words: str, where: str, flags: int = 0) -> re.Pattern[str]:
    """Compiles one regular expression of a data file.

    Raises:
        InputError: it does not compile; the message names the file and the place.
    """
    try:
        return re.compile(words, flags)
    except re.error as error:
        raise InputError(f"{where}: not a regular expression: {words!r}: {error}") from error


def strings(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of strings under ``key``; empty when absent. A single string counts as a list of one.

    Raises:
        InputError: something else stands there.
    """
    found = row.get(key, [])
    found = [found] if isinstance(found, str) else found
    if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
        raise InputError(f"{where}: {key} must be a list of strings, found {found!r}")
    return tuple(found)
