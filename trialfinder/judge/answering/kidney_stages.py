"""Stages of chronic kidney disease as the filtration that defines them, for a person who told theirs."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import AnyOf, Bounds, Leaf, Node, plain_leaf
from trialfinder.reading.refine.changed import changed

_LOWEST = {"3": 30, "3a": 45, "3b": 30, "4": 15, "5": 0}
_BELOW = {"3": 60, "3a": 60, "3b": 45, "4": 30, "5": 15}
"""KDIGO 2012: millilitres a minute from which, and below which, each stage lies. The first two need other signs."""
_ONE = r"(?:[345][ab]?|iii[ab]?|iv|v)"
_THEN = r"\s?(?:-|–|to|,?\s?or|,?\s?and|,|/)\s?(?:stage\s)?"
_STAGE = re.compile(
    rf"(?:stages?|grades?)\s(?P<all>{_ONE}(?:{_THEN}{_ONE}){{0,2}})(?![\w-])"
    r"(?P<more>\s?(?:\+|(?:or|and)\s(?:higher|greater|above|worse|more|over)))?",
    re.IGNORECASE,
)
_CHRONIC = ("chronic", "ckd")
_BESIDE = 24
_EGFR = "measurements.egfr"


def with_kidney_stages(node: Node, text: str, facts: Facts) -> Node:
    """ "CKD stage 4 or 5": a filtration below 30, or dialysis. The same tree where neither is told."""
    known = facts.span(_EGFR) is not None or facts.flag("health.dialysis") is Answer.YES
    if not known or facts.flag("health.kidney_disease") is Answer.NO:
        return node
    return changed(node, Leaf, lambda leaf: _staged(leaf, text, facts))


def _staged(leaf: Leaf, text: str, facts: Facts) -> Node:
    if leaf.concept != "renal" or leaf.bounds is not None or not leaf.noun.lower().startswith(_CHRONIC):
        return leaf
    before = text[max(0, leaf.start - _BESIDE) : leaf.start].rstrip()
    said = next((m for m in _STAGE.finditer(before) if m.end() == len(before)), None)
    said = said or _STAGE.match(text, leaf.end + len(text[leaf.end :]) - len(text[leaf.end :].lstrip(" (,:)")))
    more = any(not (_STAGE.match(w) or _STAGE.match(f"stage {w}") or w in _OF_A_STAGE) for w in leaf.narrowing)
    if said is None or more or leaf.severity or leaf.window_months is not None:
        return leaf
    stages = sorted(map(_stage, re.findall(_ONE, said["all"].lower())))
    last = 0 if said["more"] else _LOWEST[stages[-1]]
    bounds = Bounds(last or None, last > 0, _BELOW[stages[0]], False, "mL/min/1.73m²")
    filtration = replace(leaf, value="egfr", noun="egfr", narrowing=(), bounds=bounds)
    dialysis = plain_leaf("renal", "dialysis", leaf.start, leaf.end)
    of_the_last = not last and facts.flag("health.dialysis") is Answer.YES
    return AnyOf((filtration, dialysis)) if of_the_last else filtration


_OF_A_STAGE = frozenset({"stage", "stages", "grade", "higher", "greater", "worse", "above"})


def _stage(words: str) -> str:
    return words.replace("iii", "3").replace("iv", "4").replace("v", "5")
