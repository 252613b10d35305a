"""Lists of what must have been stopped before: "The following drugs must have been discontinued: … for 4 weeks"."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding, Lead
from trialfinder.reading.readings import Section

STOPPED = re.compile(
    r"\bwash(?:ed)?-?\s?outs?\b"
    r"|\b(?:must|should|need to|needs to|required to|have to|has to)\s(?:have\s)?(?:been\s|be\s)?"
    r"(?:discontinu|stop|withdraw|withh|washed|ceas|suspend)\w*"
    r"|\b(?:discontinu|stop|withdraw|ceas)\w*\s(?:of\s)?(?:the\sfollowing|these)\b",
    re.IGNORECASE,
)
"""In a line above a list: what stands in the list must have been stopped."""
_GIVEN = frozenset({"drug", "therapy"})


def carried_on(words: str, *, stops: bool, marked: bool) -> bool:
    """Whether the lines behind a line stand in a list of what must have been stopped: up to the next marked line.

    Args:
        words: the line.
        stops: whether it stands in such a list itself.
        marked: whether it has a bullet or number.
    """
    if words.rstrip().endswith(":") and STOPPED.search(words):
        return True
    return stops and not marked


def washed_out(findings: tuple[Finding, ...], lead: Lead, section: Section) -> tuple[Finding, ...]:
    """The findings; in a list of what must have been stopped its drugs barred, with their times as washouts."""
    stopped = lead.stopped and section != "exclusion"
    return tuple(_washed_out(f) for f in findings) if stopped else findings


def _washed_out(finding: Finding) -> Finding:
    if finding.pattern.type not in _GIVEN or finding.pattern.usual == "require":
        return finding
    window = replace(finding.window, direction="at_least_ago") if finding.window is not None else None
    return replace(finding, effect="exclude", window=window)
