"""Joins nodes as a list says: "or" binds loosest, a comma means what the next joining word means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    Except,
    Leaf,
    Node,
    Not,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    negated,
    rebuilt,
)
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS

_STRENGTH = {"": 0, ",": 1, "/": 2, "&": 3, "and": 3, "nor": 4, "and/or": 4, "or/and": 4, "or": 4}


def stronger(one: str, other: str) -> str:
    """Of two joining words the one that says more."""
    return one if _STRENGTH.get(one, 0) >= _STRENGTH.get(other, 0) else other


def is_denied(node: Node) -> bool:
    """Whether a node says of everything in it that it must not be there."""
    if isinstance(node, Not):  # to be sterile is asked for, not denied
        return not (isinstance(node.part, Leaf) and node.part.concept == "childbearing")
    return isinstance(node, AllOf | AnyOf) and all(is_denied(p) for p in node.parts)


def narrowed(node: Node, words: tuple[str, ...], severity: tuple[str, ...] = ()) -> Node:
    """The node with words that make its leaves less than they say."""
    if not words and not severity:
        return node
    match node:
        case Leaf():
            if node.bounds is not None:  # a number says itself how severe
                severity = ()
            return replace(node, narrowing=node.narrowing + words, severity=node.severity + severity)
        case Not(part):
            return negated(narrowed(part, words, severity))
        case AllOf(parts):
            return AllOf(tuple(narrowed(p, words, severity) for p in parts))
        case AnyOf(parts):
            return AnyOf(tuple(narrowed(p, words, severity) for p in parts))
        case Except(whole, spared):
            return Except(narrowed(whole, words, severity), spared)
        case When(condition, part, bars):
            return When(condition, narrowed(part, words, severity), bars)
        case _:
            return node


def joined(
    members: list[Node],
    joins: list[str],
    *,
    bars: bool,
    last: str = "",
    denied: Callable[[Node], bool] = is_denied,
) -> Node | None:
    """Joins the members of a list: "or" binds loosest; a comma means what the next joining word means.

    ``last`` is a joining word behind the last member that was kept: "arthrosis, arthritis or another disease".
    ``denied``: whether a member may not be there.
    """
    if len(members) < 2:
        return members[0] if members else None
    words = list(joins)
    following = "or" if bars or _STRENGTH.get(last) == _STRENGTH["or"] else "and"
    for at in range(len(words) - 1, 0, -1):
        if words[at] in ("", ","):
            words[at] = following
        else:
            words[at] = "or" if _STRENGTH[words[at]] in (2, 4) else "and"
            following = words[at]
    groups: list[list[Node]] = [[members[0]]]
    for at in range(1, len(members)):
        one, other = members[at - 1], members[at]
        both = words[at] == "and" and (not bars or (measured(one) and measured(other) and not _apart(one, other)))
        if not bars and words[at] == "or" and denied(one) and is_denied(other):
            both = True  # "no A or B" is neither
        if not bars and joins[at] == "/" and _normal(one) and _normal(other):
            both = True  # "normal A/B/C"
        groups[-1].append(other) if both else groups.append([other])
    return either(*(all_of(*group) for group in groups))


def _apart(one: Node, other: Node) -> bool:
    """Whether two limits that bar cannot both be met: "under 18 and over 70 years"; or each leaves a range."""
    if isinstance(one, AnyOf) and isinstance(other, AnyOf):
        return _apart(*one.parts[:2]) and _apart(*other.parts[:2])
    if not (isinstance(one, Leaf) and isinstance(other, Leaf)) or (one.concept, one.value) != (
        other.concept,
        other.value,
    ):
        return False
    first, second = one.bounds, other.bounds
    if first is None or second is None or first.unit != second.unit:
        return False
    ends = ((first.high, second.low), (second.high, first.low))
    return any(high is not None and low is not None and high < low for high, low in ends)


def _normal(node: Node) -> bool:
    return all("normal" in leaf.severity for leaf in leaves(node)) and any(leaves(node))


def either(*nodes: Node) -> Node:
    """The nodes joined by "or". An alternative for some people only is none for the others.

    Where all of them are for the same sex ("women abstain or use contraception"), others are not asked at all.
    """
    if len(nodes) < 2 or (len(sexes := _sexes(nodes)) == 1 and sexes != {""}):
        return any_of(*nodes)
    return any_of(*(replace(n, bars=True) if isinstance(n, When) else n for n in nodes))


def _sexes(nodes: Sequence[Node]) -> set[str]:
    """The sexes that alternatives are for; "" among them for one that is for everybody."""
    return {_sex(n.condition) if isinstance(n, When) else "" for n in nodes}


def _sex(condition: Node) -> str:
    """The sex of those whom a condition names; who can bear children is a woman."""
    named = {leaf.concept: leaf.value for leaf in leaves(condition)}
    return named.get("sex", "female" if "childbearing" in named else "")


_ASKED = frozenset({"consent", "follow_up", "contraception", "childbearing", "age", "sex"})


def all_denied(node: Node) -> Node:
    """The members of a list whose head is denied: "no serious illness, such as A or B" asks for neither.

    What is asked of everybody (consent, an age) and numbers stay as they are.
    """

    def change(part: Node, denied: bool) -> Node:
        if isinstance(part, AnyOf) and all(is_denied(p) for p in part.parts):
            return AllOf(part.parts)
        if not isinstance(part, Leaf) or denied or part.bounds is not None or part.concept in _ASKED:
            return part
        return Not(part)

    return rebuilt(node, change)


def none_of(node: Node) -> Node:
    """The members of a list under "none of these:", the unread ones too; a number there stays open."""
    match node:
        case AnyOf(parts) | AllOf(parts):
            return all_of(*map(none_of, parts))
        case Not():
            return node
        case Leaf(bounds=bounds) if bounds is not None:
            return Unread(node.start, node.end)
        case When(condition, part):
            return When(condition, none_of(part), bars=False)
    return Not(node)


def measured(node: Node) -> bool:
    """Whether a node is about numbers only."""
    found = list(leaves(node))
    return bool(found) and all(leaf.bounds is not None for leaf in found)


_CONTROL = frozenset(
    {"uncontrolled", "unstable", "poorly controlled", "decompensated", "untreated", "inadequately controlled"}
)
_STATES = frozenset({"active", "unstable", "decompensated", "untreated", "symptomatic"})
"""States of an illness that are worse than controlled."""
_BROAD = re.compile(
    r"(?:neuropath(?:y|ies)|diseases?|disorders?|dysfunctions?|conditions?|illness(?:es)?|impairments?|insufficiency|problems?)\Z"
)
"""Nouns of a whole kind of illness, which comes mild and severe."""


_CLOSED = {"active_infection": SINGLE_INFECTIONS | {"active_infection"}, "malignancy": {"malignancy"}}
"""Kinds of which nothing but these is an example."""


def graded(node: Node, severity: tuple[str, ...], head: Node | None = None) -> Node:
    """Examples of "severe illness": an infarction stands for itself, "lung disease" is meant when severe.

    A member that names its own state ("ongoing or active infection") says by it what "uncontrolled" means there. No
    example of the ``head`` is what is of another kind: "severe infections such as sepsis, bleeding disorders".
    """
    kinds = _CLOSED.get(head.concept) if isinstance(head, Leaf) else None
    control = tuple(w for w in severity if w in _CONTROL)
    strong = tuple(w for w in severity if w not in _CONTROL and w not in ("chronic", "acute", "active"))

    def change(below: Node, denied: bool) -> Node:
        del denied
        if not isinstance(below, Leaf) or below.bounds is not None or (kinds and below.concept not in kinds):
            return below
        own = _STATES.intersection(below.severity) or below.noun.startswith(tuple(_STATES))
        more = (() if own else control) + (strong if _BROAD.search(below.noun) else ())
        return replace(below, severity=tuple(dict.fromkeys(below.severity + more)))

    return rebuilt(node, change)


_BARE = frozenset({"infection", "infections", "tumor", "tumour", "tumors", "tumours", "cancer", "surgery", "bleeding"})
"""Kinds of trouble that any part of the body may have."""


def kind_of(node: Node, before: Sequence[str], of: Sequence[Leaf]) -> Node:
    """ "Urinary trouble (stones, infection)": a bare kind of trouble is one of what stands before the bracket.

    ``before`` are the words there that were not understood, ``of`` the things that were.
    """
    if not isinstance(node, Leaf) or node.noun not in _BARE or any(leaf.concept == node.concept for leaf in of):
        return node
    return replace(node, narrowing=(*node.narrowing, *before, *(leaf.noun for leaf in of)))


def sparing(whole: Node, spared: Node) -> Node:
    """The node without what is spared; of a denial it is what is denied that spares: "no A or B unless C"."""
    match whole:
        case Not(part):
            return Not(Except(part, spared))
        case AllOf(parts) if is_denied(whole):
            return AllOf(tuple(sparing(part, spared) for part in parts))
        case _:
            return Except(whole, spared)


def of_toxicity(found: Sequence[Leaf]) -> bool:
    """Whether a limit is a grade of a scale of all side effects, which does not say of which."""
    return all(leaf.value == "nci ctcae" for leaf in found)


def is_of_fertility(node: Node) -> bool:
    """Whether a node is about pregnancy, or about who can become pregnant."""
    return any(leaf.concept in ("pregnancy", "contraception", "childbearing") for leaf in leaves(node))


def under_condition(of_whom: Node, said: Node, *, bars: bool, prefix: bool) -> Node:
    """What holds under a condition: of "10, or 9 if on dialysis" only the second.

    Args:
        of_whom: the condition.
        said: what holds under it.
        bars: whether the words stand under an exclusion heading.
        prefix: whether the condition stands in front.
    """
    limits = said.parts if isinstance(said, AnyOf) and not prefix else ()
    found = [part for part in limits if isinstance(part, Leaf) and part.bounds is not None]
    if len(limits) == len(found) == 2 and found[0].value == found[1].value and found[0].concept == found[1].concept:
        return any_of(found[0], all_of(of_whom, found[1]))
    return When(of_whom, said, bars=bars)


_FOR_ANOTHER = frozenset({"consent", "reading_and_writing", "telephone"})
"""What somebody else may do in a person's place."""


def with_alternative(node: Node, other: Unread) -> Node:
    """The tree in which somebody else, whom ``other`` names, may do what a person must be able to do."""

    def change(leaf: Leaf, denied: bool) -> Node:
        return leaf if denied or leaf.concept not in _FOR_ANOTHER else AnyOf((leaf, other))

    return rebuilt(node, change, kind=Leaf)
