"""Paints pictures with matplotlib, in a process of its own: figures as JSON come in, pictures go out.

Run by its path, not imported: matplotlib takes forty megabytes and a second, which end with this process. So it asks
nothing of the rest of the package. A figure is what ``drawings.py`` says; a length is in pixels of the picture.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import logging
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib import dates, font_manager
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

_INK, _GRID, _BAR, _TODAY = "#1d2733", "#e3e6ea", "#1d5fa6", "#b3261e"
_LOOKS = {
    "yes": ("#0f6b3c", "o", "#0f6b3c", ""),
    "not_yet": ("#1d5fa6", "s", "#1d5fa6", "////"),
    "unsure": ("#a05a00", "^", "#a05a00", "...."),
    "no": ("#66707c", "o", "white", ""),
}
"""How each answer looks: its colour (on white of a contrast of 4.5 or more), its mark and what fills that, and the
hatch of a bar. They are told apart without colours, too."""
_NOT_TOLD = ("Date", "Creator", "Format", "Type")
_SIZE = 12.0
_EDGE, _LINE = 12.0, 1.35
"""Of a picture that stands alone: pixels at its sides, and how high a line is for its letters."""
_LETTER, _WIDE_LETTER = 0.62, 1.05
"""How wide a letter is for its size: of the widest usual font, so that every reader's font has room."""
_FONTS = ["DejaVu Sans", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "Malgun Gothic", "Apple SD Gothic Neo"]
_STYLE: dict[Any, Any] = {
    "text.parse_math": False,  # a title with two dollar signs is no formula
    "svg.fonttype": "none",  # text stays text, in the reader's own font
    "svg.hashsalt": "trialfinder",
    "font.size": _SIZE,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "hatch.linewidth": 0.8,
}


def paint(figure: dict[str, Any], form: str) -> bytes:
    """The picture as ``svg``, or as ``png`` of twice the size (for paper)."""
    fonts = ["system-ui", "sans-serif"] if form == "svg" else _FONTS
    with matplotlib.rc_context({**_STYLE, "font.family": fonts}):
        made = {"map": _map, "land": _land, "timeline": _timeline, "counts": _counts}[figure["kind"]](figure)
        frame, file = figure.get("frame"), io.BytesIO()
        box = _framed(made, frame) if frame else None
        if form == "png":
            said = {"Title": frame["title"], "Description": frame["words"], "Software": "trialfinder"} if frame else {}
            made.savefig(file, format="png", dpi=144, bbox_inches=box, metadata=said)
            return file.getvalue()
        made.savefig(file, format="svg", metadata=dict.fromkeys(_NOT_TOLD), bbox_inches=box)
    text = file.getvalue().decode()
    return _with_words(re.sub(r'"([\d.]+)pt"', r'"\1"', text[text.index("<svg") :]), frame).encode()


def _framed(sheet: Figure, frame: dict[str, Any]) -> Bbox:
    """Puts title and foot around what is drawn; the box, in inches, that holds all of it."""
    wide, high = (side * 72 for side in sheet.get_size_inches())
    above = [(line, 17.0) for line in _wrapped(frame["title"], wide, 17)]
    above += [(line, _SIZE) for line in _wrapped(frame["under"], wide, _SIZE)]
    below = [(line, 10.0) for words in frame["foot"] for line in _wrapped(words, wide, 10)]
    head, foot = (sum(_LINE * size for _, size in lines) + 16 for lines in (above, below))
    for lines, top in ((above, high + head - 8), (below, -8.0)):
        for line, size in lines:
            sheet.text(_EDGE / wide, top / high, line, size=size, weight=600 if size > _SIZE else 400, va="top")
            top -= _LINE * size
    return Bbox([[0, -foot / 72], [wide / 72, (high + head) / 72]])


def _wrapped(words: str, width: float, size: float) -> list[str]:
    """The words in lines that have room in so many pixels."""
    lines = [""]
    for word in words.split():
        fits = _room(f"{lines[-1]} {word}") * size / _SIZE <= width - 2 * _EDGE
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits or not lines[-1] else [lines[-1], word]
    return lines


def _with_words(svg: str, frame: dict[str, Any] | None) -> str:
    """An SVG that says what it shows to who cannot see it, where it stands alone."""
    said = frame and f"<title>{escape(frame['title'])}</title><desc>{escape(frame['words'])}</desc>"
    return svg.replace(">", f' role="img">{said}<metadata>trialfinder</metadata>', 1) if said else svg


def _sheet(width: float, height: float, **look: Any) -> Figure:
    return Figure(figsize=(width / 72, height / 72), dpi=72, **look)


def _axes(sheet: Figure, left: float, top: float, width: float, height: float) -> Any:
    """Axes in pixels from the upper left corner."""
    whole_width, whole_height = sheet.get_size_inches() * 72
    box = (left / whole_width, 1 - (top + height) / whole_height, width / whole_width, height / whole_height)
    return sheet.add_axes(box)


def _map(figure: dict[str, Any]) -> Figure:
    (width, height), legend = figure["size"], 30
    sheet = _sheet(width, height + legend, facecolor="white")
    axes = _world(sheet, figure, legend, "#d9dde2")
    most = max((n for *_, n, _ in figure["marks"]), default=1)
    for answer, found in groupby(figure["marks"], key=lambda each: each[3]):  # those on top come last
        colour, mark, fill, _ = _LOOKS[answer]
        x, y, n, _ = zip(*found, strict=True)
        sizes = [60 + 220 * (each - 1) / max(1, most - 1) for each in n]
        edge = "white" if fill == colour else colour
        axes.scatter(x, y, s=sizes, marker=mark, facecolors=fill, edgecolors=edge, alpha=0.85, linewidths=1)
    rings = []
    if figure["careful"]:
        x, y, n = zip(*figure["careful"], strict=True)
        sizes = [160 + 220 * (each - 1) / max(1, most - 1) for each in n]
        axes.scatter(x, y, s=sizes, marker="o", facecolors="none", edgecolors=_TODAY, linewidths=2)
        rings = [_mark(figure["careful_words"], "no")]
        rings[0].set(color=_TODAY, markersize=11)
    _legend(sheet, figure["question"], [*(_mark(*each) for each in figure["legend"]), *rings])
    return sheet


def _land(figure: dict[str, Any]) -> Figure:
    sheet = _sheet(*figure["size"])
    sheet.patch.set_alpha(0)
    _world(sheet, figure, 0, "#aab2bd")
    return sheet


def _world(sheet: Figure, figure: dict[str, Any], top: float, fill: str) -> Any:
    width, height = figure["size"]
    axes = _axes(sheet, 0, top, width, height)
    axes.axis("off")
    axes.set(xlim=(-180, 180), ylim=(figure["north"] - 360 * height / width, figure["north"]))
    for outline in _outlines(json.loads(Path(figure["land"]).read_text(encoding="utf-8"))):
        # Not ``add_patch``, which would measure each for limits that are set: most of the time that a map took.
        axes.add_artist(PathPatch(outline, facecolor=fill, edgecolor="none"))
    return axes


def _outlines(world: dict[str, Any]) -> Iterator[Outline]:
    """The polygons of a TopoJSON, in degrees."""
    scale, move = world["transform"]["scale"], world["transform"]["translate"]
    lines = []
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for east, north in arc:
            x, y = x + east, y + north
            line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        lines.append(line)
    for shape in world["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            rings = [[at for arc in ring for at in (lines[arc] if arc >= 0 else lines[~arc][::-1])] for ring in polygon]
            shifts = (-360, 0, 360) if any(map(_crosses, rings)) else (0,)
            for shift in shifts:
                moved = ([(x + shift, y) for x, y in _unbroken(ring)] for ring in rings)
                yield Outline.make_compound_path(*(Outline(ring, closed=True) for ring in moved))


def _crosses(ring: Sequence[tuple[float, float]]) -> bool:
    return any(abs(one[0] - other[0]) > 180 for one, other in pairwise(ring))


def _unbroken(ring: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """A ring that goes on past 180 degrees east or west instead of jumping to the other side."""
    turn, before = 0, ring[0][0]
    for x, y in ring:
        turn -= 360 * round((x - before) / 360)
        before = x
        yield x + turn, y


def _timeline(figure: dict[str, Any]) -> Figure:
    bars, step, width = figure["bars"], 17, 560
    left = 16 + max((_room(name) for name, *_ in bars), default=0)
    sheet = _sheet(left + width + 24, 74 + step * max(1, len(bars)), facecolor="white")
    axes = _axes(sheet, left, 62, width, step * max(1, len(bars)))
    axes.use_sticky_edges = False  # the first bar begins beside the names, not at them
    for at, (_, begin, end, answer) in enumerate(bars):
        axes.barh(at, max(_day(end) - _day(begin), 20), left=_day(begin), height=0.62, **_bar(answer))
    axes.set(yticks=range(len(bars)), yticklabels=[name for name, *_ in bars], ylim=(len(bars) - 0.5, -0.5))
    axes.axvline(_day(figure["today"]), color=_TODAY, linewidth=1.5)
    axes.xaxis_date("UTC")  # a day is a day: the same picture in every zone
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=9))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))  # type: ignore[no-untyped-call]
    axes.xaxis.tick_top()
    axes.grid(axis="x", color=_GRID)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    _legend(sheet, figure["question"], [Patch(label=words, **_bar(answer)) for words, answer in figure["legend"]])
    return sheet


def _day(text: str) -> int:
    """As matplotlib counts days: since 1970."""
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


def _bar(answer: str) -> dict[str, Any]:
    colour, _, fill, hatch = _LOOKS[answer]
    return {"facecolor": "white" if hatch else fill, "edgecolor": colour, "hatch": hatch, "linewidth": 1}


def _counts(figure: dict[str, Any]) -> Figure:
    """One chart below the other; their bars begin at one line."""
    panels, width, gap, right = figure["panels"], 520, 74, 60
    left = 16 + max(_longest(panel) for panel in panels if not panel["upright"])
    below = [gap + (_longest(panel) * 0.87 - 16 if panel["upright"] else 0) for panel in panels]
    heights = [150 if panel["upright"] else 26 * max(1, len(panel["rows"])) for panel in panels]
    whole = (left + width + right, sum(heights) + sum(below))
    sheet = _sheet(*whole, facecolor="white")
    top = 0.0
    for panel, height, under in zip(panels, heights, below, strict=True):
        sheet.text(12 / whole[0], 1 - (top + 30) / whole[1], panel["title"], weight="bold", size=15)
        _bars(_axes(sheet, left, top + 44, width, height), panel)
        top += height + under
    return sheet


def _longest(panel: dict[str, Any]) -> float:
    return max((_room(name) for name, _ in panel["rows"]), default=0)


def _bars(axes: Any, panel: dict[str, Any]) -> None:
    names, numbers = [name for name, _ in panel["rows"]], [number for _, number in panel["rows"]]
    places, most = range(len(names)), max([*numbers, 1])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    if panel["upright"]:
        drawn = axes.bar(places, numbers, width=0.8, color=_BAR)
        crowded = len(names) > 8
        axes.set_xticks(places, names, rotation=60 if crowded else 0, ha="right" if crowded else "center",
                        rotation_mode="anchor")  # fmt: skip
        axes.set(yticks=[], xlim=(-0.5, max(len(names), 1) - 0.5), ylim=(0, most * 1.12))
    else:
        drawn = axes.barh(places, numbers, height=0.8, color=_BAR)
        axes.set_yticks(places, names)
        axes.set(xticks=[], xlim=(0, most), ylim=(max(len(names), 1) - 0.5, -0.5))
    axes.bar_label(drawn, padding=4)


def _legend(sheet: Figure, question: str, marks: Sequence[Any]) -> None:
    """What the marks mean: the question, then each mark with the answer that it stands for."""
    if marks:
        marks = [Line2D([], [], linestyle="", label=question), *marks]
        # within what is drawn: a frame around it makes the sheet higher
        place = {"bbox_to_anchor": (0, 0, 1, 1), "bbox_transform": sheet.transFigure}
        sheet.legend(handles=marks, loc="upper left", ncols=len(marks), handlelength=1.4, handleheight=1, **place)


def _mark(words: str, answer: str) -> Line2D:
    colour, mark, fill, _ = _LOOKS[answer]
    return Line2D([], [], linestyle="", marker=mark, markersize=9, color=colour, markerfacecolor=fill, label=words)


def _room(words: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return _SIZE * (wide * _WIDE_LETTER + (len(words) - wide) * _LETTER)


def lacks_letters(words: str, fonts: set[str]) -> bool:
    """Whether the words have Korean letters and none of these fonts has them: they would be painted as boxes."""
    return re.search("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]", words) is not None and not fonts & set(_FONTS[1:])


def main() -> None:
    """Reads ``[form, figures, code]`` and writes the pictures, each in base64; ends with the code if letters lack."""
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)  # of fonts that this machine lacks
    warnings.simplefilter("ignore")
    form, figures, lacks = json.load(sys.stdin)
    if form == "png" and lacks_letters(json.dumps(figures, ensure_ascii=False), set(font_manager.get_font_names())):
        sys.exit(lacks)
    json.dump([base64.b64encode(paint(figure, form)).decode() for figure in figures], sys.stdout)


if __name__ == "__main__":
    main()
