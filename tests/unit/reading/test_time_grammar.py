"""The time grammar: every time frame × concepts of every type gives the right kind. All sentences are made up."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence

_BARRED = {
    "opioids": "opioid_use",
    "gabapentin": "other_medication",
    "methotrexate": "immunosuppression",
    "warfarin": "anticoagulant",
    "a stroke": "stroke",
    "a heart attack": "cardiac",
    "deep vein thrombosis": "thrombosis",
    "major surgery": "recent_surgery",
    "a stem cell transplant": "prior_cell_therapy",
    "chemotherapy": "chemotherapy",
    "cancer": "malignancy",
    "epilepsy": "neurological_other",
}
_DRUGS = ("opioids", "gabapentin", "methotrexate", "warfarin")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _windows(text: str, section: str = "exclusion") -> set[tuple[str, float | None, str]]:
    return {(r.pattern, r.window_months, r.direction) for r in read_sentence(_capital(text), section)}


@pytest.mark.parametrize("thing", _BARRED)
@pytest.mark.parametrize(
    ("frame", "direction"),
    [
        ("{} within 5 months", "within"),
        ("{} in the past 5 months", "within"),
        ("{} over the preceding 5 months", "within"),
        ("{} less than 5 months ago", "within"),
        ("{} no more than 5 months ago", "within"),
        ("{} no longer than 5 months ago", "within"),
        ("{} fewer than 5 months before enrolment", "within"),
        ("{} up to 5 months before enrolment", "within"),
        ("{} later than 5 months before enrolment", "within"),
        ("{} no earlier than 5 months before enrolment", "within"),
        ("{} (at most 5 months before the first visit)", "within"),
        ("{} between 2 and 5 months before enrolment", "within"),
        ("{} in the five-month period before screening", "within"),
        ("{} from 5 months before screening onwards", "within"),
        ("{} during a period of 5 months before inclusion", "within"),
        ("fewer than 5 months since {}", "within"),
        ("within 5 months of {}", "within"),
        ("in the 5 months before enrolment: {}", "within"),
        ("during the 5 months prior to consent, {}", "within"),
        ("{} at least 5 months ago", "at_least_ago"),
        ("{} more than 5 months before enrolment", "at_least_ago"),
        ("{} no later than 5 months before enrolment", "at_least_ago"),
        ("{} earlier than 5 months before enrolment", "at_least_ago"),
        ("{} not less than 5 months ago", "at_least_ago"),
        ("at least 5 months since {}", "at_least_ago"),
        ("5 months or longer since {}", "at_least_ago"),
        ("free of {} for 5 months", "at_least_ago"),
        ("{} planned in the next 5 months", "planned"),
        ("{} expected within 5 months after enrolment", "planned"),
    ],
)
def test_look_backs_and_plans_of_every_thing(frame: str, direction: str, thing: str) -> None:
    assert (_BARRED[thing], 5.0, direction) in _windows(frame.format(thing))


@pytest.mark.parametrize("thing", [x for x in _BARRED if x != "a stem cell transplant"])
def test_what_was_not_there_for_a_time_is_over_for_that_time(thing: str) -> None:
    assert (_BARRED[thing], 5.0, "at_least_ago") in _windows(
        f"no {thing.removeprefix('a ')} for at least 5 months", "inclusion"
    )


@pytest.mark.parametrize("thing", _BARRED)
def test_half_a_year_and_a_quarter(thing: str) -> None:
    assert (_BARRED[thing], 6.0, "within") in _windows(f"{thing} during the last half year")
    assert (_BARRED[thing], 3.0, "within") in _windows(f"{thing} in the last quarter")


@pytest.mark.parametrize("thing", _DRUGS)
def test_a_drug_is_taken_for_a_time(thing: str) -> None:
    assert (_BARRED[thing], 5.0, "lasting") in _windows(f"{thing} for at least 5 months")


@pytest.mark.parametrize("thing", [x for x in _BARRED if x not in _DRUGS])
def test_how_long_an_illness_or_event_lasts_is_no_window(thing: str) -> None:
    assert all(months is None for _, months, _ in _windows(f"{thing} for at least 5 months"))


@pytest.mark.parametrize("thing", ["a stroke", "cancer", "major surgery", "deep vein thrombosis", "epilepsy"])
def test_for_a_time_before_the_study_is_a_look_back(thing: str) -> None:
    assert (_BARRED[thing], 5.0, "within") in _windows(f"history of {thing} for 5 months before screening")


@pytest.mark.parametrize("drug", ["duloxetine", "gabapentin", "insulin", "analgesics"])
@pytest.mark.parametrize(
    "frame",
    [
        "stable dose of {} for at least 5 months",
        "no change of {} dose for at least 5 months",
        "unchanged doses of {} for 5 months or longer",
    ],
)
def test_unchanged_drugs_are_stable_medication(frame: str, drug: str) -> None:
    found = _windows(frame.format(drug), "inclusion")
    assert ("stable_medication", 5.0, "lasting") in found
    assert all(months is None for pattern, months, _ in found if pattern != "stable_medication")


_LASTING = (
    ("{} for at least 7 months", 7, None),
    ("{} for 7 months or longer", 7, None),
    ("{} lasting between 2 and 7 months", 2, 7),
    ("{} since at least 7 months", 7, None),
    ("{} that has persisted for 7 months or more", 7, None),
    ("{} of less than 7 months' duration", None, 7),
    ("{} (for more than 7 months)", 7, None),
    ("{}, present for at least 7 months", 7, None),
    ("{} diagnosed at least 7 months ago", 7, None),
    ("{} diagnosed within the last 7 months", None, 7),
    ("{} that began no more than 7 months ago", None, 7),
    ("first told of {} no fewer than 7 months ago", 7, None),
    ("diagnosed with {} at least 7 months before screening", 7, None),
    ("a 7-month history of {}", 7, None),
    ("more than 7 months with {}", 7, None),
    ("at most 7 months from the onset of {}", None, 7),
    ("no later than 7 months after the diagnosis of {}", None, 7),
    ("between 2 and 7 months since the onset of {}", 2, 7),
    ("newly diagnosed {} (less than 7 months)", None, 7),
)
_NERVES = (
    "peripheral neuropathy", "sciatica", "CIDP", "carpal tunnel syndrome", "trigeminal neuralgia", "facial palsy",
    "neuropathic pain", "lumbar radiculopathy", "hereditary neuropathy", "diabetic neuropathy",
)  # fmt: skip


@pytest.mark.parametrize("thing", _NERVES)
@pytest.mark.parametrize(("frame", "low", "high"), _LASTING)
def test_how_long_a_nerve_condition_has_lasted(frame: str, low: float | None, high: float | None, thing: str) -> None:
    read = read_sentence(_capital(frame.format(thing)), "inclusion")
    assert {(r.low, r.high) for r in read if r.pattern == "symptom_duration"} == {(low, high)}
    assert all(r.window_months is None for r in read)


@pytest.mark.parametrize("thing", ["type 1 diabetes", "type 2 diabetes", "diabetes mellitus"])
@pytest.mark.parametrize(("frame", "low", "high"), _LASTING)
def test_how_long_diabetes_has_lasted(frame: str, low: float | None, high: float | None, thing: str) -> None:
    read = read_sentence(_capital(frame.format(thing).replace("month", "year")), "inclusion")
    assert {(r.low, r.high) for r in read if r.pattern == "diabetes_duration"} == {(low, high)}
    assert not [r for r in read if r.pattern == "symptom_duration" or r.window_months]


@pytest.mark.parametrize(
    "thing", ["heart failure", "multiple sclerosis", "asthma", "rheumatoid arthritis", "foot ulcer"]
)
@pytest.mark.parametrize(("frame", "low", "high"), _LASTING)
def test_how_long_the_studied_illness_has_lasted(frame: str, low: float | None, high: float | None, thing: str) -> None:
    read = read_sentence(_capital(frame.format(thing)), "inclusion")
    assert {(r.low, r.high) for r in read if r.pattern == "symptom_duration"} == {(low, high)}
    assert all(r.window_months is None for r in read)


@pytest.mark.parametrize(
    "thing", ["heart failure", "multiple sclerosis", "asthma", "rheumatoid arthritis", "foot ulcer"]
)
def test_how_long_a_barred_illness_has_lasted_says_nothing_of_the_nerves(thing: str) -> None:
    read = read_sentence(f"{_capital(thing)} for more than 10 weeks", "exclusion")
    assert [(r.low, r.window_months) for r in read] == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Numb toes for upwards of two years",
        "Upwards of two years with tingling feet",
        "Pain every day for more than two years",
        "Weakness of a hand that began more than 24 months ago",
    ],
)
def test_symptoms_in_plain_words(text: str) -> None:
    read = read_sentence(text, "inclusion")
    assert {(r.low, r.low_inclusive) for r in read if r.pattern == "symptom_duration"} == {(24, False)}


@pytest.mark.parametrize(
    "text", ["At most 20 days from the first palsy signs", "No more than 20 days since the first symptoms"]
)
def test_time_since_the_first_signs(text: str) -> None:
    read = read_sentence(text, "inclusion")
    found = [r for r in read if r.pattern == "symptom_duration"]
    assert [r.low for r in found] == [None]
    assert found[0].high == pytest.approx(2 / 3, abs=0.001)


@pytest.mark.parametrize(
    "text",
    [
        "Neuropathy treated with pregabalin for at least 3 months",
        "Neuropathy on a stable dose of duloxetine for at least 3 months",
        "Neuropathy and no surgery for at least 3 months",
        "Neuropathy confirmed by nerve conduction within the last 3 months",
        "Neuropathy, average pain of 4 or more over 7 days",
        "Failed 3 months of non-operative back pain management",
        "Neuropathy first seen before the age of 30 years",
    ],
)
def test_a_time_of_something_else_is_no_duration(text: str) -> None:
    assert not [r for r in read_sentence(text, "inclusion") if r.pattern == "symptom_duration"]


def test_a_duration_in_a_bracket_is_that_of_the_diabetes() -> None:
    read = read_sentence("Type 1 diabetes (duration over 5 years)", "inclusion")
    assert {(r.pattern, r.low) for r in read if r.low} == {("diabetes_duration", 5)}


@pytest.mark.parametrize(
    "text",
    [
        "Warfarin that cannot be paused for 60 hours",
        "Takes warfarin and does not want to pause it for 60 hours",
        "Anyone on warfarin who cannot stop it for 60 hours",
    ],
)
def test_a_time_of_another_clause_is_no_window(text: str) -> None:
    assert ("anticoagulant", None, "") in _windows(text)


@pytest.mark.parametrize(
    "text", ["Free of cancer, fits or infection for 3 months", "No cancer, fits or infection for 3 months"]
)
def test_a_time_shared_by_a_list(text: str) -> None:
    found = _windows(text, "inclusion")
    assert {("malignancy", 3.0, "at_least_ago"), ("active_infection", 3.0, "at_least_ago")} <= found


@pytest.mark.parametrize("illness", ["osteoarthritis of the knee", "spondylitis", "hemiplegia", "myalgia", "fasciitis"])
def test_illnesses_that_no_row_knows_last_too(illness: str) -> None:
    read = read_sentence(f"Symptomatic {illness} for at least 7 months", "inclusion")
    assert {r.low for r in read if r.pattern == "symptom_duration"} == {7}


def test_a_drug_taken_for_an_illness_takes_the_time() -> None:
    read = read_sentence("Under treatment with steroids for autoimmune hepatitis for less than 6 months", "exclusion")
    assert {r.window_months for r in read if r.pattern == "immunosuppression"} == {6}


@pytest.mark.parametrize("operator", ["At least", "More than", "A minimum of"])
@pytest.mark.parametrize("since", ["since diagnosis of", "since the onset of", "since first symptoms of"])
@pytest.mark.parametrize(
    ("illness", "pattern"),
    [("type 2 diabetes", "diabetes_type"), ("multiple sclerosis", "neurological_other"), ("heart failure", "cardiac")],
)
def test_an_illness_that_began_long_ago_is_asked_for(operator: str, since: str, illness: str, pattern: str) -> None:
    """Not as with "at least 2 years since a stroke", which says that there was none since."""
    found = {r.pattern: r.effect for r in read_sentence(f"{operator} 2 years {since} {illness}", "inclusion")}
    assert found[pattern] == "require"


@pytest.mark.parametrize("thing", ["radiotherapy", "chemotherapy", "major surgery", "systemic steroid treatment"])
@pytest.mark.parametrize("words", ["since prior", "since last", "from prior", "from the last", "from completion of"])
def test_so_long_since_a_treatment_bars_it_within_that_time(thing: str, words: str) -> None:
    found = read_sentence(f"At least 5 weeks {words} {thing}", "inclusion")
    assert {(r.effect, r.window_months, r.direction) for r in found} == {("exclude", 1.15, "at_least_ago")}


@pytest.mark.parametrize("illness", ["stroke", "heart attack", "spinal cord injury"])
def test_so_long_after_an_illness_leaves_open_whether_it_is_asked_for(illness: str) -> None:
    """A study of people after a stroke says so as well: nothing is denied."""
    found = read_sentence(f"At least 5 months from the last {illness}", "inclusion")
    assert all(r.effect == "require" for r in found)


@pytest.mark.parametrize("thing", ["chemotherapy", "radiotherapy", "antibiotic treatment", "steroid therapy"])
def test_the_last_course_of_a_treatment_is_no_length_of_an_illness(thing: str) -> None:
    found = read_sentence(f"At least 2 months since the last course of {thing}", "inclusion")
    assert "symptom_duration" not in {r.pattern for r in found}
    found = read_sentence("A disease course of at least 2 months", "inclusion")
    assert {(r.pattern, r.low) for r in found} == {("symptom_duration", 2.0)}


@pytest.mark.parametrize("operator", ["> 5 weeks", ">= 5 weeks", "5 weeks", "At least 5 weeks", "More than 5 weeks"])
@pytest.mark.parametrize("thing", ["prior chemotherapy", "last radiotherapy", "previous immunosuppressive treatment"])
def test_a_treatment_not_sooner_is_not_asked_for(operator: str, thing: str) -> None:
    """Who never had it is let in."""
    for since in ("since", "from") if operator != "5 weeks" else ("since",):
        found = read_sentence(f"{operator} {since} {thing}", "inclusion")
        assert {(r.effect, r.window_months, r.direction) for r in found} == {("exclude", 1.15, "at_least_ago")}, since


@pytest.mark.parametrize("operator", ["> 5 years", "5 years", "At least 5 years"])
def test_another_illness_not_sooner_is_not_asked_for(operator: str) -> None:
    found = read_sentence(f"{operator} since any other cancer", "inclusion")
    assert {(r.pattern, r.effect, r.window_months) for r in found} == {("malignancy", "exclude", 60.0)}


@pytest.mark.parametrize(
    "operator", ["Less than 5 weeks", "< 5 weeks", "No more than 5 weeks", "Within 5 weeks", "2-5 weeks"]
)
@pytest.mark.parametrize("thing", ["prior chemotherapy", "last radiotherapy"])
def test_a_treatment_of_late_is_asked_for(operator: str, thing: str) -> None:
    found = read_sentence(f"{operator} since {thing}", "inclusion")
    assert {(r.effect, r.window_months) for r in found} == {("require", 1.15)}


@pytest.mark.parametrize(
    "words", ["Interval of at least 5 weeks between", "A pause of 5 weeks since", "At least 5 weeks between the last"]
)
@pytest.mark.parametrize("thing", ["chemotherapy", "radiotherapy"])
def test_an_interval_from_a_treatment_is_not_asked_for(words: str, thing: str) -> None:
    found = read_sentence(f"{words} {thing} and study entry", "inclusion")
    assert {(r.pattern, r.effect) for r in found} == {("chemotherapy", "exclude")}


@pytest.mark.parametrize(
    ("drugs", "pattern"),
    [
        ("anticoagulants", "anticoagulant"),
        ("immunosuppressive drugs", "immunosuppression"),
        ("biologics", "immunosuppression"),
    ],
)
def test_what_is_to_be_washed_out_is_not_asked_for(drugs: str, pattern: str) -> None:
    """Who never took it is let in; below what bars, who took it within that time is not."""
    for text in (
        f"A 4-week washout of {drugs}",
        f"4-week wash-out period from {drugs}",
        f"A washout of 28 days for {drugs}",
    ):
        found = {r.pattern: (r.effect, r.direction) for r in read_sentence(text, "inclusion")}
        assert found[pattern] == ("exclude", "at_least_ago"), text
    found = {
        r.pattern: (r.effect, r.direction) for r in read_sentence(f"Less than a 4-week washout of {drugs}", "exclusion")
    }
    assert found[pattern] == ("exclude", "within")
