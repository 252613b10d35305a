"""A catch-all that shares its noun with other things: "a psychiatric or any other disorder that …".

The catalogue reads such a noun twice, once for the thing and once as a catch-all. One that says nothing of its own is
only the noun.
"""

from __future__ import annotations

from trialfinder.reading.tree import AllOf, Leaf, Node, all_of, rebuilt

CATCH_ALL = "general_health"
_LIMITS = (
    " that ",
    " which ",
    " who ",
    " whose ",
    " interfer",
    " compromis",
    " affect",
    " preclud",
    " prevent",
    " would ",
)


def with_catch_alls(node: Node) -> Node:
    """The node without catch-alls that only share the noun of a thing beside them and say nothing of their own."""
    return rebuilt(node, lambda part, _denied: _without_empty(part), kind=AllOf)


def _limits(leaf: Leaf) -> bool:
    return any(word in f" {leaf.noun} " for word in _LIMITS)


def _overlap(one: Leaf, other: Leaf) -> bool:
    return one.start < other.end and other.start < one.end


def _without_empty(node: AllOf) -> Node:
    """ "Neurological concomitant disease" is one thing, and not also any concomitant disease."""
    things = [part for part in node.parts if isinstance(part, Leaf) and part.concept != CATCH_ALL]
    kept = [
        part
        for part in node.parts
        if not (
            isinstance(part, Leaf)
            and part.concept == CATCH_ALL
            and not _limits(part)
            and any(_overlap(part, thing) for thing in things)
        )
    ]
    return all_of(*kept)
