"""Words that only head what stands behind them: the tree holds them as if both had to be true of a person.

"Infections of the blood: HIV, hepatitis" bars who has HIV; "opioid painkillers" who takes an opioid.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from trialfinder.reading.nodes.tree import AllOf, Leaf, Node, rebuilt
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions

_COLON = re.compile(r"[^.;,\n]{0,60}:\s*")
_KINDS = ("disease", "infection", "infections", "disorders", "values", "findings", "pathologies", "*pathies")
"""How a head ends that names a kind of things and no condition for them."""
_ALL_SUCH = ("painkiller", "painkillers", "analgesic", "analgesics", "drug", "drugs")
"""What an opioid is anyhow."""


def without_heads(node: Node, text: str) -> Node:
    """The tree of what bars without the heads of its lists."""
    return rebuilt(node, lambda part, denied: _without(part, text) if denied else part, kind=AllOf)


def _without(node: AllOf, text: str) -> Node:
    head, *others = node.parts
    if len(others) != 1 or not isinstance(head, Leaf) or not isinstance(others[0], Leaf):
        return node
    leaf, between = others[0], text[head.end : others[0].start]
    if head.concept == "opioid_use" and not between.strip(" -") and leaf.noun in _ALL_SUCH:
        return head
    if not _COLON.fullmatch(between) or head.bounds is not None or not _is_kind(head):
        return node
    if head.concept == leaf.concept and leaf.bounds is None and not leaf.noun:
        return node
    before = text[max(0, head.start - len(between)) : leaf.start].lower()
    return replace(leaf, narrowing=tuple(words for words in leaf.narrowing if words not in before))


def _is_kind(head: Leaf) -> bool:
    kind = head.concept == "general_health" or type_of(head.concept) in ("illness", "measure")
    return kind and mentions(head.noun.split()[-1] if head.noun else "", _KINDS)
