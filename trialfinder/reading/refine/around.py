"""A thing in its sentence: what stands before it and behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import placed_words
from trialfinder.reading.nodes.tree import Leaf, Node, span
from trialfinder.reading.vocabulary.patterns import type_of

_STOP = re.compile(r"\n|;|\.(?=\s|\Z)")
SUFFERED = frozenset({"illness", "symptom", "state", "event"})
"""Kinds of things that somebody has."""


class SaidAround:
    """A leaf in its sentence."""

    def __init__(self, leaf: Leaf, text: str, every: Sequence[Leaf]) -> None:
        self.leaf, self.text, self.every = leaf, text, every  # all leaves of the criterion
        self.kind = type_of(leaf.concept)

    @cached_property
    def start(self) -> int:
        """Where its sentence begins in the text."""
        first = max(0, self.leaf.start - BEFORE)
        return max((found.end() for found in _STOP.finditer(self.text, first, self.leaf.start)), default=first)

    @cached_property
    def end(self) -> int:
        """Where its sentence ends in the text."""
        stop = _STOP.search(self.text, self.leaf.end)
        return stop.start() if stop else len(self.text)

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What is found in the sentence before the leaf."""
        return pattern.search(self.text, self.start, self.leaf.start)

    def behind(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What is found in the sentence behind the leaf."""
        return pattern.search(self.text, self.leaf.end, self.end)


BEFORE = 300
"""Letters before a leaf among which its sentence begins."""


def said_around(node: Node, text: str) -> int:
    """The screens that the words pass among which rules look, a bit for each (``PlacedWords``).

    They stand from ``BEFORE`` letters before the first word of the node, or from the beginning of its line, to the end
    of the line of the last.
    """
    place = span(node)
    if place is None:
        return 0
    begin = min(place[0] - BEFORE, text.rfind("\n", 0, place[0]) + 1)
    end = text.find("\n", place[1])
    return placed_words(text).passed(max(0, begin), end if end >= 0 else len(text))
