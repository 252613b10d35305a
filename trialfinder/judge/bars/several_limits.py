"""Several limits of one thing in one criterion: each is asked of some people, or on some day.

"On diet alone HbA1c 7 to 9 %, on tablets 7 to 8.5 %", "Hb below 11 (women), below 12 (men)": nobody asks two different
lower limits of everybody. Whoever keeps one and not the other is told neither way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialfinder.judge.asking import UNKNOWN, Told
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Bounds, Leaf, Node, Not, Unread, When


def of_several_limits(node: Node, hits: Mapping[Leaf, Told]) -> dict[Leaf, Told]:
    """The limits that contradict each other for a person, as open.

    Args:
        node: what the criterion describes.
        hits: what is known of each thing.
    """
    limits = list(_of_everybody(node))
    clash = [
        leaf
        for leaf in limits
        if any(_unlike(leaf, other) and hits[leaf].answer is not hits[other].answer for other in limits)
    ]
    return {leaf: Told(UNKNOWN, hits[leaf].fact) for leaf in clash}


def _of_everybody(node: Node, *, wanted: bool = True) -> Iterator[Leaf]:
    """The limits of which each decides by itself: of no group, under no condition, beside no other way."""
    match node:
        case Leaf() if node.bounds is not None:
            yield node
        case AllOf(parts) if wanted:
            for part in parts:
                yield from _of_everybody(part, wanted=wanted)
        case AnyOf(parts) if not wanted:
            for part in parts:
                yield from _of_everybody(part, wanted=wanted)
        case Not(part):
            yield from _of_everybody(part, wanted=not wanted)
        case When(Unread(), part, _):
            yield from _of_everybody(part, wanted=wanted)


def _unlike(one: Leaf, other: Leaf) -> bool:
    """Whether two limits are of the same thing, on the same side, and differ."""
    if (one.concept, one.value) != (other.concept, other.value) or one.bounds is None or other.bounds is None:
        return False
    first, second = one.bounds, other.bounds
    return (
        first.unit == second.unit
        and _overlap(first, second)
        and (_differ(first, second, "low") or _differ(first, second, "high"))
    )


def _overlap(one: Bounds, other: Bounds) -> bool:
    """Whether a number can keep both: "20 to 35 or 65 to 80" are two ways."""
    low = max(bounds.low for bounds in (one, other) if bounds.low is not None) if one.low or other.low else None
    high = min(bounds.high for bounds in (one, other) if bounds.high is not None) if one.high or other.high else None
    return low is None or high is None or low <= high


def _differ(one: Bounds, other: Bounds, side: str) -> bool:
    ends = (getattr(one, side), getattr(other, side))
    return None not in ends and ends[0] != ends[1]
