"""Operations that lie ahead and that no pattern reads: "undergoing microfracture", "scheduled for fixation"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import Node, Unread, plain_leaf
from trialfinder.reading.refine.changed import changed

_AHEAD = re.compile(
    r"(?:\W|(?:patients?|participants?|subjects?|individuals?|adults?|people|those|who|are|is|will|be)\b)*"
    r"(?:undergo(?:ing)?|(?:scheduled|planned|listed|booked) (?:for|to (?:undergo|have|receive)))\s+"
    r"(?P<what>[^.;:()]{3,90}?)\W*",
    re.IGNORECASE,
)
MAY_OPERATE = Screen(".*(?:undergo(?:ing)?|scheduled|planned|listed|booked)")
"""What ``with_operations`` needs."""
_OPERATION = re.compile(
    r"\b(?:\w+(?:ectomy|plasty|otomy|ostomy|desis)|surgery|surgical repair|operation|(?:hip|knee|joint|valve|dis[ck]"
    r"|shoulder) replacement|fusion|fixation|microfracture|bypass|amputation|resection)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:or|may|if|not|no|without|evaluat\w+|assess\w+|after|following|before|prior)\b", re.IGNORECASE
)


def with_operations(node: Node, text: str) -> Node:
    """The tree in which unread words that name an operation to come, and no more, are a planned operation."""

    def change(part: Unread) -> Node:
        found = _AHEAD.fullmatch(text, part.start, part.end)
        if found is None or not _OPERATION.search(found["what"]) or _NOT_SO.search(found["what"]):
            return part
        noun = " ".join(found["what"].lower().split())
        return plain_leaf("recent_surgery", noun, part.start, part.end, sense="planned")

    return changed(node, Unread, change)
