"""Refines a criterion's tree, one small change after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Except, Group, Leaf, Node, Not, Unread, When, walk
from trialfinder.reading.refine.allergens import with_allergens
from trialfinder.reading.refine.around import said_around
from trialfinder.reading.refine.beside import with_consenters, with_courses, with_grades, with_states
from trialfinder.reading.refine.controlled import with_control
from trialfinder.reading.refine.denied_lists import with_denied_lists
from trialfinder.reading.refine.instructions import MAY_INSTRUCT, with_instructions
from trialfinder.reading.refine.less_than_named import with_less
from trialfinder.reading.refine.listed_drugs import GIVEN, TAKEN, injected, with_use
from trialfinder.reading.refine.measured_by import without_methods
from trialfinder.reading.refine.of_women import OF_A_SEX, of_women, past_childbearing
from trialfinder.reading.refine.operations import MAY_OPERATE, with_operations
from trialfinder.reading.refine.residence import MAY_LIVE, with_residence
from trialfinder.reading.refine.said_abilities import MAY_NAME_ABILITIES, with_abilities
from trialfinder.reading.refine.sayings import united, with_all_words, with_sayings
from trialfinder.reading.refine.shared_heads import with_shared_heads
from trialfinder.reading.refine.spared_cancers import spared_cancers
from trialfinder.reading.refine.tested_infections import with_tests
from trialfinder.reading.refine.toxicity_grades import with_toxicity
from trialfinder.reading.refine.well_enough import well_enough
from trialfinder.reading.refine.wrongly_joined import MAY_JOIN, MAY_NARROW, with_joints, with_unless
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS

Change = Callable[[Node, str], Node]
_LIST, _MEMBERS, _WORDS, _THING, _SPARED = "a list", "alternatives", "unread words", "a thing", "an exception"
_LIMITED, _CONDITION, _LETS_IN, _NARROWED = "a limit", "a condition", "no denial", "a narrowed thing"


class _Step(NamedTuple):
    """One change, and what a tree must have for it."""

    change: Change
    needs: frozenset[str] = frozenset()
    """Kinds of nodes and concepts: all of these."""
    one_of: frozenset[str] = frozenset()
    """One of these, where any is given."""
    words: Screen | None = None
    """Words of which one stands around it (``said_around``); None: not known."""
    or_has: frozenset[str] = frozenset()
    """Nodes and concepts of which one does as well as the words."""
    without: frozenset[str] = frozenset()
    """None of these."""


def _has(*what: str) -> frozenset[str]:
    return frozenset(what)


_STEPS = (
    _Step(with_shared_heads, _has(_LIST, _WORDS)),
    _Step(with_joints, words=MAY_JOIN, or_has=_has(_LIST, _SPARED, _LIMITED, "pregnancy")),
    _Step(with_unless, words=MAY_NARROW),
    _Step(with_denied_lists, _has(_LIST)),
    _Step(with_use, _has(_THING), TAKEN),
    _Step(with_less, _has(_THING)),
    _Step(without_methods, _has(_MEMBERS, _WORDS, _LIMITED)),
    _Step(with_all_words, _has(_LIST, _WORDS), without=_has(_THING, _SPARED, _CONDITION)),
    _Step(with_sayings, _has(_WORDS)),
    _Step(injected, _has(_THING), GIVEN),
    _Step(united, _has(_LIST)),
    _Step(with_grades, _has(_MEMBERS, _THING)),
    _Step(with_courses, _has("active_infection")),
    _Step(with_tests, _has(_THING), SINGLE_INFECTIONS),
    _Step(with_states, _has(_NARROWED)),
    _Step(with_toxicity, _has(_LIST, "neuropathy_type")),
    _Step(spared_cancers, _has("malignancy")),
    _Step(with_control, _has(_SPARED, _WORDS)),
    _Step(with_consenters, _has("consent", _WORDS)),
    _Step(with_abilities, _has(_LETS_IN), _has(_WORDS, "consent"), MAY_NAME_ABILITIES, without=_has(_CONDITION)),
    _Step(with_allergens, _has("allergy")),
    _Step(with_operations, _has(_WORDS), words=MAY_OPERATE),
    _Step(with_residence, words=MAY_LIVE),
    _Step(with_instructions, _has(_THING), words=MAY_INSTRUCT),
    _Step(of_women, words=OF_A_SEX),
    _Step(past_childbearing, _has("childbearing")),
    _Step(well_enough, _has(_THING, _MEMBERS)),
)
"""What is looked for, in this order; later ones see what earlier ones made."""


def refined(node: Node, text: str) -> Node:
    """The tree after the last touches; ``text`` is the registry's own, which its offsets count in."""
    held, passed = _held(node), said_around(node, text)
    for change, needs, one_of, words, or_has, without in _STEPS:
        if (
            needs <= held
            and (words is None or words.bit & passed or not or_has.isdisjoint(held))
            and not (one_of and one_of.isdisjoint(held))
            and without.isdisjoint(held)
        ):
            made = change(node, text)
            if made is not node:
                node, held, passed = made, _held(made), said_around(made, text)
    return node


def _held(node: Node) -> set[str]:
    """What a tree has below it: kinds of nodes, and the concepts of its things."""
    held: set[str] = set() if isinstance(node, (Not, Group)) else {_LETS_IN}
    for part in walk(node):
        if isinstance(part, Leaf):
            held.add(_THING)
            held.add(part.concept)
            if part.bounds is not None:
                held.add(_LIMITED)
            if part.narrowing:
                held.add(_NARROWED)
        else:
            held.update(_HELD.get(type(part), ()))
    return held


_HELD: dict[type[Any], tuple[str, ...]] = {
    Unread: (_WORDS,), AnyOf: (_LIST, _MEMBERS), AllOf: (_LIST,), Except: (_SPARED,), When: (_CONDITION,),
}  # fmt: skip
