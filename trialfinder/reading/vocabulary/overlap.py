"""Which hits of an item count: shared nouns of lists, words anywhere in the item, hits that say less than others."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.readings import Section
from trialfinder.reading.vocabulary.cues import CUE, load_cues
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Rule

_HEAD_BREAK = re.compile(
    r"[;.:<>=\d]|\)(?=[^(]*\Z)|\b(?:with|that|which|who|requiring|within|for|if|is|are|was|has|have|than|treated|"
    r"caused|unless|but|not|no|without|due|from|except|history|including|using|by|to)\b"
)
_HEAD_LEFT = re.compile(
    r"\s?\(?(?:of|in|involving|affecting|to|on|for|such as|including|like|concerning|related to|e\.?g\.?,?|"
    r"i\.?e\.?,?|:|,|with)*(?:\s(?:of|in|the|as|such|any|a|an|to|major|vital|their|other|organs?|like|systems?|"
    r"important|including|following))*[\s:(,]"
)
_HEAD_LEFT_BREAK = re.compile(
    r"[;.<>=\d)]|\b(?:that|which|who|within|if|is|are|was|has|have|than|unless|but|not|no|due|except|history|"
    r"current|active|known|treated|use|taking)\b"
)
_HEAD_REACH = 180
_NAMELY = re.compile(
    r"\A[\s(]*(?:(?:in|of|the|other|any|vital|major|organs?|systems?|to)[\s(]+)*(?:e\.\s?g|i\.\s?e)\.,?"
)
"""Behind a noun: its members follow ("problems in vital organs (e.g. the heart or the lungs)")."""
_BRACKETS = re.compile(r"\([^()]{0,120}\)")
_OF_TRIALS = frozenset({"immunosuppression", "other_medication", "procedure_contraindication"})
"""What "investigational drug, biologic or device" names inside another trial counts only for that."""
_CATCH_ALL = frozenset(
    {
        "general_health",
        "follow_up",
        "consent",
        "realistic_expectations",
        "stable_medication",
        "failed_conventional",
        "recent_surgery",
        "procedure_contraindication",
        "other_trial",
    }
)
"""Patterns whose words span other things that count for themselves."""
_MUCH_LONGER = 40


def shared_head(lower: str, hit: Hit) -> tuple[int, int] | None:
    """The span of ``hit`` with the noun it needs, before or behind it; None when the noun is missing."""
    noun = load_cues().heads[hit.rule.head]
    right = lower[hit.end : hit.end + _HEAD_REACH]
    match = noun.search(right)
    if match is not None and not _HEAD_BREAK.search(_BRACKETS.sub(" ", right[: match.start()])):
        return hit.start, hit.end + match.end()
    left_start = max(0, hit.start - _HEAD_REACH)
    left = lower[left_start : hit.start]
    last = None
    for match in noun.finditer(left):
        last = match
    if last is not None:
        gap = _NAMELY.sub(" such as", _BRACKETS.sub(" ", left[last.end() :]), count=1)
        if _HEAD_LEFT.match(gap) and not _HEAD_LEFT_BREAK.search(gap):
            return left_start + last.start(), hit.end
    return None


def _fits_item(rule: Rule, lower: str, section: Section) -> bool:
    """Whether what stands anywhere in the item lets a rule speak."""
    if rule.section and section != "unknown" and rule.section != section:
        return False
    if rule.needs is not None and not rule.needs.search(lower):
        return False
    return rule.unless is None or not rule.unless.search(lower)


def sorted_out(everywhere: Sequence[Hit], lower: str, section: Section, offset: int) -> tuple[list[Hit], list[Hit]]:
    """The words around things, and the things whose rules the item lets speak, from ``offset`` on."""
    cues: list[Hit] = []
    own: list[Hit] = []
    fits: dict[int, bool] = {}
    for hit in everywhere:
        rule = hit.rule
        if hit.start < offset:
            continue
        if rule.pattern.startswith(CUE):
            cues.append(hit)
            continue
        fit = fits.get(id(rule))
        if fit is None:
            fit = fits[id(rule)] = _fits_item(rule, lower, section)
        if fit:
            own.append(hit)
    return cues, own


def _swallows(longer: Hit, hit: Hit) -> bool:
    """Whether ``hit`` is only a part of what a longer one says: the "diabetic" of "diabetic neuropathy"."""
    if longer.rule.bound or hit.rule.bound:
        return False
    if longer.rule.pattern == "other_trial" and hit.rule.pattern in _OF_TRIALS:
        return longer.start <= hit.start and hit.end <= longer.end
    more = longer.end - longer.start - (hit.end - hit.start)
    if longer.rule.pattern == "other_neuropathy_cause" and hit.rule.pattern == "neuropathy_type":
        return longer.start <= hit.start < longer.end  # "neuropathy not caused by chemotherapy"
    if longer.rule.pattern != hit.rule.pattern and (
        longer.rule.wide or longer.rule.pattern in _CATCH_ALL or more > _MUCH_LONGER
    ):
        return False
    return longer.start <= hit.start and hit.end <= longer.end and more > 0


def _same(one: Hit, other: Hit) -> bool:
    """Whether two rows of a pattern say the same of the same words."""
    a, b = one.rule, other.rule
    return (one.start, one.end, a.pattern, a.value, a.bound, a.head) == (
        other.start,
        other.end,
        b.pattern,
        b.value,
        b.bound,
        b.head,
    )


def without_contained(hits: list[Hit]) -> list[Hit]:
    """Drops hits that say less than another one."""
    if len(hits) < 2:
        return hits
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, h.rule.pattern != "other_neuropathy_cause", -h.end)):
        if not any(_swallows(o, hit) or _same(o, hit) for o in out[-8:]):
            out.append(hit)
    return out
