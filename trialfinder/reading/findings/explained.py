"""Words that a number right behind them explains: "anaemia (haemoglobin < 8)" is the number only."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding

_GRADED_BY = re.compile(
    r"\s?[(,]?\s?(?:of\s)?(?:grade|stage|class|degree|category)\s?(?:[ivx]{1,3}|\d)[ab]?\s?\)?,?\s?(?:with|by|:)\s"
    r"(?:an?\s|the\s)?"
)
"""Between an illness with its grade and the number that says the same: "anaemia (grade 3) with a haemoglobin < 8"."""
_JOINED = re.compile(r"\b(?:or|and|and/or)\b")


def explained(findings: list[Finding], lower: str) -> list[Finding]:
    """Drops words that a number right behind them explains: "anaemia (haemoglobin < 8)" is the number only."""
    if all(f.bounded is None for f in findings):
        return findings
    out: list[Finding] = []
    for f in findings:
        if f.bounded is None and any(
            o.bounded is not None
            and o.pattern is f.pattern
            and o.effect == f.effect
            and (-40 <= o.start - f.hit.end <= 12 or _GRADED_BY.fullmatch(lower, f.hit.end, o.start))
            and not _JOINED.search(lower, f.hit.end, o.start)
            and (not o.hit.rule.value or o.hit.rule.value == f.value or not f.value)
            for o in findings
        ):
            continue
        out.append(f)
    return out
