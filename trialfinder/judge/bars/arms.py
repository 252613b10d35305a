"""Arms of a study that each have lists of their own under a heading: "Patients with A", "Inclusion Criteria: …"."""

from __future__ import annotations

from bisect import bisect_right

from trialfinder.base import lazy_re as re

_ARM = re.compile(
    r"^[ \t*#]*(?:for\s)?(?:(?:healthy|obese|lean|diabetic|non-?diabetic)\s)?"
    r"(?:patients|participants|subjects|volunteers|controls|group|cohort|arm|part)\b[^\n.;,]{0,60}\s*\n\s*"
    r"(?:key\s|main\s)?inclusion(?:\scriteria)?[ \t]*:?[ \t*]*$",
    re.IGNORECASE | re.MULTILINE,
)


def arms_of(text: str) -> list[int]:
    """Where each arm with lists of its own begins; [] where there are not several."""
    found = [hit.start() for hit in _ARM.finditer(text)]
    return found if len(found) > 1 else []


def heads_an_arm(text: str, start: int) -> bool:
    """Whether the line at a place is the heading of an arm with lists of its own, which asks nothing by itself."""
    line = text.rfind("\n", 0, start) + 1
    return any(
        hit.start() <= start < text.index("\n", hit.start()) or hit.start() == line for hit in _ARM.finditer(text)
    )


def arm_at(arms: list[int], start: int) -> int:
    """Which arm a place in the text belongs to, from 1; 0 for what stands before all of them."""
    return bisect_right(arms, start)
