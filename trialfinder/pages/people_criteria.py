"""What a study asks for and what bars: a cell each, in short and in full, and a line a criterion; for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.judge.shown.explain import said_in
from trialfinder.pages.paper import quote_shortened
from trialfinder.pages.templating import lacking_words
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.telling.tree_words import Asked, asked, is_usual, leaf_words, not_understood
from trialfinder.study.copy_note import copy_note, is_copy_note
from trialfinder.study.model import Study

#: The most characters of a cell.
LONGEST = 1_500
_SENTENCE, _ROOM = 160, 120


@dataclass(frozen=True, slots=True)
class Side:
    """What is asked for, or what bars: all of it in a cell, the plainest of it in a short one, and a line a criterion.

    In the short one ``*`` stands behind what is narrower than it says; ``hides`` is whether the lines say more.
    """

    full: str
    short: str
    lines: tuple[str, ...] = ()
    hides: bool = False


@dataclass(frozen=True, slots=True)
class _SaidOfOne:
    """One criterion in words: the things alone, '' for none, and the whole with what narrows them.

    ``usual``: nearly every study has it.
    """

    things: str
    words: str
    usual: bool = False

    @property
    def plain(self) -> bool:
        return self.things == self.words


def asked_and_barred(study: Study, criteria: Sequence[Criterion], *, ours: bool, room: tuple[int, int]) -> list[Side]:
    """What is asked for, and apart from it what bars; what is cut off or not understood is counted.

    ``room`` is how many characters the short cells take.
    """
    text = study.eligibility_criteria
    if not text.strip():
        lacks = say("our copy has no criteria; that does not mean that there are none: ask")
        none = lacks if ours else say("the record states no criteria")
        return [Side(none, none), Side(none, none)]
    sides: dict[bool, dict[str, _SaidOfOne]] = {True: {}, False: {}}
    unread: dict[bool, list[str]] = {True: [], False: []}
    for criterion in criteria:
        if is_copy_note(text[criterion.start : criterion.end]):
            continue
        things = list(asked(text, criterion.node)) if criterion.node is not None else []
        if criterion.node is not None and not things:
            sentence = shorten(said_in("", text[criterion.start : criterion.end], LONGEST), 2 * _SENTENCE)
            unread[criterion.section == "inclusion"].append(_not_understood(sentence, ours=ours))
        for side, told in _of_criterion(text, criterion, things, ours=ours):
            sides[side].setdefault(told.words, told)
    front = f"{lacking_words()} " if copy_note(text) else ""
    bars = _side(sides[False], unread[False], room[1] - len(front))
    bars = _bars(bars, front, some=bool(sides[False]), unread=bool(unread[False]))
    return [_side(sides[True], unread[True], room[0]), bars]


def _of_criterion(
    text: str, criterion: Criterion, things: list[Asked], *, ours: bool
) -> Iterator[tuple[bool, _SaidOfOne]]:
    """What one criterion asks for (True) and bars (False)."""
    asked_for = criterion.section == "inclusion"
    for wanted in (True, False):
        here = [each for each in things if each.wanted is wanted and each.leaf.concept not in _IN_FIELDS]
        if not here:
            continue
        told = _said(text, criterion, here, turned=asked_for and not wanted, ours=ours)
        if wanted and not asked_for:
            missing = say("this is missing: {thing}")
            told = _SaidOfOne(missing.format(thing=told.things), missing.format(thing=told.words), told.usual)
            yield False, told
        else:
            yield wanted, told
        if asked_for and not any(each.wanted for each in things) and (parts := _parts(text, criterion)):
            yield True, _SaidOfOne("", _not_understood(parts, ours=ours), told.usual)


def _side(told: dict[str, _SaidOfOne], unread: list[str], room: int) -> Side:
    ordered = sorted(told.values(), key=lambda each: each.usual)
    lines = (*(each.words for each in ordered), *unread)
    full = _listed([each.words for each in _together(ordered)], len(unread))
    if len(full) <= room:
        return Side(full, full, lines)
    names: list[str] = []
    for each in sorted(ordered, key=lambda each: (each.usual, not each.plain)):
        name = each.things + ("" if each.plain else "*")
        # What two criteria say, one of them in narrower words, stands there once, as the broader one.
        if each.things and each.things not in names and name not in names and len("; ".join((*names, name))) <= room:
            names.append(name)
    more = len(ordered) - sum(each.things in names or f"{each.things}*" in names for each in ordered)
    return Side(full, "; ".join((*names, *_counted(more, len(unread)))), lines, hides=True)


def _bars(side: Side, front: str, *, some: bool, unread: bool) -> Side:
    """``front`` is what a copy that lacks criteria says of itself; ``some``: something bars; ``unread``: may bar."""

    def told(words: str) -> str:
        if some:
            return front + say("not if: {thing}").format(thing=words)
        return front + words if unread or not front else front.strip()

    return replace(side, full=told(side.full), short=told(side.short))


def _together(told: Iterable[_SaidOfOne]) -> list[_SaidOfOne]:
    """The same things that are narrowed in several ways stand there once, with each way behind them."""
    found: dict[tuple[str, bool], list[_SaidOfOne]] = {}
    for each in told:
        key = each.things if each.things and each.words.startswith(f"{each.things} (") else each.words
        found.setdefault((key, each.plain), []).append(each)
    return [_one(each) for each in found.values()]


def _one(told: list[_SaidOfOne]) -> _SaidOfOne:
    if len(told) == 1:
        return told[0]
    said, last = "", ""
    for way in dict.fromkeys(each.words.removeprefix(each.things)[2:-1] for each in told):
        lead, colon, rest = way.partition(": ")
        said += ("; " if said else "") + (rest if colon and lead == last else way)
        last = lead
    return _SaidOfOne(told[0].things, f"{told[0].things} ({said})", all(each.usual for each in told))


_IN_FIELDS = ("age", "sex")


def _not_understood(parts: str, *, ours: bool) -> str:
    form = say("not understood, in our words: {parts}") if ours else say("not understood: “{parts}”")
    return form.format(parts=theirs(parts))


def _said(text: str, criterion: Criterion, things: Sequence[Asked], *, turned: bool, ours: bool) -> _SaidOfOne:
    """The things of one criterion; where they say less or more than its sentence does, with the sentence.

    ``turned``: they bar, and the sentence says what is asked for in their place.
    """
    words, usual = ", ".join(dict.fromkeys(leaf_words(each.leaf) + each.beside for each in things)), is_usual(things)
    parts = _parts(text, criterion)
    if not parts and not any(each.loose or each.is_less for each in things):
        return _SaidOfOne(words, words, usual)
    whole = said_in("", text[criterion.start : criterion.end], LONGEST)
    sentence = quote_shortened(whole, _SENTENCE)
    if sentence == whole or (not parts and len(sentence) <= 2 * _SENTENCE):
        if ours:
            asks, only = (
                say("{things} (the study asks for, in our words: {sentence})"),
                say("{things} (only as in our words: {sentence})"),
            )
        else:
            asks, only = say("{things} (the study asks for: “{sentence}”)"), say("{things} (only as in: “{sentence}”)")
        form = asks if turned else only
        return _SaidOfOne(words, form.format(things=words, sentence=theirs(sentence)), usual)
    if parts and not turned:
        return _SaidOfOne(words, f"{words} ({_not_understood(parts, ours=ours)})", usual)
    return _SaidOfOne(words, say("{things} (narrower: see the record)").format(things=words), usual)


def _parts(text: str, criterion: Criterion) -> str:
    """The words of a criterion that were not understood, cut; '' for none, or where nothing was understood."""
    parts = not_understood(criterion.node) if criterion.node else ()
    return shorten(" / ".join(one_line(text[part.start : part.end]) for part in parts), _SENTENCE)


def _listed(found: Sequence[str], unread: int) -> str:
    parts: list[str] = []
    for words in found:
        if parts and len("; ".join((*parts, words))) > LONGEST - _ROOM:
            break
        parts.append(words)
    return "; ".join((*parts, *_counted(len(found) - len(parts), unread))) or say("nothing could be read")


def _counted(more: int, unread: int) -> Iterator[str]:
    if more:
        yield say("and {n} more").format(n=more)
    if unread:
        yield say("criteria not understood: {n}").format(n=unread)
