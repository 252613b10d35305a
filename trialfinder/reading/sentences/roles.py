"""Which findings ask something of the person, by the part that each plays in its sentence.

The tree of a criterion decides what a mention is: a criterion, what something is for, what comes from it. Readings
follow it here, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding, ItemRead

_NO_READING = frozenset({"purpose", "purpose list", "indication", "permission", "note", "exception"})
"""Roles in which a mention asks nothing of the person, so that no reading stands for it."""
_OF_WHOM = frozenset({"illness", "event", "therapy", "procedure"})
"""Types of what a condition only says of whom something else is asked."""
_GIVEN = frozenset({"drug", "therapy", "procedure"})
"""Types of what is only a need or a result of what is barred: "cancer that needs radiotherapy"."""
_ASKED_ANYWHERE = frozenset({"failed_conventional", "diagnosis_confirmed", "stable_medication", "other_trial"})
"""Of those, what a clause behind a noun asks for: "neuropathy that did not improve under pregabalin"."""
_CLAUSE = frozenset({"relative", "cause", "example"})
_COMES_FROM = frozenset({"cause", "example"})
_ILL = frozenset({"illness", "event"})
_HINDERED = re.compile(
    r"\b(?:un(?:able|willing|likely|suit\w+)|inab\w+|inappropriate|not suit\w+|can ?not|can't|complian\w+|adherence|"
    r"impossib\w+|difficult\w*|unsafe|contraindic\w+|interfer\w+|affects?|stud(?:y|ies)|trials?|participat\w+|exclu\w+|"
    r"ineligib\w+|investigators?|opinion|hospitali\w+|admission|admitted|visits?|deaths?|died)\b"
)
"""Where something keeps a person from taking part, it bars by itself: "cannot come because of depression"."""
_NOT_FROM = re.compile(r"\bnot (?:\w+ )?(?:due|associated|related|caused|attributable|linked|secondary)\b")
"""What an illness does not come from says nothing of its examples: "a disease not due to diabetes (e.g., stroke)"."""
_DENIED = re.compile(r"\b(?:no|not|without|absence of|never)\b[^.;:]{0,200}\Z")


def _asks_nothing(finding: Finding, role: str, lower: str) -> bool:
    """Whether a mention asks nothing: by its role, or as that of whom something else is asked."""
    kind = finding.pattern
    if role in _NO_READING:
        return True
    if role == "condition":
        return kind.type in _OF_WHOM or kind.id in ("age", "sex")
    if finding.bounded is not None or kind.id in _ASKED_ANYWHERE or finding.value.startswith("deformity"):
        return False
    if role == "argument":
        return finding.effect == "exclude" and kind.type in _GIVEN and finding.window is None
    if role not in _CLAUSE:
        return False
    if role in _COMES_FROM and finding.effect == "exclude" and _HINDERED.search(lower, 0, finding.start):
        return False
    if (kind.type not in _GIVEN or role == "example") and _NOT_FROM.search(lower, 0, finding.start):
        return False
    ill = kind.type in _ILL or kind.id == "substance_abuse"
    barred = finding.effect == "exclude" or _DENIED.search(lower, 0, finding.start) is not None
    return kind.type in _GIVEN or (role in _COMES_FROM and ill and barred)


def asked(read: ItemRead, roles: Mapping[int, str]) -> tuple[Finding, ...]:
    """The findings that ask for something; a second limit of a thing does where the first one does.

    "QTc over 450 ms in men and over 470 ms in women": the words in front of the second look like a condition.

    Args:
        read: what was found in a stretch of an item.
        roles: the part that a finding plays in the sentence, by its identity; none for what is a criterion.
    """
    findings, lower = read.findings, read.clean.lower
    if not roles:
        return findings
    nothing = [_asks_nothing(f, roles.get(id(f), ""), lower) for f in findings]
    heads = {f.hit.start for f, none in zip(findings, nothing, strict=True) if f.bounded is not None and not none}
    return tuple(
        f
        for f, none in zip(findings, nothing, strict=True)
        if not none or (f.pattern.type in _OF_WHOM and f.hit.start in heads and roles.get(id(f)) == "condition")
    )
