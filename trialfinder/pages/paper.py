"""A page for paper: sections of entries, and what to leave out, with its number told, so that two sheets hold it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, unmarked

SectionKind = Literal["named", "list", "ticks"]
#: Lines that two sheets hold below the head, by the smaller of A4 and Letter, and characters on a line.
LINES, CHARACTERS = 128, 100
_QUOTE_CHARACTERS = 112
_TITLE_LINES = 2.2
_SHORT_QUOTE, _UNBROKEN = 150, 40
_TURN = 20
_TAKES_BACK = re.compile(
    r"\b(?:except\w*|exclu\w+|unless|other than|apart from|provided|however|but|without|if|when|only|not|no|may|"
    r"allowed|permitted|eligible|acceptable)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One line of a section.

    ``name`` stands in front. Of a ``ticks`` section ``words`` is the test and ``limit`` what the study says about it;
    a blank to write on stands between them. ``quotes`` are the registry's sentences, ``mail`` is an address that may
    be followed; '' for none.
    """

    words: str
    name: str = ""
    limit: str = ""
    quotes: tuple[str, ...] = ()
    mail: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Entries under a title.

    ``lead`` stands above them. ``least`` is how many are never left out; None: all of them. ``left_out`` counts those
    that were, and ``rest`` says where they are.
    """

    title: str
    kind: SectionKind
    entries: tuple[PaperEntry, ...]
    lead: str = ""
    least: int | None = None
    left_out: int = 0
    rest: str = ""

    @property
    def more(self) -> str:
        """What is said about the entries that were left out; '' when none was."""
        return say("and {n} more; {where}").format(n=self.left_out, where=self.rest) if self.left_out else ""


def fitted(sections: Sequence[PaperSection], lines: float = LINES) -> tuple[PaperSection, ...]:
    """The sections, shortened until they need no more than ``lines``.

    First long quotes of what may be left out lose their ends; then the last entry of the longest section goes, again
    and again. What must never be left out stays, even if it is longer than the paper.
    """
    found = list(sections)
    if sum(map(lines_of, found)) > lines:
        found = [_with_short_quotes(section) for section in found]
    while sum(map(lines_of, found)) > lines:
        loose = [at for at, section in enumerate(found) if _spare(section) > 0]
        if not loose:
            break
        longest = max(loose, key=lambda at: lines_of(found[at]))
        section = found[longest]
        found[longest] = replace(section, entries=section.entries[:-1], left_out=section.left_out + 1)
    return tuple(found)


def _spare(section: PaperSection) -> int:
    return 0 if section.least is None else len(section.entries) - section.least


def _with_short_quotes(section: PaperSection) -> PaperSection:
    if section.least is None:
        return section
    short = {quote: quote_shortened(quote, _SHORT_QUOTE) for entry in section.entries for quote in entry.quotes}
    entries = (replace(entry, quotes=tuple(map(short.__getitem__, entry.quotes))) for entry in section.entries)
    return replace(section, entries=tuple(entries))


def quote_shortened(quote: str, width: int) -> str:
    """A sentence of the record, cut only where what is cut off takes nothing back."""
    words = one_line(quote)
    open_bracket = words.rfind("(", 0, width)
    begun = open_bracket if open_bracket > words.rfind(")", 0, width) else width
    return words if takes_back(words[max(0, min(begun, width - _TURN)) :]) else shorten(words, width)


def takes_back(words: str) -> bool:
    """Whether words of the record hold an exception, a condition or a denial."""
    return _TAKES_BACK.search(words) is not None


def lines_of(section: PaperSection) -> float:
    """About how many lines a section needs on paper."""
    needed = _TITLE_LINES + _lines(section.lead) + _lines(section.more)
    return needed + sum(_entry_lines(section.kind, entry) for entry in section.entries)


def _entry_lines(kind: SectionKind, entry: PaperEntry) -> float:
    quotes = sum(0.9 * _lines(f"“{quote}”", _QUOTE_CHARACTERS) for quote in entry.quotes)
    if kind == "ticks":
        return max(_lines(entry.words, 30), _lines(entry.limit, 48)) + 0.35 + quotes
    label = f"{entry.name}: " if entry.name else ""
    return _lines(f"{label}{entry.words}{entry.mail}") + 0.15 + quotes


def _lines(text: str, characters: int = CHARACTERS) -> int:
    unbroken = any(len(word) > _UNBROKEN for word in text.split())  # it begins a line of its own
    return math.ceil(text_width(text) / characters) + unbroken if text else 0


def text_width(text: str) -> int:
    """Characters, wide ones twice."""
    text = unmarked(text)
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
