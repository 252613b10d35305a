"""Words that leave no form of a thing out, so that they make it no less: "inborn or acquired", "treated or untreated".

Also parts of a list that together are all that one fact asks for: "abuse of alcohol or of drugs".
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.asking import Told
from trialfinder.judge.bars.words_around import words_in
from trialfinder.judge.leaf_tests import LeafTest, common, leaf_tests
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import AnyOf, Leaf, Node, Unread, rebuilt, walk
from trialfinder.reading.wording.nouns import mentions

_NEAR = 50
_JOINED = r"[\s,]*(?:or|and/or|and|/|as well as)\s*(?:(?:other|any|a|an|of|the|by|due to|whether)\s)*"
_BREAK = re.compile(r"[.;:\n]")
_BESIDE = frozenset({"due", "to", "by", "of", "a", "an", "the", "or", "and", "caused", "from", "secondary", "whether"})


def without_every_kind(node: Node, text: str) -> Node:
    """The tree without narrowing words that name all forms of a thing."""
    return rebuilt(node, lambda part, _denied: _widened(part, text), kind=Leaf)


def _widened(leaf: Leaf, text: str) -> Leaf:
    if not (leaf.narrowing or leaf.severity):
        return leaf
    said = _kinds_beside(leaf, text)
    if not said:
        return leaf
    narrowing = tuple(words for words in leaf.narrowing if not said.issuperset(words_in(words)))
    severity = tuple(words for words in leaf.severity if not said.issuperset(words_in(words)))
    if (narrowing, severity) == (leaf.narrowing, leaf.severity):
        return leaf
    return replace(leaf, narrowing=narrowing, severity=severity)


def _kinds_beside(leaf: Leaf, text: str) -> frozenset[str]:
    """The words of pairs that stand right before a thing or behind it and leave nothing out; none where none does."""
    start = max(0, leaf.start - _NEAR)
    near = text[start : leaf.end + _NEAR].lower()
    first, last = leaf.start - start, leaf.end - start
    for pattern in _pairs():
        for found in pattern.finditer(near):
            between = near[found.end() : first] if found.end() <= first else near[last : found.start()]
            if _BREAK.search(between) is None and len(set(words_in(between)) - _BESIDE) <= 1:
                return _BESIDE.union(words_in(found.group()))
    return frozenset()


@functools.cache
def _pairs() -> tuple[re.Pattern[str], ...]:
    found = []
    for pair in common().every_kind:
        one, other = ("|".join(map(re.escape, words)) for words in pair)
        either = rf"\b(?:(?:{one}){_JOINED}(?:{other})|(?:{other}){_JOINED}(?:{one}))\b"
        found.append(re.compile(either))
    return tuple(found)


def all_of_a_fact(node: Node, text: str, facts: Facts) -> dict[Leaf, Told]:
    """The members of a list that together leave nothing out of what a person told that they have."""
    found: dict[Leaf, Told] = {}
    for part in walk(node):
        if not isinstance(part, AnyOf):
            continue
        for concept in {leaf.concept for leaf in part.parts if isinstance(leaf, Leaf)}:
            test = leaf_tests().get(concept)
            if test is None or not test.together or facts.flag(test.fact) is not Answer.YES:
                continue
            mine = [
                leaf for leaf in part.parts if isinstance(leaf, Leaf) and leaf.concept == concept and _plain(leaf, test)
            ]
            said = _said(mine, part, text)
            if mine and all(mentions(said, words) for words in test.together) and not mentions(said, test.apart):
                found.update((leaf, Told(Answer.YES, facts.origin(test.fact))) for leaf in mine)
    return found


def _plain(leaf: Leaf, test: LeafTest) -> bool:
    """Whether nothing is said of a member but of which kind it is: "active viral infection" beside fungal ones."""
    if leaf.bounds or leaf.window_months or leaf.sense == "planned":
        return False
    if leaf.concept != "active_infection":
        return not (leaf.narrowing or leaf.severity)
    kinds = {word for group in test.together for word in group}.union(_THERE, ("parasitic", "protozoal"))
    beside = {word for words in (*leaf.narrowing, *leaf.severity, leaf.noun) for word in words.lower().split()}
    return beside - kinds <= {"infection", "infections", "infectious", "disease", "diseases", "any"}


_THERE = ("active", "current", "ongoing", "existing", "acute", "known")


def _said(mine: Sequence[Leaf], whole: AnyOf, text: str) -> str:
    """The words of the members, and of what was not read among them."""
    if not mine:
        return ""
    others = (text[part.start : part.end].lower() for part in whole.parts if isinstance(part, Unread))
    bare = [words for words in others if _ONLY_SUCH.issuperset(words_in(words))]
    own = (words for leaf in mine for words in (text[leaf.start : leaf.end].lower(), *leaf.narrowing))
    return " ".join([*own, *bare])


_ONLY_SUCH = frozenset({
    "other", "any", "all", "of", "or", "and", "the", "illicit", "illegal", "recreational", "drug", "drugs", "substance",
    "substances", "narcotic", "narcotics", "medication", "medications", "prescription", "alcohol", "deformity",
    "deformities", "instability", "spine", "spinal",
    "kidney", "liver", "heart", "lung", "pancreas", "medicinal", "products",
})  # fmt: skip
"""Words of a member that stands without the word of what is done with it: "abuse of alcohol, other substances"."""
