"""A time that stands behind an exception and may be that of the whole: "cancer except of the skin within 2 years"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.answering.cancer_over import FREE
from trialfinder.judge.answering.events_dated import sooner
from trialfinder.judge.asking import UNKNOWN, YES, Told
from trialfinder.judge.polarity import Place
from trialfinder.person.facts import Facts
from trialfinder.person.spans import Span
from trialfinder.reading.nodes.tree import Criterion, Leaf

_ITS_OWN = re.compile(
    r"\b(?:that|which|who|been|treated|cured|resected|removed|excised|diagnosed|in remission)\b", re.IGNORECASE
)
"""By these words a time is that of what is spared: "carcinoma in situ that has been cured for a year"."""


def dated_behind(
    found: Sequence[Place], hits: Mapping[Leaf, Told], criterion: Criterion, text: str, facts: Facts
) -> dict[Leaf, Told]:
    """The cancers without a time of their own that are over, beside spared ones with one: open.

    Args:
        found: all things that a criterion names.
        hits: what is known of each.
        criterion: the criterion.
        text: the registry's own.
        facts: what the person told.
    """
    if facts.word("health.cancer") != "past":
        return {}
    dated = {
        leaf: place.leaf.window_months
        for place in found
        if place.role == "spared" and place.leaf.direction == "within"
        if not _ITS_OWN.search(text, place.leaf.start, _part_end(text, place.leaf.end, criterion))
        for leaf in place.spared_from
    }
    own = {leaf for leaf in dated if leaf.concept == "malignancy" and leaf.window_months is None}
    own = {leaf for leaf in own if hits[leaf].answer is YES and not _surely_within(dated[leaf], facts)}
    opened = {leaf: Told(UNKNOWN, hits[leaf].fact) for leaf in own}
    for place in found:
        leaf = place.leaf
        if leaf.concept == "malignancy" and place.role == "criterion" and not place.wanted and hits[leaf].answer is YES:
            free = _UNLESS_FREE.search(text, leaf.end, criterion.end)
            if free is not None and (answer := _free_for(free, facts)) is not YES:
                opened[leaf] = Told(answer, FREE)
    return opened


def _surely_within(months: float | None, facts: Facts) -> bool:
    """Whether a cancer was there within a time, whose ever the time is."""
    free = facts.span(FREE)
    return free is not None and months is not None and sooner(Span(free.low * 12, free.high * 12), months) is YES


_UNLESS_FREE = re.compile(
    r"\b(?:unless|except (?:if|when|for those)|but not if)\b[^.;\n]{0,60}?"
    r"\b(?:(?:disease|cancer|tumou?r|recurrence|relapse|event)[- ]free|free (?:of|from)|in (?:complete )?remission"
    r"|no (?:evidence|sign|recurrence)|without (?:evidence|recurrence|relapse)|cured)\b[^.;\n]{0,60}?"
    r"(?P<number>\d+|one|two|three|five|ten)\s?(?P<unit>years?|yrs?|months?)",
    re.IGNORECASE,
)
_IN_FIGURES = {"one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}


def _free_for(said: re.Match[str], facts: Facts) -> Answer:
    """Whether a cancer that is over bars all the same: it was not free for the time that is asked."""
    span = facts.span(FREE)
    if span is None:
        return UNKNOWN
    number = said["number"].lower()
    years = float(_IN_FIGURES.get(number) or number) / (12 if said["unit"].lower().startswith("m") else 1)
    return ~span.above(years, inclusive=True)


def _part_end(text: str, at: int, criterion: Criterion) -> int:
    """Where the part of a sentence ends that begins before a place."""
    found = _PART.search(text, at, criterion.end)
    return found.start() if found else criterion.end


_PART = re.compile(r",|;|\.\s|\n|\bwith the exception\b")
