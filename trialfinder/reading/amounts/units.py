"""Units and conversions of ``data/units.toml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load, mistake, unknown
from trialfinder.phrases.phrase_language import WORD_END, alternatives, checked
from trialfinder.phrases.phrase_parser import WrongPhraseError

MONTHS = {"year": 12.0, "month": 1.0, "week": 0.23, "day": 1 / 30, "hour": 1 / 720}
"""Months in one unit of time, as the catalogue counts them (30 days = 1, 4 weeks = 0.92, 1 year = 12)."""


_TAKEN_FOR = {"mmol_l": "umol_l", "g_l": "g_dl", "g_dl": "g_l"}
"""Units that are written for another one, where the size makes sense in that alone: "haemoglobin 12 g/L"."""
_SLASH = re.compile(r"(?<!<)/(?!>)")


class WrittenUnit(DataRow, frozen=True):
    """A unit as it is written."""

    id: str
    """Short name."""
    ways: tuple[str, ...]
    """Phrases, longer ways first; a slash also stands for "per"."""

    @property
    def expression(self) -> str:
        """What matches it behind a number; raises WrongPhraseError for a broken phrase."""
        ways = [checked(_SLASH.sub("{/, -per-}", way)) for way in self.ways]
        return f"(?P<{self.id}>{alternatives(ways, '', WORD_END)})"


class Analyte(DataRow, frozen=True):
    """A measured thing: its unit in the catalogue, and how other units are converted."""

    id: str
    """Short name; rows of patterns name it as their ``bound``."""
    unit: str
    """The catalogue's unit."""
    factors: Mapping[str, float | tuple[float, float]] = msgspec.field(name="from")
    """For each unit a factor, or a factor and what is added."""
    plausible: tuple[float, float]
    """Lowest and highest in the catalogue's unit: a bound outside is left unread."""
    slips: tuple[str, ...] = ()
    """Units that it cannot have: read as the catalogue's own where the size fits, and told beside ("10 mg/dl")."""
    bare: tuple[str, ...] = ()
    """Units tried in this order when the text gives none; the first whose result is plausible wins."""
    low_is_bad: bool = False
    """Low values are bad: "45 % or better" is at least 45."""
    bare_plausible: tuple[float, float] | None = None
    """Lowest and highest when the text gives no unit; as ``plausible`` when left out."""

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
        slip = _TAKEN_FOR.get(unit, "")
        if slip in self.factors:
            named.append((slip, self.plausible))
        if unit == "per_ul" and "e3_ul" in self.factors:
            named.append(("e3_ul", self.plausible))  # "80.000/µl" with a point between the thousands
        guessed = (
            [(guess, self.bare_plausible or self.plausible) for guess in self.bare] if unit in {"", "point"} else []
        )
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
        found = self.factors[unit]
        factor, offset = found if isinstance(found, tuple) else (found, 0.0)
        result = float(f"{value * factor + offset:.4g}")
        return (result, self.unit) if limits[0] <= result <= limits[1] else None


class UnitsFile(DataRow, frozen=True):
    """``data/units.toml``."""

    unit: tuple[WrittenUnit, ...]
    """The units, those that are tried first at the top."""
    analyte: tuple[Analyte, ...]
    """What is measured."""


class Units(NamedTuple):
    """Everything in ``data/units.toml``. ``pattern`` matches any unit; the name of its group is the unit's id."""

    pattern: re.Pattern[str]
    analytes: dict[str, Analyte]


@functools.cache
def load_units() -> Units:
    """Reads ``data/units.toml`` once.

    Raises:
        InputError: the file is missing or has a row that makes no sense.
    """
    path = data_dir("units.toml")
    file = load(path, UnitsFile)
    names = [unit.id for unit in file.unit]
    for number, row in enumerate(file.analyte):
        for key, told in (("from", row.factors), ("slips", row.slips), ("bare", row.bare)):
            for name in told:
                if name not in names:
                    raise mistake(path, ("analyte", number, key), f"{row.id}: {unknown('unit', name, names)}")
    try:
        ways = "|".join(unit.expression for unit in file.unit)
    except WrongPhraseError as error:
        raise mistake(path, ("unit",), str(error)) from None
    return Units(re.compile(f"(?:{ways})(?<! )"), {row.id: row for row in file.analyte})
