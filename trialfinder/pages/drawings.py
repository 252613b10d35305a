"""Pictures as SVG or PNG: what is to be painted, in data. ``paint.py`` paints it. No script, no request, no clock."""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base.resources import data_dir
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, unmarked
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.pages import drawing_tables as tables
from trialfinder.pages.drawing_tables import FigureTable
from trialfinder.pages.labels import label
from trialfinder.pages.site_entries import ANSWERS, ListedStudy
from trialfinder.pages.templating import part_words
from trialfinder.pages.translations import day_words

if TYPE_CHECKING:
    from trialfinder.catalogue.select import ChosenPart

#: Most bars of the timeline; what does not fit is said beside it.
MOST_BARS = 120
#: The map in pixels; it ends at 84 degrees north and 60 south, where nobody is asked to join.
MAP_WIDTH, MAP_HEIGHT = 960, 384
_NORTH = 84
#: With what the process that paints ends where a picture's letters are missing; it is told.
LACKS_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: the studies, how many records they were chosen from, the day of today, and the language."""

    entries: Sequence[ListedStudy]
    looked_at: int
    today: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's stem, its title, the words that stand for it, and the tables behind it.

    ``beside`` says what only the tables have; '' for nothing.
    """

    name: str
    title: str
    alternative: str
    beside: str
    figure: dict[str, Any]
    tables: tuple[FigureTable, ...]

    def framed(self, part: ChosenPart, foot: Sequence[str]) -> dict[str, Any]:
        """The figure as a picture that stands alone: with its title, what was chosen, and lines at its foot."""
        under = say("Studies from the public registry ClinicalTrials.gov: {n}").format(n=part.number)
        under = " ".join(words for words in (f"{under}.", unmarked(part_words(part))) if words)
        return self.figure | {
            "frame": {"title": self.title, "under": under, "foot": [self.alternative, *foot], "words": self.alternative}
        }


def draw(figures: Sequence[dict[str, Any]], form: str = "svg") -> list[bytes]:
    """The pictures as ``svg`` or ``png`` (twice the size, for paper).

    Raises:
        InputError: it failed, or the machine lacks the letters for a ``png``.
    """
    with painting(figures, form) as pictures:
        return pictures()


@contextlib.contextmanager
def painting(figures: Sequence[dict[str, Any]], form: str = "svg") -> Iterator[Callable[[], list[bytes]]]:
    """Begins to paint, in a process of its own that ends with this block; what it gives waits for the pictures.

    Raises:
        InputError: by what it gives, as ``draw``.
    """
    command = [sys.executable, "-P", str(Path(__file__).with_name("paint.py"))]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        given.write(json.dumps([form, figures, LACKS_LETTERS]).encode())
        given.seek(0)
        with subprocess.Popen(command, stdin=given, stdout=made, stderr=said) as painter:

            def pictures() -> list[bytes]:
                code = painter.wait()
                if code == LACKS_LETTERS:
                    raise InputError("this machine has no font with Korean letters; write .svg instead")
                made.seek(0)
                said.seek(0)
                if code:
                    why = one_line(said.read().decode(errors="replace"))[-200:]
                    raise InputError(f"pictures could not be drawn: {why}")
                return [base64.b64decode(picture) for picture in json.loads(made.read())]

            try:
                yield pictures
            finally:
                painter.kill()


def world_map(of: Subject) -> Picture:
    """Every site in the world: a mark a town, larger with more studies, its look by the best answer there."""
    towns: dict[tuple[float, float], list[ListedStudy]] = {}
    for entry in of.entries:
        for mark in entry.marks:
            towns.setdefault((round(mark.latitude, 1), round(mark.longitude, 1)), []).append(entry)
    marks = [(at, len(found), _best(found)) for at, found in towns.items()]
    marks.sort(key=lambda mark: (-ANSWERS.index(mark[2]), -mark[1], mark[0]))
    careful = [(at[1], at[0], len(found)) for at, found in towns.items() if any(entry.strong for entry in found)]
    table = tables.places_table(of.entries, of.language)
    figure = _world("map") | {
        "marks": [(longitude, latitude, n, code) for (latitude, longitude), n, code in marks],
        "legend": _legend(of.entries),
        "question": say("Can it be joined?"),
        "careful": careful,
        "careful_words": label("careful", "strong"),
    }
    alternative = say("Map of the world with {n} towns that have a site.").format(n=len(marks))
    if careful:
        alternative += " " + say("Towns ringed, for a strong warning sign of a study there: {n}.").format(
            n=len(careful)
        )
    beside = say("A table counts the studies by country, also where no town is known.")
    return Picture("map", table.title, alternative, beside, figure, (table,))


def land() -> dict[str, Any]:
    """The land alone, MAP_WIDTH × MAP_HEIGHT, in which a degree is everywhere as long."""
    return _world("land")


def map_point(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place is on the map, in pixels from its upper left corner."""
    degree = MAP_WIDTH / 360
    return round((180 + longitude) * degree, 1), round((_NORTH - latitude) * degree, 1)


def _world(kind: str) -> dict[str, Any]:
    shape = str(data_dir("world", "land-110m.json"))
    return {"kind": kind, "size": (MAP_WIDTH, MAP_HEIGHT), "north": _NORTH, "land": shape}


def timeline(of: Subject) -> Picture:
    """A bar a study from start to end, coloured by the answer; those first that are not closed."""
    known = [entry for entry in of.entries if entry.start and entry.end]
    shown = known[:MOST_BARS]
    bars = [(f"{e.mark}{e.nct_id}  {shorten(e.title, 44)}", *_span(e), e.answer) for e in shown]
    figure = {"kind": "timeline", "bars": bars, "today": of.today, "legend": _legend(shown)}
    marks = [f"! {label('careful', 'strong')}"] if any(e.strong for e in shown) else []
    related = say("only related")
    marks += [f"~ {related}"] if any(e.relevance == "adjacent" for e in shown) else []
    asked = say("Can it be joined?")
    figure["question"] = f"{asked} ({'; '.join(marks)})" if marks else asked
    day = day_words(PartialDate.parse(of.today), of.language)
    said = say("{n} studies as bars from start to end; the line is {day}.").format(n=len(shown), day=day)
    if len(known) > len(shown):
        said += " " + say("{n} more have no room here.").format(n=len(known) - len(shown))
    if strong := sum(bool(entry.strong) for entry in shown):
        said += " " + say("Marked !, for a strong warning sign: {n}.").format(n=strong)
    if dateless := len(of.entries) - len(known):
        said += " " + say("{n} without a start or an end in the record are not shown.").format(n=dateless)
    beside = say("All of them stand in the table.") if len(of.entries) > len(shown) else ""
    table = tables.timeline_table(of.entries)
    return Picture("timeline", say("The studies from start to end"), said, beside, figure, (table,))


def _span(entry: ListedStudy) -> tuple[str, str]:
    assert entry.start and entry.end
    return entry.start.earliest().isoformat(), entry.end.latest().isoformat()


def counts(of: Subject) -> Picture:
    """The funnel from all to open, and studies by year, nerve condition and source of the cells."""
    made = (
        tables.funnel_table(of.entries, of.looked_at), tables.years_table(of.entries),
        tables.conditions_table(of.entries), tables.sources_table(of.entries),
    )  # fmt: skip
    said = say("Four bar charts: {titles}.").format(titles="; ".join(table.title for table in made))
    panels = [{"title": t.title, "rows": [row[:2] for row in t.rows], "upright": t is made[1]} for t in made]
    beside = say("The tables say the same.")
    return Picture("counts", say("The studies in numbers"), said, beside, {"kind": "counts", "panels": panels}, made)


def _best(entries: Iterable[ListedStudy]) -> str:
    return min((entry.answer for entry in entries), key=ANSWERS.index)


def _legend(entries: Iterable[ListedStudy]) -> list[tuple[str, str]]:
    there = {entry.answer for entry in entries}
    return [(label("joinable", code), code) for code in ANSWERS if code in there]


PICTURES: dict[str, Callable[[Subject], Picture]] = {"map": world_map, "timeline": timeline, "counts": counts}
