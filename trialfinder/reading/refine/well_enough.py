"""Words of an illness in a sentence that asks for being well enough: "normal or not significantly abnormal values"."""

from __future__ import annotations

import re

from trialfinder.reading.tree import AnyOf, Leaf, Node, Unread, rebuilt, walk

_NORMAL_OR = re.compile(
    r"\W*normal\b[^.;:]{0,40}?\bor\b[^.;:]{0,30}?\b(?:not|non|in|without)[\s-]*(?:clinically[\s-]+)?"
    r"(?:significant|relevant|important)",
    re.IGNORECASE,
)
_LETS_JOIN = re.compile(
    r"\bgeneral\s+(?:health|medical|physical)?\s*(?:condition|state|status|health)\b"
    r"(?:(?!\b(?:not|never|no|hardly|cannot|unless)\b)[^.;:])*?\b(?:allow|permit|enabl)\w*",
    re.IGNORECASE,
)
_BEFORE, _BEHIND = 160, 200


def well_enough(node: Node, text: str) -> Node:
    """The tree in which what such a sentence names is unread: its things are no illness that is asked for."""
    return _without_unsafe(_without_abnormal(node, text), text)


def _without_abnormal(node: Node, text: str) -> Node:
    def change(part: AnyOf, denied: bool) -> Node:
        start, end = min(p.start for p in _ends(part)), max(p.end for p in _ends(part))
        return Unread(start, end) if not denied and _NORMAL_OR.match(text, start, end) else part

    return rebuilt(node, change, kind=AnyOf)


def _without_unsafe(node: Node, text: str) -> Node:
    def change(leaf: Leaf, denied: bool) -> Node:
        if denied or leaf.concept != "general_health" or leaf.value:
            return leaf
        around = _LETS_JOIN.finditer(text, max(0, leaf.start - _BEFORE), leaf.end + _BEHIND)
        return Unread(leaf.start, leaf.end) if any(f.start() <= leaf.start < f.end() for f in around) else leaf

    return rebuilt(node, change, kind=Leaf)


def _ends(node: Node) -> list[Leaf | Unread]:
    return [part for part in walk(node) if isinstance(part, Leaf | Unread)]
