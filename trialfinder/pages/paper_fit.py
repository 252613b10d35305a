"""Chooses what of a page two sheets hold: what matters most first, and never less without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from trialfinder.base.text import shorten
from trialfinder.pages.paper import ABOUT_STUDY, DECIDES, FIND_OUT, PaperEntry, PaperSection, quote_shortened
from trialfinder.pages.paper_room import LINE, LINES, SHEETS, ems, pieces, sheets_of

_Number = Literal["floor", "least", "all"]
# Sizes of the letters to which words are cut: those of the shortest form, and those of a short and a long sentence.
_TINY, _SHORT, _LONG = 50.0, 90.0, 170.0
_GENTLY = 150
_WHOLE = -1
#: What is tried in turn: entries of which rank, how many of a section, and in which of their forms (``_forms``).
_PASSES: tuple[tuple[int, _Number, int], ...] = (
    (ABOUT_STUDY, "floor", 1), (DECIDES, "floor", 1), (FIND_OUT, "floor", 1),
    (DECIDES, "least", 1), (ABOUT_STUDY, "least", 1), (FIND_OUT, "least", 1),
    (DECIDES, "least", 2), (ABOUT_STUDY, "least", _WHOLE), (DECIDES, "least", _WHOLE), (DECIDES, "all", 2),
    (ABOUT_STUDY, "all", _WHOLE), (FIND_OUT, "all", 1), (DECIDES, "all", _WHOLE), (FIND_OUT, "all", 2),
    (FIND_OUT, "all", _WHOLE),
)  # fmt: skip


def fitted(
    sections: Sequence[PaperSection], lines: float = LINES, *, head: float = 0.0, foot: float = 0.0
) -> tuple[PaperSection, ...]:
    """The sections as two sheets hold them.

    Where they do not hold all, a page begins with the ``floor`` of each section in few words, which always fits, and
    takes on more as long as there is room: what speaks against and what to be careful about first, what is to be
    found out last. Of a section without ``least`` no entry is left out.

    Args:
        sections: in the order of the page.
        lines: how many lines of text both sheets hold.
        head: how high that is which stands above them, in points.
        foot: how high that is which stands under them.
    """
    page = _Page(sections, lines * LINE / SHEETS, head, foot)
    if page.holds(sections):
        return tuple(sections)
    for rank, number, form in _PASSES:
        page.take_on(rank, number, form)
    return page.made()


class _Page:
    """A page in making: of each section the forms of the entries that are on it, as numbers of ``_forms``."""

    def __init__(self, sections: Sequence[PaperSection], high: float, head: float, foot: float) -> None:
        self.sections, self.high, self.head, self.foot = sections, high, head, foot
        self.forms = [[_forms(section.rank, entry) for entry in section.entries] for section in sections]
        self.taken = [[0] * _number(section, "floor") for section in sections]

    def holds(self, sections: Sequence[PaperSection]) -> bool:
        heights = [self.head, *(height for section in sections for height in pieces(section)), self.foot]
        return sheets_of(heights, self.high) <= SHEETS

    def made(self) -> tuple[PaperSection, ...]:
        return tuple(map(self._section, range(len(self.sections))))

    def _section(self, at: int) -> PaperSection:
        taken = self.taken[at]
        entries = tuple(forms[form] for forms, form in zip(self.forms[at], taken, strict=False))
        section = self.sections[at]
        return replace(section, entries=entries, left_out=len(section.entries) - len(entries))

    def take_on(self, rank: int, number: _Number, form: int) -> None:
        """Puts entries into a longer form, and takes more of them on, as long as there is room."""
        mine = [at for at, section in enumerate(self.sections) if section.rank == rank]
        for at in mine:
            for place in range(len(self.taken[at])):
                self._try(at, place, form)
        growing = mine
        while growing := [at for at in growing if len(self.taken[at]) < _number(self.sections[at], number)]:
            poorest = min(growing, key=lambda at: len(self.taken[at]) / len(self.forms[at]))
            if not self._try(poorest, len(self.taken[poorest]), form):
                growing.remove(poorest)

    def _try(self, at: int, place: int, form: int) -> bool:
        """Whether the page holds an entry in this form, too; only then it is taken on."""
        before = self.taken[at]
        number = form % len(self.forms[at][place])
        if place < len(before) and before[place] >= number:
            return True
        self.taken[at] = [*before[:place], number, *before[place + 1 :]]
        if self.holds(self.made()):
            return True
        self.taken[at] = before
        return False


def _number(section: PaperSection, number: _Number) -> int:
    """How many entries of a section are wanted."""
    if section.least is None or number == "all":
        return len(section.entries)
    return min(len(section.entries), section.floor if number == "floor" else max(section.least, section.floor))


def _forms(rank: int, entry: PaperEntry) -> tuple[PaperEntry, ...]:
    """The entry in ever more words; the last form is all of it, and any that lacks words says so."""
    if rank == ABOUT_STUDY:
        found = [_all_words(entry, _TINY), _all_words(entry, _SHORT)]
    elif rank == DECIDES:
        first = _with_quotes(entry, _parts(entry, _SHORT)[:1])
        found = [_all_words(first, _TINY), first, _with_quotes(entry, _parts(entry, _LONG))]
    else:
        first = _with_quotes(entry, _parts(entry, _TINY)[:1])
        gently = tuple(quote_shortened(quote, _GENTLY) for quote in entry.quotes)
        found = [_all_words(first, _TINY), _all_words(first, _SHORT), _with_quotes(entry, gently)]
    return (*(form if form == entry else replace(form, cut=True) for form in found), entry)


def _with_quotes(entry: PaperEntry, quotes: tuple[str, ...]) -> PaperEntry:
    """The entry with these sentences; where that are fewer, the last one says so."""
    if quotes and len(quotes) < len(entry.quotes):
        quotes = (*quotes[:-1], f"{quotes[-1].removesuffix('…').rstrip()} …")
    return replace(entry, quotes=quotes, parts=())


def _parts(entry: PaperEntry, most: float) -> tuple[str, ...]:
    """The sentences, of each long one the words that decide."""
    found = zip(entry.quotes, entry.parts or entry.quotes, strict=True)
    return tuple(quote if ems(quote) <= most else narrowed(part, most) for quote, part in found)


def _all_words(entry: PaperEntry, most: float) -> PaperEntry:
    return replace(
        entry,
        words=narrowed(entry.words, most), name=narrowed(entry.name, most), limit=narrowed(entry.limit, most),
        quotes=tuple(narrowed(quote, most) for quote in entry.quotes),
    )  # fmt: skip


def narrowed(text: str, most: float) -> str:
    """The text in at most so many sizes of its letters, cut at a word, with an ellipsis for what is missing."""
    number = len(text)
    while ems(text) > most:
        number = min(number - 1, int(number * most / ems(text)))
        text = shorten(text, number)
    return text
