"""The words of people for the values of the filters: accepted, or answered with the filter that is meant."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence

from trialfinder.base.resources import data_dir
from trialfinder.base.suggest import slip_of
from trialfinder.base.text import join_words, one_line
from trialfinder.base.typed_data import DataRow, load
from trialfinder.errors import InputError


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


#: Tells which values a word that is none of them may be about, the likeliest first.
Meant = Callable[[str], Sequence[str]]


def choices(
    part: str, known: dict[str, str], option: str, also: Iterable[str], meant: Meant = lambda _: ()
) -> list[str]:
    """The values that a part stands for: one by its own name, one or several by the words of people.

    Raises:
        InputError: none; says what was probably meant, also where that is another option.
    """
    key = part.strip().lower()
    if value := known.get(key) or known.get(key.replace("-", "_").replace(" ", "_")):
        return [value]
    if spoken := accepted(option, part):
        return spoken.split(",")
    if other := elsewhere(option, part):
        raise InputError(f"{option}: unknown value {one_line(part)[:60]!r}; did you mean {other}?")
    return [choice(part, known, option, also, meant=meant)]


def choice(
    text: str, known: dict[str, str], option: str, also: Iterable[str] = (), names: Iterable[str] = (), *,
    meant: Meant = lambda _: (),
) -> str:  # fmt: skip
    """The value that a word stands for.

    Raises:
        InputError: none; says what was probably meant, by the word's letters or by what it is about, and what is known.
    """
    key = text.strip().lower()
    if key in known:
        return known[key]
    # "None" and "other" look like half of all words.
    values, likely = sorted(names or set(known.values())), [each for each in known if each not in ("none", "other")]
    hint = f"known are {', '.join(values)}"
    if close := slip_of(key, [*likely, *also]):
        hint = f"did you mean {known.get(close, close)}? {hint}"
    elif about := meant(text):
        others = f" It may also be {join_words(about[1:], 'or')}." if about[1:] else ""
        hint = f"did you mean {about[0]}?{others} {hint}"
    raise InputError(f"{option}: unknown value {one_line(text)[:60]!r}; {hint}")
