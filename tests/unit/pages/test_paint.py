"""What is painted: text that stays text, answers that are told apart without colours, the same picture each time."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

from trialfinder.errors import InputError
from trialfinder.pages import drawings

LEGEND = [("Yes", "yes"), ("Not yet", "not_yet"), ("Unsure", "unsure"), ("No", "no")]


@pytest.fixture
def paint() -> ModuleType:
    """The painter; with it comes matplotlib, which takes a second of whoever only collects the tests."""
    from trialfinder.pages import paint

    return paint


def timeline(*names: str) -> dict[str, Any]:
    bars = [(name, "2020-01-01", "2024-06-30", "yes") for name in names]
    return {"kind": "timeline", "bars": bars, "today": "2026-11-20", "question": "Open?", "legend": LEGEND}


def test_a_title_is_no_formula_and_no_markup() -> None:
    (svg,) = drawings.draw([timeline("NCT00000001  costs $5 or $6", "NCT00000002  a < b & <script>")])
    text = svg.decode()
    assert "costs $5 or $6" in text and "a &lt; b &amp; &lt;script&gt;" in text and "<script" not in text


def test_names_have_room_at_the_left() -> None:
    """The widest usual font needs six tenths of its size for a letter, and a whole one for a Korean letter."""
    widths = {"N" * 50: 50 * 12 * 0.6, "한" * 30: 30 * 12}
    for svg, least in zip(drawings.draw([timeline(name) for name in widths]), widths.values(), strict=True):
        (left,) = re.findall(r'<g id="axes_1">\s*<g id="patch_2">\s*<path d="M ([\d.]+)', svg.decode())
        assert float(left) > least


def test_a_picture_that_stands_alone_says_what_it_shows_of_which_day() -> None:
    frame = {"title": "All & each", "under": "Studies: 1", "foot": ["word " * 60, "Never current."], "words": "A <bar>"}
    plain, framed = (svg.decode() for svg in drawings.draw([timeline("NCT1"), timeline("NCT1") | {"frame": frame}]))
    opening = '<svg[^>]* role="img"><title>All &amp; each</title><desc>A &lt;bar&gt;</desc>'
    assert re.match(opening, framed) and "<desc>" not in plain
    assert all(f">{words}</text>" in framed for words in ("All &amp; each", "Studies: 1", "Never current.", "Open?"))
    assert len(re.findall(r">(?:word ?)+</text>", framed)) >= 2
    high = [float(re.search(r'height="([\d.]+)"', svg)[1]) for svg in (plain, framed)]  # type: ignore[index] # each has
    above = [float(re.search(r'(?s)y="([\d.]+)"[^>]*>NCT1<', svg)[1]) for svg in (plain, framed)]  # type: ignore[index]
    title = 17 * 1.35 + 12 * 1.35 + 16
    assert abs(above[1] - above[0] - title) < 0.1 and high[1] > high[0] + title


def test_answers_are_told_apart_without_colours(paint: ModuleType) -> None:
    looks = {answer: (mark, fill == colour) for answer, (colour, mark, fill, _) in paint._LOOKS.items()}
    bars = {answer: (fill == colour, hatch) for answer, (colour, _, fill, hatch) in paint._LOOKS.items()}
    assert len(set(looks.values())) == len(set(bars.values())) == 4


def test_the_same_picture_each_time_and_nothing_is_told(paint: ModuleType) -> None:
    painter = str(paint.__file__)
    given = json.dumps(["svg", [timeline("NCT00000001  한국어")], drawings.LACKS_LETTERS])
    done = [
        subprocess.run([sys.executable, "-P", painter], input=given, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert done[0].stdout == done[1].stdout and done[0].stderr == ""


def test_land_that_crosses_the_date_line_is_whole(paint: ModuleType) -> None:
    """No edge of it goes from one side of the map to the other."""
    assert list(paint._unbroken([(170, 60), (179, 61), (-179, 62), (-175, 60), (170, 60)])) == [
        (170, 60), (179, 61), (181, 62), (185, 60), (170, 60),
    ]  # fmt: skip


def test_letters_that_no_font_has_are_told(paint: ModuleType) -> None:
    """And the picture is not written with boxes; an SVG takes the letters of whoever looks at it."""
    assert paint.lacks_letters("연구: 3", {"DejaVu Sans"})
    assert not paint.lacks_letters("연구: 3", {"DejaVu Sans", "NanumGothic"})
    assert not paint.lacks_letters("Studies: 3 – ±", {"DejaVu Sans"})


def test_what_paints_ends_as_it_is_told_where_letters_are_missing(
    paint: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(["png", [], 7])))
    monkeypatch.setattr(paint, "lacks_letters", lambda *_: True)
    with pytest.raises(SystemExit) as ended:
        paint.main()
    assert ended.value.code == 7


def test_a_png_without_letters_for_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    begin, program = subprocess.Popen, [sys.executable, "-c", f"raise SystemExit({drawings.LACKS_LETTERS})"]
    monkeypatch.setattr(subprocess, "Popen", lambda _, **more: begin(program, **more))
    with pytest.raises(InputError, match="no font with Korean letters"):
        drawings.draw([timeline("NCT1")], "png")


def test_the_oldest_bar_begins_beside_the_names_and_not_at_them() -> None:
    (svg,) = drawings.draw([timeline("NCT1")])
    axes = min(float(x) for x in re.findall(rb'<g id="patch_2">\s*<path d="M ([\d.]+)', svg))
    bar = min(float(x) for x in re.findall(rb'<g id="patch_3">\s*<path d="M ([\d.]+)', svg))
    assert bar > axes + 5
