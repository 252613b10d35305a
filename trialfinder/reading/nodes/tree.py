"""A criterion as a tree: what is asked of a person, joined as the sentence joins it.

A node is true, false or unknown of a person. The node of a criterion says what the *sentence* describes: under an
exclusion heading "cancer or stroke" is ``AnyOf(cancer, stroke)`` and the criterion is ``Not`` of it, so that the node
of every criterion is true of a person whom it lets in. All nodes are frozen and refuse nonsense when they are made.

All offsets count characters of the registry's own text: ``text[start:end]`` is always the registry's wording.
Nothing here knows how the text is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter, is_
from typing import Any, Literal

from msgspec import Struct, to_builtins
from msgspec.structs import replace

Sense = Literal["", "current", "history", "planned"]
Direction = Literal["", "within", "at_least_ago", "planned", "lasting"]
Section = Literal["inclusion", "exclusion", "unknown"]


class Bounds(Struct, frozen=True, gc=False):
    """Limits of a number, in the catalogue's unit. A person's value lies inside or outside of them.

    ``low`` and ``high`` are None when the words name no such limit; not both can be.
    """

    low: float | None
    low_inclusive: bool
    high: float | None
    high_inclusive: bool
    unit: str
    """As in the catalogue; ``xULN`` for multiples of the upper limit of normal; '' when the thing has no unit."""

    def __post_init__(self) -> None:
        """Refuses limits that nothing lies between, and no limit at all."""
        if self.low is None and self.high is None:
            raise ValueError("bounds without a limit")


class Leaf(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """One thing that is true of a person or not."""

    concept: str
    """Id of the catalogue (``data/patterns``)."""
    value: str
    """Category or named things in lower case (several joined with ', '); '' when the concept says all."""
    noun: str
    """The words of the thing as the criterion has them, lower case, without numbers, times and harmless words:
    "heart disease", "unstable angina". A broad fact of a person answers it only when it is a plain form."""
    bounds: Bounds | None
    window_months: float | None
    """Look-back, wash-out, plan or duration in months; None when the words name none."""
    direction: Direction
    """``within`` = in the last N months; ``at_least_ago`` = N months or more ago; ``planned`` = in the coming N
    months; ``lasting`` = has gone on for N months; '' without a window."""
    sense: Sense
    """``current``, ``history`` (ever, previous), ``planned``; '' when the words do not say."""
    severity: tuple[str, ...]
    """Words of severity or judgement at the thing ("severe", "uncontrolled", "clinically significant")."""
    narrowing: tuple[str, ...]
    """Other words of its noun phrase that make it less than the whole concept and that were not understood
    ("requiring surgery", "of the left leg"). With any of them, having the broad thing does not mean having this."""
    possible: bool
    """Whether a suspicion or a risk of the thing is meant already."""
    start: int
    end: int


class Unread(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """Words that carry meaning and were not understood. Never true, never false."""

    start: int
    end: int


class AllOf(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """True when every part is."""

    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        """Refuses a join of fewer than two."""
        _several(self.parts)


class AnyOf(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """True when one part is."""

    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        """Refuses a join of fewer than two."""
        _several(self.parts)


class AtLeast(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """True when ``needed`` of the parts are. More may be asked for than were seen: then it is never true."""

    needed: int
    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        """Refuses a count below one."""
        if self.needed < 1 or not self.parts:
            raise ValueError("at least one of at least one part")


class Not(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """True when the part is false."""

    part: Node


class Except(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """True when ``whole`` is and ``spared`` is not: "cancer, except skin cancer"."""

    whole: Node
    spared: Node


class When(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """Says ``part`` only of those of whom ``condition`` is true ("if diabetic, HbA1c below 8 %").

    Of everybody else the *criterion* says nothing: it lets them in, under either heading. So under ``Not`` it is a
    conjunction (barred is who has both), and elsewhere an implication (who is not meant passes). ``bars`` says which.
    """

    condition: Node
    part: Node
    bars: bool
    """True inside of what an exclusion describes: then it is true when both are."""


class Group(Struct, frozen=True, gc=False, tag_field="node", tag=True):
    """What follows is asked of one cohort, arm or group of people only; its name in the registry's words."""

    name: str
    subject: Literal["participant", "other"]
    """``other``: not the person who asks (a donor, a relative, a healthy control): nothing in it is asked of them."""
    part: Node


Node = AllOf | AnyOf | AtLeast | Not | Except | When | Group | Leaf | Unread
_ENDS = (Leaf, Unread)
"""What has nothing below it."""


class Criterion(Struct, frozen=True, gc=False):
    """One criterion: a line, bullet or numbered piece with all that it introduces, as one node.

    ``node`` is true of a person whom the criterion lets in. None: it asks nothing of anybody (a title, a permission,
    a note), so it neither speaks for nor against.
    """

    section: Section
    node: Node | None
    start: int
    end: int


def _several(parts: tuple[Node, ...]) -> None:
    if len(parts) < 2:
        raise ValueError("a join has two parts or more")


def all_of(*parts: Node) -> Node:
    """The parts joined by "and"; a single one stays itself. At least one is needed."""
    if len(parts) == 1:
        return parts[0]
    return AllOf(tuple(q for p in parts for q in (p.parts if isinstance(p, AllOf) else (p,))))


def any_of(*parts: Node) -> Node:
    """The parts joined by "or"; a single one stays itself. At least one is needed."""
    if len(parts) == 1:
        return parts[0]
    return AnyOf(tuple(q for p in parts for q in (p.parts if isinstance(p, AnyOf) else (p,))))


def negated(node: Node) -> Node:
    """The opposite; two negations are none."""
    return node.part if isinstance(node, Not) else Not(node)


_PARTS: dict[type[Node], Callable[[Any], tuple[Node, ...]]] = {
    Not: lambda node: (node.part,), Group: lambda node: (node.part,),
    AllOf: attrgetter("parts"), AnyOf: attrgetter("parts"), AtLeast: attrgetter("parts"),
    Except: attrgetter("whole", "spared"), When: attrgetter("condition", "part"),
}  # fmt: skip


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, from the top, in the order of the text where the sentence has it."""
    found, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        found.append(node)
        below = _PARTS.get(type(node))
        if below is not None:
            waiting += below(node)[::-1]
    return iter(found)


def span(node: Node) -> tuple[int, int] | None:
    """Where the words of a node begin and end; None when it holds none."""
    places = [n for n in walk(node) if isinstance(n, _ENDS)]
    return (min(n.start for n in places), max(n.end for n in places)) if places else None


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves of a tree, in the order of ``walk``."""
    return (each for each in walk(node) if isinstance(each, Leaf))


def rebuilt(
    node: Node, change: Callable[[Any, bool], Node], *, denied: bool = False, kind: type[Any] | None = None
) -> Node:
    """The tree with every node below changed, from the bottom; ``change`` is told whether negations deny the node.

    A node below which nothing was changed stays itself. ``kind``: only such nodes are changed; None: all.
    """
    made: Node = _rebuilt(node, change, denied, kind or object)
    return made


_Change = Callable[[Any, bool], Any]


def _rebuilt(node: Any, change: _Change, denied: bool, kind: type[Any]) -> Any:
    below = _REBUILT.get(type(node))
    if below is not None:
        node = below(node, change, denied, kind)
    return change(node, denied) if isinstance(node, kind) else node


def _parts_rebuilt(node: Any, change: _Change, denied: bool, kind: type[Any]) -> Any:
    parts = [_rebuilt(part, change, denied, kind) for part in node.parts]
    return node if all(map(is_, parts, node.parts)) else replace(node, parts=tuple(parts))


def _part_rebuilt(node: Any, change: _Change, denied: bool, kind: type[Any]) -> Any:
    part = _rebuilt(node.part, change, denied != (type(node) is Not), kind)
    return node if part is node.part else replace(node, part=part)


def _except_rebuilt(node: Except, change: _Change, denied: bool, kind: type[Any]) -> Any:
    whole, spared = _rebuilt(node.whole, change, denied, kind), _rebuilt(node.spared, change, not denied, kind)
    return node if whole is node.whole and spared is node.spared else Except(whole, spared)


def _when_rebuilt(node: When, change: _Change, denied: bool, kind: type[Any]) -> Any:
    condition, part = _rebuilt(node.condition, change, False, kind), _rebuilt(node.part, change, denied, kind)
    return node if condition is node.condition and part is node.part else When(condition, part, node.bars)


_REBUILT: dict[type[Any], Callable[[Any, _Change, bool, type[Any]], Any]] = {
    AllOf: _parts_rebuilt, AnyOf: _parts_rebuilt, AtLeast: _parts_rebuilt, Not: _part_rebuilt,
    Group: _part_rebuilt, Except: _except_rebuilt, When: _when_rebuilt,
}  # fmt: skip


def plain_leaf(
    concept: str,
    noun: str,
    start: int,
    end: int,
    *,
    value: str = "",
    sense: Sense = "",
    narrowing: tuple[str, ...] = (),
    severity: tuple[str, ...] = (),
) -> Leaf:
    """A leaf of words alone: without a number or a time."""
    return Leaf(concept, value, noun, None, None, "", sense, severity, narrowing, possible=False, start=start, end=end)


def complete(node: Node) -> bool:
    """Whether all of it was understood: no unread words and no narrowing below."""
    return not any(isinstance(n, Unread) or (isinstance(n, Leaf) and n.narrowing) for n in walk(node))


def doubtful(node: Except) -> Unread | None:
    """The words of an exception that may just as well bar, too ("excluding" among what bars); None of a plain one."""
    match node.spared:
        case AllOf((Leaf() as leaf, Unread() as words)) if (leaf.start, leaf.end) == (words.start, words.end):
            return words
    return None


def to_json(node: Node) -> dict[str, Any]:
    """The tree as plain JSON: ``{"node": "AllOf", "parts": […]}``; keys as the nodes' own fields."""
    made: dict[str, Any] = to_builtins(node)
    return made
