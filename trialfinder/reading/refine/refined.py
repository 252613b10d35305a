"""Refines a criterion's tree, one small change after the other."""

from __future__ import annotations

from trialfinder.reading.refine.allergens import with_allergens
from trialfinder.reading.refine.beside import with_consenters, with_courses, with_grades
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
from trialfinder.reading.refine.toxicity_grades import with_toxicity
from trialfinder.reading.refine.wrongly_joined import with_joints
from trialfinder.reading.tree import Node

_CHANGES = (
    with_shared_heads, with_joints, with_denied_lists, with_use, with_less, without_methods, with_all_words,
    with_sayings, injected, united, with_grades, with_courses, with_toxicity, spared_cancers, with_control,
    with_consenters, with_abilities, with_allergens, with_operations, with_residence, of_women,
)  # fmt: skip
"""What is looked for, in this order; later ones see what earlier ones made."""


def refined(node: Node, text: str) -> Node:
    """The tree after the last touches; ``text`` is the registry's own, which its offsets count in."""
    for change in _CHANGES:
        node = change(node, text)
    return node
