"""The phrase language of the volunteers' data files: plain words in, one regular expression out.

===================  ==================================================================================
``heart disease``    these words; a space also stands for a hyphen or a slash; plurals and the other
                     side's spelling (tumour, haemoglobin, -ise) are found as well
``non-smoker``       a hyphen also stands for a space or for nothing
``cancer*`` ``*msc`` any letters behind, or in front
``{heart, lung}``    one of these
``[severe, mild]``   one of these, or none; ``[…]+`` and ``{…}+``: several of them in a row;
                     ``[…]++`` and ``{…}++``: also with commas, "and" or "or" between them
``_``  ``<0-3>``     one free word; up to three free words; ``<0-3 not no, or>``: but none of these;
                     ``<(0-3)>``: also in brackets
``<any>``            up to 60 characters of the same clause; ``<any 30>``: up to 30; ``<any 30 not or>``
``<not home>``       but not followed by this; ``<then dose>``: only when followed by this
``(CABG)``           in brackets or not
``<number>``         a number; ``<letter>``; ``<end>``: the clause ends; ``<start>``: the item begins;
                     ``<,>``: a comma, likewise ``<(>``, ``<)>``, ``<:>``, ``<+>``, ``</>`` …
``=men``             exactly this form
===================  ==================================================================================
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.beginnings import OPEN, beginnings, closed_forms, forms, needed, needed_words
from trialfinder.phrases.phrase_parser import Phrase, PhrasePiece, PhraseUnit, WrongPhraseError, parse
from trialfinder.phrases.word_forms import plain_letters, word_expression

SPACE, GLUE = "[ /-]{1,3}", "[ /-]{0,3}"
WORD_START, WORD_END = r"(?<![^\W_])", r"(?!(?<=[^\W_])[^\W_])"
_BEFORE_BRACKET = rf"(?:{GLUE}\(|{SPACE})"
_FREE = r"\w++(?:['.-]\w++)*+"
_CAPITAL = r"[A-Z]\w*+(?:['-]\w++)*+"
_IN_A_ROW = "[ /,-]{1,3}(?:(?:and/or|and|or|&)[ /-]{1,3})?"
_NO_END = r"\.(?:\d|(?:(?<=e\.)g|(?<=i\.)e)\.)"
_MOST = 12
_PLAIN = re.compile(r"[a-z0-9][a-z0-9*]*(?: [a-z0-9*]+)*\Z")


def _edges(phrase: Phrase, left: str, right: str) -> tuple[str, str]:
    """What stands before and behind one of several alternatives: its own hyphens go before ``left`` and ``right``."""
    left = GLUE if phrase.lead else "" if phrase.starts_with_mark else left
    if left == SPACE and phrase.units[0].pieces[0].kind == "bracket":
        left = _BEFORE_BRACKET
    return left, GLUE if phrase.trail else "" if phrase.ends_with_mark else right


def alternatives(phrases: Iterable[Phrase], left: str, right: str) -> str:
    """Alternatives with their separators; those with the same ones share them (a smaller, faster expression)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for phrase in phrases:
        groups.setdefault(_edges(phrase, left, right), []).append(_sequence(phrase, True))
    return "|".join(before + _either(sources) + behind for (before, behind), sources in groups.items())


def _either(sources: Sequence[str]) -> str:
    return sources[0] if len(sources) == 1 else f"(?:{'|'.join(sources)})"


def _grouped(source: str, times: str) -> str:
    return f"(?:{source}){times}"


def _look(piece: PhrasePiece) -> str:
    return f"(?{piece.text}{alternatives(piece.alternatives, SPACE, WORD_END)})"


def _free_word(piece: PhrasePiece) -> str:
    word = rf"\(?{_FREE}\)?" if piece.text else _FREE
    if not piece.alternatives:
        return word
    never = "|".join(_sequence(p, True) for p in piece.alternatives)
    return f"(?!(?:{never}){WORD_END}){word}"


def _anything(piece: PhrasePiece) -> str:
    """Signs of the same clause; the dot of a decimal and of "e.g." does not end it."""
    reach = f"{{0,{piece.high}}}?"
    sign = "[^.;]"
    if piece.alternatives:
        never = "|".join(_sequence(p, True) for p in piece.alternatives)
        sign = rf"(?:(?!\b(?:{never}){WORD_END})[^.;])"
    return rf"{sign}{reach}(?:{_NO_END}{sign}{reach}){{0,2}}?{WORD_END}"


def _pieces(unit: PhraseUnit, ended: bool) -> str:
    """A unit's pieces one behind the other. ``ended``: a word ends where the unit ends."""
    out: list[str] = []
    for number, piece in enumerate(unit.pieces):
        last = number == len(unit.pieces) - 1
        out.append(_one(piece, ended if last else unit.pieces[number + 1].kind in {"mark", "bracket"}))
    return "".join(out)


def _one(piece: PhrasePiece, ended: bool) -> str:
    if piece.kind == "word":
        return word_expression(piece.text, ended)
    if piece.kind == "group":
        inner = _either([_piece_alternative(p, ended) for p in piece.alternatives])
        times = ("*" if piece.optional else "+") if piece.many else "?" if piece.optional else ""
        return _grouped(inner, times.replace("*", f"{{0,{_MOST}}}").replace("+", f"{{1,{_MOST}}}")) if times else inner
    if piece.kind == "bracket":
        return rf"\(?{_sequence(piece.alternatives[0], True)}\)?"
    if piece.kind == "free":
        return _free_word(piece)
    if piece.kind == "capital":
        never = "|".join(_sequence(p, True) for p in piece.alternatives)
        return f"(?!(?:{never}){WORD_END}){_CAPITAL}"
    if piece.kind == "look":
        return _look(piece)
    if piece.kind == "any":
        return _anything(piece)
    return piece.text


def _piece_alternative(phrase: Phrase, ended: bool) -> str:
    left, right = GLUE if phrase.lead else "", GLUE if phrase.trail else ""
    return left + _sequence(phrase, ended) + right


def _stands_alone(unit: PhraseUnit) -> PhrasePiece | None:
    """The group of alternatives or free words that a unit is, when it is nothing else."""
    piece = unit.pieces[0]
    return piece if len(unit.pieces) == 1 and piece.kind in {"group", "free"} else None


def _body(piece: PhrasePiece, left: str, right: str) -> str:
    """A group with what separates it from its neighbours inside."""
    if piece.kind == "free":
        return left + _free_word(piece) + right
    return alternatives(piece.alternatives, left, right)


def _times(piece: PhrasePiece) -> str:
    if piece.kind == "free":
        return f"{{{piece.low},{piece.high}}}"
    if piece.many:
        return f"{{{0 if piece.optional else 1},{_MOST}}}"
    return "?" if piece.optional else ""


def _separator(sign: str) -> str:
    return GLUE if sign == "-" else SPACE if sign else ""


def _may_be_mark(unit: PhraseUnit) -> bool:
    """A comma, a bracket or the like that may be missing, alone between two words."""
    piece = unit.pieces[0]
    return (
        len(unit.pieces) == 1
        and piece.optional
        and piece.kind == "group"
        and all(len(p.units) == 1 and [x.kind for x in p.units[0].pieces] == ["mark"] for p in piece.alternatives)
    )


def _loose(unit: PhraseUnit) -> bool:
    """Needs no separator of its own on either side."""
    return unit.pieces[0].kind in {"any", "look"} or (unit.pieces[0].kind == "mark")


def _sequence(phrase: Phrase, ended: bool) -> str:
    """The expression of a phrase. ``ended``: its last word ends there (and so may have a plural)."""
    units = phrase.units
    needed = [n for n, u in enumerate(units) if not u.may_be_missing and u.pieces[0].kind != "look"]
    last, swallowed = needed[-1], True
    out: list[str] = []
    for number, unit in enumerate(units):
        left = "" if swallowed else _separator(unit.before)
        if left == SPACE and unit.pieces[0].kind == "bracket":
            left = _BEFORE_BRACKET
        following = units[number + 1] if number + 1 < len(units) else None
        whole = not phrase.trail and ended if following is None else following.before != "-"
        right = _separator(following.before) if following is not None and not _loose(following) else ""
        after_mark = swallowed
        swallowed = unit.pieces[-1].kind in {"any", "mark"}
        piece = _stands_alone(unit)
        if _loose(unit):
            start = r"\b" if unit.pieces[0].kind == "any" and out and not after_mark else ""
            out.append(start + _pieces(unit, True))
        elif piece is not None and _may_be_mark(unit):
            glued = not left or left == GLUE or right == GLUE
            gap = "" if following is None or number == 0 else GLUE if glued else SPACE
            out.append(_either([*(_one(p.units[0].pieces[0], False) for p in piece.alternatives), gap]))
            swallowed = True
        elif piece is None:
            out.append(left + _pieces(unit, whole))
        elif piece.optional and number < last and (unit.before or not number):
            between = _IN_A_ROW if piece.listed and right == SPACE else right
            out.append(left + _grouped(_body(piece, "", between), _times(piece)))
            swallowed = True
        elif piece.optional:
            between = _IN_A_ROW if piece.listed and left == SPACE else left
            out.append(_grouped(_body(piece, between, ""), _times(piece)))
        else:
            text, swallowed = _needed(piece, left, right if number < last else "", whole)
            out.append(text)
    return "".join(out)


def _needed(piece: PhrasePiece, left: str, right: str, ended: bool) -> tuple[str, bool]:
    """A group that must be there, and whether it holds the separator behind it."""
    times = _times(piece)
    edged = any(p.trail or p.ends_with_mark for p in piece.alternatives)
    if right and (edged or piece.many or piece.kind == "free"):
        between = _IN_A_ROW if piece.listed and right == SPACE else right
        return left + _grouped(_body(piece, "", between), times), True
    if piece.kind == "free" or piece.many:
        inner = _body(piece, "", "")
        if piece.kind == "free" and piece.high == 1:
            return left + inner, False
        left = _IN_A_ROW if piece.listed and left == SPACE else left
        more = f"{{{max(piece.low, 1) - 1},{(piece.high if piece.kind == 'free' else _MOST) - 1}}}"
        return f"{left}(?:{inner})(?:{left or (_IN_A_ROW if piece.listed else SPACE)}(?:{inner})){more}", False
    if any(p.lead or p.starts_with_mark for p in piece.alternatives):
        return _grouped(_body(piece, left, ""), ""), False
    return left + _either([_sequence(p, ended) for p in piece.alternatives]), False


@functools.lru_cache(maxsize=8192)
def checked(text: str) -> Phrase:
    """The phrase as it is read, which many rows have; raises WrongPhraseError for one that is broken."""
    try:
        return parse(plain_letters(text.strip(" ")))
    except WrongPhraseError as error:
        raise WrongPhraseError(f"phrase {text!r}: {error}") from None


class SaidPhrase:
    """A phrase of ``says``. Read at once, so that a mistake is told at once; an expression when it is first asked."""

    __slots__ = ("_case", "_phrase", "_text")

    def __init__(self, text: str, *, case: bool = False) -> None:
        """Reads a phrase; ``case``: capitals count.

        Raises:
            WrongPhraseError: the phrase is broken; the message says the way out.
        """
        self._text, self._case = text if case else text.lower(), case
        self._phrase = None if _PLAIN.match(self._text) else _beginning(self._text)

    @property
    def expression(self) -> str:
        """The expression, without its last word's end."""
        if self._phrase is None:
            return SPACE.join(word_expression(word, True) for word in self._text.split(" "))
        return _sequence(self._phrase, True)

    def beginnings(self) -> frozenset[str]:
        """The words with which it can begin (see ``beginnings``)."""
        if self._phrase is None:
            return closed_forms(self._text.partition(" ")[0])
        return beginnings(self._phrase)

    def can_begin(self, word: str) -> bool:
        """Whether it can begin with a whole word; only asked of phrases whose beginning is any letters."""
        first = self._phrase.units[0].pieces[0].text if self._phrase is not None else ""
        return not first.startswith("*") or re.fullmatch(word_expression(first, True), word) is not None

    def needed_words(self) -> frozenset[str]:
        """Words besides the first of which a text has one wherever it stands (see ``needed_words``)."""
        if self._phrase is not None:
            return needed_words(self._phrase)
        return needed(forms(max(self._text.split(" ")[1:], key=len, default=OPEN)))


def _beginning(text: str) -> Phrase:
    phrase = checked(text)
    first = phrase.units[0].pieces[0]
    if (_opens(phrase) and first.kind != "word") or first.kind == "free":
        raise WrongPhraseError(f"phrase {text!r}: it must begin with a word; write one in front, or one for each way")
    return phrase


def _opens(phrase: Phrase) -> bool:
    first = phrase.units[0].pieces[0]
    return first.kind in {"mark", "any"} or (first.kind == "word" and first.text.startswith("*"))


def opened(phrases: Sequence[Phrase], left: str, right: str) -> str:
    """Alternatives that begin where a word begins, unless they begin with a star or a mark."""
    inner = [p for p in phrases if not _opens(p)]
    free = [p for p in phrases if _opens(p)]
    found = [f"{WORD_START}(?:{alternatives(inner, left, right)})"] if inner else []
    return "|".join(found + ([alternatives(free, left, right)] if free else []))


def listed(value: object) -> list[str]:
    """The phrases of a data file as text; raises ValueError for anything but a list of text."""
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise ValueError(f"must be a list of phrases, not {value!r}")
    return value
