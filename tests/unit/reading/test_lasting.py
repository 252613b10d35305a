"""How long a thing has lasted is read by any word that can say so, in whatever order."""

from __future__ import annotations

import pytest

from trialfinder.reading.structure import read_text

HEADINGS = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}
Limits = tuple[float | None, float | None]


def times(text: str, section: str = "inclusion", pattern: str = "symptom_duration") -> list[Limits]:
    """The limits in months that are read of one criterion in a study of neuropathy."""
    whole = f"Inclusion Criteria:\n\n* Peripheral neuropathy\n\n{HEADINGS[section]}\n\n* {text}"
    return [(r.low, r.high) for item in read_text(whole).items[1:] for r in item.readings if r.pattern == pattern]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("Burning soles for no less than three months", (3, None)),
        ("The first symptoms were felt more than 6 months ago", (6, None)),
        ("Trouble of the nerves dating back 2 years or more", (24, None)),
        ("Half a year or more has gone by since symptoms began", (6, None)),
        ("Ill for longer than 2 years", (24, None)),
        ("It is at least 6 months since the nerve was injured", (6, None)),
        ("Numb toes that have gone on hurting for over a year", (12, None)),
        ("Onset of symptoms within the last 2 months", (None, 2)),
        ("Time between the nerve injury and entry less than 7 months", (None, 7)),
        ("Cramps of no less than 5 months' standing", (5, None)),
    ],
)
def test_a_thing_that_has_lasted(text: str, limits: Limits) -> None:
    assert times(text) == [limits]


def test_under_an_exclusion_heading_only_what_is_felt_as_such() -> None:
    assert times("Acute pain (of less than three months)", "exclusion") == [(None, 3)]
    assert times("Any rash lasting less than three months", "exclusion") == []
    assert times("A skin disease, ill for more than three months", "exclusion") == []


@pytest.mark.parametrize(
    "text",
    [
        "Pain medication unchanged for at least 3 months",
        "No surgery for pain in the last 6 months",
        "Able to stand for 10 minutes without pain",
        "Treated with gabapentin for at least 3 months without relief of pain",
        "Mean pain over the last week of at least 4",
        "Pain diary filled in for 7 days",
        "Free of symptoms for 6 months",
        "Symptoms must not change for 4 weeks",
        "Pain relief lasting 6 hours after the block",
        "Woken by pain twice a week over the last month",
        "The diagnosis must be documented by needle EMG done in the preceding 3 months",
        "A scan of the lesion not older than 6 months",
        "Splint worn for 6 weeks because of numbness",
        "Illness that needed a stay in hospital for 2 weeks",
    ],
)
@pytest.mark.parametrize("section", ["inclusion", "exclusion"])
def test_a_time_of_something_else(text: str, section: str) -> None:
    assert times(text, section) == []


def test_the_time_of_a_treatment_is_not_that_of_diabetes() -> None:
    of_diabetes = "diabetes_duration"
    assert times("At least 2 years must have passed since diabetes was found", pattern=of_diabetes) == [(2, None)]
    assert times("Stable treatment of diabetes for 3 months", pattern=of_diabetes) == []
