"""Times between commas and in brackets, times of tests, rates, and lists of what must have been stopped."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria
from trialfinder.reading.check_examples import read_sentence

THINGS = ["a stroke", "a heart attack", "a seizure", "a thrombosis", "a kidney transplant"]


def _windows(text: str, section: str = "exclusion") -> set[tuple[str, float | None]]:
    return {(r.pattern, r.window_months) for r in read_sentence(text, section)}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("frame", ["Has had, within 60 days of entry, {}", "Had, in the last 2 months, {}"])
def test_a_time_between_two_commas_is_that_of_what_goes_on_behind(thing: str, frame: str) -> None:
    assert {months for _, months in _windows(frame.format(thing))} == {2}


def test_it_counts_once_for_taking_part() -> None:
    assert _windows("Took part, within 60 days, in another clinical trial") == {("other_trial", 2)}


@pytest.mark.parametrize("drugs", ["steroids", "opioids", "methotrexate", "warfarin"])
def test_a_time_behind_taken(drugs: str) -> None:
    assert {months for _, months in _windows(f"{drugs.title()}, taken in the last month, at any dose")} == {1}


def test_a_time_between_two_members_of_a_list_is_the_first_ones() -> None:
    found = {(r.narrower, r.window_months) for r in read_sentence("Stroke, within 8 months, or a seizure", "exclusion")}
    assert {months for _, months in found} == {8, None}


@pytest.mark.parametrize("illness", ["cancer", "stroke", "psychosis", "epilepsy"])
def test_the_time_of_past_or_current(illness: str) -> None:
    text = f"Past (less than 10 years) or current history of {illness}"
    assert {months for _, months in _windows(text)} == {120}


@pytest.mark.parametrize(
    "text",
    [
        "LVEF < 38 % within 6 months",
        "Ejection fraction of less than 38 % in the past 3 months",
        "Bilirubin > 3 mg/dL within 28 days of entry",
    ],
)
def test_a_measured_value_has_no_look_back(text: str) -> None:
    found = read_sentence(text, "exclusion")
    assert found
    assert all(r.window_months is None for r in found)


def test_what_is_taken_a_day_keeps_its_time() -> None:
    assert _windows("More than 10 cigarettes a day in the last 3 months") == {("smoking", 3)}


@pytest.mark.parametrize("thing", ["pneumonia", "sepsis", "meningitis"])
def test_how_often_within_any_period_is_no_look_back(thing: str) -> None:
    assert {m for _, m in _windows(f"Recurrent {thing} (two or more within a 3-year period)")} == {None}
    assert {m for _, m in _windows(f"{thing.title()} within a 3-month period prior to screening")} == {3}


def test_how_long_it_was_taken_is_no_look_back() -> None:
    assert {m for _, m in _windows("Less than 5 weeks on cisplatin")} == {None}
    assert {m for _, m in _windows("Less than 5 weeks since cisplatin")} == {1.15}


def test_what_the_study_counts_from_is_not_barred() -> None:
    assert (
        _windows("Randomisation must be performed no longer than 9 weeks from definitive surgery", "inclusion") == set()
    )
    assert _windows("At least 9 weeks from the last surgery", "inclusion") == {("recent_surgery", 2.07)}


@pytest.mark.parametrize(
    "opening",
    [
        "The following medicines must have been discontinued before the first dose:",
        "The following must be stopped before entry:",
        "Wash-out periods before entry:",
    ],
)
@pytest.mark.parametrize("mark", ["", "* "])
def test_a_list_of_what_must_have_been_stopped(opening: str, mark: str) -> None:
    lines = [f"{mark}Ciclosporin for at least 4 weeks.", f"{mark}Opioids: 3 weeks", f"{mark}5 weeks for methotrexate"]
    text = "\n".join(["Inclusion Criteria:", "", "1. Age 19 to 72", f"2. {opening}", *lines, "3. Stable opioids"])
    found = [(r.pattern, r.effect, r.window_months, r.direction) for i in read_criteria(text)[2:5] for r in i.readings]
    assert found == [
        ("immunosuppression", "exclude", 0.92, "at_least_ago"),
        ("opioid_use", "exclude", 0.69, "at_least_ago"),
        ("immunosuppression", "exclude", 1.15, "at_least_ago"),
    ]
    assert all(r.effect == "require" for r in read_criteria(text)[5].readings)
