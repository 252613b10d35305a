"""Abilities that a sentence asks for among others: "able to read and write Dutch, and to give consent"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import AllOf, Group, Leaf, Node, Not, Unread, When, all_of, plain_leaf, walk

_LONGEST = 300
_ABLE = r"\b(?:able|ability|capab\w+|can|proficien\w+|fluen\w+|competen\w+|capacity)\b[^.;:()]{0,40}?"
_READS = re.compile(_ABLE + r"\b(?:read|reading)\b")
MAY_NAME_ABILITIES = Screen(r"read(?:ing)?|.*phones?")
"""What ``with_abilities`` needs."""
_CALLED = re.compile(
    r"\b(?:has|have|having|own\w*|access(?: \w+)? (?:to|on|with|by)|possess\w*|user of|use of|availability of)\b"
    r"[^.;:()]{0,45}?"
    r"\b(?P<phone>smart ?-?phones?|i-?phones?|(?:mobile|cell) ?-?(?:tele)?phones?|telephones?|phones?)\b"
)
_OTHERS = (
    r"(?:care\w*|guardian|parents?|proxy|relative|family|representative|partner|witness|tablet|computer|laptop|"
    r"internet|e-?mail|web\w*|ipad|pc|device|other|someone|interpreter)"
)
_OTHERWISE = re.compile(
    r"\b(?:if|unless|except|not|no|lack\w*|without|unable|inability|cannot|can't|refus\w+|"
    rf"or (?:a |an |the |their |his |her )?(?:\w+ )?{_OTHERS}|"
    r"guardians?|parents?|caregivers?|carers?|proxy|relatives?|representatives?|witness|interpreter|read to|aloud)\b"
)
"""Words by which somebody or something else does as well, or only some people are meant."""


def with_abilities(node: Node, text: str) -> Node:
    """The tree of an inclusion criterion with the abilities that its words ask for beside what was read."""
    parts = [part for part in walk(node) if isinstance(part, Leaf | Unread)]
    open_words = any(isinstance(part, Unread) or part.concept == "consent" for part in parts)
    of_some = isinstance(node, Not | Group) or any(isinstance(part, When) for part in walk(node))
    if of_some or not open_words:
        return node
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    start = text.rfind("\n", 0, start) + 1
    end = max(end, text.find("\n", end))
    words = text[start:end].lower()
    if end - start > _LONGEST or _OTHERWISE.search(words):
        return node
    known = {part.concept for part in (node.parts if isinstance(node, AllOf) else (node,)) if isinstance(part, Leaf)}
    asked: list[Node] = []
    if "reading_and_writing" not in known and (found := _READS.search(words)):
        at = start + found.start(), start + found.end()
        asked.append(plain_leaf("reading_and_writing", found.group(), *at))
    if "telephone" not in known and (found := _CALLED.search(words)):
        kind = () if found["phone"].startswith(("tele", "phone")) else (found["phone"],)
        at = start + found.start(), start + found.end()
        asked.append(plain_leaf("telephone", "telephone", *at, narrowing=kind))
    return all_of(*asked, node) if asked else node
