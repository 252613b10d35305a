"""NCT IDs, partial dates and ages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfinder.base.values import Age, PartialDate, is_nct_id, nct_id
from trialfinder.errors import InputError


@pytest.mark.parametrize(
    "text",
    [
        "NCT05507697",
        "nct05507697",
        " Nct05507697 ",
        "NCT 05507697",
        "NCT05507697.",
        "https://clinicaltrials.gov/study/NCT05507697",
        "clinicaltrials.gov/study/nct05507697/",
        "http://www.clinicaltrials.gov/ct2/show/NCT05507697?term=NCT01234567&rank=1",
        "https://classic.clinicaltrials.gov/ct2/show/results/NCT05507697#outcome1",
        "https://clinicaltrials.gov/api/v2/studies/NCT05507697?format=json",
        "https://clinicaltrials.gov/search?term=NCT05507697",
    ],
)
def test_an_nct_id_is_spelled_as_the_registry_spells_it_and_found_in_its_links(text: str) -> None:
    assert nct_id(text) == "NCT05507697"


@pytest.mark.parametrize(
    "text",
    [
        "https://clinicaltrials.gov/study/NCT0550769",
        "https://clinicaltrials.gov/search?term=NCT05507697+NCT01234567",
        "https://example.org/study/NCT05507697",
        "https://clinicaltrials.gov.example.org/study/NCT05507697",
        "NCT0550769",
        "NCT055076977",
        "nct7",
        "05507697",
    ],
)
def test_no_id_is_made_of_what_could_be_another_one(text: str) -> None:
    """A digit that is missing would give another study, so nothing is filled up."""
    assert not is_nct_id(text)
    with pytest.raises(InputError, match="is not an NCT ID, which is NCT and eight digits"):
        nct_id(text)


def test_what_was_probably_meant_is_said() -> None:
    def ways_out(text: str) -> tuple[str, ...]:
        with pytest.raises(InputError) as caught:
            nct_id(text)
        return tuple(caught.value.suggestions)

    assert ways_out("NCT0550769") == ("missing digits: compare it with the place where you found it",)
    assert ways_out("05507697") == ("trialfinder show NCT05507697",)
    assert ways_out("diabetic foot") == ("trialfinder search 'diabetic foot'",)


@pytest.mark.parametrize("text", ["", "NCT", "NCT00000000", "NCT123456789", "ABC123", "NCT0550769７", "NCT05507697\n2"])
def test_what_is_no_nct_id_is_refused(text: str) -> None:
    assert not is_nct_id(text)
    with pytest.raises(InputError, match="is not an NCT ID"):
        nct_id(text)


def test_a_partial_date_is_never_padded() -> None:
    month = PartialDate.parse("2024-02")
    assert str(month) == "2024-02"
    assert (month.day, month.earliest(), month.latest()) == (None, dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert str(PartialDate.parse("2026-08-14T09:00:05")) == "2026-08-14"


@pytest.mark.parametrize("text", ["", "2024-13", "2024-02-30", "May 2024", "24-05-01", "2024-5"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|month must be|day is out of range|day must be"):
        PartialDate.parse(text)


def test_partial_dates_sort_by_the_earliest_day_the_less_exact_first() -> None:
    texts = ["2024-01-02", "2023-12", "2024", "2024-01", "2024-01-01"]
    assert [str(d) for d in sorted(map(PartialDate.parse, texts))] == [
        "2023-12",
        "2024",
        "2024-01",
        "2024-01-01",
        "2024-01-02",
    ]


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_survives_reading_and_writing(day: dt.date, length: int) -> None:
    text = day.isoformat()[:length]
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.earliest() <= day <= date.latest()


@pytest.mark.parametrize(
    ("text", "years", "words"),
    [
        ("18 Years", 18.0, "18 Years"),
        ("1 Year", 1.0, "1 Year"),
        ("6 Months", 0.5, "6 Months"),
        ("52 weeks", 0.9966, "52 Weeks"),
        ("30 Minutes", 0.0001, "30 Minutes"),
    ],
)
def test_an_age_has_years_and_the_registrys_words(text: str, years: float, words: str) -> None:
    age = Age.parse(text)
    assert (age.years, str(age)) == (years, words)


@pytest.mark.parametrize("text", ["", "18", "Years", "-3 Years", "eighteen Years"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an age"):
        Age.parse(text)
