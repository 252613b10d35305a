"""What the tree of a criterion tells of its flat readings: complete or not, the joins above each, for whom it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trialfinder.reading.readings import Item
from trialfinder.reading.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Except,
    Leaf,
    Node,
    Unread,
    When,
    conditions,
    parts_of,
    span,
    walk_with_ways,
)


def _conditions(text: str, node: Node) -> Iterator[tuple[tuple[str, int, int], str]]:
    """The words that say for whom a leaf holds, by its concept and place."""
    for leaf, of_whom in conditions(node):
        where = span(of_whom)
        if where is not None:
            yield (leaf.concept, leaf.start, leaf.end), " ".join(text[slice(*where)].split())


def _choices(node: Node, above: AnyOf | None = None) -> Iterator[tuple[tuple[str, int], int]]:
    """The leaves right below a "one of", by concept and place, each with that join's identity."""
    if isinstance(node, Leaf) and above is not None:
        yield (node.concept, node.start), id(above)
    for at, part in enumerate(parts_of(node)):
        match node:
            case AnyOf():
                yield from _choices(part, node)
            case Except() | When() if at == (0 if isinstance(node, When) else 1):
                yield from _choices(part)
            case AllOf() | AtLeast():
                yield from _choices(part)
            case _:
                yield from _choices(part, above)


def _numbered(choices: Sequence[int]) -> list[int]:
    """1, 2 … for those that several share, in the order of the text; 0 for the others."""
    shared = [choice for choice, times in Counter(choices).items() if choice and times > 1]
    return [shared.index(choice) + 1 if choice in shared else 0 for choice in choices]


def annotated(text: str, items: tuple[Item, ...], criteria: Sequence[Criterion]) -> Iterator[Item]:
    """The items as the trees have them: complete where nothing was left over, each reading with its way down."""
    gaps: list[tuple[int, int]] = []
    ways: dict[tuple[str, int], str] = {}
    for_whom: dict[tuple[str, int, int], str] = {}
    choices: dict[tuple[str, int], int] = {}
    for criterion in criteria:
        if criterion.node is None:
            continue
        for_whom.update(_conditions(text, criterion.node))
        choices.update(_choices(criterion.node))
        for node, way in walk_with_ways(criterion.node):
            if isinstance(node, Unread) or (isinstance(node, Leaf) and node.narrowing):
                gaps.append((node.start, node.end))
            if isinstance(node, Leaf):
                ways.setdefault((node.concept, node.start), way)
    for item in items:
        if not item.readings:
            yield item
            continue
        complete = not any(a < item.end and item.start < b for a, b in gaps)
        numbers = _numbered([choices.get((r.pattern, r.start), 0) for r in item.readings])
        readings = tuple(
            replace(
                r,
                complete=complete,
                path=ways.get((r.pattern, r.start), ""),
                condition=for_whom.get((r.pattern, r.start, r.end), ""),
                alternatives=number,
            )
            for r, number in zip(item.readings, numbers, strict=True)
        )
        yield replace(item, complete=complete, readings=readings)
