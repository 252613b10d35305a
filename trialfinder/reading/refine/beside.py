"""What belongs to the thing beside it in a list: a grade, and whoever may consent in a person's place."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.numbers import quantities
from trialfinder.reading.nodes.joining import narrowed
from trialfinder.reading.nodes.tree import AnyOf, Leaf, Node, Unread, When, all_of, leaves, rebuilt, walk
from trialfinder.reading.refine.around import SUFFERED
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.times.time_windows import windows
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions

_GRADES = (
    "new york heart association",
    "nyha",
    "class i*",
    "class 2",
    "class 3",
    "class 4",
    "child pugh",
    "child-pugh",
    "fontaine",
    "rutherford",
    "stage i*",
)


def with_grades(node: Node, _text: str) -> Node:
    """ "Heart disease (NYHA III, IV)": a grade in a list is a grade of the thing before it, and no thing of its own."""

    def change(part: AnyOf) -> Node:
        grades = [p for p in part.parts if isinstance(p, Leaf) and p.bounds is None and _only_a_grade(p.noun)]
        things = [p for p in part.parts if p not in grades]
        if not grades or not things:
            return part
        words = tuple(p.noun for p in grades)
        concepts = {p.concept for p in grades}
        made = [narrowed(p, words) if isinstance(p, Leaf) and p.concept in concepts else p for p in things]
        return made[0] if len(made) == 1 else AnyOf(tuple(made))

    return changed(node, AnyOf, change)


@lru_cache(maxsize=8192)
def _only_a_grade(noun: str) -> bool:
    return mentions(noun, _GRADES) and not mentions(noun, ("failure", "disease", "insufficiency", "ischemia"))


_OTHERS = (
    "representative", "representatives", "guardian", "guardians", "surrogate", "proxy", "next of kin", "relative",
    "relatives", "family", "parent", "parents", "tutor", "caregiver", "caregivers", "carer",
)  # fmt: skip


def with_consenters(node: Node, text: str) -> Node:
    """ "Consent by the patient or a representative": somebody else's consent is enough."""
    if not any(leaf.concept == "consent" for leaf in leaves(node)):
        return node
    unread = (part for part in walk(node) if isinstance(part, Unread))
    said = next((part for part in unread if mentions(text[part.start : part.end], _OTHERS)), None)
    if said is None:
        return node
    whens = (part for part in walk(node) if isinstance(part, When) and part.part is said)
    of_whom = next((part.condition for part in whens), None)
    beside = all_of(of_whom, said) if of_whom is not None else said

    def change(part: Node, denied: bool) -> Node:
        if not isinstance(part, Leaf) or part.concept != "consent":
            return part
        return part if denied else AnyOf((part, beside))

    return rebuilt(node, change)


_EITHER_WAY = re.compile(r"\b(?:active|current|ongoing)(?:/| or | and/or )\w+\b", re.IGNORECASE)
_BEFORE = 40


def with_courses(node: Node, text: str) -> Node:
    """ "Active or uncontrolled infection": what is there now is enough."""

    def change(leaf: Leaf) -> Node:
        if leaf.concept != "active_infection" or "active" not in leaf.severity or len(leaf.severity) == 1:
            return leaf
        either = _EITHER_WAY.search(text, max(0, leaf.start - _BEFORE), leaf.end)
        return replace(leaf, severity=("active",)) if either else leaf

    return changed(node, Leaf, change)


_ACTIVE = re.compile(r"(?:that|which) (?:is|are) (?:currently )?active", re.IGNORECASE)
_STATE = re.compile(
    rf"\s{_ACTIVE.pattern}(?P<recent>,? or (?:was |were )?recent)?(?:\s*\((?P<said>[^()\n]{{0,60}})\))?"
    r"(?=\s*(?:[.;,)\n]|\Z))",
    re.IGNORECASE,
)


def with_states(node: Node, text: str) -> Node:
    """ "Cancer that is active or recent (within the last 2 years)" is active or recent cancer, in these years."""

    def change(leaf: Leaf) -> Node:
        if (
            len(leaf.narrowing) != 1
            or not _ACTIVE.fullmatch(leaf.narrowing[0])
            or type_of(leaf.concept) not in SUFFERED
        ):
            return leaf
        said = _STATE.match(text, leaf.end)
        if said is None or leaf.severity or leaf.window_months:
            return leaf
        lower = (said["said"] or "").lower()
        found = windows(lower, quantities(lower), ())
        if (said["recent"] or lower) and (len(found) != 1 or found[0].direction != "within"):
            return leaf
        active = replace(leaf, narrowing=(), severity=("active",), sense="current", end=said.end())
        return replace(active, window_months=found[0].months, direction="within") if found else active

    return changed(node, Leaf, change)
