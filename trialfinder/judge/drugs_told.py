"""Drugs in a criterion as it is asked of one person: unread words that name theirs, how many, and whether now."""

from __future__ import annotations

import re

from msgspec.structs import replace

from trialfinder.base.drug_names import classes_named, classes_of, drugs_named
from trialfinder.judge.changed import changed
from trialfinder.judge.drugs import MEDICATIONS, only_names
from trialfinder.judge.leaf_tests import common
from trialfinder.judge.nouns import stems
from trialfinder.person.facts import Facts
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
    return changed(node, Leaf, lambda part: _limited(_now(_so_many(part, text, facts), text), text))


def _named(part: Unread, text: str, facts: Facts) -> Node:
    """Unread words that only name a drug which the person takes, or its class, are a thing of their own."""
    if part.end - part.start > _SHORT:
        return part
    words = text[part.start : part.end].lower()
    if not any(only_names(drug, words, common().harmless | _TAKING) for drug in facts.drugs):
        return part
    return plain_leaf("other_medication", " ".join(words.split()), part.start, part.end)


_DRUGS_LISTED = re.compile(
    r"(?:\b(?:us(?:e of|ing)|tak(?:es?|ing)|receiv(?:es?|ing)|treat(?:ed|ment) with)\b)[^()]{0,40}"
    r"\b(?:drugs?|medications?|medicines?|agents?|substances?)\b[^()]{0,80}"
    r"\((?!(?:if|unless|except|other)\b)(?P<list>[^()]{8,260})\)\W*\Z"
)
_TURNED = re.compile(r"\b(?:not|no|unless|except\w*|allowed|permitted|other than|stable|dose)\b")
_SEVERAL = 2


def listed_drugs(text: str, part: Unread) -> Node | None:
    """ "Using drugs that disturb the test (antidepressants, opioids)": the drugs that the brackets name."""
    words = text[part.start : part.end].lower()
    found = _DRUGS_LISTED.search(words)
    if found is None or _TURNED.search(words) or "," not in found["list"]:
        return None
    if len(classes_named(found["list"])) + len(drugs_named(found["list"])) < _SEVERAL:
        return None
    return plain_leaf("other_medication", found["list"], part.start, part.end)


_NOW = re.compile(
    r"\b(?:on|taking|takes?|receiving|receives?|using|treated with|maintained on|managed with)(?: [\w-]+){0,4} \Z",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:will|to|start\w*|begin\w*|initiat\w*|plan\w*|schedul\w*|candidates?|eligib\w*|indicat\w*|deci\w*|prescri\w*|if|when|"
    r"may|can|could|willing|agree\w*|able|previous\w*|prior|had|have|has|been|were|was|or)\b",
    re.IGNORECASE,
)
_EVER = re.compile(r"[^.;\n]{0,60}\b(?:at any time|ever|in the past|previously|lifetime)\b", re.IGNORECASE)
_IN_FRONT = 60


def _now(leaf: Leaf, text: str) -> Leaf:
    """ "On a stable dose of X", "taking X": X is taken now; "X at any time" reaches back."""
    if leaf.concept not in _TAKEN or leaf.sense or leaf.window_months is not None:
        return leaf
    if _EVER.match(text, leaf.end):
        return replace(leaf, sense="history")
    front = re.split(r"[.;:\n]", text[max(0, leaf.start - _IN_FRONT) : leaf.start])[-1]
    return replace(leaf, sense="current") if _NOW.search(front) and not _NOT_NOW.search(front) else leaf


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


_DOSE_BEHIND = re.compile(
    r"[^.;\n]{0,25}?,? ?\b(?:with|at|in) (?:an? |the )?(?:[\w-]+ ){0,3}dos(?:e|age)", re.IGNORECASE
)


def _limited(leaf: Leaf, text: str) -> Leaf:
    """ "X use, with a mean dose above 2 g": only so much of it."""
    if leaf.concept not in _TAKEN or leaf.concept == "stable_medication" or not _DOSE_BEHIND.match(text, leaf.end):
        return leaf
    return replace(leaf, narrowing=(*leaf.narrowing, "dose"))
