"""The words of ``data/denials.toml``, and whether words say only how a thing is."""

from __future__ import annotations

import functools
from typing import Any

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.bars.words_around import words_in


class DeniedSentence(DataRow, frozen=True):
    """A sentence under an exclusion heading, before a person."""

    text: str
    """The sentence."""
    told: dict[str, Any]
    """What the person told."""


class DenialsFile(DataRow, frozen=True):
    """``data/denials.toml``."""

    states: frozenset[str]
    """Words of how one and the same thing may be."""
    of_the_same: frozenset[str]
    """Words with which "disease" is the same thing once more."""
    behind: frozenset[str]
    """Words that may stand right behind the name of an illness."""
    no_drugs: tuple[str, ...]
    """Words that name no drug."""
    lets_in: tuple[str, ...]
    """Beginnings of a sentence that lets some in."""
    met: tuple[DeniedSentence, ...]
    """Sentences that do not bar who told it."""
    open: tuple[DeniedSentence, ...]
    """Sentences in which something else is left."""


@functools.cache
def denial_words() -> DenialsFile:
    """The words of ``data/denials.toml``."""
    return load(data_dir("denials.toml"), DenialsFile)


@functools.lru_cache(maxsize=4096)
def is_state(words: str) -> bool:
    """Whether words say only how a thing is, and name none: "incompletely resected", "new"."""
    said = words_in(words)
    known = denial_words()
    if "disease" in said and known.of_the_same.intersection(said):
        said = [word for word in said if word != "disease"]
    return bool(said) and all(word in known.states or word.endswith("ically") for word in said)
