"""With which words of a text a phrase can begin, told from the phrase itself: the keys of the index.

Ways are letters in lower case. A way that ends in ``CLOSED`` is a whole word, one that ends in ``OPEN`` the beginning
of one; others go on with what the phrase has behind them. There may be too many ways, never too few.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.phrase_parser import Phrase, PhrasePiece, PhraseUnit
from trialfinder.phrases.word_forms import word_expression

CLOSED, OPEN = " ", "*"
Ways = frozenset[str]
_SHORT = 3
_ENOUGH = 4
"""Letters by which a word is told from most others."""
_START: Ways = frozenset({""})
_FORM = re.compile(r"(?:\(\?:(?P<ways>[^()]*)\)|\[(?P<letters>[^\]]*)\]|(?P<any>\\w\*)|(?P<letter>\w))(?P<or_not>\??)")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_OPEN_RAW = {r"\d": frozenset(f"{digit}*" for digit in range(10)), "[a": _LETTERS, "(?": frozenset({"19*", "20*"})}
"""What the named signs of the phrase language begin with, by the first two characters of their expression."""
_MAYBE = frozenset({r"\.?", "['\"? ]?"})


def _then(ways: Ways, more: Ways) -> Ways:
    if ways is _START:
        return more
    return frozenset(way + word if way[-1:] not in (CLOSED, OPEN) else way for way in ways for word in more)


def _closed(ways: Ways) -> Ways:
    """The words end here; what has no letter yet has no end."""
    return frozenset(way + CLOSED if way and way[-1] not in (CLOSED, OPEN) else way for way in ways)


def _glued(ways: Ways) -> Ways:
    """The words end here, or go on; of what has letters enough the beginning will do."""
    short = frozenset(way for way in ways if len(way) < _SHORT)
    return short | _closed(short) | _opened(ways - short)


def _opened(ways: Ways) -> Ways:
    return _then(ways, frozenset({OPEN}))


@functools.lru_cache(maxsize=8192)
def forms(word: str) -> Ways:
    """The forms of one word of a phrase, with its plural and the other side's spelling."""
    source = word_expression(word, True).lower()
    if source.isalnum():
        return frozenset({source})
    if source[:-1].isalnum() and source.endswith("s?"):
        return frozenset({source[:-1], source[:-2]})
    ways = _START
    for found in _FORM.finditer(source):
        if found["any"]:
            return _opened(ways)
        more = frozenset(found["ways"].split("|") if found["ways"] else found["letters"] or found["letter"])
        ways = _then(ways, more | {""} if found["or_not"] else more)
    return ways


@functools.lru_cache(maxsize=8192)
def closed_forms(word: str) -> Ways:
    """The forms of a whole word with which a phrase begins."""
    return _closed(forms(word))


def begun(words: Iterable[str]) -> Ways:
    """The beginnings of words that may be needed (``needed_words``)."""
    return frozenset(word[:_ENOUGH] + OPEN for word in words)


def needed(ways: Ways) -> Ways:
    """Ways in which words begin, of which a text must have one, as whole words and ``begun`` ones; empty: not known."""
    if any(len(way) <= _ENOUGH if way.endswith(OPEN) else len(way.strip(CLOSED)) < _SHORT for way in ways):
        return frozenset()
    return frozenset(way[:_ENOUGH] + OPEN if way[-1] == OPEN else way.strip(CLOSED) for way in ways)


def needed_words(phrase: Phrase) -> Ways:
    """Words behind the first one of which a text has one wherever the phrase stands (``needed``); empty: not known."""
    units = phrase.units
    for at in range(len(units) - 1, 0, -1):
        if _begins_word(units, at) and (found := needed(beginnings(Phrase(units[at:], phrase.trail, 0)))):
            return found
    return frozenset()


def _begins_word(units: Sequence[PhraseUnit], at: int) -> bool:
    """Whether a word begins where a unit does, also where what may be missing before it is."""
    if any(way.lead for way in units[at].pieces[0].alternatives):
        return False
    while at > 0 and units[at].before == " ":
        at -= 1
        if any(way.trail for way in units[at].pieces[-1].alternatives):
            return False
        if not units[at].may_be_missing:
            return True
    return at == 0


def beginnings(phrase: Phrase) -> Ways:
    """Every way in which a phrase can begin; only whole words and beginnings of words."""
    return _closed(_of_phrase(phrase, _START))


def _of_phrase(phrase: Phrase, ways: Ways) -> Ways:
    firm, trail = False, False
    for unit in phrase.units:
        first = unit.pieces[0]
        if first.kind == "any":
            ways = _closed(ways) if firm else _opened(ways)
        elif unit.before:
            glued = trail or unit.before == "-" or any(way.lead for way in first.alternatives)
            ways = _glued(ways) if glued else _closed(ways)
        if all(way[-1:] in (CLOSED, OPEN) for way in ways):
            break  # no further word is the first one
        skipped = ways if unit.may_be_missing else frozenset()
        for piece in unit.pieces:
            ways = _of_piece(piece, ways)
        ways |= skipped
        trail = any(way.trail for way in unit.pieces[-1].alternatives)
        firm = not unit.may_be_missing and unit.pieces[-1].kind not in ("any", "mark")
    return _glued(ways) if phrase.trail else ways


def _of_alternative(phrase: Phrase, ways: Ways) -> Ways:
    return _then(ways, forms(phrase.only_word)) if phrase.only_word else _of_phrase(phrase, ways)


def _of_piece(piece: PhrasePiece, ways: Ways) -> Ways:
    match piece.kind:
        case "word":
            return _then(ways, forms(piece.text))
        case "group":
            made = frozenset[str]().union(*(_of_alternative(inner, ways) for inner in piece.alternatives))
            return (_opened(made) if piece.many else made) | (ways if piece.optional else frozenset())
        case "bracket":
            made = _of_phrase(piece.alternatives[0], ways)
            return _closed(ways) | made | _closed(made)
        case "raw":
            return _of_signs(piece.text, ways)
        case "mark":
            return _closed(ways)
        case "look" | "any":
            return ways
        case _:
            return _opened(ways)


def _of_signs(source: str, ways: Ways) -> Ways:
    if source[:2] in _OPEN_RAW:
        return _then(ways, _OPEN_RAW[source[:2]])
    if source in _MAYBE:
        return ways | _closed(ways)
    return _then(ways, frozenset({source.lower()})) if source.isalnum() else _closed(ways)
