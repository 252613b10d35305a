"""What the tree of a criterion tells of its flat readings: complete or not, the joins above each, for whom it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trialfinder.reading.readings import Item
from trialfinder.reading.tree import Criterion, Leaf, Node, Unread, conditions, span, walk_with_ways


def _conditions(text: str, node: Node) -> Iterator[tuple[tuple[str, int, int], str]]:
    """The words that say for whom a leaf holds, by its concept and place; a sex is told by its own field."""
    for leaf, of_whom in conditions(node):
        where = span(of_whom)
        if where is not None and not (isinstance(of_whom, Leaf) and of_whom.concept in ("sex", "childbearing")):
            yield (leaf.concept, leaf.start, leaf.end), " ".join(text[slice(*where)].split())


def annotated(text: str, items: tuple[Item, ...], criteria: Sequence[Criterion]) -> Iterator[Item]:
    """The items as the trees have them: complete where nothing was left over, each reading with its way down."""
    gaps: list[tuple[int, int]] = []
    ways: dict[tuple[str, int], str] = {}
    for_whom: dict[tuple[str, int, int], str] = {}
    for criterion in criteria:
        if criterion.node is None:
            continue
        for_whom.update(_conditions(text, criterion.node))
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
        readings = tuple(
            replace(
                r,
                complete=complete,
                path=ways.get((r.pattern, r.start), ""),
                condition=for_whom.get((r.pattern, r.start, r.end), r.condition),
            )
            for r in item.readings
        )
        yield replace(item, complete=complete, readings=readings)
