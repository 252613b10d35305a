"""A time that stands behind an exception and may be that of the whole: "cancer except of the skin within 2 years"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.asking import UNKNOWN, YES, Told
from trialfinder.judge.polarity import Place
from trialfinder.person.facts import Facts
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
        leaf
        for place in found
        if place.role == "spared" and place.leaf.direction == "within"
        if not _ITS_OWN.search(text, place.leaf.start, criterion.end)
        for leaf in place.spared_from
    }
    return {
        leaf: Told(UNKNOWN, hits[leaf].fact)
        for leaf in dated
        if leaf.concept == "malignancy" and leaf.window_months is None and hits[leaf].answer is YES
    }
