"""Refines a criterion's tree, one small change after the other."""

from __future__ import annotations

from collections.abc import Callable

from trialfinder.reading.refine.allergens import with_allergens
from trialfinder.reading.refine.beside import with_consenters, with_courses, with_grades, with_states
from trialfinder.reading.refine.controlled import with_control
from trialfinder.reading.refine.denied_lists import with_denied_lists
from trialfinder.reading.refine.less_than_named import with_less
from trialfinder.reading.refine.listed_drugs import injected, with_use
from trialfinder.reading.refine.measured_by import without_methods
from trialfinder.reading.refine.of_women import of_women
from trialfinder.reading.refine.operations import with_operations
from trialfinder.reading.refine.residence import with_residence
from trialfinder.reading.refine.said_abilities import with_abilities
from trialfinder.reading.refine.sayings import united, with_all_words, with_sayings
from trialfinder.reading.refine.shared_heads import with_shared_heads
from trialfinder.reading.refine.spared_cancers import spared_cancers
from trialfinder.reading.refine.tested_infections import with_tests
from trialfinder.reading.refine.toxicity_grades import with_toxicity
from trialfinder.reading.refine.wrongly_joined import with_joints
from trialfinder.reading.tree import AllOf, AnyOf, Except, Leaf, Node, Unread, walk

Change = Callable[[Node, str], Node]
_LIST, _MEMBERS, _WORDS, _THING, _SPARED = "a list", "alternatives", "unread words", "a thing", "an exception"
_CHANGES: tuple[tuple[Change, frozenset[str]], ...] = tuple(
    (change, frozenset(needs))
    for change, *needs in (
        (with_shared_heads, _LIST, _WORDS),
        (with_joints,),
        (with_denied_lists, _LIST),
        (with_use, _THING),
        (with_less,),
        (without_methods, _MEMBERS, _WORDS, _THING),
        (with_all_words, _LIST, _WORDS),
        (with_sayings, _WORDS),
        (injected, _THING),
        (united, _LIST),
        (with_grades, _MEMBERS, _THING),
        (with_courses, "active_infection"),
        (with_tests, _THING),
        (with_states, _THING),
        (with_toxicity, _LIST, "neuropathy_type"),
        (spared_cancers, "malignancy"),
        (with_control, _SPARED, _WORDS),
        (with_consenters, "consent", _WORDS),
        (with_abilities,),
        (with_allergens, "allergy"),
        (with_operations, _WORDS),
        (with_residence,),
        (of_women,),
    )
)
"""What is looked for, in this order, and what a tree must have for that; later ones see what earlier ones made."""


def refined(node: Node, text: str) -> Node:
    """The tree after the last touches; ``text`` is the registry's own, which its offsets count in."""
    held = _held(node)
    for change, needs in _CHANGES:
        if needs <= held:
            made = change(node, text)
            if made is not node:
                node, held = made, _held(made)
    return node


def _held(node: Node) -> set[str]:
    """What a tree has below it: kinds of nodes, and the concepts of its things."""
    held: set[str] = set()
    for part in walk(node):
        match part:
            case Leaf():
                held.add(_THING)
                held.add(part.concept)
            case Unread():
                held.add(_WORDS)
            case AnyOf():
                held.add(_LIST)
                held.add(_MEMBERS)
            case AllOf():
                held.add(_LIST)
            case Except():
                held.add(_SPARED)
    return held
