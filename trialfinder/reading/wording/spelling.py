"""Long names of illnesses with one wrong letter: "hepatitus", "epilespy"; the names stand in ``data/spelling.toml``."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.text import lower
from trialfinder.base.typed_data import DataRow, load
from trialfinder.phrases.phrase_index import Respelling
from trialfinder.phrases.word_forms import word_expression
from trialfinder.reading.wording.normalise import Clean

_SHORTEST = 8


class SpellingFile(DataRow, frozen=True):
    """``data/spelling.toml``: names that are read with one wrong letter, and words that are right as they stand."""

    names: str
    """The names, with white space between them; eight letters or more."""
    real: str
    """Words that differ from a name by one letter, with white space between them."""


class _Names(NamedTuple):
    by_shorter: dict[str, tuple[str, ...]]
    """Names by themselves with one letter left out."""
    real: re.Pattern[str]


def _shorter(word: str) -> Iterable[str]:
    return chain([word], (word[:at] + word[at + 1 :] for at in range(len(word))))


@functools.cache
def _names() -> _Names:
    file = load(data_dir("spelling.toml"), SpellingFile)
    found: dict[str, tuple[str, ...]] = {}
    for name in file.names.split():
        for way in _shorter(name):
            found[way] = (*found.get(way, ()), name)
    ways = "|".join([*file.real.split(), *(word_expression(name, True) for name in file.names.split())])
    return _Names(found, re.compile(ways))


def _one_letter(word: str, name: str) -> bool:
    """Whether one letter inside is missing, too many, another one, or swapped with its neighbour."""
    if (word[0], word[-1]) != (name[0], name[-1]):
        return False
    if len(word) != len(name):
        return True
    wrong = [at for at, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
    swapped = len(wrong) == 2 and wrong[0] + 1 == wrong[1] and word[wrong[0]] == name[wrong[1]]
    return len(wrong) == 1 or (swapped and word[wrong[1]] == name[wrong[0]])


def right_spelling(word: str) -> str:
    """The one name that a word in lower case is with one wrong letter; '' when it is none, or could be two."""
    names = _names()
    if len(word) < _SHORTEST - 1 or not word.isalpha() or names.real.fullmatch(word):
        return ""
    near = {name for way in _shorter(word) for name in names.by_shorter.get(way, ()) if abs(len(name) - len(word)) < 2}
    found = [name for name in near if _one_letter(word, name)]
    return found[0] if len(found) == 1 else ""


def respelt(clean: Clean, words: Sequence[Respelling]) -> Clean:
    """The cleaned text with other words in some places, in order; spans still lead to the registry's own."""
    out, starts, pieces, length = [], [], [], 0
    edges = [0, *chain.from_iterable((w.start, w.end) for w in words), len(clean.text)]
    for number, (begin, end) in enumerate(pairwise(edges)):
        if begin == end:
            continue
        kept = clean.text[begin:end]
        if number % 2:
            right = words[number // 2].right
            kept = right.capitalize() if kept[0].isupper() else right
            starts.append(length)
            pieces.append((*clean.span(begin, end), -1))
        else:
            for start, piece in clean.stretches(begin, end):
                starts.append(length + start - begin)
                pieces.append(piece)
        out.append(kept)
        length += len(kept)
    text = "".join(out)
    return Clean(text, lower(text), tuple(starts), tuple(pieces))
