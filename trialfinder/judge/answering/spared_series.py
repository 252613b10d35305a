"""A list behind an exception, of which only the first was read as spared: "drugs other than A, B and C"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AnyOf, Except, Leaf, Node, Unread, any_of, leaves, rebuilt, span
from trialfinder.reading.vocabulary.patterns import type_of

_LISTED = re.compile(r"[^.;:()\n]*")
_GIVEN = ("drug", "therapy")


def with_spared_series(node: Node, text: str) -> Node:
    """The tree in which what goes on with a list of spared drugs is spared too."""
    return rebuilt(node, lambda part, denied: _spared(part, text) if denied else part, kind=AnyOf)


def _spared(node: AnyOf, text: str) -> Node:
    for at, part in enumerate(node.parts):
        if not isinstance(part, Except) or not _of_drugs(part):
            continue
        more = 0
        end = span(part)
        while end is not None and at + 1 + more < len(node.parts):
            other = node.parts[at + 1 + more]
            place = span(other)
            listed = isinstance(other, Leaf) and type_of(other.concept) in _GIVEN
            if not listed or place is None or not _LISTED.fullmatch(text, end[1], place[0]):
                break
            end, more = place, more + 1
        if more:
            spared = any_of(part.spared, *node.parts[at + 1 : at + 1 + more])
            rest = node.parts[:at] + node.parts[at + 1 + more :]
            return any_of(*rest, Except(part.whole, spared)) if rest else Except(part.whole, spared)
    return node


def _of_drugs(part: Except) -> bool:
    both = (*leaves(part.whole), *leaves(part.spared))
    return all(type_of(leaf.concept) in _GIVEN for leaf in both) and not isinstance(part.spared, Unread)
