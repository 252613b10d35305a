"""What is said further behind of a thing that bars: behind a bracket, at the end of a series, behind "and/or".

"Thyroid disease (under- or overactive) without treatment", "haemoglobin < 11 (women), < 12 (men) of unclear cause" and
"tumour and/or cancer with a short life" bar those of whom the last words are true.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.around_words import BUT, EITHER_WAY, AroundWords, rest, thing_words
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf

_AND_OR = re.compile(r"\s*and\s?/\s?or\s+", re.IGNORECASE)


def shares_its_end(leaf: Leaf, criterion: Criterion, text: str, every: Sequence[Place]) -> bool:
    """Whether what is said behind the next thing is said of both: "tumour and/or cancer with a short life"."""
    for other in (place.leaf for place in every if place.leaf.concept == leaf.concept):
        if other.start > leaf.end and _AND_OR.fullmatch(text, leaf.end, other.start):
            stop = EITHER_WAY.search(text, other.end, criterion.end)
            behind = rest(text, other.end, stop.start() if stop else criterion.end, every)
            return not (thing_words().around | thing_words().behind).issuperset(behind)
    return False


_FOR_EACH = re.compile(r"[\s,;/]*(?:\([^()]{1,20}\)|for \w+|in \w+)?[\s,;/]*(?:and|or)?\s*", re.IGNORECASE)


def series_end(leaf: Leaf, every: Sequence[Place], text: str) -> int:
    """Where the limits of one thing end that stand side by side: "< 11 (f), < 12 (m) g/dL of unclear cause"."""
    end = leaf.end
    if leaf.bounds is None:
        return end
    for other in sorted((place.leaf for place in every), key=lambda each: each.start):
        same = (other.concept, other.value) == (leaf.concept, leaf.value) and other.bounds is not None
        if same and other.start >= end and _FOR_EACH.fullmatch(text, end, other.start):
            end = other.end
    return end


def said_behind_brackets(
    place: Place, criterion: Criterion, text: str, clause: tuple[int, int], every: Sequence[Place], words: AroundWords
) -> bool:
    """Whether more is said behind the bracket in which a clause ends: "(hypo- or hyper-) without treatment".

    What stands there is said of what is in front of the bracket, and so of all that is in it.
    """
    if place.wanted:
        return False
    at = _closed(text, clause[1], criterion.end)
    if at is None or _closes_at_once(text, criterion.start, at) or _EITHER_STATE.match(text, at, criterion.end):
        return False
    stop = _BEHIND_BRACKETS.search(text, at, criterion.end)
    behind = rest(text, at, stop.start() if stop else criterion.end, every)
    return not (words.around | words.behind).issuperset(behind)


_BEHIND_BRACKETS = re.compile(rf"{EITHER_WAY.pattern}|[:(<>≥≤=]|{BUT.pattern}", re.IGNORECASE)


_EITHER_STATE = re.compile(
    r"\s*(?:currently\s|now\s)?(?:under treatment|on treatment|treated|active|controlled)\s(?:or|and/or)\s"
    r"(?:un|in|not)\w*\b",
    re.IGNORECASE,
)
"""What leaves nobody out behind a bracket: "under treatment or untreated"."""


def _closed(text: str, at: int, end: int) -> int | None:
    """Where the bracket ends that a place stands in; None where it stands in none."""
    depth = 0
    for here in range(at, end):
        if text[here] == "(":
            depth += 1
        elif text[here] == ")":
            if not depth:
                return here + 1
            depth -= 1
        elif text[here] == "\n":
            break
    return None


def _closes_at_once(text: str, start: int, at: int) -> bool:
    """Whether a closing bracket only numbers an item: "a) stroke"."""
    opened = text.rfind("(", start, at)
    return opened < start or ")" in text[opened : at - 1]
