"""Joins answers where criteria are joined: alternatives, "any of the following", groups, and what was read in part.

An answer here says whether the criterion is satisfied. Only answers of NO are ever lifted, to what the whole says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from trialfinder.base.answer import Answer, all_of, any_of, at_least
from trialfinder.judge.case import listed
from trialfinder.judge.nearby_words import or_after, or_before
from trialfinder.judge.neuropathy import match_kind
from trialfinder.person.word_tables import kinds
from trialfinder.reading.readings import Item, Reading

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

Key = tuple[int, int]
"""Index of the item, index of the reading in it."""
Answers = dict[Key, Answer]

_JOINED_BY_OR = re.compile(r"\bor\b|and/or|[,;]", re.IGNORECASE)


def combine(items: Sequence[Item], text: str, answers: Answers) -> Answers:
    """The answers after everything that joins criteria was taken into account."""
    found = dict(answers)
    for index, item in enumerate(items):
        _alternatives(index, item, found)
        _open_or(index, item, text, found)
        _bounded_companions(index, item, text, found)
    _exclusive_kinds(items, found)
    for index in sorted(range(len(items)), key=lambda at: -items[at].depth):
        _tree(index, items, found)
    _groups(items, found)
    return found


def lift(found: Answers, members: Sequence[Key], whole: Answer) -> None:
    """Gives the members that are not satisfied the answer of the whole that they belong to."""
    for key in members:
        if found[key] is NO or whole is YES:
            found[key] = whole


def _alternatives(index: int, item: Item, found: Answers) -> None:
    """Under ``require``, readings with the same number are joined by "or": one of them is enough."""
    numbers = {
        reading.alternatives for reading in item.readings if reading.alternatives and reading.effect == "require"
    }
    for number in numbers:
        members = [
            (index, at)
            for at, reading in enumerate(item.readings)
            if reading.alternatives == number and reading.effect == "require" and (index, at) in found
        ]
        if len(members) > 1:
            lift(found, members, any_of(found[key] for key in members))


def _open_or(index: int, item: Item, text: str, found: Answers) -> None:
    """In an item that was read in part, "or" beside what was read may lead to something that the person has."""
    if item.complete:
        return
    for at, reading in enumerate(item.readings):
        if found.get((index, at)) is NO and reading.effect == "require":
            after, before = text[reading.end : item.end][:40], text[item.start : reading.start][-60:]
            if or_after(after) or or_before(before):
                found[index, at] = UNKNOWN


def _bounded_companions(index: int, item: Item, text: str, found: Answers) -> None:
    """ "Kidney disease with creatinine > 2" bars only where the number does."""
    worded = [
        (at, r)
        for at, r in enumerate(item.readings)
        if r.effect == "exclude" and not _bounded(r) and (index, at) in found
    ]
    for at, reading in worded:
        if found[index, at] is not NO:
            continue
        mates = [
            (other, r)
            for other, r in enumerate(item.readings)
            if r.pattern == reading.pattern and r.effect == "exclude" and _bounded(r) and (index, other) in found
        ]
        joined = [other for other, r in mates if not _JOINED_BY_OR.search(text[reading.end : r.start] or "x")]
        if joined:
            found[index, at] = all_of(found[index, other] for other in joined)


def _bounded(reading: Reading) -> bool:
    return reading.low is not None or reading.high is not None


def _exclusive_kinds(items: Sequence[Item], found: Answers) -> None:
    """Kinds of illness that no one has together, asked for in separate lines, can only be alternatives."""
    for pattern, clash in (("neuropathy_type", _kinds_clash), ("diabetes_type", _types_clash)):
        members = [
            (index, at)
            for index, item in enumerate(items)
            for at, reading in enumerate(item.readings)
            if reading.pattern == pattern and reading.effect == "require" and not reading.group and (index, at) in found
        ]
        values = [listed(items[index].readings[at].value) for index, at in members]
        if any(clash(one, other) for one in values for other in values):
            lift(found, members, any_of(found[key] for key in members))


def _kinds_clash(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    known = kinds()
    mine, theirs = [kind for kind in one if kind in known], [kind for kind in other if kind in known]
    return bool(mine and theirs) and all(
        match_kind(a, b) is NO and match_kind(b, a) is NO for a in mine for b in theirs
    )


def _types_clash(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return {one, other} == {("type1",), ("type2",)}


def _tree(index: int, items: Sequence[Item], found: Answers) -> None:
    """Joins the items below one item as its words say ("any of the following", "at least two of")."""
    item = items[index]
    children = (
        [at for at, other in enumerate(items) if other.parent == index] if item.logic not in ("single", "") else []
    )
    if not children:
        return
    join = _join(item, len(children))
    if join is None:
        return
    whole = join([_branch(child, items, found) for child in children])
    members = [key for child in children for key in found if key[0] in _below(child, items)]
    lift(found, members, whole)


def _join(item: Item, children: int) -> Callable[[list[Answer]], Answer] | None:
    """How to join answers "satisfied"; None where each child stands for itself.

    Where fewer criteria were found than the words ask for, some were not seen: then nothing is decided.
    """
    exclusion = item.section == "exclusion"
    if item.logic == ("any" if exclusion else "all"):
        return None
    needed = {"any": 1, "all": children}.get(item.logic, item.needed)
    if not 1 <= needed <= children:
        return lambda _answers: UNKNOWN
    if exclusion:  # barred is for whom all (or n) hold: satisfied is who has too few of them
        return lambda answers: ~at_least(needed, [~answer for answer in answers])
    return lambda answers: at_least(needed, answers)


def _below(index: int, items: Sequence[Item]) -> set[int]:
    found = {index}
    for at in range(index + 1, len(items)):
        if items[at].parent in found:
            found.add(at)
    return found


def _branch(index: int, items: Sequence[Item], found: Answers) -> Answer:
    """Whether one child with all below it is satisfied; what was not read leaves it open."""
    inside = _below(index, items)
    answer = all_of(value for key, value in found.items() if key[0] in inside)
    unread = any(not items[at].complete for at in inside)
    exclusion = items[index].section == "exclusion"
    if not unread:
        return answer
    return answer & UNKNOWN if not exclusion or answer is not NO else NO


def _groups(items: Sequence[Item], found: Answers) -> None:
    """A criterion of one group bars from the study only when every group that is named is closed to the person."""
    groups: dict[str, list[Key]] = {}
    for key in found:
        group = items[key[0]].readings[key[1]].group or items[key[0]].group
        if group:
            groups.setdefault(group, []).append(key)
    if not groups:
        return
    closed = len(groups) > 1 and all(any(found[key] is NO for key in keys) for keys in groups.values())
    if not closed:
        for keys in groups.values():
            for key in keys:
                if found[key] is NO:
                    found[key] = UNKNOWN
