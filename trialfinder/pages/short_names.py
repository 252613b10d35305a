"""The short names of scales and tests that pages say beside a limit ("TCSS at least 12"), explained."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from trialfinder.base.resources import data_dir
from trialfinder.base.tongue import say, theirs
from trialfinder.base.typed_data import DataRow, load
from trialfinder.reading.nodes.tree import Criterion, leaves


class ShortName(DataRow, frozen=True):
    """One scale or test."""

    name: str
    """As pages name it."""
    full: str
    """What the letters stand for; stays English, as records have it."""
    about: str
    """What it measures, in plain words."""


class ScalesFile(DataRow, frozen=True):
    """``data/scales.toml``: short names of scales and tests."""

    scale: tuple[ShortName, ...]
    """The names, those of the commonest tests first."""


@functools.cache
def short_names() -> tuple[ShortName, ...]:
    """All of them, in the order of the file.

    Raises:
        InputError: the file is damaged.
    """
    return load(data_dir("scales.toml"), ScalesFile).scale


def named_in(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Which of them the criteria name as a measure or as what is measured."""
    known = _by_value()
    found = {
        leaf.value.lower() if leaf.value else leaf.concept
        for criterion in criteria
        if criterion.node is not None
        for leaf in leaves(criterion.node)
    }
    return frozenset(known[value] for value in found & known.keys())


def explained(names: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """These names (all when None) in the order of the file, each with what it means, in the language that is spoken."""
    wanted = None if names is None else frozenset(names)
    return [
        (row.name, f"{theirs(row.full)}: {say(row.about)}" if row.full != row.name else say(row.about))
        for row in short_names()
        if wanted is None or row.name in wanted
    ]


@functools.cache
def _by_value() -> dict[str, str]:
    """The names by the value of a tree that they stand for, or by its concept (HbA1c)."""
    return {row.name.lower(): row.name for row in short_names()}
