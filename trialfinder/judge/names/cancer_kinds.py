"""Kinds of cancer by the words for them: which is a form of which, and which are two illnesses."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.reading.wording.nouns import mentions, stems


class CancerKind(DataRow, frozen=True):
    """One kind of cancer."""

    id: str
    """Short name."""
    words: tuple[str, ...]
    """Each is enough when all its words stand in a text."""
    yes: tuple[str, ...]
    """Texts that name it."""
    no: tuple[str, ...]
    """Texts that do not."""
    parents: tuple[str, ...] = msgspec.field(name="is", default=())
    """What it is a form of."""


class CancerKindsFile(DataRow, frozen=True):
    """``data/cancer_kinds.toml``."""

    kind: tuple[CancerKind, ...]
    """The rows."""


@functools.cache
def cancer_kinds() -> dict[str, CancerKind]:
    """The rows of ``data/cancer_kinds.toml`` by their short names.

    Raises:
        InputError: a row has a key that nothing reads.
    """
    return {row.id: row for row in load(data_dir("cancer_kinds.toml"), CancerKindsFile).kind}


def _above(kind: str) -> Iterator[str]:
    """A kind and all that it is a form of."""
    yield kind
    for parent in cancer_kinds()[kind].parents:
        yield from _above(parent)


_CANCER = re.compile(r"cancer|carcino|tumou?r|malignan|neoplas|blastoma|sarcoma|metasta|lymph|leuk|oncolog", re.I)
_SPREAD = ("metasta*", "leptomeningeal")


@functools.lru_cache(maxsize=8192)
def kinds_named(words: str) -> frozenset[str]:
    """The kinds that the words name, without those of which another named one is a form.

    () where they name none, or where a tumor has spread to: a metastasis in the liver is no liver cancer.
    """
    if mentions(words, _SPREAD):
        return frozenset()
    said = stems(words)
    found = {row.id for row in cancer_kinds().values() if any(_all_stand(phrase, said) for phrase in row.words)}
    return frozenset(kind for kind in found if not any(kind in set(_above(other)) - {other} for other in found))


def is_cancer(words: str) -> bool:
    """Whether the words name a kind of cancer, or say that it is one."""
    return bool(_CANCER.search(words) or kinds_named(f"{words} cancer"))


def _all_stand(phrase: str, said: tuple[str, ...]) -> bool:
    return all(
        any(stem.startswith(word[:-1]) for stem in said) if word[-1] == "*" else _stem(word) in said
        for word in phrase.split()
        if word not in ("and", "of", "the")
    )


def _stem(word: str) -> str:
    return next(iter(stems(word)), word)


_ANY = frozenset(
    stems(
        "cancer tumor carcinoma malignancy neoplasm neoplastic malignant disease blastoma adenocarcinoma cell type"
        " diagnosis known history primary other another second prior previous concurrent any active invasive"
    )
)
"""Words that say nothing about which kind."""
_ALL_COURSES = {"acute", "chronic"}


def apart(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether no kind of one set is a form of one of the other, or the same."""
    over = {kind: frozenset(_above(kind)) for kind in some | others}
    return not any(a in over[b] or b in over[a] for a in some for b in others)


def is_kind(told: str, asked: str) -> Answer:
    """Whether a cancer that a person told is what words name: YES, NO (another kind), or UNKNOWN.

    YES needs every word that is not about the kind as such to stand in what was told: who told "colon cancer" may or
    may not have "colon cancer with RAS mutation".
    """
    mine, theirs = kinds_named(told), kinds_named(asked)
    if not mine or not theirs:
        return Answer.UNKNOWN
    if apart(mine, theirs):
        return Answer.NO
    if not any(frozenset(_above(kind)) & theirs for kind in mine):
        return Answer.UNKNOWN
    left = set(stems(asked)) - _ANY - set(stems(told))
    if left >= _ALL_COURSES:
        left -= _ALL_COURSES
    about = {
        part.rstrip("*") for kind in mine | theirs for phrase in cancer_kinds()[kind].words for part in phrase.split()
    }
    return Answer.YES if all(any(word.startswith(part) for part in about) for word in left) else Answer.UNKNOWN


def studied_as_well(told: str, asked: str, conditions: Iterable[str]) -> bool:
    """Whether a record's own conditions name the kind that was told beside the other one that is asked for.

    A criterion that names only the other one is then an entry of a list, or of one of several groups.
    """
    mine, theirs = kinds_named(told), kinds_named(asked)
    others = [kinds for words in conditions if (kinds := kinds_named(words))]
    return any(apart(kinds, theirs) and not apart(kinds, mine) for kinds in others)
