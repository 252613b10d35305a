"""Rules that look at the words around one thing, and what there must be for each to find anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from trialfinder.phrases.screens import Screen, union_of
from trialfinder.reading.patterns import type_of
from trialfinder.reading.tree import Leaf

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
        self._mask = union_of(rule.needs for rule in self._rules)
        self._known: dict[tuple[int, str, bool], tuple[Look, ...]] = {}

    def of(self, leaf: Leaf, passed: int) -> tuple[Look, ...]:
        """What is to be asked about a thing; ``passed`` are the screens of the words around (``PlacedWords``)."""
        key = (passed & self._mask, leaf.concept, leaf.bounds is not None)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(rule.look for rule in self._rules if _is_for(rule, leaf, passed))
        return found


def _is_for(rule: LeafRule[Look], leaf: Leaf, passed: int) -> bool:
    return (
        (rule.needs is None or rule.needs.bit & passed != 0)
        and (rule.concepts is None or leaf.concept in rule.concepts)
        and (rule.kinds is None or type_of(leaf.concept) in rule.kinds)
        and (rule.bounded is None or rule.bounded == (leaf.bounds is not None))
    )
