"""Rules that look at the words around one thing, and what there must be for each to find anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from trialfinder.phrases.screens import Screen, union_of
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.vocabulary.patterns import type_of

Look = TypeVar("Look", bound=Callable[..., Any])


class LeafRule(NamedTuple, Generic[Look]):
    """A rule; it finds nothing where one of the others is not so."""

    look: Look
    needs: Screen | None = None
    """Words of which one stands near the thing."""
    concepts: frozenset[str] | None = None
    """What the thing is."""
    kinds: frozenset[str] | None = None
    """Which kind of thing it is (``type_of``)."""
    bounded: bool | None = None
    """Whether it has limits."""


class LeafRules(Generic[Look]):
    """Rules in their order. Which of them are of use for a thing is remembered."""

    def __init__(self, rules: Iterable[LeafRule[Look]]) -> None:
        self._rules = tuple(rules)
        self._by_leaf: dict[tuple[str, bool], tuple[int, tuple[LeafRule[Look], ...]]] = {}
        self._known: dict[tuple[str, bool, int], tuple[Look, ...]] = {}

    def of(self, leaf: Leaf, passed: int) -> tuple[Look, ...]:
        """What is to be asked about a thing; ``passed`` are the screens of the words around (``PlacedWords``)."""
        concept, bounded = leaf.concept, leaf.bounds is not None
        mask, rules = self._by_leaf.get((concept, bounded)) or self._for_leaf(concept, bounded)
        passed &= mask  # what other things need makes no difference, and would be remembered many times over
        found = self._known.get((concept, bounded, passed))
        if found is None:
            found = tuple(rule.look for rule in rules if rule.needs is None or rule.needs.bit & passed)
            self._known[concept, bounded, passed] = found
        return found

    def _for_leaf(self, concept: str, bounded: bool) -> tuple[int, tuple[LeafRule[Look], ...]]:
        kind = type_of(concept)
        rules = tuple(
            rule
            for rule in self._rules
            if (rule.concepts is None or concept in rule.concepts)
            and (rule.kinds is None or kind in rule.kinds)
            and rule.bounded in (None, bounded)
        )
        made = self._by_leaf[concept, bounded] = (union_of(rule.needs for rule in rules), rules)
        return made
