"""Exceptions that spare an illness under control: "diabetes, unless well controlled" bars who has it uncontrolled."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Except, Leaf, Node, Not, Unread
from trialfinder.reading.refine.changed import changed

_CONTROLLED = re.compile(
    r"\W*(?:unless|except(?: if| when| for)?|if|when|it is|is|are|they are|the disease is)?\W*"
    r"(?:(?:well|medically|adequately|sufficiently|properly|good|under|stable|and|stably|pharmacologically|with|by|on|"
    r"medication|medications|drugs|diet|treatment|therapy|stable)\W+)*control(?:led)?"
    r"(?:\W+(?:with|by|on|under|medication|medications|drugs|diet|treatment|therapy|or|and|medically|stable))*\W*"
)
_UNCONTROLLED = {"diabetes_type": ("uncontrolled_diabetes", ()), "hypertension": ("hypertension", ("uncontrolled",))}
"""What an illness is called when it is not under control: the concept, and words of severity."""


def with_control(node: Node, text: str) -> Node:
    """The tree in which "unless controlled" says that an illness is not uncontrolled, where a profile tells that."""

    def change(part: Except) -> Node:
        whole, spared = part.whole, part.spared
        if not isinstance(whole, Leaf) or not isinstance(spared, Unread) or whole.concept not in _UNCONTROLLED:
            return part
        if not _CONTROLLED.fullmatch(text[spared.start : spared.end].lower()):
            return part
        concept, severity = _UNCONTROLLED[whole.concept]
        noun = "uncontrolled diabetes" if concept == "uncontrolled_diabetes" else whole.noun
        uncontrolled = replace(whole, concept=concept, value="", noun=noun, severity=severity, narrowing=())
        return Except(whole, Not(replace(uncontrolled, start=spared.start, end=spared.end)))

    return changed(node, Except, change)
