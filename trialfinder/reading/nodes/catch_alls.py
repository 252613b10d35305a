"""A catch-all that shares its noun with other things: "a psychiatric or any other disorder that …".

The catalogue reads such a noun twice, once for the thing and once as a catch-all. What the catch-all says of it holds
for all things that share the noun; a catch-all that says nothing of its own is only the noun.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from trialfinder.reading.nodes.tree import AllOf, Leaf, Node, all_of, leaves, rebuilt

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
    """The node in which a catch-all limits what shares its noun, and is left out where it limits nothing."""
    found = [leaf for leaf in leaves(node) if leaf.concept == CATCH_ALL]
    if not found:
        return node
    limits = [leaf for leaf in found if _limits(leaf)]

    def change(part: Node, _denied: bool) -> Node:
        if isinstance(part, Leaf):
            return _limited(part, limits)
        return _without_empty(part) if isinstance(part, AllOf) else part

    return rebuilt(node, change)


def _limits(leaf: Leaf) -> bool:
    return any(word in f" {leaf.noun} " for word in _LIMITS)


def _overlap(one: Leaf, other: Leaf) -> bool:
    return one.start < other.end and other.start < one.end


def _limited(leaf: Leaf, limits: Iterable[Leaf]) -> Leaf:
    if leaf.concept == CATCH_ALL or leaf.bounds is not None:
        return leaf
    more = tuple(limit.noun for limit in limits if leaf.start < limit.start and _overlap(leaf, limit))
    return replace(leaf, narrowing=leaf.narrowing + more) if more else leaf


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
