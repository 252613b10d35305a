"""What changed in a criteria text, criterion by criterion: limits first, then what was added, dropped, reworded.

The criteria come from ``trialfinder.criteria``. Two criteria are the same when their words are, wherever they stand
in their list; a criterion that has no twin is paired with the one that reads alike, if there is one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re
from trialfinder.base.text import shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.changes import normal

if TYPE_CHECKING:
    from trialfinder.reading import Reading

#: Longest quotation of a criterion, in characters.
QUOTE = 200
#: Criteria that read alike share this much of their words (0 to 100, rapidfuzz's token sort ratio).
ALIKE = 60.0
#: Above this many pairs of unmatched criteria, they are not compared with each other any more.
MOST_PAIRS = 10_000
#: Words of this module that go through ``_words``, for the catalogues.
FORMS = ("dropped ({part}): “{quote}”", "new criterion ({part}): “{quote}”", "reworded ({part}): {quoted}",
         "moved from {old_part} to {part}: “{quote}”")  # fmt: skip
_NUMBERING = re.compile(r"^[\s\\(]*(?:\d{1,2}(?:\.\d{1,2}){0,2}\\?[.)]|[a-z]\\?[.)]|[\u2460-\u2473])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One criterion: its section, its words, and what was read in it."""

    section: str
    group: str
    words: str
    readings: tuple[Reading, ...] = ()

    @property
    def same(self) -> str:
        """What two writings of the same criterion share."""
        return _NUMBERING.sub("", self.words).rstrip(" .;,").casefold()


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words; ``sort`` is limit, added, removed, moved, reworded or layout."""

    sort: str
    words: str


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Every difference between two criteria texts, the limits first; ``layout`` when only the layout differs."""
    before, after = _criteria(old), _criteria(new)
    gone, came = _without_twins(before, after)
    pairs, gone, came = _alike(gone, came)
    found = [d for a, b in pairs for d in _changed(a, b)]
    found += [Difference("removed", _words("dropped ({part}): “{quote}”", c)) for c in gone]
    found += [Difference("added", _words("new criterion ({part}): “{quote}”", c)) for c in came]
    if not found:
        found = [Difference("layout", say("numbering, order or headings of the criteria changed, no criterion did"))]
    order = ("limit", "moved", "added", "removed", "reworded", "layout")
    return tuple(sorted(dict.fromkeys(found), key=lambda d: order.index(d.sort)))


def _criteria(text: str) -> list[ComparedItem]:
    from trialfinder.reading import read_criteria

    items = read_criteria(text)
    found = (ComparedItem(i.section, i.group, normal.text(text[i.start : i.end]), i.readings) for i in items)
    return [criterion for criterion in found if criterion.same]


def _without_twins(
    before: list[ComparedItem], after: list[ComparedItem]
) -> tuple[list[ComparedItem], list[ComparedItem]]:
    """What is left on both sides when criteria with the same words in the same section and group have gone."""

    def left(these: Iterable[ComparedItem], others: Iterable[ComparedItem]) -> Iterator[ComparedItem]:
        twins = Counter((c.section, c.group, c.same) for c in others)
        for criterion in these:
            key = (criterion.section, criterion.group, criterion.same)
            if twins[key]:
                twins[key] -= 1
            else:
                yield criterion

    return list(left(before, after)), list(left(after, before))


def _alike(
    gone: list[ComparedItem], came: list[ComparedItem]
) -> tuple[list[tuple[ComparedItem, ComparedItem]], list[ComparedItem], list[ComparedItem]]:
    """Pairs what reads alike, the most alike first; gives the pairs and what is left."""
    if len(gone) * len(came) > MOST_PAIRS:
        return [], gone, came
    from rapidfuzz import fuzz

    rated = []
    for i, a in enumerate(gone):
        for j, b in enumerate(came):
            likeness = fuzz.token_sort_ratio(a.same, b.same) + 20 * bool(_bounded(a) & _bounded(b))
            if likeness >= ALIKE:
                rated.append((-likeness, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(rated):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    taken = set(pairs.values())
    return (
        [(gone[i], came[j]) for i, j in sorted(pairs.items())],
        [c for i, c in enumerate(gone) if i not in pairs],
        [c for j, c in enumerate(came) if j not in taken],
    )


def _bounded(criterion: ComparedItem) -> set[str]:
    return {r.pattern for r in criterion.readings if r.low is not None or r.high is not None}


def _changed(old: ComparedItem, new: ComparedItem) -> Iterator[Difference]:
    quoted = say("“{new}” (was “{old}”)").format(new=_quote(new), old=_quote(old))
    if old.same == new.same and old.section != new.section:
        yield Difference("moved", _words("moved from {old_part} to {part}: “{quote}”", new, old_part=_part(old)))
        return
    limits = list(_limits(old, new))
    for words in limits:
        yield Difference("limit", f"{words}: {quoted}")
    if not limits:
        yield Difference("reworded", _words("reworded ({part}): {quoted}", new, quoted=quoted))


def _limits(old: ComparedItem, new: ComparedItem) -> Iterator[str]:
    """Bounds that moved, for each thing that both criteria measure."""
    from trialfinder.base.pattern_words import label

    before, after = _readings(old), _readings(new)
    for key, second in after.items():
        first = before.get(key)
        if first is None:
            continue
        pattern, value, _ = key
        name = say(label(pattern))
        if value:
            name = f"{name} {value}"
        yield from _moved(name, first, second)


def _readings(criterion: ComparedItem) -> dict[tuple[str, str, int], Reading]:
    """The readings with a number by pattern, value and their turn in the criterion."""
    found: dict[tuple[str, str, int], Reading] = {}
    turns: dict[tuple[str, str], int] = defaultdict(int)
    for reading in criterion.readings:
        if reading.low is None and reading.high is None and reading.window_months is None:
            continue
        key = (reading.pattern, reading.value if reading.low is not None or reading.high is not None else "")
        found[(*key, turns[key])] = reading
        turns[key] += 1
    return found


def _moved(name: str, old: Reading, new: Reading) -> Iterator[str]:
    limit, lowest, highest, time = (
        form.format(name=name)
        for form in (say("{name} limit"), say("{name} lower limit"), say("{name} upper limit"), say("time for {name}"))
    )
    if old.unit != new.unit:
        yield say("{name} limit changed").format(name=name)
    elif old.low is None and new.low is None:
        yield from _bound(limit, old.high, new.high, old.high_inclusive, new.high_inclusive, new.unit)
    elif old.high is None and new.high is None:
        yield from _bound(limit, old.low, new.low, old.low_inclusive, new.low_inclusive, new.unit)
    else:
        yield from _bound(lowest, old.low, new.low, old.low_inclusive, new.low_inclusive, new.unit)
        yield from _bound(highest, old.high, new.high, old.high_inclusive, new.high_inclusive, new.unit)
    yield from _bound(time, old.window_months, new.window_months, None, None, "months")


def _bound(
    name: str, old: float | None, new: float | None, old_in: bool | None, new_in: bool | None, unit: str
) -> Iterator[str]:
    if old == new:
        if old is not None and old_in != new_in:
            form = say("{name} of {old} now included") if new_in else say("{name} of {old} now excluded")
            yield form.format(name=name, old=_number(old, unit))
    elif old is None and new is not None:
        yield say("{name} set: {new}").format(name=name, new=_number(new, unit))
    elif new is None and old is not None:
        yield say("{name} dropped (was {old})").format(name=name, old=_number(old, unit))
    elif old is not None and new is not None:
        raised, lowered = say("{name} raised from {old} to {new}"), say("{name} lowered from {old} to {new}")
        form = raised if new > old else lowered
        yield form.format(name=name, old=_number(old, unit), new=_number(new, unit))


def _number(value: float, unit: str) -> str:
    amount = f"{value:,.4f}".rstrip("0").rstrip(".")
    if unit == "months" and value >= 24 and value % 12 == 0:
        return f"{value / 12:g} {say('years')}"
    return f"{amount} {say(unit)}".strip()


def _part(criterion: ComparedItem) -> str:
    sections = {"inclusion": say("needed to join"), "exclusion": say("rules out")}
    part = sections.get(criterion.section, say("section not stated"))
    return f"{part}, {theirs(criterion.group)}" if criterion.group else part


def _words(form: str, criterion: ComparedItem, **more: str) -> str:
    """One of ``FORMS``, filled in."""
    return say(form).format(part=_part(criterion), quote=_quote(criterion), **more)


def _quote(criterion: ComparedItem) -> str:
    return theirs(shorten(_NUMBERING.sub("", criterion.words), QUOTE))
