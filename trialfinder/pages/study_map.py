"""The part of the world map that shows the sites of one study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trialfinder.pages.drawings import MAP_HEIGHT, MAP_WIDTH, map_point
from trialfinder.pages.site_entries import SiteMark

#: The least part that is shown, in pixels of the map: some 75 degrees, below which the coarse outline tells nothing.
_LEAST = 200.0
_SHAPE = 2.0


@dataclass(frozen=True, slots=True)
class StudyMap:
    """The part that is shown (x, y, width, height in pixels of the map) and the discs on it (x, y, is open)."""

    box: tuple[float, float, float, float]
    discs: tuple[tuple[float, float, bool], ...]
    radius: float


def study_map(marks: Sequence[SiteMark]) -> StudyMap | None:
    """The map of a study's sites; None when no place of a site is known."""
    if not marks:
        return None
    points = [(*map_point(mark.latitude, mark.longitude), mark.is_open) for mark in marks]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    width = max((max(xs) - min(xs)) * 1.25, (max(ys) - min(ys)) * 1.25 * _SHAPE, _LEAST)
    width = min(width, MAP_WIDTH, MAP_HEIGHT * _SHAPE)
    height = width / _SHAPE
    x = _inside((max(xs) + min(xs) - width) / 2, MAP_WIDTH - width)
    y = _inside((max(ys) + min(ys) - height) / 2, MAP_HEIGHT - height)
    box = (round(x, 1), round(y, 1), round(width, 1), round(height, 1))
    return StudyMap(box, tuple(sorted(points, key=lambda p: p[2])), round(width / 75, 2))


def _inside(value: float, most: float) -> float:
    return max(0.0, min(value, most))
