"""Which words are a time window, and which finding a window belongs to. All sentences are made up."""

from __future__ import annotations

import time

import pytest

from trialfinder.reading import read_criteria

Windows = set[tuple[str, float | None]]


def _windows(text: str, section: str = "Exclusion") -> Windows:
    items = read_criteria(f"{section} Criteria:\n\n* {text}")
    return {(r.pattern, r.window_months) for item in items for r in item.readings}


def _directions(text: str, section: str = "Exclusion") -> set[tuple[str, float | None, str]]:
    items = read_criteria(f"{section} Criteria:\n\n* {text}")
    return {(r.pattern, r.window_months, r.direction) for item in items for r in item.readings}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Major surgery in the last 7 months", 7),
        ("Major surgery within the past 3-6 months", 6),
        ("Major surgery within 3 to 6 months before screening", 6),
        ("Major surgery half a year ago or less", 6),
        ("Major surgery in the past year", 12),
        ("Major surgery within a month of signing the consent", 1),
        ("Major surgery in the month before enrolment", 1),
        ("Major surgery during the previous 24 months", 24),
        ("Major surgery within 8weeks of enrolment", 1.84),
        ("Major surgery in the last six (6) months", 6),
        ("Major surgery less than 4 weeks ago", 0.92),
        ("Major surgery < 5 months before inclusion", 5),
        ("Major surgery in nearly 5 months", 5),
        ("Recent (within 6 weeks) major surgery", 1.38),
    ],
)
def test_look_back_times_in_many_words(text: str, months: float) -> None:
    """The same bar with another wording of the time."""
    assert ("recent_surgery", months) in _windows(text)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Stroke within 5 months", "within"),
        ("Stroke, unless free of symptoms for at least 5 months", "at_least_ago"),
        ("Planned surgery in the next 5 months", "planned"),
        ("Steroids for at least 5 months", "lasting"),
        ("At least 5 months prior conservative treatment", "lasting"),
        ("At least 5 months from the last chemotherapy", "at_least_ago"),
    ],
)
def test_how_a_window_is_to_be_taken(text: str, direction: str) -> None:
    """Look-back, over for so long, planned, or lasting."""
    assert (5.0, direction) in {(months, how) for _, months, how in _directions(text)}


def test_days_beside_half_lives_are_the_window() -> None:
    """Whichever is longer: the time in days is what can be told."""
    for text in (
        "Investigational drug within 45 days or 5 half-lives (whichever is longer) before screening",
        "Investigational drug within 5 half-lives or 45 days, whichever is longer, before enrolment",
        "Investigational drug at the time of enrolment, or within 5 half-lives of it, or within 45 days",
    ):
        assert ("other_trial", 1.5) in _windows(text), text


def test_names_of_things_and_ages_are_no_windows() -> None:
    """ "3-day dosing" and "24-hour urine" name a thing; "under 16 years" is an age."""
    assert _windows("Anti-platelet drugs during the 3-day dosing") == {("anticoagulant", None)}
    assert all(months is None for _, months in _windows("Arthritis under 16 years, cancer"))
    assert _windows("Smokers of a pack every 2 days before the study") == {("smoking", None)}
    assert ("substance_abuse", 14.0) in _windows("A 14-month history of drug abuse")


def test_a_comma_list_gives_its_window_to_the_last_member() -> None:
    """Nothing joins the members, so the time is only the last one's."""
    assert _windows("Cancer, epilepsy, heart attack in the past year") == {
        ("malignancy", None),
        ("neurological_other", None),
        ("cardiac", 12.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Cancer or stroke in the past 4 years",
        "In the past 4 years: cancer, stroke",
        "In the past 4 years, cancer or a stroke",
        "Cancer, seizures, or a stroke within 4 years",
        "Cancer or stroke (in the past 4 years)",
        "Cancer, stroke - in the past 4 years",
    ],
)
def test_a_joined_list_shares_its_window(text: str) -> None:
    """ "or" before the last member, or a list that the time opens."""
    assert {("malignancy", 48.0), ("stroke", 48.0)} <= _windows(text)


def test_a_laboratory_value_shares_no_window_with_illnesses() -> None:
    """The heart attack has the time, the value none."""
    found = _windows("Creatinine above 3 mg/dL, cancer, or heart attack within 5 months")
    assert {("renal", None), ("cardiac", 5.0), ("malignancy", 5.0)} <= found


def test_a_bracket_belongs_to_the_word_before_it() -> None:
    """And a bracket behind "recent" to the word after it."""
    assert _windows("Heart attack, stroke (within 7 months), epilepsy") == {
        ("cardiac", None),
        ("stroke", 7.0),
        ("neurological_other", None),
    }
    assert _windows("Severe depression, recent (within 5 months) heart attack") == {
        ("psychiatric", None),
        ("cardiac", 5.0),
    }
    found = _windows("Newly found (within 3 months) sleep apnoea and history of recent stroke")
    assert ("stroke", 3.0) not in found
    assert ("stroke", None) in found


def test_a_remark_between_finding_and_window_is_skipped() -> None:
    """Exceptions, examples and long brackets stand in between."""
    assert ("malignancy", 48.0) in _windows("Any cancer, other than skin cancer, in the last 4 years")
    text = "Stable insulin dose (with pens (Aaa-1), Bbbbb pumps, and tablets of (Ccc-2) kind) for at least 4 months"
    assert ("stable_medication", 4.0) in _windows(text, "Inclusion")
    text = "A stable pain regimen (same drug; changes of dose allowed) for at least 5 weeks"
    assert ("stable_medication", 1.15) in _windows(text, "Inclusion")
    assert ("recent_surgery", 10.0) in _windows("Surgery, including arthroscopy, or trauma in the previous 10 months")


def test_the_time_of_a_test_is_not_the_illness() -> None:
    """Endoscopy to rule something out; imaging that has to be done."""
    assert _windows("Had an endoscopy in the last 24 months to exclude carcinoma") == set()
    assert ("stroke", None) in _windows("Stroke patients must have imaging done within 28 days", "Inclusion")


def test_what_an_illness_may_lead_to_gives_no_window() -> None:
    """The time says when the harm would come; what drugs may do takes no time away from them."""
    assert ("other_medication", 2.0) in _windows("Growth factors or any drugs that might thin the blood within 60 days")
    text = "Infection or sepsis with a high probability of causing death in less than 40 days"
    assert _windows(text) == {("active_infection", None)}
    found = _windows("Cancer that may lead to death within 6 months")
    assert ("malignancy", None) in found
    assert ("malignancy", 6.0) not in found


def test_a_present_state_beside_a_past_one_has_no_window() -> None:
    """Active now; the time is for the history."""
    assert _windows("Active infection or history of cancer within 5 years") == {
        ("active_infection", None),
        ("malignancy", 60.0),
    }


def test_since_counts_from_what_follows() -> None:
    """Two statements in one line, each with its own time."""
    text = "At least 45 days since participation in another study At least 5 months since chemotherapy No cancer"
    assert {("other_trial", 1.5), ("chemotherapy", 5.0), ("malignancy", None)} <= _windows(text, "Inclusion")
    assert not {("malignancy", 5.0), ("other_trial", 5.0)} & _windows(text, "Inclusion")
    found = _windows("Uses steroids, at least 5 months since chemotherapy", "Inclusion")
    assert ("immunosuppression", None) in found
    assert ("chemotherapy", 5.0) in found
    assert ("cardiac", 4.0) in _windows("Four months beyond the latest heart attack", "Inclusion")


def test_a_later_sentence_about_these_drugs_gives_its_window() -> None:
    """The drugs stand in the sentence before."""
    found = _windows("Takes opioids or gabapentin and will not stop these drugs at least 2 weeks before screening")
    assert {("opioid_use", 0.46), ("other_medication", 0.46)} <= found


def test_a_remission_ends_the_bar() -> None:
    """ "No signs for at least 6 years" is a time since the cancer."""
    text = "Cancer (except skin cancer) unless cured and without any signs of recurrence for at least six years"
    assert ("malignancy", 72.0, "at_least_ago") in _directions(text)


def test_how_long_an_ulcer_was_treated_is_no_window_of_the_ulcer() -> None:
    """Nor is how long it has been there; only that it was stable for a time."""
    assert ("foot_ulcer", 1.15) not in _windows("Foot ulcer for at least 5 weeks", "Inclusion")
    assert ("foot_ulcer", 1.15) in _windows("A foot ulcer that is stable for at least 5 weeks", "Inclusion")
    assert ("foot_ulcer", 1.15) not in _windows("Foot ulcer treated by a nurse for at least 5 weeks", "Inclusion")


def test_long_lines_of_windows_cost_linear_time() -> None:
    """Eight times the text takes at most about eight times as long (generous bound for a busy machine)."""

    def seconds(copies: int) -> float:
        text = "Exclusion Criteria:\n\n* " + "stroke, cancer within 5 months, (drug abuse, " * copies
        began = time.perf_counter()
        read_criteria(text)
        return time.perf_counter() - began

    seconds(50)
    assert seconds(1600) < 8 * seconds(200) * 4


_BARRED = {
    "stroke": "A stroke", "cardiac": "Heart attack", "recent_surgery": "Major surgery", "chemotherapy": "Radiotherapy",
    "anticoagulant": "Anticoagulants", "active_infection": "Infection", "immunosuppression": "Systemic steroids",
    "malignancy": "Cancer", "thrombosis": "Deep vein thrombosis", "neurological_other": "Seizures",
}  # fmt: skip


@pytest.mark.parametrize("pattern", _BARRED)
@pytest.mark.parametrize("lead", ["The following within 5 months:", "Any of the following in the last 5 months:"])
def test_the_following_is_a_list_and_no_plan(pattern: str, lead: str) -> None:
    for text in (f"{lead} {_BARRED[pattern]}", f"{lead}\n  * {_BARRED[pattern]}"):
        assert (pattern, 5.0, "within") in _directions(text), text


@pytest.mark.parametrize(
    "words", ["Operation planned within the following 5 months", "Surgery is planned within 5 months following entry"]
)
def test_what_follows_the_study_is_still_a_plan(words: str) -> None:
    assert _directions(words) == {("recent_surgery", 5.0, "planned")}
