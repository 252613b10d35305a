"""Classes of a liver disease by Child-Pugh as the points that define them, for a person who told theirs."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.nerve_grades import letters
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Bounds, Leaf, Node
from trialfinder.reading.refine.changed import changed

_POINTS = {"a": (5, 6), "b": (7, 9), "c": (10, 15)}
"""Pugh 1973: the points of each class."""
_NAME = r"child(?:[\s–-]*(?:turcotte)?[\s–-]*pugh)?"
_ONE = r"(?-i:[ABC])(?![\w'])"
_SOME = rf"{_ONE}(?:\s*(?:,|/|-|–|or|and|to)\s*{_ONE})*"
_CLASSES = re.compile(
    rf"(?:\b{_NAME}['s]*\s*(?:class(?:ification)?|grade|stage|score|category)?\s*[:=(]?\s*(?P<behind>{_SOME})"
    rf"|\b(?:class|grade|stage)\s(?P<front>{_SOME})\s(?:for|of|by|according to|on|in)\s(?:the\s)?{_NAME}\b)"
    r"(?P<more>\s(?:or|and)\s(?:worse|higher|above|greater))?",
    re.IGNORECASE,
)
_NEAR = 40


def with_liver_classes(node: Node, text: str, facts: Facts) -> Node:
    """ "Cirrhosis of Child-Pugh class B or C": at least 7 points. The same tree for whoever told no points."""
    told = facts.get("neuropathy.scores")
    name = next((name for name in told if letters(name).startswith("child")), "") if isinstance(told, dict) else ""
    return changed(node, Leaf, lambda leaf: _classed(leaf, text, name)) if name else node


def _classed(leaf: Leaf, text: str, name: str) -> Leaf:
    if leaf.concept != "hepatic" or leaf.bounds is not None or leaf.window_months is not None:
        return leaf
    near = text[max(0, leaf.start - _NEAR) : leaf.end + _NEAR]
    at = min(_NEAR, leaf.start)
    said = next((m for m in _CLASSES.finditer(near) if not re.search(r"[.;,\n]", _between(near, m, at, leaf))), None)
    if said is None:
        return leaf
    classes = sorted(re.findall(r"\b[abc]\b", (said["behind"] or said["front"]).lower()))
    low, high = _POINTS[classes[0]][0], _POINTS["c" if said["more"] else classes[-1]][1]
    noun = f"{leaf.noun} {said.group().lower()}"
    bounds = Bounds(low, True, high, True, "points")
    return replace(leaf, concept="severity_score", value=name, noun=noun, narrowing=(), severity=(), bounds=bounds)


def _between(near: str, said: re.Match[str], at: int, leaf: Leaf) -> str:
    end = at + leaf.end - leaf.start
    return near[end : said.start()] if said.start() >= end else near[said.end() : at]
