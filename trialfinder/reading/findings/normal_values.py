"""Measurements that must be normal, without a number: "creatinine and bilirubin within institutional normal limits"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.scope import Scope

Find = Callable[[Hit], Finding | None]

_WHOSE = (
    r"(?:(?:the|our|your|its|their|institutional|institution'?s?|laborator(?:y|ies)|laboratory's|lab|local|study|site|"
    r"central|respective|acceptable|upper and lower|age[ -]?adjusted|age[ -]appropriate|for age|sex[ -]adjusted)\s)*"
)
_RANGE = (
    rf"{_WHOSE}(?:(?:normal|reference)(?:\s(?:reference|laboratory|institutional|serum))?\s(?:limits?|ranges?|values?|"
    r"levels?)|limits? of normal|range of normal|normal\b)"
)
_LEAST = (
    rf"(?:at or above|above or at|at least|>\s?=?|=\s?>|greater than or equal to|no less than|not less than)\s?{_WHOSE}"
)
_LOWER = rf"{_LEAST}(?:lower\s(?:normal\s)?limits?(?:\sof\s(?:the\s)?normal(?:\srange)?)?|lln\b)"
_FILL = (
    r"[\s:,]{0,2}(?:\([^()\d]{1,30}\)\s?)?(?:(?:levels?|values?|counts?|concentrations?|results?|tests?|functions?|must|should|to|be|is|are|"
    r"remain|of|time|both|all|have|has|a)\s){0,4}"
)
_BEHIND = re.compile(
    rf"{_FILL}(?P<how>{_LOWER}|(?:with)?in\s{_RANGE}|normal\b(?!\s(?:or|to)\s(?:near|mild|slight|low|high|abnormal|elevat|increas|decreas|not|only|moderate|border)))"
)
_BEFORE = re.compile(r"\bnormal\s(?:serum\s|plasma\s|blood\s|total\s|baseline\s|values? (?:of|for)\s){0,2}\Z")
_TURNED = re.compile(r"\b(?:not|outside|out of|abnormal|below|above|non)\W*(?:\w+\s){0,2}\Z")
_ANOTHER = re.compile(r"\s(?:tolerance|ratio|challenge|variability)\b")
_LISTED = re.compile(r"[\s,]{0,2}(?:(?:and/or|and|or|/|,|&)[\s,]{0,2}){1,2}(?:serum\s|total\s|the\s)?")


_MEASURED = frozenset(
    {
        "creatinine", "creatinine_clearance", "egfr", "urea", "liver_enzyme", "bilirubin", "inr", "clotting_seconds",
        "ejection_fraction", "platelets", "white_cells", "hemoglobin", "hematocrit", "hba1c", "glucose", "bmi",
    }
)  # fmt: skip
"""Kinds of numbers that laboratories and clinics call normal."""
NORMAL, NOT_LOW = "normal", "not below normal"
"""What is asked of a value: to lie between both limits of a laboratory, or only not below the lower one."""


def normal_findings(
    scope: Scope, hits: Sequence[Hit], read: Iterable[Finding], stated: Iterable[Bound], find: Find
) -> list[Finding]:
    """Measurements that are asked to be normal, outside of what bars.

    Args:
        scope: the item and its context.
        hits: the words of measurements, in order.
        read: what was read already.
        stated: the numbers of the item.
        find: reads a hit as words alone; None where they are spared, allowed or denied.
    """
    if scope.section == "exclusion" or ("normal" not in scope.lower and "lln" not in scope.lower):
        return []
    taken = [*((f.start, f.end) for f in read), *((b.start, b.end) for b in stated)]
    found = ((find(hit), hit, asked) for hit, asked in _normal_hits(scope.lower, hits, taken))
    return [
        Finding(hit, f.pattern, f.effect, hit.rule.value, hit.start, hit.end, degree=asked)
        for f, hit, asked in found
        if f is not None and f.effect == "require"
    ]


def _normal_hits(lower: str, hits: Sequence[Hit], taken: Iterable[tuple[int, int]]) -> Iterator[tuple[Hit, str]]:
    """The measured things that are said to be normal, and what is asked of them; what was read already gives none."""
    busy = list(taken)
    free = [
        h for h in hits if h.rule.bound in _MEASURED and not any(start < h.end and h.start < end for start, end in busy)
    ]
    seen: set[tuple[int, int]] = set()
    for at, hit in enumerate(free):
        said = _said(lower, hit)
        if said is None:
            continue
        for other in [*_listed(lower, free[:at], hit), hit, *_going_on(lower, free[at + 1 :], said)]:
            if not any(start < other.end and other.start < end for start, end in seen):
                seen.add((said[0], said[1]) if other is hit else (other.start, other.end))
                yield (replace(other, start=said[0], end=said[1]) if other is hit else other), said[2]


def _said(lower: str, hit: Hit) -> tuple[int, int, str] | None:
    """Where a thing and the words that call it normal stand, and what they ask; None when none do."""
    before = _BEFORE.search(lower, max(0, hit.start - 40), hit.start)
    if _ANOTHER.match(lower, hit.end):
        return None
    if before is not None and not _TURNED.search(lower, max(0, before.start() - 30), before.start()):
        return before.start(), hit.end, NORMAL
    behind = _BEHIND.match(lower, hit.end)
    if behind is None or _TURNED.search(lower, hit.end, behind.start("how")):
        return None
    return hit.start, behind.end(), NORMAL if "normal" in behind["how"] and "lower" not in behind["how"] else NOT_LOW


def _going_on(lower: str, behind: Sequence[Hit], said: tuple[int, int, str]) -> Iterator[Hit]:
    """The other things of a list that begins with "normal"."""
    end = said[1] if lower.startswith("normal", said[0]) else -1
    for hit in behind if end > 0 else ():
        if hit.start < end:
            continue
        if not _LISTED.fullmatch(lower, end, hit.start) or _BEHIND.match(lower, hit.end):
            break
        yield hit
        end = hit.end


def _listed(lower: str, before: Sequence[Hit], last: Hit) -> list[Hit]:
    """The things of the list that ends with the one that is called normal."""
    found: list[Hit] = []
    for hit in reversed(before):
        if hit.start == last.start:
            continue
        if not _LISTED.fullmatch(lower, hit.end, last.start):
            break
        found.append(hit)
        last = hit
    return found[::-1]
