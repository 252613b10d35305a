"""What the other things that a criterion names tell of one of them: examples, what is hindered, what is spared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.any_disease import only_spared
from trialfinder.judge.asking import NO, UNKNOWN, YES, Told
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS, type_of

_FOR_EXAMPLE = re.compile(
    r"\s*[(,:;]?\s*(?:e\.?\s?g\b\.?|such as\b|for example\b|for instance\b|including\b)[^.;\n()]*(?:\.g\.[^.;\n()]*)?",
    re.IGNORECASE,
)
_HINDERS = re.compile(
    r"\b(?:compromis|impair|prevent|interfer|limit|affect|hinder|hamper|preclud|impact|disturb|restrict|reduc)\w*"
)
_AT_ONCE = 60


def told_by_others(found: Sequence[Place], hits: Mapping[Leaf, Told], text: str) -> dict[Leaf, Told]:
    """The things of a criterion that are answered by what is known of another one.

    Args:
        found: all things that the criterion names.
        hits: what is known of each.
        text: the registry's own.
    """
    return {**_examples(found, hits, text), **_hindering(found, hits, text)}


def _examples(found: Sequence[Place], hits: Mapping[Leaf, Told], text: str) -> dict[Leaf, Told]:
    """Examples of what a person does not have at all, which they do not have either: "heart disease (e.g., stent)"."""
    lacking = {}
    heads = [p.leaf for p in found if not p.wanted and hits[p.leaf].answer is NO and p.leaf.bounds is None]
    for place in found:
        for head in heads:
            same = place.leaf.concept == head.concept != "active_infection" and hits[place.leaf].answer is UNKNOWN
            if same and not place.wanted and _FOR_EXAMPLE.fullmatch(text, head.end, max(head.end, place.leaf.start)):
                lacking[place.leaf] = hits[head]
    return lacking


def _hindering(found: Sequence[Place], hits: Mapping[Leaf, Told], text: str) -> dict[Leaf, Told]:
    """An illness, whichever it is, that hinders consent: who cannot consent is barred whatever it is."""
    cannot = [p.leaf for p in found if p.wanted and p.leaf.concept == "consent" and hits[p.leaf].answer is NO]
    whatever = [p.leaf for p in found if not p.wanted and p.leaf.concept == "general_health"]
    return {
        leaf: Told(YES, hits[hindered].fact)
        for leaf in whatever
        for hindered in cannot
        if leaf.end <= hindered.start <= leaf.end + _AT_ONCE and _HINDERS.search(text, leaf.start, hindered.start)
    }


def one_of_many_spared(place: Place, criterion: Criterion, text: str) -> bool:
    """ "Any infection other than HIV": who has what is spared may have another one beside it."""
    if place.role != "spared":
        return False
    whole = {leaf.concept for leaf in place.spared_from}
    if place.leaf.concept in SINGLE_INFECTIONS and whole == {"active_infection"}:
        return True
    illness = type_of(place.leaf.concept) in ("illness", "event") or place.leaf.concept == "named_illness"
    return illness and only_spared(place.leaf, place.spared_from, criterion.start, text)
