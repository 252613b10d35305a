"""What stands behind a list and is said of all of it: a time, something that must be there as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Unread, all_of, any_of, leaves, rebuilt
from trialfinder.reading.sentences.marks import Token

_FELT = re.compile(
    r"\b(?:pain|ache|numbness|tingling|burning|weakness|para?esthesias?|sciatica|symptoms?|radiculopathy|neuralgia)\b"
)

_DURATIONS = {"symptom_duration": "neuropathy_type", "diabetes_duration": "diabetes_type"}
"""Concepts of how long something has gone on, with what has."""


def lasting_for_all(node: Node, text: str) -> Node:
    """ "Arm pain or numbness for less than 6 months": a time behind complaints is the time of each of them."""
    if not any(leaf.concept in _DURATIONS for leaf in leaves(node)):
        return node

    def change(part: Node, denied: bool) -> Node:
        if denied or not isinstance(part, AnyOf):
            return part
        *others, last = part.parts
        ends = last.parts[-1] if isinstance(last, AllOf) else last
        if not isinstance(ends, Leaf) or ends.concept not in _DURATIONS or ends.bounds is None:
            return part
        if not all(_is_complaint(p, text, _DURATIONS[ends.concept]) for p in others):
            return part
        named = all_of(*last.parts[:-1]) if isinstance(last, AllOf) else Unread(ends.start, ends.end)
        return all_of(any_of(*others, named), ends)

    return rebuilt(node, change)


def _is_complaint(node: Node, text: str, concept: str) -> bool:
    if isinstance(node, Leaf):
        return node.concept == concept and node.bounds is None and node.window_months is None
    return (
        concept == "neuropathy_type"
        and isinstance(node, Unread)
        and _FELT.search(text[node.start : node.end].lower()) is not None
    )


_DESPITE = frozenset({"despite", "in spite of"})


def of_the_whole_list(part: Sequence[Token], *, bars: bool) -> int:
    """Where a "with" stands behind a comma behind a list of alternatives, else 0; of what bars, only a "despite"."""
    depth = 0
    alternatives = bars
    for at, token in enumerate(part[:-1]):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or token.kind != "sep":
            continue
        alternatives = alternatives or token.text == "or"
        following = part[at + 1]
        if (
            alternatives
            and token.text == ","
            and following.kind == "joint"
            and (not bars or following.text in _DESPITE)
        ):
            rest = part[at + 2 :]
            return at + 1 if rest and not any(t.kind == "sep" and t.text == "or" for t in rest) else 0
    return 0


_TREATED = re.compile(
    r"\s?(?:who\s|that\s)?(?:is\s|are\s)?(?:currently\s|actively\s|still\s|also\s|now\s)?(?:undergoing|receiving|"
    r"requiring|needing|taking|(?:being\s)?treated|in need of|under treatment|"
    r"on (?:treatment|therapy|medication|dialysis|oxygen)|"
    r"(?:has |have |had )?(?:failed|refus\w+|declin\w+|unwilling|not willing|not ready) to\b|"
    r"(?:has|have|had|did|does|do) not|can ?not|can't|(?:is |are )?(?:unable|not able) to)\b"
)
_BOTH = re.compile(r"\b(?:have|has|having|had|with|use of|using|taking|receiving|of)\sboth\b")
"""Behind these "and" means that it must be both; "both types of diabetes" are either."""


def treated_at(lower: str, part: Sequence[Token]) -> int:
    """Where "and" stands before a treatment that the illness in front of it has, 0 where it goes on a list."""
    depth = 0
    for at, token in enumerate(part):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or token.kind != "sep":
            continue
        if token.text == "and" and at and _TREATED.match(lower, token.end, part[-1].end):
            return at
        if token.text == "and" and at and _BOTH.search(lower, part[0].start, token.start):
            return at
        if token.text not in ("or", "/", "and/or"):
            return 0
    return 0


def last_of_a_kind(part: Sequence[Token]) -> int:
    """Where the last of a list begins that names a whole kind ("A, B or any C"); 0 where none does."""
    depth = 0
    for at in range(len(part) - 2, 0, -1):
        depth += (part[at].kind == "close") - (part[at].kind == "open")
        if part[at].kind == "sep" and not depth:
            return at + 1 if part[at].text in ("or", "and") and part[at + 1].text in ("any", "another", "all") else 0
    return 0


def without_verdict(lower: str, part: Sequence[Token], means: Callable[[Token], bool]) -> Sequence[Token]:
    """The tokens without "were excluded from the study" behind what is barred anyway."""
    for at in range(len(part) - 1, 0, -1):
        if part[at].kind != "word" or means(part[at]) or part[at].text == "not":
            break  # "are not excluded" permits
        if lower.endswith(("excluded", "ineligible", "not eligible"), part[at].start, part[at].end):
            return part if part[at - 1].text in ("not", "never") else part[:at]
    return part


_LEAST = 3
"""Words of a member that ends in a kind of something: "stroke with mild …"."""


def ends_in_kind(part: Sequence[Token]) -> bool:
    """Whether a member ends in the first of two kinds of what it has: "leukemia in remission with low or high risk"."""
    if len(part) < _LEAST or part[-2].text != "with" or part[-1].kind != "word":
        return False
    return any(t.atom is not None for t in part[:-2]) or any(t.text == "with" for t in part[:-2])
