"""Words that only head or end a list, which the tree holds as if they were asked by themselves.

"Infections of the blood: HIV, hepatitis" bars who has HIV; "opioid painkillers" who takes an opioid; "HbA1c 6 to 9 %,
both ends included" asks for the HbA1c.
"""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.aside import aside_words
from trialfinder.judge.bars.words_around import words_in
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Unread, rebuilt
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions

_COLON = re.compile(r"[^.;,\n]{0,60}:\s*")
_OF_GERMS = re.compile(r"\s*(?:(?:with|by|due to) [^:.;,\n]{0,40})?:\s*")
"""Between infections and the list of their germs; not "of the lung:"."""
_KINDS = ("disease", "infection", "infections", "disorders", "values", "findings", "pathologies", "*pathies")
"""How a head ends that names a kind of things and no condition for them."""
_DEFINED = re.compile(
    r"\s*(?:\(\s*)?(?:(?:as\s)?(?:defined|evidenced|indicated|shown|demonstrated|manifested) (?:as|by)"
    r"(?:\s(?:a|an|the))?|i\.\s?e\.,?|:|\()\s*(?:(?:serum|plasma|blood|an?|the)\s)?",
    re.IGNORECASE,
)
"""Between a state and the value by which it is told."""
_STATES = ("function", "dysfunction", "impairment", "insufficiency", "failure", "disease", "abnormality", "values")
_OF_A_VALUE = frozenset({"abnormal", "impaired", "poor", "reduced", "inadequate", "significant", "severe", "serious"})
"""Words of severity that a value tells; how fast it came about, none does."""
_ALL_SUCH = ("painkiller", "painkillers", "analgesic", "analgesics", "drug", "drugs")
"""What an opioid is anyhow."""


def without_heads(node: Node, text: str) -> Node:
    """The tree of what bars without the heads of its lists."""
    return rebuilt(node, lambda part, denied: _without(part, text) if denied else part, kind=AllOf)


def without_idle(node: Node, text: str) -> Node:
    """The tree without unread words that say nothing by themselves, where they can only keep a criterion open."""
    return rebuilt(node, lambda part, denied: _spoken(part, text, denied))


def _spoken(node: Node, text: str, denied: bool) -> Node:
    if not isinstance(node, AnyOf if denied else AllOf):
        return node
    kept = tuple(
        part for part in node.parts if not (isinstance(part, Unread) and _is_idle(text[part.start : part.end]))
    )
    if not kept or len(kept) == len(node.parts):
        return node
    return kept[0] if len(kept) == 1 else replace(node, parts=kept)


def _is_idle(words: str) -> bool:
    return aside_words().idle.issuperset(words_in(words))


def _without(node: AllOf, text: str) -> Node:
    head, *others = node.parts
    if len(others) != 1 or not isinstance(head, Leaf) or not isinstance(others[0], Leaf):
        return node
    leaf, between = others[0], text[head.end : others[0].start]
    if head.concept == "opioid_use" and not between.strip(" -") and leaf.noun in _ALL_SUCH:
        return head
    if _is_defined(head, leaf, between):
        return leaf
    of_germs = head.concept == "active_infection" and _OF_GERMS.fullmatch(between) is not None
    if not (of_germs or (_COLON.fullmatch(between) and _is_kind(head))) or head.bounds is not None:
        return node
    if head.concept == leaf.concept and leaf.bounds is None and not leaf.noun:
        return node
    before = text[max(0, head.start - len(between)) : leaf.start].lower()
    return replace(leaf, narrowing=tuple(words for words in leaf.narrowing if words not in before))


def _is_defined(head: Leaf, leaf: Leaf, between: str) -> bool:
    """Whether a value behind a state tells when somebody is in it: "abnormal renal function: creatinine > 2 mg/dL"."""
    same = head.concept == leaf.concept and head.bounds is None and leaf.bounds is not None
    plain = _OF_A_VALUE.issuperset(head.severity) and head.window_months is None and head.sense in ("", "current")
    return same and plain and _DEFINED.fullmatch(between) is not None and mentions(head.noun, _STATES)


def _is_kind(head: Leaf) -> bool:
    kind = head.concept == "general_health" or type_of(head.concept) in ("illness", "measure")
    return kind and mentions(head.noun.split()[-1] if head.noun else "", _KINDS)
