"""Grades that the words around a neuropathy name: within its own words, and on the scale of side effects beside it."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.grades import GRADE_WORD
from trialfinder.reading.nodes.tree import AllOf, Leaf, Node
from trialfinder.reading.refine.changed import changed

_WITHIN = re.compile(
    r"\b(?P<least>at least |minimum )?(?P<above>(?:>|above|more than|greater than|higher than|worse than) ?)?grades? ?"
    r"(?P<grade>[1-5]|iii|ii|iv|i)\b(?P<more>(?: or| and|/) ?(?:more|higher|greater|above|worse))?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def grade_in(noun: str) -> str:
    """The grades that a neuropathy's own words name, as ``grade`` takes them; '' where they name none."""
    found = _WITHIN.search(noun)
    if found is None:
        return ""
    low = _ROMAN.get(found["grade"]) or int(found["grade"])
    low += found["above"] is not None
    return f"{GRADE_WORD}{low}-{5 if found['least'] or found['above'] or found['more'] else low}"


def with_toxicity(node: Node, _text: str) -> Node:
    """ "Neuropathy, CTCAE grade 2 or higher": the scale grades every side effect, here the one beside it."""

    def change(part: AllOf) -> Node:
        if len(part.parts) != 2:
            return part
        scale = next((p for p in part.parts if _is_scale(p)), None)
        thing = next((p for p in part.parts if isinstance(p, Leaf) and p.concept == "neuropathy_type"), None)
        if not isinstance(scale, Leaf) or thing is None:
            return part
        narrowing = tuple(words for words in thing.narrowing if not _OF_SCALE.fullmatch(words))
        return replace(thing, severity=(*thing.severity, _grades_of(scale)), narrowing=narrowing)

    return changed(node, AllOf, change)


_OF_SCALE = re.compile(
    r"(?:nci|ctc|ctcae|v?\d(?:\.\d)?|version|common|terminology|toxicity|criteria|cancer|institute)\w*"
)


def _is_scale(node: Node) -> bool:
    return isinstance(node, Leaf) and node.value == "nci ctcae" and node.bounds is not None


def _grades_of(scale: Leaf) -> str:
    """The limits of a scale of side effects as grades from 0 to 5."""
    bounds = scale.bounds
    low = 0 if bounds is None or bounds.low is None else int(bounds.low) + (not bounds.low_inclusive)
    high = 5 if bounds is None or bounds.high is None else int(bounds.high) - (not bounds.high_inclusive)
    return f"{GRADE_WORD}{low}-{high}"
