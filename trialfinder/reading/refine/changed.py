"""Changes parts of a criterion's tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from trialfinder.reading.nodes.tree import Node, rebuilt

Part = TypeVar("Part", bound=Node)


def changed(node: Node, kind: type[Part], change: Callable[[Part], Node]) -> Node:
    """The tree in which each node of a kind is changed, from the bottom; where nothing is, it stays itself."""
    return rebuilt(node, lambda part, _denied: change(part), kind=kind)
