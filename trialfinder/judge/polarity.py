"""Where each leaf of a criterion stands: whether the study wants it, and whether it is the criterion itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from trialfinder.reading.nodes.tree import AllOf, AnyOf, AtLeast, Except, Group, Leaf, Node, Not, Unread, When, leaves

Role = Literal["criterion", "condition", "spared"]


class Place(NamedTuple):
    """A leaf of a criterion.

    ``wanted``: being true of a person speaks for them. ``role``: the criterion itself, the condition that says for
    whom it holds, or what an exception spares. ``groups``: the cohorts that it is asked of; () for everybody.
    """

    leaf: Leaf
    wanted: bool
    role: Role
    groups: tuple[str, ...]
    spared_from: tuple[Leaf, ...] = ()
    """Of what an exception spares: the leaves of what it is spared from."""
    spared_with: tuple[Leaf, ...] = ()
    """Of what an exception spares: all that it spares, this leaf among them."""


def places(  # noqa: C901 - one case a type of node
    node: Node, *, wanted: bool = True, role: Role = "criterion", groups: tuple[str, ...] = ()
) -> Iterator[Place]:
    """The leaves of a criterion from left to right; nothing of a group of other people (donors, controls)."""
    match node:
        case Leaf():
            yield Place(node, wanted, role, groups)
        case Unread():
            return
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from places(part, wanted=wanted, role=role, groups=groups)
        case Not(part):
            yield from places(part, wanted=not wanted, role=role, groups=groups)
        case Except(whole, spared):
            yield from places(whole, wanted=wanted, role=role, groups=groups)
            spared_from, spared_with = tuple(leaves(whole)), tuple(leaves(spared))
            for place in places(spared, wanted=not wanted, role="spared", groups=groups):
                yield place._replace(spared_from=spared_from, spared_with=spared_with)
        case When(condition, part, _):
            yield from places(condition, wanted=wanted, role="condition", groups=groups)
            yield from places(part, wanted=wanted, role=role, groups=groups)
        case Group(name, subject, part):
            if subject == "participant":
                yield from places(part, wanted=wanted, role=role, groups=(*groups, name))


def group_names(node: Node) -> frozenset[str]:
    """The cohorts of participants that a criterion names."""
    return frozenset(name for place in _groups(node) for name in place)


def _groups(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Group(name, "participant", part):
            yield (name,)
            yield from _groups(part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _groups(part)
        case Not(part) | Group(_, _, part):
            yield from _groups(part)
        case Except(whole, spared):
            yield from _groups(whole)
            yield from _groups(spared)
        case When(condition, part, _):
            yield from _groups(condition)
            yield from _groups(part)
