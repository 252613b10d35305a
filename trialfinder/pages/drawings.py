"""Pictures as SVG or PNG: Vega-Lite specifications, drawn by vl-convert. No script, no request, no clock."""

from __future__ import annotations

import functools
import importlib.util
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.base.resources import data_dir
from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say
from trialfinder.errors import InputError
from trialfinder.pages import drawing_tables as tables
from trialfinder.pages.drawing_tables import FigureTable
from trialfinder.pages.labels import label
from trialfinder.pages.site_entries import ANSWERS, ListedStudy

#: Colours of the answers; on white each has a contrast of 4.5 or more.
COLOURS = {"yes": "#0f6b3c", "not_yet": "#1d5fa6", "unsure": "#a05a00", "no": "#66707c"}
#: Most bars of the timeline; what does not fit is said beside it.
MOST_BARS = 120
#: The map in pixels; it ends at 84 degrees north and 60 south, where nobody is asked to join.
MAP_WIDTH, MAP_HEIGHT = 960, 384
_NORTH = 84
_INK = "#1d2733"
_UTC = {"type": "utc"}  # a day is a day: the same picture in every zone
_CONFIG = {
    "font": "system-ui, sans-serif",
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e3e6ea"},
    "title": {"color": _INK, "fontSize": 15, "anchor": "start", "offset": 12},
    "legend": {"labelFontSize": 12, "labelColor": _INK, "orient": "top", "title": None, "symbolSize": 120},
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: the studies, how many records they were chosen from, the day of today, and the language."""

    entries: Sequence[ListedStudy]
    looked_at: int
    today: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's stem, the words that stand for it, and the tables behind it."""

    name: str
    alternative: str
    spec: dict[str, Any]
    tables: tuple[FigureTable, ...]


def draw(spec: dict[str, Any], form: str = "svg") -> bytes:
    """The picture as ``svg`` or ``png`` (twice the size, for paper).

    Raises:
        InputError: what draws is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise InputError("pictures need vl-convert; install it with: pip install 'trialfinder[pages]'") from error
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(_whole(spec), vl_version=_VERSION, scale=2))
    return _steady(str(vl_convert.vegalite_to_svg(_whole(spec), vl_version=_VERSION)))


def draw_apart(specs: Sequence[dict[str, Any]]) -> list[bytes]:
    """The pictures as SVG, drawn in a process of their own: what draws takes 200 MB, and gives them back only so.

    Raises:
        InputError: what draws is not installed, or it failed.
    """
    if importlib.util.find_spec("vl_convert") is None:
        return [draw(spec) for spec in specs]  # says what is missing
    given = json.dumps([_whole(spec) for spec in specs])
    done = subprocess.run(
        [sys.executable, "-c", _APART, _VERSION], input=given, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise InputError(f"pictures could not be drawn: {one_line(done.stderr)[-200:]}")
    return [_steady(svg) for svg in json.loads(done.stdout)]


_VERSION = "5.20"
_APART = (
    "import json, sys, vl_convert\n"
    "drawn = [vl_convert.vegalite_to_svg(spec, vl_version=sys.argv[1]) for spec in json.load(sys.stdin)]\n"
    "print(json.dumps(drawn))"
)


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, **spec}


def _steady(svg: str) -> bytes:
    """The same for the same picture: its parts are numbered within it, not through the life of the process."""
    numbers: dict[str, int] = {}
    steady = re.sub(r"\bclip(\d+)\b", lambda found: f"clip{numbers.setdefault(found[1], len(numbers) + 1)}", svg)
    return steady.encode() + b"\n"


def world_map(of: Subject) -> Picture:
    """Every site in the world: a disc a town, larger with more studies, coloured by the best answer there."""
    towns: dict[tuple[float, float], list[ListedStudy]] = {}
    for entry in of.entries:
        for mark in entry.marks:
            towns.setdefault((round(mark.latitude, 1), round(mark.longitude, 1)), []).append(entry)
    rows: list[dict[str, Any]] = [
        {"lat": at[0], "lon": at[1], "n": len(found), **_answer(_best(found))} for at, found in towns.items()
    ]
    rows.sort(key=lambda row: (-ANSWERS.index(row["code"]), -row["n"], row["lat"], row["lon"]))
    table = tables.places_table(of.entries, of.language)
    layers = [
        land_layer("#d9dde2"),
        {
            "data": {"values": rows},
            "mark": {"type": "circle", "opacity": 0.85, "stroke": "#ffffff", "strokeWidth": 0.8},
            "encoding": {
                "longitude": {"field": "lon", "type": "quantitative"},
                "latitude": {"field": "lat", "type": "quantitative"},
                "size": {"field": "n", "type": "quantitative", "legend": None,
                         "scale": {"range": [45, 500], "domain": [1, max((r["n"] for r in rows), default=1) + 1]}},
                "color": _colour(of.entries),
            },
        },
    ]  # fmt: skip
    said = say("Map of the world with {n} towns that have a site; a table says the same by country.")
    return Picture("map", said.format(n=len(rows)), {**_projection(), "layer": layers}, (table,))


def land_layer(fill: str) -> dict[str, Any]:
    """The land of the world, as a layer of a map."""
    shape = {"type": "geoshape", "fill": fill, "stroke": None}
    return {"data": {"values": _land(), "format": {"type": "topojson", "feature": "land"}}, "mark": shape}


def land_spec() -> dict[str, Any]:
    """The land alone, MAP_WIDTH × MAP_HEIGHT, in which a degree is everywhere as long."""
    return {**_projection(), "layer": [land_layer("#aab2bd")], "background": None}


def map_point(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place is on the map, in pixels from its upper left corner."""
    degree = MAP_WIDTH / 360
    return round((180 + longitude) * degree, 1), round((_NORTH - latitude) * degree, 1)


def _projection() -> dict[str, Any]:
    x, y = map_point(0, 0)
    projection = {"type": "equirectangular", "scale": MAP_WIDTH / (2 * math.pi), "translate": [x, y]}
    return {"width": MAP_WIDTH, "height": MAP_HEIGHT, "padding": 0, "projection": projection}


@functools.cache
def _land() -> Any:
    return json.loads(data_dir("world", "land-110m.json").read_text(encoding="utf-8"))


def timeline(of: Subject) -> Picture:
    """A bar a study from start to end, coloured by the answer; those first that are not closed."""
    known = [entry for entry in of.entries if entry.start and entry.end]
    shown = known[:MOST_BARS]
    rows = []
    for at, entry in enumerate(shown):
        assert entry.start and entry.end
        name = f"{entry.nct_id}  {shorten(entry.title, 44)}"
        span = {"from": entry.start.earliest().isoformat(), "to": entry.end.latest().isoformat()}
        rows.append({"name": name, "at": at, **span, **_answer(entry.answer)})
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 9, "cornerRadius": 2, "aria": False},  # its dates would be of the zone
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": {"field": "at"}, "title": None,
                  "axis": {"labelLimit": 420, "domain": False, "ticks": False}},
            "x": {"field": "from", "type": "temporal", "scale": _UTC, "title": None,
                  "axis": {"format": "%Y", "orient": "top"}},
            "x2": {"field": "to"},
            "color": _colour(shown),
        },
    }  # fmt: skip
    rule = {"type": "rule", "color": "#b3261e", "strokeWidth": 1.5}
    now = {
        "data": {"values": [{"day": of.today}]},
        "mark": rule,
        "encoding": {"x": {"field": "day", "type": "temporal", "scale": _UTC}},
    }
    said = say("{n} studies as bars from start to end; the line is {day}.").format(n=len(shown), day=of.today)
    if left := len(of.entries) - len(shown):
        said += " " + say("{n} more have no room here, or no start or end in the record.").format(n=left)
    spec = {"width": 620, "height": {"step": 15}, "layer": [bars, now]}
    return Picture("timeline", said, spec, (tables.timeline_table(of.entries),))


def counts(of: Subject) -> Picture:
    """The funnel from all to open, and studies by year, nerve condition and source of the cells."""
    made = (
        tables.funnel_table(of.entries, of.looked_at), tables.years_table(of.entries),
        tables.conditions_table(of.entries), tables.sources_table(of.entries),
    )  # fmt: skip
    years, across = made[1], (made[0], *made[2:])
    panels = [_bars(across[0]), _columns(years), *(_bars(table) for table in across[1:])]
    said = say("Four bar charts: {titles}; the tables below say the same.").format(
        titles="; ".join(table.title for table in made)
    )
    return Picture("counts", said, {"vconcat": panels, "spacing": 34}, made)


def _bars(table: FigureTable) -> dict[str, Any]:
    rows = [{"name": str(row[0]), "n": row[1], "at": at} for at, row in enumerate(table.rows)]
    y = {"field": "name", "type": "nominal", "sort": {"field": "at"}, "title": None,
         "axis": {"labelLimit": 330, "domain": False, "ticks": False, "minExtent": 280, "maxExtent": 280}}  # fmt: skip
    x = {"field": "n", "type": "quantitative", "axis": None}
    return _counted(table, rows, {"x": x, "y": y}, {"align": "left", "dx": 5}, height={"step": 24})


def _columns(table: FigureTable) -> dict[str, Any]:
    rows = [{"name": str(row[0]), "n": row[1], "at": at} for at, row in enumerate(table.rows)]
    x = {"field": "name", "type": "nominal", "sort": {"field": "at"}, "title": None, "axis": {"labelAngle": -60}}
    y = {"field": "n", "type": "quantitative", "axis": None}
    return _counted(table, rows, {"x": x, "y": y}, {"baseline": "bottom", "dy": -3}, height=120)


def _counted(
    table: FigureTable, rows: list[dict[str, Any]], encoding: dict[str, Any], place: dict[str, Any], *, height: Any
) -> dict[str, Any]:
    """Bars with their number at the end."""
    text = {"type": "text", "color": _INK, "fontSize": 12, **place}
    return {
        "title": table.title,
        "width": 560,
        "height": height,
        "data": {"values": rows},
        "encoding": encoding,
        "layer": [
            {"mark": {"type": "bar", "color": "#1d5fa6"}},
            {"mark": text, "encoding": {"text": {"field": "n", "type": "quantitative"}}},
        ],
    }


def _best(entries: Iterable[ListedStudy]) -> str:
    return min((entry.answer for entry in entries), key=ANSWERS.index)


def _answer(code: str) -> dict[str, str]:
    return {"code": code, "answer": label("joinable", code)}


def _colour(entries: Iterable[ListedStudy]) -> dict[str, Any]:
    there = {entry.answer for entry in entries}
    used = [code for code in ANSWERS if code in there]
    scale = {"domain": [label("joinable", code) for code in used], "range": [COLOURS[code] for code in used]}
    return {"field": "answer", "type": "nominal", "scale": scale}


PICTURES: dict[str, Callable[[Subject], Picture]] = {"map": world_map, "timeline": timeline, "counts": counts}
