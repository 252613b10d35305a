"""Joints of a criterion's tree that its words do not bear: degrees, states and limits of what stands beside them.

"No moderate or severe neuropathy" denies no mild one; "HIV patients receiving X" have both; "smokes and does not plan
to quit" is one bar; "ALT below 2.5 x ULN. Exception: bilirubin may be up to 2.5" lets in by either.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.joining import narrowed
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
    plain_leaf,
    rebuilt,
    span,
    walk,
)


def with_joints(node: Node, text: str) -> Node:
    """The tree with such parts joined as the words say."""

    def change(part: Node, denied: bool) -> Node:
        if isinstance(part, Not) and not denied:
            return _healthy_value(part, text) or _not_pregnant_who(part, text)
        if isinstance(part, Except):
            return _limit_of_others(part, denied=denied)
        if isinstance(part, Leaf):
            return _thing(part, text, bars=denied, one_sex=one_sex)
        if not isinstance(part, AllOf | AnyOf):
            return part
        if isinstance(part, AnyOf) and not denied and _not_pregnant(part.parts[0], text):
            return AllOf(part.parts)
        if isinstance(part, AnyOf) and denied and _with_points(part, text):
            return AllOf(part.parts)
        if isinstance(part, AllOf) and not denied and (_kinds(part, text) or _apart(part)):
            part = AnyOf(part.parts)
        return _paired(_in_one_state(part) if isinstance(part, AnyOf) else part, text)

    one_sex = any(leaf.concept == "sex" for leaf in leaves(node))
    return rebuilt(node, change)


MAY_JOIN = Screen("suggestive|indicative|contraceptives?")
"""What ``with_joints`` needs, where a tree has no list, no exception, no limit and no pregnancy."""
_SUGGESTIVE = re.compile(r"\b(?:suggestive|indicative) of\s(?:[\w-]+\s){0,3}\Z", re.IGNORECASE)
_PILLS = re.compile(
    r"\W*(?:(?:current |concomitant |concurrent )?use of |currently |taking |on )*"
    r"(?:(?:(?:oral|hormonal|combined|injectable|estrogen\w*)\s)+contraceptives?(?:\spills?)?"
    r"|(?:birth control|contraceptive)\spills?)\W*",
    re.IGNORECASE,
)


def _line_of(leaf: Leaf, text: str) -> str:
    end = text.find("\n", leaf.end)
    return text[text.rfind("\n", 0, leaf.start) + 1 : end if end >= 0 else len(text)]


def _thing(leaf: Leaf, text: str, *, bars: bool, one_sex: bool) -> Node:
    """A thing as the words right beside it make it."""
    if leaf.bounds is not None:
        return _outside(leaf if one_sex else _of_one_sex(leaf, text, bars=bars), leaf, text)
    if not bars and _SUGGESTIVE.search(text, max(0, leaf.start - 60), leaf.start):
        return Unread(leaf.start, leaf.end)  # its symptoms are asked for
    if leaf.concept == "contraception" and _PILLS.fullmatch(_line_of(leaf, text)):
        return Unread(leaf.start, leaf.end)  # a drug among others, and no demand
    if leaf.concept == "pregnancy" and _EVER.search(text, max(0, leaf.start - 40), leaf.start):
        return any_of(leaf, Unread(leaf.start, leaf.end))  # an earlier pregnancy is not told
    return leaf


_OR_MEN = re.compile(
    r"(?:,? (?:and |or )?non-?\s?lactating)? (?:women|females?)(?: patients)?(?:,? (?:or|and/or)|/) ?(?:men|males?)\b",
    re.IGNORECASE,
)


def _not_pregnant(one: Node, text: str) -> bool:
    """Whether "Non-pregnant women or men" begins a list: what follows is asked of the women as well."""
    inner = one.part if isinstance(one, Not) else one
    return (
        isinstance(one, Not)
        and isinstance(inner, Leaf)
        and inner.concept == "pregnancy"
        and _OR_MEN.match(text, inner.end) is not None
    )


_NON = re.compile(r"\bnon[\s-]?\Z", re.IGNORECASE)
_WOMEN = re.compile(r"\W*(?:wom[ae]n|females?|patients?|subjects?|participants?)\b", re.IGNORECASE)


def _not_pregnant_who(node: Not, text: str) -> Node:
    """ "Non-pregnant women with gout": what stands behind them is asked as well, and makes no other pregnancy."""
    leaf = node.part
    if not isinstance(leaf, Leaf) or leaf.concept != "pregnancy" or not leaf.narrowing:
        return node
    if not _NON.search(text, max(0, leaf.start - 5), leaf.start) or not _WOMEN.match(text, leaf.end):
        return node
    return AllOf((Not(replace(leaf, narrowing=())), Unread(leaf.start, leaf.end)))


_BRACKET_BEFORE = re.compile(r"\b(?:free|no|not|without|absence)\b[^.;()\n]{0,60}\([^()\n]{0,60}\Z", re.IGNORECASE)
_LOW_IS_WELL = frozenset({"glucose", "hba1c", "hypertension"})


def _healthy_value(denied: Not, text: str) -> Node | None:
    """ "Free of diabetes (fasting glucose < 120 mg/dL)": in brackets stands what is asked for, not what is denied."""
    node = denied.part
    if not isinstance(node, Leaf) or node.bounds is None or node.concept not in _LOW_IS_WELL:
        return None
    below = node.bounds.low is None and node.bounds.high is not None
    if not below or not _BRACKET_BEFORE.search(text, max(0, node.start - 120), node.start):
        return None
    return AllOf((node, Unread(node.start, node.end)))  # beside the illness, which was not read


_OUTSIDE = re.compile(
    r"\b(?:outside|out of|not (?:with)?in|not between)\s(?:of )?(?:the |a )?(?:normal )?(?:range|limits|interval)?",
    re.IGNORECASE,
)


def _outside(node: Node, leaf: Leaf, text: str) -> Node:
    """ "Platelets outside the range of 100 to 500": what is said is that the number is not in it."""
    whole = leaf.bounds is not None and leaf.bounds.low is not None and leaf.bounds.high is not None
    return negated(node) if whole and _OUTSIDE.search(text, max(0, leaf.start - 20), leaf.end) else node


def _apart(node: AllOf) -> bool:
    """Whether no number can be in all limits of one thing: "18-40 years (cohort 1), 60-80 years (cohort 2)"."""
    found = [part for part in node.parts if isinstance(part, Leaf) and part.bounds is not None]
    if len(found) != len(node.parts) or len({(part.concept, part.value) for part in found}) != 1:
        return False
    low = max((part.bounds.low for part in found if part.bounds and part.bounds.low is not None), default=None)
    high = min((part.bounds.high for part in found if part.bounds and part.bounds.high is not None), default=None)
    return low is not None and high is not None and low > high


_AND_A = re.compile(r"\s*,?\s*\b(?:and|with)\s+(?:an?|the|their|his or her)\s[^,;]{0,40}", re.IGNORECASE)


def _with_points(node: AnyOf, text: str) -> bool:
    """ "Neuropathy and a score above 4": who has both is barred."""
    if len(node.parts) != 2 or not isinstance(node.parts[0], Leaf):
        return False
    first, points = node.parts[0], next(leaves(node.parts[1]), None)
    nerve = first.concept == "neuropathy_type" and points is not None and points.concept == "severity_score"
    return nerve and points is not None and _AND_A.match(text, first.end, points.end) is not None


_EVER = re.compile(r"\b(?:have|has) (?:ever )?been,? or (?:are |is |currently )*\Z", re.IGNORECASE)
MAY_NARROW = Screen("unless")
"""What ``with_unless`` needs."""
_UNLESS = re.compile(r"\bunless\b[^.;\n]{0,60}", re.IGNORECASE)
_NEAR = 60
_SENTENCE = re.compile(r"[.;](?=\s)|\n")


def with_unless(node: Node, text: str) -> Node:
    """The tree in which an "unless" that no part of it stands for narrows what its sentence names before it."""
    whole = span(node)
    end = text.find("\n", whole[1]) if whole else 0
    if whole is None or "unless" not in text[whole[0] : end if end >= 0 else len(text)].lower():
        return node
    clauses = [n.spared if isinstance(n, Except) else n.condition for n in walk(node) if isinstance(n, Except | When)]
    starts = [place[0] for part in clauses if (place := span(part)) is not None]
    for found in _UNLESS.finditer(text, whole[0], end if end >= 0 else len(text)):
        if any(found.start() <= start <= found.start() + _NEAR for start in starts):
            continue
        begin = max((stop.end() for stop in _SENTENCE.finditer(text, whole[0], found.start())), default=whole[0])

        def change(part: Node, denied: bool, begin: int = begin, found: re.Match[str] = found) -> Node:
            if not isinstance(part, Leaf) or not begin <= part.start < part.end <= found.start():
                return part
            other = Unread(found.start(), found.end())
            return narrowed(part, (" ".join(found.group().split()),)) if denied else any_of(part, other)

        node = rebuilt(node, change)
    return node


def _limit_of_others(node: Except, *, denied: bool) -> Node:
    """A limit with another limit for some: who keeps one of both is let in."""
    whole, spared = node.whole, node.spared
    if {x.concept for x in leaves(spared)} == {"chemotherapy"} and {x.concept for x in leaves(whole)} == {
        "other_medication"
    }:
        place = span(spared) or (0, 0)
        return Except(whole, all_of(spared, Unread(*place)))  # that one is allowed makes nobody free of the other
    both = isinstance(whole, Leaf) and isinstance(spared, Leaf) and whole.bounds and spared.bounds
    return AnyOf((whole, spared)) if both and not denied else node


_LISTED = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:,\s*(?:and|or|and/or)?|and|or|and/or|/|&)\s*[\w\s'-]{0,40}\Z", re.IGNORECASE
)
_KINDS = 3


def _kinds(node: AllOf, text: str) -> bool:
    """Whether a list names kinds of cancer, of which nobody has all: "A, B and C" asks for one of them."""
    parts = node.parts
    if len(parts) < _KINDS or not all(isinstance(p, Leaf) and p.concept == "malignancy" for p in parts):
        return False
    return all(_LISTED.match(text, a.end, b.start) for a, b in pairwise(parts))  # type: ignore[union-attr]


_STATES = frozenset({"relapsed", "refractory", "recurrent", "progressive", "advanced", "metastatic", "untreated"})


def _in_one_state(node: AnyOf) -> AnyOf:
    """ "Relapsed A, B or C": each of them is relapsed."""
    first = node.parts[0]
    states = tuple(_STATES.intersection(first.narrowing)) if isinstance(first, Leaf) else ()
    if not states or not all(isinstance(p, Leaf) and p.concept == "malignancy" for p in node.parts):
        return node
    return AnyOf((first, *(narrowed(p, states) for p in node.parts[1:])))


_SEXES = re.compile(r"\b(?:(?P<men>men|males?)|women|females?)\b", re.IGNORECASE)
_FOR_ONE_SEX = re.compile(r"\b(?:for|in)\s+(?:adult\s+)?(?:men|males?|women|females?)\W*\Z", re.IGNORECASE)


def _of_one_sex(leaf: Leaf, text: str, *, bars: bool) -> Node:
    """ "Above 1.5 mg/dl or (133 umol/L) for men": the limit in both units is that of men."""
    stop = _SENTENCE.search(text, leaf.end)
    end = stop.start() if stop is not None else len(text)
    named = {"male" if found["men"] else "female" for found in _SEXES.finditer(text, leaf.start, end)}
    own = _SEXES.fullmatch(leaf.noun) if leaf.concept == "age" else None
    if own is None and (len(named) != 1 or _FOR_ONE_SEX.search(text, leaf.end, end) is None):
        return leaf
    sex = named.pop() if own is None else "male" if own["men"] else "female"
    return When(plain_leaf("sex", sex, leaf.start, leaf.end, value=sex), leaf, bars=bars)


def _paired(node: AllOf | AnyOf, text: str) -> Node:
    made: list[Node] = []
    for part in node.parts:
        one = _pair(made[-1], part, text) if made else None
        if one is not None:
            made[-1] = one
        else:
            made.append(part)
    if len(made) == len(node.parts):
        return node
    return made[0] if len(made) == 1 else (all_of if isinstance(node, AllOf) else any_of)(*made)


_RECEIVING = re.compile(
    r"\s*(?:positive|infected)?\s*(?:patients?|subjects?|participants?|individuals?|people|women|men)?\s*(?:who are\s+"
    r"|currently\s+)?(?:receiving|taking|treated with|being treated with|undergoing)\s+(?:[\w-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_AND_NOT = re.compile(
    r"\W*(?:and|but)\s+(?:(?:who|that)\s+)?(?:do|does|did|are|is|was|were|has|have|will|can|could|would)\s*(?:not|n't)\b",
    re.IGNORECASE,
)


def _pair(one: Node, other: Node, text: str) -> Node | None:
    """Two neighbours as the one thing that they are; None where they are two."""
    first, second = (p.part if isinstance(p, Not) else p for p in (one, other))
    denied = isinstance(one, Not) and isinstance(other, Not)
    if not isinstance(first, Leaf):
        return None
    if isinstance(second, Unread) and not isinstance(one, Not) and _AND_NOT.match(text, first.end, second.end):
        return all_of(first, second)
    if not isinstance(second, Leaf) or isinstance(one, Not) != isinstance(other, Not):
        return None
    between = text[first.end : second.start]
    if denied and second.concept not in ("consent", "age") and _RECEIVING.fullmatch(between):
        return negated(all_of(first, second))
    if first.concept == "severity" and second.concept == "neuropathy_type" and not between.strip():
        words = tuple(re.findall(r"mild|moderate|severe", first.noun))
        merged: Node = replace(second, severity=(*second.severity, *words))
    elif first.concept == "uncontrolled_diabetes" and first.noun.endswith("diabetic") and first.end > second.start:
        merged = replace(second, severity=(*second.severity, "uncontrolled"))
    else:
        return None
    return Not(merged) if denied else merged
