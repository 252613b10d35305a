"""Gives each finding the time window that belongs to it."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.anchored import DONE
from trialfinder.reading.findings.finding import Finding, Lead
from trialfinder.reading.times.time_windows import Window
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording import clauses
from trialfinder.reading.wording.normalise import Clean

_STABLE = re.compile(r"\b(?:stable|stabili[sz]ed|unchanged|healed|closed|inactive|quiescent|controlled)\b")
_EXCEPTED = re.compile(r"\b(?:unless|except\w*|excluding|other than)\b")
_FOR_BEFORE = re.compile(r"\s(?:prior|before|preceding)\b")
_ONWARD = re.compile(r"\s(?:must |should )?(?:have |has )?(?:elapsed |passed )?(?:since|from)\b")
_THEN = re.compile(
    r"\b(?:history|past|previous(?:ly)?|prior|recent(?:ly)?|had|received|treatment|participat\w+|completed)\b"
)
_BEGINS_ANEW = re.compile(
    r"\b(?:or|and)\s(?:any\s|the\s|recent\s|prior\s)?(?:use|receipt|intake|administration|taking)\b"
)
_SAID_OF_WHOM = re.compile(
    r"(?:patients?|subjects?|participants?|individuals?|people|persons?|wom[ae]n|m[ae]n|those|who|that|have|has|had|any|"
    r"are|is|was|were|"
    r"histor(?:y|ies)|known|of|or|and|received|receiving|undergone|with|the|an?|prior|previous|previously|recent|recently|"
    r"current|currently|been|documented|evidence|presence|not|no|must|either|exclusion|criteria|[\W\d]){0,120}"
)
"""Words in front of a time of which nothing has had it: "patients who in the last month, …"."""
_SAME = re.compile(
    r"\b(?:these|such|said|the above|aforementioned|those)\s(?:\w+\s)?(?:medic\w+|drugs?|agents?|treatments?|therap\w+|"
    r"substances?|products?)\b"
)
_COUNTED = re.compile(
    r"\b(?:defined|definition|i\.e)\b[^.;]*\b(?:\d+|two|three|four|five|several|episodes?|attacks?)\s"
)
"""Between a thing and a time: so many of something in that time is what the thing means."""
_CLOSED = re.compile(r"\([^()]*\)")
_FUNCTION = re.compile(r"\bfunction")
_NEIGHBOURS = 12


class _PlacedItem(Struct, frozen=True):
    """One item's findings (by place), windows (by place) and the places where statements begin."""

    scope: Scope
    findings: Sequence[Finding]
    windows: Sequence[Window]
    breaks: Sequence[int]
    starts: Sequence[int]
    """Where the windows start."""

    def statement(self, place: int) -> tuple[int, int]:
        """The statement around a place: a clause, or less in a run-on line."""
        at = bisect.bisect_right(self.breaks, place)
        start = self.breaks[at - 1] + 1 if at else 0
        return start, self.breaks[at] if at < len(self.breaks) else len(self.scope.lower)


def with_windows(clean: Clean, scope: Scope, findings: list[Finding], seen: list[Window], lead: Lead) -> list[Finding]:
    """The findings with their windows; one that has two ("within 3 months or planned") is there twice."""
    if not seen and lead.window is None:
        return findings
    ends = sorted(clauses.breaks(clean.text) + clauses.outside(clean.text, scope.breaks))
    item = _PlacedItem(scope, findings, seen, ends, [w.start for w in seen])
    result = [
        replace(f, window=_window_for(item, at, f) or _lead_window(f, lead, seen)) for at, f in enumerate(findings)
    ]
    return result + _planned_too(scope, result, seen)


def _takes(finding: Finding, window: Window, between: str, after: str = "") -> Window | None:
    """The window as this type of thing has it; None when it has none: how long an illness has lasted is a duration.

    A drug is taken for a time, and what is stable has been so for a time. "A stroke in the 6 months before the study"
    and "for 6 months before the study" are the same look-back of whatever bars.
    """
    pattern = finding.pattern
    if window.direction != "lasting" or pattern.type == "drug" or pattern.polarity == "require":
        return window
    if _STABLE.search(between):
        return window
    if pattern.id == "failed_conventional":
        return None
    if finding.effect == "exclude" and _FOR_BEFORE.match(after):
        return replace(window, direction="within")
    return (
        window
        if pattern.usual == "require" and pattern.type not in {"state", "illness", "symptom", "measure"}
        else None
    )


def _window_for(item: _PlacedItem, at: int, finding: Finding) -> Window | None:
    """The window that counts from a finding, else the first one behind it in its statement, else one before it."""
    if not finding.hit.rule.window or not item.windows or _works(item.scope.lower, finding) or _is_measured(finding):
        return None
    if item.scope.lower.endswith(("with or without ", "with or without"), 0, finding.start):
        return None
    start, end = item.statement(finding.hit.start)
    return (
        _counting(item, finding, start)
        or _behind(item, at, finding, end)
        or _before(item, at, finding, start)
        or _told_later(item, finding)
    )


def _is_measured(finding: Finding) -> bool:
    """Whether it is a measured value: a time beside that says when it is tested; what is taken a day has its time."""
    return finding.bounded is not None and not finding.bounded.unit.endswith("/day")


def _works(lower: str, finding: Finding) -> bool:
    """Whether an organ is to work well: a time beside that says when it is tested."""
    return finding.effect == "require" and _FUNCTION.search(lower, finding.start, finding.end) is not None


def _counting(item: _PlacedItem, finding: Finding, start: int) -> Window | None:
    place = bisect.bisect_left(item.starts, finding.hit.start) - 1
    window = item.windows[place] if place >= 0 else None
    if window is None or window.start < start or not 0 <= finding.hit.start - window.end <= clauses.LONGEST:
        return None
    between = item.scope.lower[window.end : finding.hit.start]
    if not clauses.counts_from(between):
        return None
    if window.direction == "lasting" and _ONWARD.match(between):
        window = replace(window, direction="at_least_ago")
    return _takes(finding, window, between)


def _behind(item: _PlacedItem, at: int, finding: Finding, end: int) -> Window | None:
    lower, place = item.scope.lower, bisect.bisect_left(item.starts, min(finding.end - 2, finding.hit.start))
    for window in item.windows[place : place + 3]:
        if window.start < finding.hit.start:
            continue
        between = lower[finding.end : window.start]
        if window.start >= end or len(between) > clauses.LONGEST:
            return None
        if _says_how_often(between):
            continue
        if _counts_onward(item, window):
            return None
        if _spared_then(lower, finding, window):
            return window if _frees(window, between) else None
        after = lower[window.end : window.end + 40]
        taken = _takes(finding, window, between, after)
        if taken is None:
            continue
        taken = _look_back(item, finding, taken)
        if not clauses.reaches_back(
            between, after, number=finding.bounded is not None, alone=_alone(item, at, finding, window)
        ):
            return window if _frees(window, between) else None
        if finding.pattern.type not in DONE and _of_something_else(lower, finding, window):
            return None
        return None if _apart(item, at, finding, window) else taken
    return None


def _says_how_often(between: str) -> bool:
    """Whether a time behind a thing belongs to what defines it: "angina, defined as two attacks within 4 weeks"."""
    return not between.endswith((", ", "), ")) and _COUNTED.search(_CLOSED.sub(" ", between)) is not None


def _alone(item: _PlacedItem, at: int, finding: Finding, window: Window) -> bool:
    """Whether nothing else was found between a finding and a window behind it, which is not of its exception."""
    spared = finding.exception
    if spared is not None and spared[0] <= window.start < spared[1]:
        return False
    return not any(finding.end <= f.start < window.start for f in item.findings[at + 1 : at + _NEIGHBOURS])


_SPARED_IF = re.compile(
    r"\b(?:unless|except\w*\s(?:if|when|where|for those|those|for patients|patients|in case))[\s,]{0,2}\Z"
)


def _spared_then(lower: str, finding: Finding, window: Window) -> bool:
    """Whether a time stands in a clause that says who is spared: "unless they have progressed within 12 months"."""
    spared = finding.exception
    return (
        spared is not None
        and spared[0] <= window.start < spared[1]
        and _SPARED_IF.search(lower, max(0, spared[0] - 25), spared[0]) is not None
    )


def _look_back(item: _PlacedItem, finding: Finding, window: Window) -> Window:
    """ "Steroids for more than 96 hours during the 2 weeks before": of two times the look-back."""
    at = item.windows.index(window) + 1 if window in item.windows else len(item.windows)
    if window.direction != "lasting" or finding.effect != "exclude" or at >= len(item.windows):
        return window
    behind = item.windows[at]
    between = item.scope.lower[window.end : behind.start]
    return behind if behind.direction == "within" and not between.strip(" (") else window


def _of_something_else(lower: str, finding: Finding, window: Window) -> bool:
    """Whether the window is that of a test, or says when the illness would do harm."""
    return clauses.of_test(lower[finding.end : window.start]) or clauses.of_harm(lower[finding.start : window.start])


def _frees(window: Window, between: str) -> bool:
    """Whether the window ends the bar in an exception: "unless free of it for at least 5 years"."""
    return window.direction == "at_least_ago" and _EXCEPTED.search(between) is not None


def _counts_onward(item: _PlacedItem, window: Window) -> bool:
    """Whether the window counts from what stands behind it ("at least 30 days since …") after a finished statement."""
    return (
        re.match(r"\s(?:have |has )?(?:elapsed )?since\s", item.scope.lower[window.end : window.end + 30]) is not None
    )


def _apart(item: _PlacedItem, at: int, finding: Finding, window: Window) -> bool:
    """Whether the finding is a present one beside a past one: "active infection or a stroke in the last year"."""
    if item.scope.when(finding.hit.start, finding.hit.end) != "current" or window.start - finding.end <= 15:
        return False
    between = item.scope.lower[finding.end : window.start]
    return _BEGINS_ANEW.search(between) is not None or (
        _THEN.search(between) is not None
        and any(
            f.pattern.window and finding.end <= f.start <= window.start
            for f in item.findings[at + 1 : at + _NEIGHBOURS]
        )
    )


def _before(item: _PlacedItem, at: int, finding: Finding, start: int) -> Window | None:
    place = bisect.bisect_right(item.starts, finding.hit.start) - 1
    for window in reversed(item.windows[max(0, place - 1) : place + 1]):
        if window.start < start:
            return None
        if window.start >= finding.hit.start:
            continue
        if window.end > finding.hit.start + 2:
            return window
        between = item.scope.lower[window.end : finding.hit.start]
        taken = _takes(finding, window, between)
        if taken is None:
            continue
        lower = item.scope.lower  # "a transfusion in the last month, or surgery"
        unread = clauses.separated(between) and not _SAID_OF_WHOM.fullmatch(lower, start, window.start)
        if clauses.is_aside(lower, window.start, between):
            return taken
        owned = unread or _owned(item, at, window, start, between)
        return taken if clauses.opens(between, owned=owned) else None
    return None


def _owned(item: _PlacedItem, at: int, window: Window, start: int, between: str) -> bool:
    """Whether something in front of a window takes it: a finding, or a test."""
    before = [f for f in item.findings[max(0, at - _NEIGHBOURS) : at] if start <= f.start and f.end <= window.start]
    lower = item.scope.lower
    after = lower[window.end : window.end + 40]
    if any(f.pattern.window and clauses.reaches_back(lower[f.end : window.start], after) for f in before):
        return True
    if clauses.of_test(lower[max(start, window.start - 60) : window.start]):
        return True
    return bool(before) and clauses.separated(between)


def _told_later(item: _PlacedItem, finding: Finding) -> Window | None:
    """The window of a later sentence that speaks of the same: "Opioids. These drugs must be stopped for 2 weeks"."""
    if finding.pattern.type != "drug":
        return None
    place = bisect.bisect_left(item.starts, finding.end)
    if place >= len(item.windows) or item.windows[place].start - finding.end > clauses.LONGEST:
        return None
    window = item.windows[place]
    return window if _SAME.search(item.scope.lower, max(finding.end, window.start - 60), window.start) else None


def _planned_too(scope: Scope, findings: list[Finding], found: list[Window]) -> list[Finding]:
    """ "surgery within 3 months or planned in the next 6 months" is read twice, once with each window."""
    used = {f.window.start for f in findings if f.window is not None}
    owners = sorted((f for f in findings if f.window is not None), key=lambda f: f.window.start if f.window else 0)
    places = [f.window.start for f in owners if f.window is not None]
    out: list[Finding] = []
    for w in found:
        at = bisect.bisect_left(places, w.start) - 1
        if w.direction != "planned" or w.start in used or at < 0:
            continue
        start, _ = scope.clause(w.start)
        before = owners[at].window
        if before is not None and start <= before.start and " or " in scope.lower[before.end : w.start]:
            out.append(replace(owners[at], window=w))
    return out


def _lead_window(finding: Finding, lead: Lead, own: list[Window]) -> Window | None:
    """The window of the line above; not for a laboratory value ("assessed within 2 days before the first dose:")."""
    return lead.window if finding.hit.rule.window and not own and finding.bounded is None else None
