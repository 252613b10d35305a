"""In how many ways a unit is written, and which it is."""

from __future__ import annotations

import pytest

from trialfinder.phrases.phrase_parser import WrongPhraseError
from trialfinder.reading.amounts.numbers import quantities
from trialfinder.reading.amounts.units import WrittenUnit


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("7 mg/dl", "mg_dl"),
        ("7 mg / dl", "mg_dl"),
        ("7 milligrams per deciliter", "mg_dl"),
        ("7 mg%", "mg_dl"),
        ("30 kg/m^2", "kg_m2"),
        ("30 kg per square metre", "kg_m2"),
        ("30 kgm-2", "kg_m2"),
        ("45 ml/min/1.73 m(2)", "egfr"),
        ("45 ml/min/1,73m2", "egfr"),
        ("45 ml per minute", "ml_min"),
        ("1000/mm(3)", "per_ul"),
        ("1000 cells/ul", "per_ul"),
        ("100 x 10^9/l", "e9_l"),
        ("100 k/ul", "e3_ul"),
        ("2.5 times the upper limit of normal", "xuln"),
        ("2.5xuln", "xuln"),
        ("18 y/o", "year"),
        ("6-week", "week"),
        ("40 mm", "mm_scale"),
        ("140 mm hg", "mmhg"),
        ("40 m/sec", "other"),
        ("20 mm/hr", "other"),
        ("500 msec", "ms"),
        ("50 mg morphine equivalents per day", "mme_day"),
        ("2 packs a day", "packs_day"),
    ],
)
def test_a_unit_is_known_however_it_is_written(said: str, unit: str) -> None:
    assert [found.unit for found in quantities(f"more than {said}, or")][:1] == [unit]


@pytest.mark.parametrize("said", ["3-d imaging", "5 (fewer)", "2/week", "4 mgdlx"])
def test_what_is_no_unit_is_none(said: str) -> None:
    assert [found.unit for found in quantities(said)][:1] == [""]


def test_a_unit_ends_with_its_last_sign() -> None:
    assert quantities("above 1000/mm(3) or")[0].end == len("above 1000/mm(3)")


def test_a_broken_way_is_told() -> None:
    with pytest.raises(WrongPhraseError, match="never closed"):
        _ = WrittenUnit("x", ("{mg/dl",)).expression
