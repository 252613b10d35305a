"""What only says what a time counts back from: "a stroke within 30 days before surgery"."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.times.time_windows import Window
from trialfinder.reading.wording import clauses

DONE = frozenset({"drug", "therapy", "procedure"})
"""What is done or given: a test named between it and a window does not take the window."""
_ANCHORED = re.compile(
    r"\s(?:before|prior to|preceding)\s(?:(?:the|an?|any|planned|scheduled|first|initial|next|cycle|dose|day|start|"
    r"beginning|initiation|of|their|elective|index|study|administration|date)\s){0,7}"
    r"(?:(?!(?:or|and|with|without|to|who|if)\b)[\w-]+\s){0,2}"
)
_STARTED = re.compile(
    r"\s(?:of|from|before|prior to|after|following)\s(?:the\s|planned\s|first\s|study\s)*"
    r"(?:initiating|initiation of|starting|start of|beginning|receiving|the first dose of)\s(?:\w+\s){0,3}"
)
_BEGUN = re.compile(
    r"\b(?:randomi[sz]\w+|enrol\w*|registration|inclusion|(?:study\s)?(?:treatment|therapy|infusion|dosing|drug|entry))\s"
    r"(?:must|should|shall|will|has to|needs to)\s(?:\w+\s){0,3}?"
    r"(?:be|occur|start|begin|take|commence|performed|done)\b[^.;]{0,60}\Z"
)
_FROM_IT = re.compile(
    r"\s(?:of|from|after|following|since)\s(?:(?:the|their|day|last|date|of|\d|completion|end)\s){0,6}(?:[\w-]+\s){0,2}"
)
"""Around a time that the study keeps to itself: "randomisation must be done within 8 weeks of the operation"."""
_SAID = re.compile(r"[a-z]{4,}[^.;]*[^.;,\s(]\s\(?\Z")
"""Something stands in front of a time, and no list goes on there."""


_OF_IT = re.compile(
    r"\s(?:of|before|prior to)\s(?:(?:the|an?|their|planned|study|autologous|allogeneic|first|"
    r"stem|day|date|of|bone|marrow)\s){0,5}"
)
"""Between a time and the cells or the transplant that it counts back from: "fever within 2 weeks of the infusion"."""
_COUNTED_FROM = frozenset({"organ_transplant", "prior_cell_therapy"})
_LAST_DOSE = re.compile(
    r"\s(?:after|following|beyond|post)\s(?:[\w-]+\s){0,8}?(?:last|final)\s"
    r"(?:dose|infusion|injection|administration|intake|day)s?\sof\s(?:[\w-]+\s){0,2}"
)
_NO_CHILD = re.compile(r"\b(?:contracep|condom|birth control|abstin|abstain|pregnan|father|sperm|donat|breast|barrier)")


def _until_then(lower: str, window: Window, finding: Finding) -> bool:
    """Whether a drug only says until when no child may come: "condoms for 3 months after the last dose of X"."""
    return (
        _LAST_DOSE.fullmatch(lower, window.end, finding.hit.start) is not None
        and _NO_CHILD.search(lower, 0, window.start) is not None
    )


def anchors(lower: str, seen: Sequence[Window], finding: Finding) -> bool:
    """Whether something done only says what a time counts back from: "a stroke within 30 days before surgery"."""
    if finding.pattern.type not in DONE:
        return False
    return any(
        w.end <= finding.hit.start
        and (
            (
                finding.pattern.id in _COUNTED_FROM
                and _OF_IT.fullmatch(lower, w.end, finding.hit.start)
                and _SAID.search(lower, max(0, w.start - clauses.REACH), w.start)
            )
            or (_BEGUN.search(lower, 0, w.start) and _FROM_IT.fullmatch(lower, w.end, finding.hit.start))
            or _until_then(lower, w, finding)
            or _ANCHORED.fullmatch(lower, w.end, finding.hit.start)
            or (
                _STARTED.fullmatch(lower, w.end, finding.hit.start)
                and _SAID.search(lower, max(0, w.start - clauses.REACH), w.start)
            )
        )
        for w in seen
    )
