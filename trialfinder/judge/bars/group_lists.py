"""Lists that a text asks of one group each, and lists of which any one is enough, by the words of their headings.

Below "Inclusion criteria - for the obese group" and "- for the lean group" nobody must be both; below "Group B: any of
1 to 3, and 4" one of the first three is enough. "Specific to the cases cohort" behind an item leaves the other cohort.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.arms import arm_at, arms_of
from trialfinder.reading.nodes.tree import Criterion

_GROUP = r"(?:groups?|cohorts?|arms?|populations?|strat(?:um|a))"
_NAMED = rf"{_GROUP}\s?(?:[A-Z]|[IVX]+|\d{{1,2}})\b"
_HEAD = re.compile(
    r"[ \t#]*(?:"
    rf"(?:key\s|main\s)?inclusion(?:\scriteria)?\s*[-–—:(,]*\s*(?:for|of"
    rf"|in)\s(?!all\b)(?:the\s)?[^\n:.;]*\b{_GROUP}\b[^\n:.;]*"
    rf"|(?:for\s)?(?:the\s)?{_NAMED}[^\n]*:\s*(?:meet|fulfil|satisf|must|any of|all of|inclusion"
    rf"|subjects? (?:must|who)|patients? (?:must|who))?[^\n]{{0,60}}"
    rf"|(?:for\s)?(?:the\s)?(?:[\w-]+\s){{1,4}}{_GROUP}(?:\s\([^()\n]*\))?(?:\sinclusion(?:\scriteria)?)?\s?:"
    r")[ \t:*]*",
    re.IGNORECASE,
)
"""A line that heads what is asked of one group."""
_LINE = re.compile(r"^[^\n]*$", re.MULTILINE)
_BULLET = re.compile(r"\s*(?:[*•·\-–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_ENDS = re.compile(
    r"[^\n]*(?:\bcriteria\b[^\n]*|:\s*|\ball (?:participants|patients|subjects|groups|cohorts)\b[^\n]*)\Z",
    re.IGNORECASE,
)
"""A line without a bullet that heads something else."""
_ANY_OF = re.compile(
    r"\b(?:any(?: one)?|(?:at least )?one|either)(?: of)?(?: the)?(?: items?| criteria| points?| numbers?)?\s*"
    r"\(?(?P<first>\d)\)?\s*(?:to|through|or|and|[-–~]|\\~)\s*\(?(?P<last>\d)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*(?P<number>\d{1,2})[.)]")


class GroupList(NamedTuple):
    """A list below a heading."""

    start: int
    end: int
    named: bool
    """Whether the heading names a group; otherwise it only says of which items one is enough."""
    enough: frozenset[int]
    """The numbers of the items of which one is enough."""


@functools.lru_cache(maxsize=256)  # the same for every person
def group_lists(text: str) -> tuple[GroupList, ...]:
    """The lists of single groups, and those of which some items are alternatives, in the order of the text."""
    found: list[GroupList] = []
    head: tuple[int, bool, frozenset[int]] | None = None
    for line in _LINE.finditer(text):
        said = line.group()
        if not said.strip() or _BULLET.match(said):
            continue
        named = _HEAD.fullmatch(said) is not None
        any_of = _ANY_OF.search(said)
        enough = frozenset(range(int(any_of["first"]), int(any_of["last"]) + 1)) if any_of else frozenset[int]()
        if head is not None and (named or enough or _ENDS.fullmatch(said)):
            found.append(GroupList(head[0], line.start(), *head[1:]))
            head = None
        if named or enough:
            head = (line.start(), named, enough)
    if head is not None:
        found.append(GroupList(head[0], len(text), *head[1:]))
    return tuple(found)


def of_other_groups(text: str, criteria: Sequence[Criterion], bars: Callable[[int], bool]) -> frozenset[int]:
    """The numbers of the criteria that decide against a person and need not: another group or another item is open.

    Args:
        text: the registry's own.
        criteria: all criteria.
        bars: whether the criterion with this number decides against the person.
    """
    if not any(bars(number) for number in range(len(criteria))):
        return frozenset()
    lists = group_lists(text)
    free = _of_other_arms(text, criteria, bars)
    closed = []
    for one in lists:
        below = [number for number, criterion in enumerate(criteria) if one.start < criterion.start < one.end]
        ways = [number for number in below if _number(criteria[number], text) in one.enough]
        if not all(map(bars, ways)):
            free.update(number for number in ways if bars(number))
        if one.named and below:
            closed.append(any(bars(number) and number not in free for number in below))
    if len(closed) > 1 and not all(closed):
        for one in lists:
            if one.named:
                free.update(n for n, each in enumerate(criteria) if one.start < each.start < one.end and bars(n))
    free.update(n for n, each in enumerate(criteria) if bars(n) and _only_for(text[each.start : each.end]))
    return frozenset(free)


def _of_other_arms(text: str, criteria: Sequence[Criterion], bars: Callable[[int], bool]) -> set[int]:
    """The same of arms with lists of their own: one where nothing bars is open."""
    arms = arms_of(text)
    in_arms = {n: arm for n, each in enumerate(criteria) if bars(n) and (arm := arm_at(arms, each.start))}
    return set() if set(in_arms.values()) >= set(range(1, len(arms) + 1)) else set(in_arms)


_ONLY_FOR = re.compile(
    rf"[^\n]*[-–—(\[]\s*(?:(?:specific|limited|restricted|applies|applicable)(?: only)? to|only for|for)\s(?:the\s)?"
    rf"(?:[\w-]+\s){{0,4}}?{_GROUP}\b(?:\s(?:[A-Z]|[IVX]+|\d))?(?:\sonly)?\s*[)\]]?\s*\.?\s*"
    rf"|[^\n]*[-–—(\[]\s*(?:the\s)?(?:[\w-]+\s){{0,3}}?{_GROUP}(?:\s(?:[A-Z]|[IVX]+|\d))?\sonly\s*[)\]]?\s*\.?\s*",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|both|each|every|any) (?:the )?(?:[\w-]+ )?(?:groups|cohorts|arms)\b", re.IGNORECASE)


def _only_for(words: str) -> bool:
    """Whether words behind an item say that it is asked of one cohort: "- specific to the cases cohort"."""
    return _ONLY_FOR.fullmatch(words) is not None and _ALL.search(words) is None


def _number(criterion: Criterion, text: str) -> int:
    found = _NUMBER.match(text, criterion.start, criterion.end)
    return int(found["number"]) if found else 0
