"""Parses the phrase language of the data files (see ``phrases``): words, alternatives, what may be missing."""

from __future__ import annotations

import functools
from itertools import accumulate

from msgspec import Struct, field

from trialfinder.base import lazy_re as re
from trialfinder.phrases.word_forms import plain_letters

_TOKEN = re.compile(
    r"(?P<space> +)|(?P<glue>-)|(?P<open>[{\[])|(?P<close>[}\]]\+{0,2})|(?P<comma>,)"
    r"|(?P<angle><(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>)"
    r"|(?P<free>_)|(?P<bracket>\()|(?P<unbracket>\))|(?P<word>=?[A-Za-z0-9*\u0370-\u03ff]+)|(?P<other>.)"
)
_FREE_WORDS = re.compile(r"(\(?)(?:(\d+)-)?(\d+)\)?(?: not (.+))?\Z")
_CAPITAL = re.compile(r"capital not (.+)\Z")
_ANY = re.compile(r"any(?: (\d+))?(?: not (.+))?\Z")
_NAMED = {
    "number": r"\d+(?:[.,]\d+)?",
    "letter": "[a-z]",
    "capital": r"[A-Z]\w*+(?:['-]\w++)*+",
    "year": r"(?:19|20)\d\d",
}
_MARKS = {"start": r"(?:\A[\W\d]*)", "finish": r"\W*\Z", "end": r" ?(?:\Z|[.,;:()])", "sign": r" ?[<>=≤≥]{1,2} ?"}
_REACH = 60
_ENDS = frozenset({"comma", "close"})


class PhraseUnit(Struct):
    """What stands between two separators: pieces of a word, or one group of alternatives."""

    before: str = ""
    """'' at the start, else ' ' or '-'."""
    pieces: list[PhrasePiece] = field(default_factory=list)

    @property
    def may_be_missing(self) -> bool:
        """It is nothing but words in square brackets, or free words of which there may be none."""
        return len(self.pieces) == 1 and self.pieces[0].optional


class PhrasePiece(Struct, frozen=True):
    """A part of a word or a whole one.

    ``kind``: word, group, bracket, free (words), any (signs), look (what follows), capital, mark (no word), raw.
    """

    kind: str
    text: str = ""
    alternatives: tuple[Phrase, ...] = ()
    optional: bool = False
    many: bool = False
    listed: bool = False
    """Commas, "and" and "or" may stand between the alternatives."""
    low: int = 0
    high: int = 0


class Phrase(Struct, frozen=True):
    """Units one behind the other."""

    units: tuple[PhraseUnit, ...]
    trail: str
    """'-' when it ends with a hyphen, else ''."""
    size: int
    """Number of its signs: of several alternatives the longer one is tried first."""
    only_word: str = ""
    """The word that it is, when it is nothing else."""

    @property
    def lead(self) -> str:
        """ "-" when it begins with a hyphen, else ''."""
        return self.units[0].before

    @property
    def starts_with_mark(self) -> bool:
        """Begins with something that needs no separator."""
        first = self.units[0].pieces[0]
        one_of = first.kind == "group" and not first.optional and all(p.starts_with_mark for p in first.alternatives)
        return one_of or first.kind in {"mark", "any", "look"}

    @property
    def ends_with_mark(self) -> bool:
        """Ends with something that needs no separator."""
        return self.units[-1].pieces[-1].kind in {"mark", "any"}


class WrongPhraseError(ValueError):
    """What is wrong with a phrase, in a few words."""


@functools.lru_cache(maxsize=8192)
def _of_word(text: str, size: int) -> Phrase:
    """A phrase of one word, which most alternatives are."""
    return Phrase((PhraseUnit("", [PhrasePiece("word", text)]),), "", size, text)


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = [(m.lastgroup or "", m.group()) for m in _TOKEN.finditer(text)]
        self.signs = [0, *accumulate(len(text) for _, text in self.tokens)]
        """How many stand before each token."""
        self.at = 0

    def phrase(self, ends: frozenset[str]) -> Phrase:
        units: list[PhraseUnit] = []
        first = self.at
        pending, trail = "", ""
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind in ends:
                break
            self.at += 1
            if kind == "space":
                pending = pending or " "
                continue
            if kind == "glue":
                pending = "-"
                continue
            piece = self._piece(kind, text)
            both = units and piece.optional and units[-1].pieces[-1].optional
            if (
                not units
                or pending
                or both
                or piece.kind in {"any", "look"}
                or units[-1].pieces[-1].kind in {"any", "look"}
            ):
                units.append(PhraseUnit(pending if units or pending == "-" else ""))
            units[-1].pieces.append(piece)
            pending = ""
        if pending == "-":
            trail = "-"
        if not units:
            raise WrongPhraseError("words are missing")
        if all(u.may_be_missing or u.pieces[0].kind == "look" for u in units):
            raise WrongPhraseError("at least one word must stand outside of […]")
        return Phrase(tuple(units), trail, self.signs[self.at] - self.signs[first])

    def _piece(self, kind: str, text: str) -> PhrasePiece:
        if kind == "word":
            return PhrasePiece("word", text)
        if kind == "free":
            return PhrasePiece("free", low=1, high=1)
        if kind == "angle":
            return _directive(text[1:-1])
        if kind == "open":
            return self._group(text)
        if kind == "bracket":
            inner = self.phrase(frozenset({"unbracket"}))
            if self.at >= len(self.tokens):
                raise WrongPhraseError("a '(' is never closed")
            self.at += 1
            return PhrasePiece("bracket", alternatives=(inner,))
        if kind == "other":
            return _other(text)
        raise WrongPhraseError(_STRAY.get(text[0], f"{text!r} is out of place"))

    def _alternative(self) -> Phrase:
        """One of several ways; a lone word among spaces is known at once."""
        at = self.at + (self.tokens[self.at][0] == "space") if self.at < len(self.tokens) else self.at
        if at + 1 < len(self.tokens) and self.tokens[at][0] == "word" and self.tokens[at + 1][0] in _ENDS:
            size = self.signs[at + 1] - self.signs[self.at]
            self.at = at + 1
            return _of_word(self.tokens[at][1], size)
        return self.phrase(_ENDS)

    def _group(self, opened: str) -> PhrasePiece:
        found: list[Phrase] = []
        while True:
            found.append(self._alternative())
            if self.at >= len(self.tokens):
                raise WrongPhraseError(f"a {opened!r} is never closed")
            kind, text = self.tokens[self.at]
            self.at += 1
            if kind == "close":
                break
        if text[0] != {"{": "}", "[": "]"}[opened]:
            raise WrongPhraseError(f"{opened!r} is closed by {text[0]!r}")
        found.sort(key=lambda phrase: -phrase.size)
        return PhrasePiece(
            "group",
            alternatives=tuple(found),
            optional=opened == "[",
            many=text.endswith("+"),
            listed=text.endswith("++"),
        )


_STRAY = {
    ",": "a comma outside of {…} or […] is written <,>",
    "}": "a '}' without its '{'",
    "]": "a ']' without its '['",
    ")": "a ')' without its '('; a bracket of its own is written <)>",
}


def parse(text: str) -> Phrase:
    """What a phrase is made of.

    Raises:
        WrongPhraseError: it is broken; in a few words how, and the way out.
    """
    return _Parser(text).phrase(frozenset())


def _list(text: str) -> tuple[Phrase, ...]:
    parser = _Parser("{" + text + "}")
    parser.at = 1
    return parser._group("{").alternatives


def _other(text: str) -> PhrasePiece:
    if text == ".":
        return PhrasePiece("raw", r"\.?")
    if text in "'\u2019":
        return PhrasePiece("raw", "['\"? ]?")
    if text == "/":
        return PhrasePiece("raw", " ?/ ?")
    if text in "|?\\^$<>":
        raise WrongPhraseError(f"{text!r} is no part of the phrase language; it is no regular expression")
    return PhrasePiece("raw", re.escape(plain_letters(text)))


def _directive(text: str) -> PhrasePiece:
    if text in _NAMED:
        return PhrasePiece("raw", _NAMED[text])
    if text in _MARKS:
        return PhrasePiece("mark", _MARKS[text])
    if found := _FREE_WORDS.match(text):
        low, high = int(found[2] or found[3]), int(found[3])
        never = _list(found[4]) if found[4] else ()
        return PhrasePiece("free", found[1], never, optional=low == 0, low=low, high=high)
    if found := _ANY.match(text):
        return PhrasePiece("any", alternatives=_list(found[2]) if found[2] else (), high=int(found[1] or _REACH))
    if found := _CAPITAL.match(text):
        return PhrasePiece("capital", alternatives=_list(found[1]))
    for name, sign in (("not ", "!"), ("then ", "=")):
        if text.startswith(name):
            return PhrasePiece("look", sign, alternatives=_list(text[len(name) :]))
    if len(text) == 1 and not text.isalnum() and text != " ":
        return PhrasePiece("mark", f" ?{re.escape(text)} ?")
    raise WrongPhraseError(
        f"<{text}> is not known; known are <0-3>, <any>, <not …>, <then …>, <number>, <start>, <end>, <,>"
    )
