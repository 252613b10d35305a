"""Common facts as command-line options."""

from __future__ import annotations

from typing import Any

import pytest

from trialfinder.errors import InputError
from trialfinder.person import Profile, from_options

CASE_0 = {
    "age": "58",
    "sex": "male",
    "neuropathy": "diabetic",
    "hba1c": "8.2",
    "duration": "3y",
    "failed": "gabapentin,duloxetine",
    "no": "cancer,hiv",
    "near": "Atlanta, GA",
}


def test_the_options_of_the_manual() -> None:
    assert from_options(CASE_0).facts() == {
        "person.age": 58.0,
        "person.sex": "male",
        "neuropathy.types": ("diabetic",),
        "diabetes.hba1c": 8.2,
        "neuropathy.duration_months": 36.0,
        "neuropathy.failed_treatments": ("gabapentin", "duloxetine"),
        "health.cancer": "never",
        "health.hiv": False,
        "person.place": "Atlanta, GA",
    }


def test_options_overrule_the_file_also_where_it_says_the_same_in_other_words() -> None:
    base = Profile({"person.birth_year": 1950.0, "person.age": 76.0, "diabetes.hba1c": 9.0})
    found = from_options({"age": 58, "hba1c": None}, base)
    assert found.facts() == {"person.age": 58.0, "diabetes.hba1c": 9.0}


@pytest.mark.parametrize(
    ("no", "facts"),
    [
        ("diabetes", {"diabetes.type": "none"}),
        ("medications", {"treatment.medications": ()}),
        ("failed", {"neuropathy.failed_treatments": ()}),
        ("chemotherapy, infection", {"health.chemotherapy": "never", "health.active_infection": False}),
        (["hiv", "syphilis"], {"health.hiv": False, "health.syphilis": False}),
    ],
)
def test_no_means_false_never_or_an_empty_list(no: Any, facts: dict[str, Any]) -> None:
    assert from_options({"no": no}).facts() == facts


def test_yes_means_true() -> None:
    assert from_options({"yes": "foot-ulcer"}).facts() == {"diabetes.foot_ulcer": True}


@pytest.mark.parametrize(("text", "months"), [("3y", 36), ("18m", 18), ("18", 18), ("6 weeks", 1.38), ("2 years", 24)])
def test_durations(text: str, months: float) -> None:
    found = from_options({"duration": text}).get("neuropathy.duration_months")
    assert found == pytest.approx(months, abs=0.01)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"no": "cancr"}, "--no: unknown name 'cancr'; nearest: cancer"),
        ({"no": "hba1c"}, "--no: hba1c cannot be answered with no"),
        ({"yes": "cancer"}, "--yes: cancer needs more than yes"),
        ({"duration": "long"}, '--duration: expected a number (months; or with the unit, as "3 years", "18 months")'),
        ({"age": "old"}, "--age: expected a number (years)"),
        ({"yes": "cancer"}, "--yes: cancer needs more than yes: past or active"),
        ({"hba1c": "66"}, "--hba1c: cannot be true; expected 3 to 20 (percent); write the unit beside it"),
        ({"diabetes": "yes"}, "--diabetes: not one of type 1, type 2, type unknown, none; say which"),
        ({"no": "stem cells"}, "--no: unknown name 'stem cells'; names are those of a profile file"),
        ({"neuropathy": "diabetik"}, "nearest: diabetic"),
        ({"shoe_size": "44"}, "options: unknown name 'shoe_size'"),
        ({"scores": "TCSS"}, "--scores: expected scales with points, such as { TCSS = 11 }, typed as TCSS=11"),
    ],
)
def test_wrong_options_are_told_without_the_value(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        from_options(given)
    assert message in str(caught.value)


@pytest.mark.parametrize("typed", ["stent", "heart attack", "pacemaker"])
def test_what_has_no_name_of_its_own_can_be_told_in_own_words(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        from_options({"yes": typed})
    assert "nearest" not in str(caught.value), "no fact that yes cannot answer"
    names, way_out = caught.value.suggestions
    assert {"heart_disease", "cancer", "foot_ulcer"} <= set(names.removeprefix("names: ").split(", "))
    assert "--diagnoses 'coronary stent, gout'" in way_out
    assert from_options({"diagnoses": "coronary stent, gout"}).get("health.diagnoses") == ("coronary stent", "gout")


def test_words_that_only_share_letters_with_a_cause_are_no_guess_of_it() -> None:
    with pytest.raises(InputError) as caught:
        from_options({"neuropathy": "burning feet from sugar"})
    assert "nearest" not in str(caught.value)


def test_scores_as_an_option() -> None:
    assert from_options({"scores": "TCSS=11, INCAT=4"}).get("neuropathy.scores") == {"TCSS": 11.0, "INCAT": 4.0}


def test_what_is_not_known_is_left_open_also_where_the_file_tells_it() -> None:
    base = Profile({"diabetes.hba1c": 9.0, "person.age": 58.0})
    assert from_options({"hba1c": "I do not know", "medication": ["not sure"]}, base).facts() == {"person.age": 58.0}
