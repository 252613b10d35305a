"""What a study asks for and what bars, in a cell each: the criteria of the sheet for people."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.judge.explain import said_in
from trialfinder.pages.paper import quote_shortened
from trialfinder.pages.templating import lacking_words
from trialfinder.reading.tree import Criterion
from trialfinder.reading.tree_words import Asked, asked, is_usual, leaf_words, not_understood
from trialfinder.study.copy_note import copy_note, is_copy_note
from trialfinder.study.model import Study

#: The most characters of a cell.
LONGEST = 1_500
_SENTENCE, _ROOM = 160, 120


def asked_and_barred(study: Study, criteria: Sequence[Criterion], *, ours: bool) -> tuple[str, str]:
    """What is asked for, and apart from it what bars; what is cut off or not understood is counted."""
    text = study.eligibility_criteria
    if not text.strip():
        lacks = say("our copy has no criteria; that does not mean that there are none: ask")
        return (none := lacks if ours else say("the record states no criteria")), none
    sides: dict[bool, dict[str, bool]] = {True: {}, False: {}}
    unread = {True: 0, False: 0}
    for criterion in criteria:
        if is_copy_note(text[criterion.start : criterion.end]):
            continue
        things = list(asked(text, criterion.node)) if criterion.node is not None else []
        unread[criterion.section == "inclusion"] += criterion.node is not None and not things
        for wanted in sides:
            if here := [each for each in things if each.wanted is wanted and each.leaf.concept not in _IN_FIELDS]:
                asked_for = criterion.section == "inclusion"
                said, lacking = (
                    _said(text, criterion, here, turned=asked_for and not wanted, ours=ours),
                    wanted and not asked_for,
                )
                said = say("this is missing: {thing}").format(thing=said) if lacking else said
                sides[wanted and not lacking].setdefault(said, is_usual(here))
                if asked_for and not any(each.wanted for each in things) and (parts := _parts(text, criterion)):
                    sides[True].setdefault(_not_understood(parts, ours=ours), is_usual(here))
    cells = [_listed(sorted(found, key=found.__getitem__), unread[wanted]) for wanted, found in sides.items()]
    bars = say("not if: {thing}").format(thing=cells[1]) if sides[False] else cells[1]
    if copy_note(text):
        bars = f"{lacking_words()} {bars}" if sides[False] or unread[False] else lacking_words()
    return cells[0], bars


_IN_FIELDS = ("age", "sex")


def _not_understood(parts: str, *, ours: bool) -> str:
    form = say("not understood, in our words: {parts}") if ours else say("not understood: “{parts}”")
    return form.format(parts=theirs(parts))


def _said(text: str, criterion: Criterion, things: Sequence[Asked], *, turned: bool, ours: bool) -> str:
    """The things of one criterion; where they say less or more than its sentence does, with the sentence.

    ``turned``: they bar, and the sentence says what is asked for in their place.
    """
    words = ", ".join(dict.fromkeys(leaf_words(each.leaf) + each.beside for each in things))
    parts = _parts(text, criterion)
    if not parts and not any(each.loose or each.leaf.narrowing for each in things):
        return words
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
        return form.format(things=words, sentence=theirs(sentence))
    if parts and not turned:
        return f"{words} ({_not_understood(parts, ours=ours)})"
    return say("{things} (narrower: see the record)").format(things=words)


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
    if len(found) > len(parts):
        parts.append(say("and {n} more").format(n=len(found) - len(parts)))
    if unread:
        parts.append(say("criteria not understood: {n}").format(n=unread))
    return "; ".join(parts) or say("nothing could be read")
