"""Named illnesses in a person's own words, and the broad fact that each one is; from ``data/terms/illnesses.toml``.

The way is one: atrial fibrillation is a heart disease, and a heart disease is not atrial fibrillation.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake
from trialfinder.person.implications import Gives
from trialfinder.person.profile_schema import FactKey

# Words that make a name something else than "I have this".
_NOT_MINE = re.compile(
    r"\b(?:no|not|never|without|family|mother|father|sister|brother|suspected|possible|risk|scare|healed|cured|"
    r"vaccinat\w+)\b|\?",
    re.IGNORECASE,
)


class IllnessRow(DataRow, frozen=True):
    """One group of named illnesses, as the file has it."""

    id: str
    """Short name of the group."""
    words: str
    """Regular expression for the names, from the beginning of a word; any case."""
    gives: Gives
    """What is true of a person who has it: keys of a profile or ``derived.…``."""
    source: str = ""
    """Where that is written."""
    list: FactKey | None = None
    """The list of the profile that the name belongs into."""
    yes: tuple[str, ...] = ()
    """Names of the group."""
    no: tuple[str, ...] = ()
    """Words that are none."""


class IllnessFile(DataRow, frozen=True):
    """``data/terms/illnesses.toml``."""

    illness: tuple[IllnessRow, ...] = ()
    """The groups."""


class NamedIllness(NamedTuple):
    """One group of named illnesses. ``list_key`` is None where the name belongs into no list of the profile."""

    id: str
    words: re.Pattern[str]
    gives: Mapping[str, Any]
    list_key: str | None


def read_illnesses(path: Path) -> tuple[NamedIllness, ...]:
    """All rows of a data file.

    Raises:
        InputError: a row has an unknown key, or names a fact that no profile can hold.
    """
    found = []
    for number, row in enumerate(load(path, IllnessFile).illness):
        try:
            words = re.compile(rf"(?<!\w)(?:{row.words})", re.IGNORECASE)
        except re.error as error:
            raise mistake(path, ("illness", number, "words"), f"is no regular expression: {error}") from error
        found.append(NamedIllness(row.id, words, row.gives, row.list))
    return tuple(found)


@functools.cache
def illnesses() -> tuple[NamedIllness, ...]:
    """The rows of ``data/terms/illnesses.toml``."""
    return read_illnesses(data_dir("terms", "illnesses.toml"))


@functools.lru_cache(maxsize=1024)
def known_as(name: str) -> tuple[NamedIllness, ...]:
    """The groups that an illness belongs to, as a person wrote it; () when no row knows it or the words deny it."""
    if _NOT_MINE.search(name):
        return ()
    return tuple(row for row in illnesses() if row.words.search(name))


def follows_from(names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Facts that follow from named illnesses: (key, value); a list of names for a fact that is a list."""
    lists: dict[str, list[str]] = {}
    for name in names:
        for row in known_as(name):
            yield from row.gives.items()
            if row.list_key:
                lists.setdefault(row.list_key, []).append(name)
    yield from ((key, tuple(dict.fromkeys(found))) for key, found in lists.items())
