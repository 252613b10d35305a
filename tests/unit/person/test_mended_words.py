"""Slips of the fingers, units of something else, and what a question says of its own answer."""

from __future__ import annotations

import pytest

from tests.unit.person.test_ask import answered
from trialfinder.errors import InputError
from trialfinder.person.profile_schema import schema
from trialfinder.person.prompts import explanation, prompt
from trialfinder.person.told_options import from_words


@pytest.mark.parametrize(
    ("key", "typed", "value", "doubt"),
    [
        ("neuropathy.types", "painfull diabetc neuropathy", ("diabetic",), "“diabetc” looks like “diabetic”"),
        ("neuropathy.types", "diabetc", ("diabetic",), "“diabetc” looks like “diabetic”"),
        ("neuropathy.types", "diabetic nuropathy", ("diabetic",), "“nuropathy” looks like “neuropathy”"),
        ("neuropathy.types", "small fibre nuropathy, heriditary", ("small_fiber", "hereditary"), "like “hereditary”"),
        ("neuropathy.types", "zorbic neuropathy", ("peripheral_unspecified",), "“zorbic” is not understood"),
        ("diabetes.type", "typ 2", "type2", "“typ” looks like “type”"),
        ("person.sex", "femal", "female", "“femal” looks like “female”"),
    ],
)
def test_a_slip_is_asked_back_with_the_word_that_is_meant(key: str, typed: str, value: object, doubt: str) -> None:
    kept, prompts, _ = answered(key, typed, "ok")
    assert kept is not None
    assert set(kept) == set(value) if isinstance(kept, tuple) and isinstance(value, tuple) else kept == value
    assert doubt in prompts[1]
    assert answered(key, typed, "")[0] is None, "never taken in silence"


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("neuropathy.types", "not diabetc"),
        ("neuropathy.types", "burning feet from sugar"),
        ("diabetes.type", "typ 3"),
        ("person.sex", "mail"),
    ],
)
def test_what_may_mean_something_else_is_no_slip(key: str, typed: str) -> None:
    kept, prompts, _ = answered(key, typed, "ok")
    assert kept is None
    assert prompts[0] == prompts[1]


def test_the_nearest_word_is_named_as_it_is_asked_for() -> None:
    with pytest.raises(InputError, match="nearest: type 2"):
        from_words(schema()["diabetes.type"], "tipe 2", "x")


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("person.travel_km", "2 hours by train", "“hours” is a unit of time; expected a number (km; with another unit"),
        ("person.travel_km", "an hour", "“hour” is a unit of time"),
        ("measurements.bmi", "12 stone", "“stone” is a unit of weight; expected a number (kg/m²)"),
        ("measurements.bmi", "29 kg", "“kg” is a unit of weight"),
        ("person.age", "12 stone", "“stone” is a unit of weight"),
        ("neuropathy.pain_score", "7 days a week", "“days” is a unit of time"),
    ],
)
def test_a_unit_of_something_else_is_refused_and_says_why(key: str, typed: str, why: str) -> None:
    kept, prompts, lines = answered(key, typed, "ok")
    assert kept is None
    assert prompts[0] == prompts[1], "nothing is offered to be kept"
    assert why in lines[0]


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("person.travel_km", "300 km by car", 300.0),
        ("person.travel_km", "200 miles", 321.8688),
        ("neuropathy.duration_months", "5 years, on and off", 60.0),
        ("diabetes.hba1c", "8.2 two months ago", 8.2),
        ("person.age", "58 years old", 58.0),
    ],
)
def test_its_own_units_and_times_beside_a_number_are_understood_as_before(key: str, typed: str, value: float) -> None:
    assert answered(key, typed, "ok")[0] == pytest.approx(value)


def test_packs_are_no_cigarettes() -> None:
    with pytest.raises(InputError, match="“packs” is not what is counted"):
        from_words(schema()["health.cigarettes_per_day"], "2 packs", "x")
    assert from_words(schema()["health.cigarettes_per_day"], "10 a day", "x") == 10.0


def test_a_refused_yes_or_no_says_what_is_meant() -> None:
    for key, typed, said in (
        ("diabetes.foot_ulcer", "had one last year, its healed", "One that has healed: answer no, and name it"),
        ("treatment.anticoagulant", "only aspirin", "Aspirin and clopidogrel work in another way"),
    ):
        kept, _, lines = answered(key, typed)
        assert kept is None
        assert any(said in line for line in lines), key
        assert any(said in line for line in explanation(schema()[key])), key


def test_a_number_is_asked_for_in_the_units_of_the_letters() -> None:
    assert "(percent, or with the unit: mmol/mol)" in prompt(schema()["diabetes.hba1c"])
    assert "(mg/dL, or with the unit: µmol/L)" in prompt(schema()["measurements.creatinine_mg_dl"])
    assert "(km, or with the unit: miles)" in prompt(schema()["person.travel_km"])
    assert prompt(schema()["person.age"]) == "How old are you? (years) "


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("foot ulcer, healed in 2025", ("foot ulcer, healed in 2025",)),
        ("gout, breast cancer, in remission", ("gout", "breast cancer, in remission")),
        ("foot ulcer, it has healed, gout", ("foot ulcer, it has healed", "gout")),
        ("gout, asthma; lupus", ("gout", "asthma", "lupus")),
    ],
)
def test_what_became_of_an_illness_stays_with_it(typed: str, names: tuple[str, ...]) -> None:
    assert from_words(schema()["health.diagnoses"], typed, "x") == names


def test_a_healed_ulcer_is_named_as_the_question_says_and_not_asked_back() -> None:
    assert answered("health.diagnoses", "healed foot ulcer 2025")[0] == ("healed foot ulcer 2025",)
    assert len(answered("health.diagnoses", "foot ulcer, healed in 2025")[1]) == 1
