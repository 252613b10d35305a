"""What a time counts back from, the two ends of an interval, and things that only say from where or of whom."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.readings import Reading, Section

BARS = ["stroke", "major surgery", "chemotherapy", "methotrexate", "heart attack"]


def _only(text: str, section: Section = "exclusion") -> Reading:
    (found,) = read_sentence(text, section)
    return found


@pytest.mark.parametrize("thing", BARS)
@pytest.mark.parametrize(
    "anchor", ["treatment", "study treatment start", "study drug", "trial medication", "the study therapy"]
)
def test_within_a_time_of_the_treatment_is_a_look_back(thing: str, anchor: str) -> None:
    found = _only(f"{thing.capitalize()} within 3 months of {anchor}")
    assert (found.window_months, found.direction) == (3, "within")


def test_how_long_a_treatment_was_tried_is_still_no_look_back() -> None:
    assert _only("Failed at least 3 months of conservative treatment", "inclusion").direction != "within"


@pytest.mark.parametrize("drug", ["chemotherapy", "methotrexate", "rituximab", "clopidogrel", "warfarin"])
@pytest.mark.parametrize(
    "frame",
    [
        "At least 4 weeks between the last {} and study entry",
        "Interval between last {} and enrolment of at least 4 weeks",
    ],
)
def test_the_ends_of_an_interval(drug: str, frame: str) -> None:
    found = _only(frame.format(drug), "inclusion")
    assert (found.effect, found.window_months, found.direction) == ("exclude", 0.92, "at_least_ago")


def test_so_many_of_something_in_a_time_is_what_a_thing_means() -> None:
    assert _only("Unstable angina (defined as two attacks within 4 weeks)").window_months is None
    assert _only("Recent surgery, defined as within 4 weeks").window_months == 0.92


@pytest.mark.parametrize(
    "text",
    [
        "Side effects of grade 2 or more from earlier chemotherapy",
        "Complications of a previous transplant",
        "Hepatitis B booster in the last 6 months",
        "Family history (parents, brothers or sisters) of heart attacks",
        "First-degree relative (mother, father) with epilepsy",
    ],
)
def test_named_only_for_where_something_comes_from(text: str) -> None:
    assert not read_sentence(text, "exclusion")


def test_the_cells_that_a_time_counts_back_from_are_not_barred() -> None:
    assert {r.pattern for r in read_sentence("Infection within 2 weeks of cell infusion", "exclusion")} == {
        "active_infection"
    }
    wanted = read_sentence("Women must have a negative pregnancy test before transplantation", "inclusion")
    assert {r.pattern for r in wanted} == {"pregnancy"}


def test_ones_own_illness_beside_that_of_the_family_bars() -> None:
    assert [r.pattern for r in read_sentence("Patient or first-degree relative with epilepsy", "exclusion")] == [
        "neurological_other"
    ]


@pytest.mark.parametrize(
    "text",
    ["No more than 10 percent of participants will be older than 50 years", "At least 5 patients will have epilepsy"],
)
def test_what_is_said_of_a_share_of_all_is_asked_of_nobody(text: str) -> None:
    assert not read_sentence(text, "inclusion")


@pytest.mark.parametrize(("words", "low", "high"), [("equal or <", None, 45), ("equal to or >", 45, None)])
def test_equal_or_a_sign_takes_the_end_in(words: str, low: float | None, high: float | None) -> None:
    found = _only(f"eGFR {words} 45 mL/min")
    assert (found.low, found.high) == (low, high)
    assert found.low_inclusive in (None, True) and found.high_inclusive in (None, True)


def test_a_short_name_in_brackets_does_not_end_an_exception() -> None:
    found = _only("Antiviral drugs other than lamivudine (LVD) or abacavir (ABV) within 4 weeks")
    assert found.exception.startswith("lamivudine (LVD) or abacavir (ABV")
    assert found.window_months == 0.92


def test_another_limit_in_brackets_says_for_whom_it_holds() -> None:
    found = read_sentence("ALT below 2 x ULN (less than 5 x ULN with liver metastases)", "inclusion")
    assert {r.pattern for r in found} == {"hepatic"}
    barred = read_sentence("ALT > 3 x ULN (liver metastases > 5 x ULN)", "exclusion")
    assert {r.pattern for r in barred} == {"hepatic"}


def test_a_score_without_a_blank_before_its_sign_is_no_liver_value() -> None:
    found = {(r.pattern, r.low) for r in read_sentence("Severe liver disease (Child-Pugh score> 12)", "exclusion")}
    assert found == {("hepatic", None), ("severity_score", 12)}


@pytest.mark.parametrize(
    "text",
    [
        "25 years or younger at the time of original diagnosis",
        "Age 18 to 60 years at diagnosis",
        "18 years or older when diagnosed",
        "Between 18 and 70 years at the time of onset of the illness",
    ],
)
def test_the_age_at_which_an_illness_began_is_not_that_of_today(text: str) -> None:
    assert not {r.pattern for r in read_sentence(text, "inclusion")} & {"age", "symptom_duration", "diabetes_duration"}


def test_the_age_at_enrolment_is_that_of_today() -> None:
    assert [(r.low, r.high) for r in read_sentence("Aged 18 to 65 years at enrolment", "inclusion")] == [(18, 65)]


@pytest.mark.parametrize("given", ["endocrine therapy", "prior antifungal drugs", "any other hormonal agents"])
def test_since_a_drug_or_therapy_that_no_list_holds(given: str) -> None:
    found = _only(f"At least 3 weeks since {given}", "inclusion")
    assert (found.pattern, found.effect, found.window_months, found.direction) == (
        "other_medication",
        "exclude",
        0.69,
        "at_least_ago",
    )


@pytest.mark.parametrize("text", ["At least 3 weeks since the injury", "More than 2 months since diagnosis"])
def test_since_what_is_no_drug(text: str) -> None:
    assert "other_medication" not in {r.pattern for r in read_sentence(text, "inclusion")}


def test_a_drug_in_a_clause_of_those_who_do_not_take_it() -> None:
    assert not read_sentence("FSH above 25 if not currently on hormone replacement therapy", "inclusion")


def test_samples_are_available_and_nobody_has_to_be() -> None:
    assert not read_sentence("Blood samples are available for analysis", "inclusion")
    assert [r.pattern for r in read_sentence("Available for all visits", "inclusion")] == ["follow_up"]
