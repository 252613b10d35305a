"""How much room words need on paper: never less than a browser gives them, so that what fits here fits there.

Measured is the print of ``doctor_page.css``, with the advances of DejaVu Sans, the widest of the letters that a browser
takes when it has none of those that the style names: the page is as wide as A4 and as high as Letter.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections.abc import Iterable, Iterator

from trialfinder.base.tongue import say, unmarked
from trialfinder.pages.paper import PaperEntry, PaperSection, SectionKind

_MM = 72 / 25.4
_WIDE, _HIGH = (210 - 26) * _MM, (279.4 - 22) * _MM
#: What is kept free on each sheet: browsers round heights, and not all set letters alike.
_RESERVE = 8.0
_REM = 12.0
_BODY, _QUOTED, _SMALL, _HEAD, _TITLE = 9.2, 8.4, 8.2, 10.2, 13.0
#: The height of one line of the page, in points; and how many of them the sheets hold.
LINE = _BODY * 1.26
SHEETS = 2
LINES = SHEETS * (_HIGH - _RESERVE) / LINE
# Thousandths of the size that the letters from the space on take, in DejaVu Sans.
_ADVANCES = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
)  # fmt: skip
_OTHERS = {**dict.fromkeys("‘’·", 320), **dict.fromkeys("“”–•", 600), **dict.fromkeys("≥≤±×", 838)}
_WIDEST, _FULL = 1_200, 1_000
_BOLD = 1.12


def ems(text: str) -> float:
    """How wide words are, in sizes of their letters."""
    return sum(map(_WIDTHS.__getitem__, unmarked(text))) / 1_000


class _Widths(dict[str, int]):
    """The advance of each letter, in thousandths of its size; of one that is asked for the first time, looked up."""

    def __missing__(self, char: str) -> int:
        self[char] = found = _advance(char)
        return found


def _advance(char: str) -> int:
    if " " <= char <= "~":
        return _ADVANCES[ord(char) - 32]
    if known := _OTHERS.get(char):
        return known
    base = unicodedata.normalize("NFKD", char)[0]
    if " " <= base <= "~":
        return _ADVANCES[ord(base) - 32] if unicodedata.category(char).startswith("L") else _FULL
    return _FULL if unicodedata.east_asian_width(char) in "WF" else _WIDEST


_WIDTHS = _Widths()


@functools.lru_cache(maxsize=8_000)
def rows_of(text: str, width: float, bold: str = "") -> int:
    """On how many rows words stand that are broken at spaces alone; ``width`` is in sizes of their letters.

    A word that is longer than a row begins one of its own, and is broken anywhere. ``bold`` are words in front.
    """
    rows, used = 1, 0.0
    space = _ADVANCES[0] / 1_000
    for wide in (*(_BOLD * ems(word) for word in bold.split()), *map(ems, text.split())):
        if wide > width:
            rows += (used > 0) + math.ceil(wide / (width - _WIDEST / 1_000)) - 1
            used = width
        elif used and used + space + wide > width:
            rows, used = rows + 1, wide
        else:
            used += wide + (space if used else 0)
    return rows if used else 0


def _rows(text: str, points: float, size: float = _BODY, bold: str = "") -> int:
    return rows_of(text, points / size, bold)


@functools.lru_cache(maxsize=8_000)
def entry_height(kind: SectionKind, entry: PaperEntry) -> float:
    """How high one entry is, in points."""
    gap = 0.25 * _MM
    if kind == "ticks":
        test = max(_rows(entry.words, 50 * _MM), _rows(entry.limit, _WIDE - 87 * _MM - 1.5 * _REM)) * LINE
        quotes = _quotes(entry, _WIDE - 1.9 * _REM)
        return 2 * gap + 0.6 * _MM + 0.75 + max(test, 1.3 * _BODY) + quotes
    if kind == "named":
        return 2 * gap + _rows(entry.words + entry.mail, _WIDE, bold=f"{entry.name}:") * LINE
    wide = _WIDE - 1.1 * _REM
    words = _rows(entry.words, wide, bold=f"{entry.name}:" if entry.name else "") * LINE
    return 2 * gap + words + _quotes(entry, wide - (0.9 * _REM if words else 0))


def _quotes(entry: PaperEntry, width: float) -> float:
    return sum(_rows(quote, width, _QUOTED) for quote in entry.quoted()) * _QUOTED * 1.26


def head_height(title: str, above: Iterable[str], joinable: str, notice: str) -> float:
    """How high all is that stands above the sections; ``above``: the lines above and under the title."""
    wide = _WIDE - 21 * _MM - _REM
    beside = sum(_rows(line, wide) for line in above) * LINE + _rows("", wide, _TITLE, title) * _TITLE * 1.3
    code = 21 * _MM + 2 * 7 * 1.2
    joining = _rows(joinable, _WIDE - 4 * _MM - 3, bold=say("Can it be joined?")) * LINE
    return (
        max(beside + 0.4 * _REM, code)
        + (joining + 1.6 * _MM + 3 + 2 * _MM)
        + _rows("", _WIDE, bold=notice) * LINE
        + 2 * _MM
    )


def foot_height(lines: Iterable[str]) -> float:
    """How high the lines at the foot are."""
    return 1.5 * _MM + 0.75 + sum(_rows(line, _WIDE, _SMALL) for line in lines) * _SMALL * 1.26


def pieces(section: PaperSection) -> Iterator[float]:
    """The heights of what no browser parts: the title with what follows it, each entry, the words at the end."""
    title = 1.6 * _MM + _rows("", _WIDE, _HEAD, section.title) * _HEAD * 1.26 + 0.75 + 0.4 * _MM
    title += _rows(section.lead, _WIDE) * LINE
    first, *others = (entry_height(section.kind, entry) for entry in section.entries) if section.entries else (0.0,)
    yield title + first
    yield from others
    if section.more:
        yield _rows(section.more, _WIDE) * LINE


def lines_of(section: PaperSection) -> float:
    """How many lines of text a section takes the room of."""
    return sum(pieces(section)) / LINE


def sheets_of(heights: Iterable[float], high: float) -> int:
    """On how many sheets pieces of these heights stand, each of them whole where a sheet can hold it."""
    sheets, used = 1, 0.0
    for height in heights:
        if used + height > high:
            sheets, used = sheets + 1, 0.0
        used += height
        while used > high:
            sheets, used = sheets + 1, used - high
    return sheets
