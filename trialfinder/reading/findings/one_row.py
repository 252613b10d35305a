"""What two rows read of the same words counts once: for the row that says more of it."""

from __future__ import annotations

from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.slot_words import load_slot_words


def one_row_each(findings: list[Finding], lower: str) -> list[Finding]:
    """Drops what another row says better.

    "An operation on the back" is no other operation than that of the spine; a medicine whose dose must not change is
    not barred for that.
    """
    there = {f.pattern.id for f in findings}
    if "spine_surgical" in there and "recent_surgery" in there:
        spine = [(f.start, f.end) for f in findings if f.pattern.id == "spine_surgical"]
        findings = [f for f in findings if f.pattern.id != "recent_surgery" or not _touches(f, spine)]
    if "stable_medication" in there and "other_medication" in there:
        words = load_slot_words().steady
        told = ((f.start, f.end) for f in findings if f.pattern.id == "stable_medication")
        steady = [place for place in told if words.same.search(lower, *place) or words.change.search(lower, *place)]
        findings = [f for f in findings if f.pattern.id != "other_medication" or not _touches(f, steady)]
    return findings


def _touches(f: Finding, spans: list[tuple[int, int]]) -> bool:
    return any(f.start < end and start < f.end for start, end in spans)
