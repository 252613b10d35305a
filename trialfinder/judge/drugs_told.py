"""Drugs in a criterion as it is asked of one person: unread words that name theirs, how many, and whether now."""

from __future__ import annotations

import re

from msgspec.structs import replace

from trialfinder.base.drug_names import classes_named, classes_of
from trialfinder.judge.drugs import MEDICATIONS, only_names
from trialfinder.person.facts import Facts
from trialfinder.reading.nouns import stems
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.tree import Leaf, Node, Unread, plain_leaf

_TAKING = frozenset(
    stems("treatment therapy medication drug use taking takes take receiving receive received on ongoing treated")
) | {"daily", "regular", "chronic"}
_SHORT = 60
_TAKEN = frozenset({"other_medication", "immunosuppression", "anticoagulant", "opioid_use", "stable_medication"})


def with_drugs(node: Node, text: str, facts: Facts) -> Node:
    """The tree with what the drugs that a person told can answer in it; the same where they told nothing of drugs."""
    if facts.names(MEDICATIONS) is None:
        return node
    node = changed(node, Unread, lambda part: _named(part, text, facts))
    return changed(node, Leaf, lambda part: _so_many(part, text, facts))


def _named(part: Unread, text: str, facts: Facts) -> Node:
    """Unread words that only name a drug which the person takes, or its class, are a thing of their own."""
    if part.end - part.start > _SHORT:
        return part
    words = text[part.start : part.end].lower()
    if not any(only_names(drug, words, _TAKING) for drug in facts.drugs):
        return part
    return plain_leaf("other_medication", " ".join(words.split()), part.start, part.end)


_IN_FRONT = 60
_IN_NUMBER = "in number"
_MORE_THAN = re.compile(r"\bmore than (one|two|three|four|\d) (?:\w+ )?\Z", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def _so_many(leaf: Leaf, text: str, facts: Facts) -> Leaf:
    """ "More than two antipsychotics": so many of the person's drugs are of the class."""
    if _IN_NUMBER not in leaf.narrowing or leaf.concept not in _TAKEN:
        return leaf
    said = _MORE_THAN.search(text, max(0, leaf.start - _IN_FRONT), leaf.start)
    named = classes_named(leaf.noun)
    if said is None or not named:
        return leaf
    most = _NUMBERS.get(said[1].lower()) or int(said[1])
    mine = sum(1 for drug in facts.drugs if classes_of(drug) & named)
    return replace(leaf, narrowing=tuple(n for n in leaf.narrowing if n != _IN_NUMBER)) if mine > most else leaf
