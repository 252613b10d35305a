"""Pregnancies under an inclusion heading: those that a study is about, and those that must not be there."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding

_WANTED = re.compile(
    r"[^.;]{0,60}\b(?:proven|confirmed|established|singleton|intra-?uterine|viable|ongoing|uncomplicated|healthy|twin)\s"
    r"(?:\w+\s)?\Z|[^.;]{0,40}\b\d+\s(?:(?:to|and|-)\s?\d+\s)?weeks?\s\Z"
)
_POSITIVE = re.compile(r"[^.;]*\bpositive\s(?:(?:serum|urine|urinary|home|blood|hcg|beta-hcg)\s){0,2}\Z")
"""In front of a pregnancy test under an inclusion heading: it is asked for."""
_HOW_FAR = re.compile(
    r"\w*\s(?:(?:is|was)\s)?(?:between|of|in|at|from)\s(?:the\s|at least\s)?(?:\d|weeks?\b|\w+ (?:week|trimester)\b)"
)
_NO_PREGNANCY = re.compile(
    r"\b(?:no|not|non|nor|never|without|exclu\w+|negative|absence|free|cannot|neither|rule|unable|agree\w*)\b"
)
"""Around a pregnancy that the study is about, and in front of one that must not be there."""
_DENIED = re.compile(
    r"\b(?:not?|non|nor|neither|never|negative|without|exclud\w*|avoid\w*|agree\w*|cannot|unable|absence|free|test\w*)\b"
)
"""Words that make a mention under an inclusion heading one that must not be."""
_DENIED_BEHIND = re.compile(
    r"[^.;]{0,160}?\b(?:exclu\w+|(?:in|not )eligible|negative|cannot|(?:may|must|should|will|can|are|is|be) not|"
    r"avoid\w*|agree\w*|not (?:be )?(?:allowed|permitted|included|enrolled|admitted))\b"
    r"|\W{0,3}(?:no|none|never|tests?)\b"
)
"""Behind a pregnancy: it must not be there. "Pregnant women with no twins" denies something else."""


def is_studied(lower: str, start: int, finding: Finding) -> bool:
    """Whether a pregnancy is what the study is about: "a proven pregnancy, with no twins", "pregnancy of 20 weeks"."""
    first = finding.hit.start
    wanted = (
        _WANTED.fullmatch(lower, start, first)
        or _POSITIVE.fullmatch(lower, start, first)
        or _HOW_FAR.match(lower, finding.hit.end)
    )
    return wanted is not None and not _NO_PREGNANCY.search(lower, 0, first)


def is_barred(lower: str, finding: Finding) -> bool:
    """Whether words under an inclusion heading say that there must be no pregnancy."""
    last = finding.hit.end
    return _DENIED.search(lower, 0, last) is not None or _DENIED_BEHIND.match(lower, last) is not None
