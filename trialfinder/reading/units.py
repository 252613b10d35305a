"""Units and conversions of ``data/units.toml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.errors import InputError
from trialfinder.reading.term_files import allow_keys, regex

MONTHS = {"year": 12.0, "month": 1.0, "week": 0.23, "day": 1 / 30, "hour": 1 / 720}
"""Months in one unit of time, as the catalogue counts them (30 days = 1, 4 weeks = 0.92, 1 year = 12)."""


@dataclass(frozen=True, slots=True)
class Analyte:
    """A measured thing: its unit in the catalogue, and how other units are converted."""

    id: str
    unit: str
    factors: dict[str, tuple[float, float]]
    bare: tuple[str, ...]
    plausible: tuple[float, float]
    bare_plausible: tuple[float, float]

    def convert(self, value: float, unit: str) -> tuple[float, str] | None:
        """``value`` in the catalogue's unit, with that unit; None when the unit or the size makes no sense."""
        found = self.convert_all((value,), unit)
        return (found[0][0], found[1]) if found is not None else None

    def convert_all(self, values: tuple[float, ...], unit: str) -> tuple[tuple[float, ...], str] | None:
        """All sides of one bound in the catalogue's unit; None when the unit or a size makes no sense.

        ``unit`` is '' when the text gives none; then the first of ``bare`` that makes sense for all sides is taken.
        Multiples of the upper limit of normal keep the unit "xULN".
        """
        named = [(unit, self.plausible)] if unit else []
        if unit == "e3_ul" and "per_ul" in self.factors:
            named.append(("per_ul", self.plausible))  # "14,000 k/mm3" means 14,000 cells
        if unit == "per_ul" and "e3_ul" in self.factors:
            named.append(("e3_ul", self.plausible))  # "80.000/µl" with a point between the thousands
        guessed = [(guess, self.bare_plausible) for guess in self.bare] if unit in {"", "point"} else []
        for name, limits in [*named, *guessed]:
            sides = [self._from(value, name, limits) for value in values]
            said = [side for side in sides if side is not None]
            if len(said) == len(sides):
                return tuple(side[0] for side in said), said[0][1] if said else self.unit
        return None

    def _from(self, value: float, unit: str, limits: tuple[float, float]) -> tuple[float, str] | None:
        if unit not in self.factors:
            return None
        if unit == "xuln":
            return (value, "xULN") if 0.2 <= value <= 20 else None
        factor, offset = self.factors[unit]
        result = float(f"{value * factor + offset:.4g}")
        return (result, self.unit) if limits[0] <= result <= limits[1] else None


@dataclass(frozen=True, slots=True)
class Units:
    """Everything in ``data/units.toml``. ``pattern`` matches any unit; the name of its group is the unit's id."""

    pattern: re.Pattern[str]
    analytes: dict[str, Analyte]


def _pair(row: Any, where: str) -> tuple[float, float]:
    if isinstance(row, int | float):
        return float(row), 0.0
    if isinstance(row, list) and len(row) == 2 and all(isinstance(x, int | float) for x in row):
        return float(row[0]), float(row[1])
    raise InputError(f"{where}: expected a number or two numbers, found {row!r}")


def _analyte(row: dict[str, Any], where: str, units: set[str]) -> Analyte:
    allow_keys(row, {"id", "unit", "from", "bare", "plausible", "bare_plausible"}, where)
    factors = {name: _pair(factor, f"{where}.from.{name}") for name, factor in row["from"].items()}
    for name in [*factors, *row.get("bare", [])]:
        if name not in units:
            raise InputError(f"{where}: no unit {name!r} in this file; add a [[unit]] or correct the name")
    plausible = _pair(row["plausible"], where)
    bare = _pair(row.get("bare_plausible", row["plausible"]), where)
    return Analyte(row["id"], row["unit"], factors, tuple(row.get("bare", ())), plausible, bare)


@functools.cache
def load_units() -> Units:
    """Reads ``data/units.toml`` once.

    Raises:
        InputError: the file is missing or has a row that makes no sense.
    """
    path = data_dir("units.toml")
    table = load_toml(path)
    allow_keys(table, {"unit", "analyte"}, str(path))
    ways: list[str] = []
    for row in table["unit"]:
        allow_keys(row, {"id", "ways"}, f"{path}: unit {row.get('id', '?')}")
        ways.append(f"(?P<{row['id']}>{'|'.join(row['ways'])})")
    names = {row["id"] for row in table["unit"]}
    rows = [_analyte(row, f"{path}: analyte {row.get('id', '?')}", names) for row in table["analyte"]]
    return Units(regex("|".join(ways), str(path)), {row.id: row for row in rows})
