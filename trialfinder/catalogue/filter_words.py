"""The words of people for the values of the filters: accepted, or answered with the filter that is meant."""

from __future__ import annotations

import functools

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load


class FilterWordsFile(DataRow, frozen=True):
    """``data/filter_words.toml``: what people write behind a filter."""

    accepted: dict[str, dict[str, str]]
    """By the name of a filter: words, and the values that they stand for, joined by commas."""
    elsewhere: dict[str, dict[str, str]]
    """By the name of a filter: words that belong to another one, and that one with its value."""


@functools.cache
def file() -> FilterWordsFile:
    """What the data file says."""
    return load(data_dir("filter_words.toml"), FilterWordsFile)


def accepted(option: str, word: str) -> str | None:
    """The values, joined by commas, that a word stands for behind an option (``--cells``); None when it has no row."""
    return _of(file().accepted, option, word)


def elsewhere(option: str, word: str) -> str | None:
    """The option and value that a word behind another option stands for; None when it has no row."""
    return _of(file().elsewhere, option, word)


def known(option: str) -> list[str]:
    """The words that are accepted behind an option."""
    return list(file().accepted.get(option.removeprefix("--"), ()))


def _of(rows: dict[str, dict[str, str]], option: str, word: str) -> str | None:
    found = rows.get(option.removeprefix("--"), {})
    plain = " ".join(word.lower().replace("-", " ").replace("_", " ").split())
    short = plain.removesuffix("s").removesuffix(" cell")
    return next((found[each] for each in (plain, short, short.removesuffix("s")) if each in found), None)
