"""Gives each finding the time window that belongs to it."""

from __future__ import annotations

import re
from dataclasses import replace

from trialfinder.criteria.finding import Finding, Lead
from trialfinder.criteria.normalise import Clean
from trialfinder.criteria.scope import Scope
from trialfinder.criteria.windows import Window

_OF = re.compile(r"\s?,?\s?(?:of|for)\s(?:\w+\s){0,2}")
_LISTED = re.compile(r":|\be\.?g\b|\bsuch as\b|\bincluding\b|\bof the following\b")
_NEW_ENTRY = re.compile(r", (?=[A-Z][a-z]{3})(?=\w+ [a-z]|[A-Z]\w+,)")
_LASTING = frozenset({"other_medication", "immunosuppression", "anticoagulant", "foot_ulcer", "opioid_use"})
"""Patterns besides those that are usually required for which "for at least 3 months" counts as a window."""
_THEN = re.compile(
    r"\b(?:history|past|previous(?:ly)?|prior|recent(?:ly)?|had|received|treatment|participat\w+|completed)\b"
)


def with_windows(clean: Clean, scope: Scope, findings: list[Finding], seen: list[Window], lead: Lead) -> list[Finding]:
    """The findings with their windows; one that has two ("within 3 months or planned") is there twice."""
    if not seen and lead.window is None:
        return findings
    breaks = [m.start() for m in _NEW_ENTRY.finditer(clean.text)]
    result = [
        replace(f, window=_window_for(scope, f, seen, findings, breaks) or _lead_window(f, lead, seen))
        for f in findings
    ]
    return result + _planned_too(scope, result, seen)


def _window_for(
    scope: Scope, finding: Finding, found: list[Window], all_findings: list[Finding], breaks: list[int]
) -> Window | None:
    """The window that belongs to a finding: the first one behind it in its clause, else the nearest before it."""
    if not finding.hit.rule.window or not found:
        return None
    start, end = scope.clause(finding.start)
    lasting = finding.pattern.usual == "require" or finding.pattern.id in _LASTING
    inside = [w for w in found if start <= w.start < end and (lasting or w.direction != "lasting")]
    if not inside:
        return None
    for w in inside:
        if w.end <= finding.hit.start and _OF.fullmatch(scope.lower, w.end, finding.hit.start):
            return w
    behind = next((w for w in inside if w.start >= finding.end - 2 or w.start >= finding.hit.start), None)
    if (
        behind is not None
        and behind.start - finding.end < 220
        and not any(finding.end <= b < behind.start for b in breaks)
    ):
        apart = scope.when(finding.hit.start, finding.hit.end) == "current" and behind.start - finding.end > 30
        apart = apart and _THEN.search(scope.lower, finding.end, behind.start) is not None
        if not (apart and _another(all_findings, finding, behind)):
            return behind
    before = [w for w in inside if w.end <= finding.hit.start + 2]
    if before and (
        _LISTED.search(scope.lower, before[-1].end, finding.hit.start) or not _owned(before[-1], start, all_findings)
    ):
        return before[-1]
    return None


def _owned(window: Window, clause_start: int, all_findings: list[Finding]) -> bool:
    """Whether a finding in front of a window takes it for itself."""
    return any(
        window.start >= f.end > clause_start and f.pattern.window and clause_start <= f.start for f in all_findings
    )


def _another(all_findings: list[Finding], finding: Finding, window: Window) -> bool:
    return any(f is not finding and f.pattern.window and finding.end <= f.start <= window.start for f in all_findings)


def _planned_too(scope: Scope, findings: list[Finding], found: list[Window]) -> list[Finding]:
    """ "surgery within 3 months or planned in the next 6 months" is read twice, once with each window."""
    used = {f.window.start for f in findings if f.window is not None}
    out: list[Finding] = []
    for w in found:
        if w.direction != "planned" or w.start in used:
            continue
        start, _ = scope.clause(w.start)
        owner = next(
            (f for f in reversed(findings) if f.window is not None and start <= f.window.start < w.start), None
        )
        if owner is not None and owner.window is not None and " or " in scope.lower[owner.window.end : w.start]:
            out.append(replace(owner, window=w))
    return out


def _lead_window(finding: Finding, lead: Lead, own: list[Window]) -> Window | None:
    return lead.window if finding.hit.rule.window and not own else None
