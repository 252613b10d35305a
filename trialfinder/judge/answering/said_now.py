"""A treatment that somebody "is on" is one of now, also behind words of the past: "earlier cancer (or is on pills)"."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Leaf, Node, rebuilt

_FRONT = 40
_IS_ON = re.compile(
    r"\b(?:is|are|currently|presently|be|being)\s(?:still\s|currently\s)?(?:on|under|receiving|undergoing|taking|having)\s"
    r"(?:[\w-]+\s)?\Z",
    re.IGNORECASE,
)
_GIVEN = frozenset({"chemotherapy", "immunosuppression", "other_medication", "anticoagulant", "opioid_use"})


def with_now(node: Node, text: str) -> Node:
    """The tree in which what people are on is of now."""
    return rebuilt(node, lambda part, _denied: _of_now(part, text), kind=Leaf)


def _of_now(leaf: Leaf, text: str) -> Leaf:
    if leaf.concept not in _GIVEN or leaf.sense != "history" or leaf.window_months is not None:
        return leaf
    return replace(leaf, sense="current") if _IS_ON.search(text, max(0, leaf.start - _FRONT), leaf.start) else leaf
