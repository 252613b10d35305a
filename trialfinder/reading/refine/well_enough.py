"""Words of an illness in a sentence that asks for being well enough: "normal or not significantly abnormal values"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AnyOf, Node, Unread, rebuilt, span

_NORMAL_OR = re.compile(
    r"\W*normal\b[^.;:]{0,40}?\bor\b[^.;:]{0,30}?\b(?:not|non|in|without)[\s-]*(?:clinically[\s-]+)?"
    r"(?:significant|relevant|important)",
    re.IGNORECASE,
)


def well_enough(node: Node, text: str) -> Node:
    """The tree in which what such a sentence names is unread: its things are no illness that is asked for."""

    def change(part: AnyOf, denied: bool) -> Node:
        place = None if denied else span(part)
        return Unread(*place) if place is not None and _NORMAL_OR.match(text, *place) else part

    return rebuilt(node, change, kind=AnyOf)
