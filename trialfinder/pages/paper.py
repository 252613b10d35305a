"""A page for paper: sections of entries, in words; ``paper_fit`` shortens them so that two sheets hold the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trialfinder.base import lazy_re as re
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say

SectionKind = Literal["named", "list", "ticks"]
#: How much a section matters where there is no room for all: what speaks against or warns matters most.
FIND_OUT, ABOUT_STUDY, DECIDES = 1, 2, 3
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
    a blank to write on stands between them. ``quotes`` are the registry's sentences, and ``parts`` of each of them the
    words that decide, for where there is no room for all of it; () where the beginning tells as much. ``mail`` is an
    address that may be followed; '' for none.
    """

    words: str
    name: str = ""
    limit: str = ""
    quotes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    mail: str = ""
    cut: bool = False
    whose: str = ""
    """What stands before its quotes where they are restated, instead of quotation marks; '' for the registry's own."""

    def quoted(self) -> tuple[str, ...]:
        """The quotes as they are shown."""
        return tuple(f"{self.whose} {quote}" if self.whose else f"“{quote}”" for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Entries under a title.

    ``lead`` stands above them. Where there is no room for all sections, that of the highest ``rank`` keeps most:
    ``floor`` of its entries stay in any case, and ``least`` of them before other sections keep more; None: all of them
    in any case. ``left_out`` counts those that did not stay, and ``rest`` says where all is.
    """

    title: str
    kind: SectionKind
    entries: tuple[PaperEntry, ...]
    lead: str = ""
    rank: int = FIND_OUT
    least: int | None = None
    floor: int = 1
    left_out: int = 0
    rest: str = ""

    @property
    def more(self) -> str:
        """What is said about what was left out or cut; '' when nothing was."""
        cut = any(entry.cut for entry in self.entries)
        if not cut:
            return say("and {n} more; {where}").format(n=self.left_out, where=self.rest) if self.left_out else ""
        if not self.left_out:
            return say("“…” stands for words that are left out; {where}").format(where=self.rest)
        return say("and {n} more, and what “…” stands for; {where}").format(n=self.left_out, where=self.rest)


def quote_shortened(quote: str, width: int) -> str:
    """A sentence of the record, cut only where what is cut off takes nothing back."""
    words = one_line(quote)
    open_bracket = words.rfind("(", 0, width)
    begun = open_bracket if open_bracket > words.rfind(")", 0, width) else width
    return words if takes_back(words[max(0, min(begun, width - _TURN)) :]) else shorten(words, width)


def takes_back(words: str) -> bool:
    """Whether words of the record hold an exception, a condition or a denial."""
    return _TAKES_BACK.search(words) is not None
