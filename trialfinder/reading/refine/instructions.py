"""What has to be done with a drug: "heparin has to be skipped before the visit" bars nobody and asks it of nobody."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import Leaf, Node, Unread
from trialfinder.reading.refine.around import SaidAround
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.vocabulary.patterns import type_of

_DONE = (
    r"(?:skipped|held(?!\s(?:stable|constant|steady))|withheld|paused|interrupted|suspended|omitted|switched|swiched|changed|converted|replaced|"
    r"substituted|bridged|adjusted|reduced|re-?started|resumed|re-?introduced|re-?initiated)"
)
_MUST = (
    r"(?:has|have|needs?|ought|is|are|must|should|shall|will)\s"
    r"(?:(?:to|be|need|then|temporarily|always|also|only)\s)+"
)
_OF_IT = (
    r"[\s,)]*(?:(?:\([^()]{1,40}\)|therapy|therapies|treatments?|medications?|drugs?|agents?|use|intake|doses?|dosing|"
    r"administration)[\s,]+){0,3}"
)
_TO_BE_DONE = re.compile(rf"{_OF_IT}{_MUST}{_DONE}\b", re.IGNORECASE)
_DONE_TO = re.compile(
    rf"\b{_MUST}{_DONE}\s(?:to|by|with|for|from)\s"
    r"(?:(?:an?|the|therapeutic|prophylactic|oral|\w+ weight)\s){0,3}\W*\Z",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    rf"{_OF_IT}(?:will|is going|are going)\s(?:(?:to|be|then|temporarily|always|also|only|all|routinely)\s)+"
    r"(?:stopped|discontinued|ceased|withdrawn)\b(?!\s+(?:by|at|for|if|unless|because|due)\b)",
    re.IGNORECASE,
)
"""Behind a drug: what the study does with it, not what bars: "aspirin will be stopped before the biopsy"."""
_AND_PLANNED = re.compile(
    rf"(?:\s?,\s?(?:[\w-]+\s){{0,2}}[\w-]+){{0,4}}?,?\s(?:and|or|and/or)\s(?:[\w-]+\s){{0,2}}?[\w-]+{_PLANNED.pattern}",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[\W\d]*(?:(?:following|during|before|in|according to|as|prior to|per|for|at|on|after)\b"
    r"(?![^,]*\b(?:patients?|subjects?)\b)[^,;.()]*,\s*)?[\W\d]*(?:(?:all|any|the|oral|other)\s)*"
    r"(?:(?!(?:on|with|taking|using|who|patients?|subjects?|people|participants?)\b)[\w-]{1,30}"
    r"(?:\s(?!(?:on|with|taking|using|who|and|or)\b)[\w-]{1,30})?(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s)){0,5}",
    re.IGNORECASE,
)
"""A sentence up to the first member of a list that something is planned for."""
_GIVEN = frozenset({"drug", "therapy"})
MAY_INSTRUCT = Screen(
    "skipped|held|withheld|paused|interrupted|suspended|omitted|switched|swiched|changed|converted|replaced|substituted|"
    "bridged|adjusted|reduced|restarted|started|resumed|reintroduced|introduced|reinitiated|initiated|"
    "stopped|discontinued|ceased|withdrawn"
)
"""What ``with_instructions`` needs."""


def with_instructions(node: Node, text: str) -> Node:
    """The tree in which a drug that something has to be done with neither bars nor is asked for: it is open.

    That a drug has to be stopped is read elsewhere: it asks that the drug is not taken then. That it will be stopped is
    only what the study does.
    """

    def change(leaf: Leaf) -> Node:
        if type_of(leaf.concept) not in _GIVEN or leaf.bounds is not None:
            return leaf
        around = SaidAround(leaf, text, ())
        ends = (leaf.end, leaf.start + len(leaf.noun))  # a time behind the instruction belongs to the leaf
        told = any(_TO_BE_DONE.match(text, end, around.end) or _planned(around, end) for end in ends)
        return Unread(leaf.start, leaf.end) if told or around.before(_DONE_TO) else leaf

    return changed(node, Leaf, change)


def _planned(around: SaidAround, end: int) -> bool:
    """Whether the study itself stops the drug: "A and B will be stopped", not "on A, and B will be stopped"."""
    if _PLANNED.match(around.text, end, around.end):
        return True
    if _AND_PLANNED.match(around.text, end, around.end) is None:
        return False
    return _OPENS.fullmatch(around.text, around.start, around.leaf.start) is not None
