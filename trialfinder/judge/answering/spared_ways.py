"""Exceptions by the way in which a drug is given: "steroids other than topical ones" bar whoever swallows them."""

from __future__ import annotations

from trialfinder.drugs.drug_names import given_otherwise
from trialfinder.judge.answering.drugs import is_named
from trialfinder.judge.bars.words_around import words_in
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Except, Leaf, Node, rebuilt, span, walk

_CONCEPTS = frozenset({"immunosuppression", "other_medication"})
_OF_WAYS = frozenset(
    {
        "topical", "topically", "inhaled", "inhalation", "nasal", "intranasal", "ophthalmic", "ocular", "eye", "drops",
        "cutaneous", "dermal", "intra-articular", "intraarticular", "local", "locally", "cream", "creams", "spray",
        "sprays", "steroid", "steroids", "corticosteroid", "corticosteroids", "application", "applications", "applied",
        "administered", "preparations", "formulations", "use", "used", "of", "for", "the", "on", "or", "and", "and/or",
        "ones", "skin", "nose", "only",
    }
)  # fmt: skip


def with_spared_ways(node: Node, text: str, facts: Facts) -> Node:
    """The tree without exceptions that spare only ways in which the person is not given a drug that is barred."""
    return rebuilt(node, lambda part, _: _barred(part, text, facts), kind=Except) if facts.drugs else node


def _barred(part: Except, text: str, facts: Facts) -> Node:
    whole, at = part.whole, span(part.spared)
    if not isinstance(whole, Leaf) or whole.concept not in _CONCEPTS or at is None:
        return part
    if any(isinstance(one, Leaf) and one.concept not in _CONCEPTS for one in walk(part.spared)):
        return part
    spared = text[at[0] : at[1]].lower()
    if not _OF_WAYS.issuperset(words_in(spared)):
        return part
    mine = (drug for drug in facts.drugs if is_named(drug, f"{whole.value} {whole.noun}"))
    return whole if any(given_otherwise(drug, spared) for drug in mine) else part
