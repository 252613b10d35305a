"""Plain words that people type, in options, files and answers alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.person import plain_words
from trialfinder.person.profile_schema import schema
from trialfinder.person.read_profile import read_value
from trialfinder.person.spans import months_since


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("person.sex", "woman", "female"),
        ("person.sex", "F", "female"),
        ("person.sex", "Man", "male"),
        ("person.age", "58 years old", 58.0),
        ("person.age", "fifty-eight", 58.0),
        ("person.travel_km", "500 miles", 804.672),
        ("person.travel_km", "300", 300.0),
        ("person.travel_km", "about 200 kilometres", 200.0),
        ("person.country", "USA", "USA"),
        ("neuropathy.types", "diabetic neuropathy", ("diabetic",)),
        ("neuropathy.types", "dpn", ("diabetic",)),
        ("neuropathy.types", "sciatica", ("radiculopathy",)),
        ("neuropathy.types", "Guillain-Barré", ("inflammatory",)),
        ("neuropathy.types", "small fibre neuropathy and sciatica", ("small_fiber", "radiculopathy")),
        ("neuropathy.types", ["DPN", "small-fiber"], ("diabetic", "small_fiber")),
        ("neuropathy.types", "peripheral neuropathy", ("peripheral_unspecified",)),
        ("neuropathy.confirmed_by", "EMG, nerve conduction study", ("electromyography", "nerve_conduction")),
        ("neuropathy.confirmed_by", "none", ()),
        ("neuropathy.duration_months", "five years", 60.0),
        ("neuropathy.duration_months", "two and a half years", 30.0),
        ("neuropathy.duration_months", "a year and a half", 18.0),
        ("neuropathy.duration_months", "half a year", 6.0),
        ("neuropathy.duration_months", "2 years and 3 months", 27.0),
        ("neuropathy.duration_months", "3 years ago", 36.0),
        ("neuropathy.duration_months", "18", 18.0),
        ("neuropathy.pain_score", "6/10", 6.0),
        ("neuropathy.scores", "TCSS 11, INCAT = 4", {"TCSS": 11.0, "INCAT": 4.0}),
        ("neuropathy.scores", {"NIS-LL": 7.5}, {"NIS-LL": 7.5}),
        ("diabetes.type", 2, "type2"),
        ("diabetes.type", "Type II", "type2"),
        ("diabetes.type", "no", "none"),
        ("diabetes.duration_years", "18 months", 1.5),
        ("diabetes.hba1c", "8,2 %", 8.2),
        ("diabetes.hba1c", "66 mmol/mol", 8.189),
        ("diabetes.fasting_glucose_mg_dl", "7 mmol/L", 126.112),
        ("measurements.hemoglobin_g_dl", "139 g / l", 13.9),
        ("measurements.creatinine_mg_dl", "88.4 µmol/L", 1.0),
        ("measurements.platelets", "210,000 per microlitre", 210.0),
        ("measurements.platelets", "210 x 10⁹/L", 210.0),
        ("health.cancer", "in the past", "past"),
        ("health.cancer", False, "never"),
        ("health.hiv", "no", False),
        ("health.diagnoses", "head and neck cancer, gout", ("head and neck cancer", "gout")),
        ("health.diagnoses", "None", ()),
        ("health.chemotherapy_ended", "April 2018", PartialDate(2018, 4)),
        ("health.chemotherapy_ended", "12 Apr. 2018", PartialDate(2018, 4, 12)),
        ("health.chemotherapy_ended", "April 12th, 2018", PartialDate(2018, 4, 12)),
        ("health.chemotherapy_ended", "4/2018", PartialDate(2018, 4)),
        ("health.chemotherapy_ended", "12.4.2018", PartialDate(2018, 4, 12)),
        ("treatment.medications", "metformin and apixaban", ("metformin", "apixaban")),
        ("person.sex", "a man", "male"),
        ("person.sex", "I am a woman", "female"),
    ],
)
def test_plain_words_are_understood(key: str, typed: Any, value: Any) -> None:
    found = read_value(schema()[key], typed, key)
    assert found == (pytest.approx(value, abs=1e-6) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("health.cancer", "yes"),
        ("health.chemotherapy_ended", "05/06/2018"),
        ("health.hiv", "dont know"),
        ("diabetes.hba1c", "8.2 mg/dL"),
        ("diabetes.hba1c", "7 to 8"),
        ("neuropathy.duration_months", "years"),
        ("neuropathy.duration_months", "5 stones"),
        ("person.travel_km", ""),
        ("neuropathy.types", "neuropathic"),
        ("person.sex", True),
        ("measurements.bmi", "<25"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(key: str, typed: Any) -> None:
    with pytest.raises(InputError):
        read_value(schema()[key], typed, key)


@pytest.mark.parametrize("fact", [f for f in schema().values() if f.allowed], ids=lambda fact: fact.key)
def test_no_word_stands_for_two_answers(fact: Any) -> None:
    seen: dict[str, str] = {}
    for word, allowed in plain_words.words_of(fact):
        assert seen.setdefault(word, allowed) == allowed, word


@pytest.mark.parametrize(
    ("date", "today", "low", "high"),
    [
        ("2026-02-28", "2026-11-28", 9.0, 9.0),
        ("2026-02", "2026-11-28", 9.0, 9.9),
        ("2025-11-28", "2026-11-28", 12.0, 12.0),
        ("2026-08-31", "2026-11-30", 3.0, 3.0),
        ("2024-02-29", "2026-02-28", 24.0, 24.0),
        ("2026-05-13", "2026-11-28", 6.5, 6.5),
        ("2026-11", "2026-11-28", 0.0, 27 / 30),
        ("2027", "2026-11-28", 0.0, 0.0),
        # 29 days: a month and a day by the calendar, but less than thirty days.
        ("2026-02-28", "2026-03-29", 29 / 30.4375, 1 + 1 / 31),
    ],
)
def test_months_are_those_of_the_calendar(date: str, today: str, low: float, high: float) -> None:
    found = months_since(PartialDate.parse(date), dt.date.fromisoformat(today))
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-6)
