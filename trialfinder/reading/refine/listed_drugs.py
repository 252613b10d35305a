"""Drugs beside what the words around them say: lists in brackets, whether they are taken now, and in what dose."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, drugs_named
from trialfinder.reading.nodes.joining import narrowed
from trialfinder.reading.nodes.tree import Leaf, Node, Not, Unread, plain_leaf
from trialfinder.reading.refine.changed import changed

_DRUGS_LISTED = re.compile(
    r"(?:\b(?:us(?:e of|ing)|tak(?:es?|ing)|receiv(?:es?|ing)|treat(?:ed|ment) with)\b)[^()]{0,40}"
    r"\b(?:drugs?|medications?|medicines?|agents?|substances?)\b[^()]{0,140}"
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


TAKEN = frozenset({"other_medication", "immunosuppression", "anticoagulant", "opioid_use", "stable_medication"})
"""Patterns of what is taken."""


def with_use(node: Node, text: str) -> Node:
    """The tree in which drugs are taken now, or in a dose, where the words around them say so."""
    return changed(node, Leaf, lambda part: _naive(_limited(_now(part, text), text)))


_NAIVE = ("naive", "naïve")


def _naive(leaf: Leaf) -> Node:
    """ "Opioid-naive": who takes it, or ever did, is not meant."""
    if leaf.concept not in TAKEN or not any(words in _NAIVE for words in leaf.narrowing):
        return leaf
    return Not(replace(leaf, sense="history", narrowing=tuple(w for w in leaf.narrowing if w not in _NAIVE)))


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
IN_FRONT = 60
"""Letters in front of a drug that may say how it is taken."""


def _now(leaf: Leaf, text: str) -> Leaf:
    """ "On a stable dose of X", "taking X": X is taken now; "X at any time" reaches back."""
    if leaf.concept not in TAKEN or leaf.sense or leaf.window_months is not None:
        return leaf
    if _EVER.match(text, leaf.end):
        return replace(leaf, sense="history")
    front = re.split(r"[.;:\n]", text[max(0, leaf.start - IN_FRONT) : leaf.start])[-1]
    return replace(leaf, sense="current") if _NOW.search(front) and not _NOT_NOW.search(front) else leaf


_DOSE_BEHIND = re.compile(
    r"[^.;\n]{0,25}?,? ?\b(?:with|at|in) (?:an? |the )?(?:[\w-]+ ){0,3}dos(?:e|age)", re.IGNORECASE
)


def _limited(leaf: Leaf, text: str) -> Leaf:
    """ "X use, with a mean dose above 2 g": only so much of it."""
    if leaf.concept not in TAKEN or leaf.concept == "stable_medication" or not _DOSE_BEHIND.match(text, leaf.end):
        return leaf
    return replace(leaf, narrowing=(*leaf.narrowing, "dose"))


GIVEN = frozenset({"immunosuppression", "other_medication", "opioid_use"})
"""Patterns of what may be injected."""
_ON_THE_SPOT = re.compile(
    r"\W*(?:or|and|and/or|/)\s+(?:other|any|another)?\s*(?:\w+\s+)?(?:infiltrat|inject|block)", re.IGNORECASE
)


_SPOTS = ("infiltrat", "inject", "block")
"""One of these is in all that ``_ON_THE_SPOT`` finds."""


@lru_cache(maxsize=8)
def _lower(text: str) -> str:
    """A text in lower case, once for all of its criteria."""
    return text.lower()


def injected(node: Node, text: str) -> Node:
    """ "Steroid or other infiltration": what is injected on the spot is no tablet."""
    lower = _lower(text)
    if not any(words in lower for words in _SPOTS):
        return node

    def change(part: Leaf) -> Node:
        if part.concept not in GIVEN or not part.noun:
            return part
        at = lower.find(part.noun, part.start)
        local = at >= 0 and _ON_THE_SPOT.match(text, at + len(part.noun))
        return narrowed(part, ("injection",)) if local else part

    return changed(node, Leaf, change)
