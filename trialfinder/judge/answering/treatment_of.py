"""Treatment of an illness, where the illness was read and its treatment was not: "active treatment for malignancy"."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Leaf, Node, rebuilt

UNDER_TREATMENT = "under treatment"
"""The narrowing that says so; who has the illness may have it without."""
_TREATMENT = re.compile(
    r"\b(?:treatment|therapy|therapies|treatments)\s(?:for|of|against)\s(?:(?:an?|any|the|another|other|their)\s)?"
    r"(?:[\w-]+\s){0,3}?(?:[\w-]+\s(?:or|and|and/or)\s)?\Z",
    re.IGNORECASE,
)
_AN_ILLNESS = frozenset({"malignancy"})


def under_treatment(node: Node, text: str) -> Node:
    """The tree in which an illness whose treatment is meant is narrowed to one that is treated."""
    return rebuilt(node, lambda part, _denied: _narrowed(part, text), kind=Leaf)


def _narrowed(leaf: Leaf, text: str) -> Leaf:
    if leaf.concept not in _AN_ILLNESS or leaf.sense == "history" or UNDER_TREATMENT in leaf.narrowing:
        return leaf
    line = max(text.rfind(mark, 0, leaf.start) for mark in ("\n", ". ", ";", "("))
    if not _TREATMENT.search(text, line + 1, leaf.start):
        return leaf
    return replace(leaf, narrowing=(*leaf.narrowing, UNDER_TREATMENT))
