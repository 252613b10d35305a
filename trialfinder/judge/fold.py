"""Folds a criterion's tree into one three-valued answer, and finds the leaves that force a "no".

The answer says whether the criterion lets the person in. Strong Kleene logic throughout (``base/answer.py``): what was
not read and what is not known decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trialfinder.base.answer import Answer, all_of, any_of, at_least
from trialfinder.reading.nodes.tree import AllOf, AnyOf, AtLeast, Except, Group, Leaf, Node, Not, Unread, When

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

Ask = Callable[[Leaf], Answer]
"""Whether a leaf is true of the person."""
Applies = Callable[[str], bool]
"""Whether what is asked of the cohort with this name counts."""


def every_group(_name: str) -> bool:
    """All cohorts count."""
    return True


def no_group(_name: str) -> bool:
    """No cohort counts: only what is asked of everybody."""
    return False


def fold(  # noqa: C901 - one case a type of node
    node: Node, ask: Ask, applies: Applies = every_group, *, wanted: bool = True
) -> Answer:
    """Whether a node is true of the person.

    Args:
        node: the tree.
        ask: the answer to a leaf.
        applies: which cohorts count; one that does not, and a group of other people, asks nothing.
        wanted: whether the node being true speaks for the person. It decides what "asks nothing" means: such a part
            lets in, so it is true where it is wanted, and false inside of what bars.
    """

    def below(part: Node, *, turned: bool = False) -> Answer:
        return fold(part, ask, applies, wanted=wanted != turned)

    match node:
        case Leaf():
            return ask(node)
        case Unread():
            return UNKNOWN
        case AllOf(parts):
            return all_of(below(part) for part in parts)
        case AnyOf(parts):
            return (all_of if wanted and _one_each_sex(parts) else any_of)(below(part) for part in parts)
        case AtLeast(needed, parts):
            if needed > len(parts):
                return UNKNOWN  # more is asked for than was seen, so some of it was not
            return at_least(needed, [below(part) for part in parts])
        case Not(part):
            return ~below(part, turned=True)
        case Except(whole, spared):
            return below(whole) & ~below(spared, turned=True)
        case When(condition, part, bars):
            met, own = below(condition), below(part)
            if isinstance(condition, Unread) and own is YES and not bars:
                return UNKNOWN  # "12 to 17 only in centres that …": of whom it is true was not understood
            return met & own if bars else ~met | own
        case Group(name, subject, part):
            counts = subject == "participant" and applies(name)
            return below(part) if counts else Answer.of(wanted)


def _one_each_sex(parts: tuple[Node, ...]) -> bool:
    """Whether each of several ways is for one sex: "males over 18 or females over 21" is no choice."""
    of_whom = [part.condition for part in parts if isinstance(part, When) and not part.bars]
    return len(of_whom) == len(parts) and all(isinstance(who, Leaf) and who.concept == "sex" for who in of_whom)


def deciding(  # noqa: C901 - one case a type of node
    node: Node, ask: Ask, applies: Applies = every_group, *, wanted: bool = True
) -> Iterator[Leaf]:
    """The leaves by whose answers a node that is decided is what it is.

    A condition or an exception is named only where it decides alone: "barred if diabetic" is about what bars.
    """
    answer = fold(node, ask, applies, wanted=wanted)
    match node:
        case Leaf():
            yield node
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                if fold(part, ask, applies, wanted=wanted) is answer:
                    yield from deciding(part, ask, applies, wanted=wanted)
        case Not(part):
            yield from deciding(part, ask, applies, wanted=not wanted)
        case Except(whole, spared):
            if answer is fold(whole, ask, applies, wanted=wanted):
                yield from deciding(whole, ask, applies, wanted=wanted)
            else:
                yield from deciding(spared, ask, applies, wanted=not wanted)
        case When(condition, part, _):
            if answer is fold(part, ask, applies, wanted=wanted):
                yield from deciding(part, ask, applies, wanted=wanted)
            else:
                yield from deciding(condition, ask, applies, wanted=wanted)
        case Group(_, _, part):
            yield from deciding(part, ask, applies, wanted=wanted)
        case Unread():
            return
