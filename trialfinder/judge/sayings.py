"""What words say that no pattern reads (``unread`` in ``data/tests.toml``), looked up among all rows at once."""

from __future__ import annotations

import functools

from trialfinder.judge.leaf_tests import common, leaf_tests
from trialfinder.judge.nouns import stems

_Says = tuple[int, str, bool]


@functools.cache
def _sayings() -> tuple[dict[frozenset[str], _Says], dict[tuple[str, ...], _Says], frozenset[int]]:
    """What words say that no pattern reads: by all stems of them, by their first stems, and how many those may be.

    Each with its place in the file, the concept, and whether it is denied; of two rows the first one counts.
    """
    whole: dict[frozenset[str], _Says] = {}
    begun: dict[tuple[str, ...], _Says] = {}
    rows = [row for test in leaf_tests().values() for row in ((test, False), (test, True))]
    for place, (test, denied) in enumerate(rows):
        says = (place, test.concept, denied)
        for phrase in test.unread_not if denied else test.unread:
            if phrase.endswith("*"):
                begun.setdefault(_telling(phrase[:-1]), says)
            else:
                whole.setdefault(frozenset(_telling(phrase)), says)
    begun.pop((), None)
    return whole, begun, frozenset(map(len, begun))


def _telling(words: str) -> tuple[str, ...]:
    harmless = common().harmless
    return tuple(stem for stem in stems(words) if stem not in harmless)


def said_by(words: str) -> tuple[str, bool] | None:
    """The concept that the words say, less harmless words, and whether they deny it; see ``LeafTest.unread``."""
    whole, begun, sizes = _sayings()
    told = _telling(words)
    found = [whole.get(frozenset(told)), *(begun.get(told[:size]) for size in sizes)]
    first = min((says for says in found if says is not None), default=None)
    return first[1:] if first else None
