"""What the tree of a criterion tells of its flat readings: complete or not, the joins above each, for whom it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Not,
    Unread,
    When,
    span,
)
from trialfinder.reading.readings import Item, Reading
from trialfinder.reading.telling.plain import narrower, own_words, thing, told_both_ways
from trialfinder.reading.wording.nouns import stems


class _LeavesSeen(Struct):
    """What the leaves of the trees tell, by concept and place."""

    text: str
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Where something was not understood."""
    ways: dict[tuple[str, int], str] = field(default_factory=dict)
    """The joins above a leaf, from the top: "not > one of > except"."""
    narrower: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    """By concept and place the words by which a leaf means less than its concept."""
    own: dict[tuple[str, int], Leaf] = field(default_factory=dict)
    """The leaves by concept and place."""
    for_whom: dict[tuple[str, int, int], str] = field(default_factory=dict)
    """The words that say for whom a leaf holds."""
    choices: dict[tuple[str, int], int] = field(default_factory=dict)
    """For the leaves right below a "one of" that join's identity."""

    def look(self, node: Node, way: str, of_whom: Node | None, above: AnyOf | None) -> None:
        """Goes down a tree. ``of_whom``: the nearest condition; ``above``: the "one of" that the node belongs to."""
        if isinstance(node, Leaf):
            self._leaf(node, way, of_whom, above)
        elif isinstance(node, Unread):
            self.gaps.append((node.start, node.end))
        elif isinstance(node, When):
            self.look(node.condition, _down(way, "only if"), None, None)
            self.look(node.part, _down(way, "then"), node.condition, above)
        elif isinstance(node, Except):
            self.look(node.whole, way, of_whom, above)
            self.look(node.spared, _down(way, "except"), of_whom, None)
        elif isinstance(node, Not | Group):
            self.look(node.part, _down(way, "not" if isinstance(node, Not) else "group"), of_whom, above)
        else:
            joins = node if isinstance(node, AnyOf) else None
            below = _down(way, f"at least {node.needed} of" if isinstance(node, AtLeast) else _JOINS[type(node)])
            for part in node.parts:
                self.look(part, below, of_whom, joins)

    def _leaf(self, leaf: Leaf, way: str, of_whom: Node | None, above: AnyOf | None) -> None:
        if leaf.narrowing:
            self.gaps.append((leaf.start, leaf.end))
        self.ways.setdefault((leaf.concept, leaf.start), way)
        self.narrower.setdefault(leaf.concept, {}).setdefault(leaf.start, narrower(leaf))
        self.own.setdefault((leaf.concept, leaf.start), leaf)
        if above is not None:
            self.choices[leaf.concept, leaf.start] = id(above)
        where = span(of_whom) if of_whom is not None else None
        if where is not None:
            words = " ".join(self.text[slice(*where)].split())
            self.for_whom[leaf.concept, leaf.start, leaf.end] = f"not {words}" if isinstance(of_whom, Not) else words


def _narrower(at: Mapping[int, tuple[str, ...]], reading: Reading, item: Item) -> tuple[str, ...]:
    """The words of a reading's leaf and of those that are told by it, too; none where one means the whole concept."""
    told = {r.start for r in item.readings if r.pattern == reading.pattern} - {reading.start}
    meant = [words for start, words in at.items() if item.start <= start < item.end and start not in told]
    return tuple(dict.fromkeys(word for words in meant for word in words)) if all(meant) else ()


def _told_apart(items: Sequence[Item], own: Mapping[tuple[str, int], Leaf]) -> Iterator[Item]:
    """The items; what one text wants and bars under the same name has the words of its own sentence beside it."""
    both = told_both_ways((_name(one), one.effect) for item in items for one in item.readings)
    if not both:
        yield from items
        return
    for item in items:
        readings = tuple(
            _with(one, own.get((one.pattern, one.start))) if _name(one) in both else one for one in item.readings
        )
        yield item if readings == item.readings else replace(item, readings=readings)


def _name(one: Reading) -> tuple[object, ...]:
    """What ``describe`` calls a reading by; one with limits is told apart by them."""
    limits = (one.low, one.high, one.start) if (one.low, one.high) != (None, None) else ()
    return (one.pattern, one.value, one.listed, one.narrower, limits)


def _with(one: Reading, leaf: Leaf | None) -> Reading:
    """A reading with its sentence's own words: its noun, and what else makes it less."""
    words = (one.quote,) if leaf is None else own_words(leaf)
    known = set(stems(thing(one.pattern, one.value, short=False)))
    more = (word for word in words if not set(stems(word)) <= known)
    return replace(one, narrower=tuple(dict.fromkeys((*one.narrower, *more))))


_JOINS = {AllOf: "all of", AnyOf: "one of"}


def _down(way: str, step: str) -> str:
    return f"{way} > {step}" if way else step


def _numbered(choices: Sequence[int]) -> list[int]:
    """1, 2 … for those that several share, in the order of the text; 0 for the others."""
    shared = [choice for choice, times in Counter(choices).items() if choice and times > 1]
    return [shared.index(choice) + 1 if choice in shared else 0 for choice in choices]


def annotated(text: str, items: tuple[Item, ...], criteria: Sequence[Criterion]) -> Iterator[Item]:
    """The items as the trees have them: complete where nothing was left over, each reading with its way down."""
    seen = _LeavesSeen(text)
    for criterion in criteria:
        if criterion.node is not None:
            seen.look(criterion.node, "", None, None)
    yield from _told_apart([_annotated(item, seen) for item in items], seen.own)


def _annotated(item: Item, seen: _LeavesSeen) -> Item:
    if not item.readings:
        return item
    start, end = item.start, item.end
    complete = not [a for a, b in seen.gaps if a < end and start < b]
    numbers = _numbered([seen.choices.get((r.pattern, r.start), 0) for r in item.readings])
    readings = tuple(
        replace(
            r,
            complete=complete,
            narrower=_narrower(seen.narrower.get(r.pattern, {}), r, item),
            path=seen.ways.get((r.pattern, r.start), ""),
            condition=seen.for_whom.get((r.pattern, r.start, r.end), ""),
            alternatives=number,
        )
        for r, number in zip(item.readings, numbers, strict=True)
    )
    return replace(item, complete=complete, readings=readings)
