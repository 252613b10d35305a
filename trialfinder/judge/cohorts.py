"""What is asked of one cohort only: a group that is named, an arm with lists of its own, those who are not healthy."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.bars.arms import heads_an_arm
from trialfinder.judge.bars.group_lists import of_other_groups
from trialfinder.judge.bars.words_around import PEOPLE
from trialfinder.judge.fold import deciding, fold, no_group
from trialfinder.judge.judged import JudgedCriterion
from trialfinder.judge.polarity import group_names
from trialfinder.reading.nodes.tree import Criterion

NO, UNKNOWN = Answer.NO, Answer.UNKNOWN


def is_asked(criterion: Criterion, text: str) -> bool:
    """Whether a criterion asks anything: not the heading of an arm that stands below the exclusions of another one."""
    return criterion.node is not None and not (criterion.section == "exclusion" and heads_an_arm(text, criterion.start))


def of_everybody(judged: Sequence[JudgedCriterion], text: str) -> list[JudgedCriterion]:
    """The criteria, of which those of one cohort bar only where every cohort is closed to the person.

    Args:
        judged: the criteria of a study, each by itself.
        text: the registry's own.
    """
    return with_arms(without_cohorts(with_groups(judged), text), text)


def with_groups(judged: Sequence[JudgedCriterion]) -> list[JudgedCriterion]:
    """What is asked of one cohort bars from the study only when every cohort that is named is closed to the person."""
    names = frozenset(name for one in judged for name in group_names(one.node))
    if not names:
        return list(judged)
    closed = len(names) > 1 and all(any(_only(one, name) is NO for one in judged) for name in names)
    return [one if closed or not group_names(one.node) else _of_everybody(one) for one in judged]


_HEALTHY = re.compile(
    rf"[\W\d]*(?:(?:adult|male|female)\s)*{PEOPLE}\s(?:\([^()]*\)\s)?(?:that|who)\s(?:are|is)\s"
    r"(?:healthy|in good health)\W*\Z"
    rf"|[\W\d]*(?:(?:adult|male|female)\s)*healthy\s(?:control\s)?(?:{PEOPLE}|controls?)\W*\Z",
    re.IGNORECASE,
)
_PEOPLE_WITH = re.compile(
    rf"[\W\d]*(?:(?:adult|male|female)\s)*{PEOPLE}\s(?:\([^()]*\)\s)?(?:with|who have|having|diagnosed|suffering)\b",
    re.IGNORECASE,
)


def without_cohorts(judged: Sequence[JudgedCriterion], text: str) -> list[JudgedCriterion]:
    """Where healthy people are asked for on a line of their own, the people "with" something are another cohort."""

    def wanted(whom: re.Pattern[str]) -> list[bool]:
        return [
            one.criterion.section == "inclusion" and bool(whom.match(text[one.criterion.start : one.criterion.end]))
            for one in judged
        ]

    healthy, ill = wanted(_HEALTHY), wanted(_PEOPLE_WITH)
    if not any(healthy) or not any(ill):
        return list(judged)
    return [
        dataclasses.replace(one, answer=UNKNOWN, against=frozenset()) if one.answer is NO and (well or has) else one
        for one, well, has in zip(judged, healthy, ill, strict=True)
    ]


def with_arms(judged: Sequence[JudgedCriterion], text: str) -> list[JudgedCriterion]:
    """What stands in the lists of one arm or group bars only when something bars from every one."""
    free = of_other_groups(text, [one.criterion for one in judged], lambda number: judged[number].answer is NO)
    return [
        dataclasses.replace(one, answer=UNKNOWN, against=frozenset()) if number in free else one
        for number, one in enumerate(judged)
    ]


def _only(one: JudgedCriterion, name: str) -> Answer:
    if one.answer is UNKNOWN:
        return UNKNOWN
    return fold(one.node, lambda leaf: one.hits[leaf].answer, lambda other: other == name)


def _of_everybody(one: JudgedCriterion) -> JudgedCriterion:
    """A criterion that names cohorts: only what it asks of everybody can bar."""
    if one.answer is not NO:
        return one
    answer = fold(one.node, lambda leaf: one.hits[leaf].answer, no_group)
    if answer is NO:
        against = frozenset(deciding(one.node, lambda leaf: one.hits[leaf].answer, no_group)) & one.against
        return dataclasses.replace(one, against=against or one.against)
    return dataclasses.replace(one, answer=UNKNOWN, against=frozenset())
