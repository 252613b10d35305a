"""Answers as people say them aloud: "eight point four", "150 over 85", "used to", the name of an illness for a yes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from trialfinder.cli import profile_command
from trialfinder.errors import InputError
from trialfinder.person import Profile, Stopped, ask
from trialfinder.person.likely import likely
from trialfinder.person.profile import Value
from trialfinder.person.profile_schema import schema
from trialfinder.person.told_options import from_words


def _told(key: str, answers: list[str]) -> tuple[Value | None, Profile, list[str]]:
    typed: Iterator[str] = iter(answers)
    lines: list[str] = []
    profile = Profile()

    def read(prompt: str) -> str:
        lines.append(prompt)
        return next(typed, "q")

    with contextlib.suppress(Stopped):
        for newest in ask(profile, read, lines.append, [key]):
            profile = newest
    return profile.get(key), profile, lines


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("diabetes.hba1c", "eight point four", 8.4),
        ("diabetes.hba1c", "8 point 4 percent", 8.4),
        ("person.age", "52 i think", 52.0),
        ("measurements.systolic", "150 over 85", 150.0),
        ("measurements.systolic", "150/85 mmHg", 150.0),
        ("measurements.diastolic", "150 over 85", 85.0),
        ("neuropathy.duration_months", "two point five years", 30.0),
        ("health.smoker", "used to", False),
        ("health.smoker", "10 a day", True),
        ("health.cancer", "nope", "never"),
        ("health.cancer", "no, never", "never"),
        ("health.hepatitis_b", "carrier", True),
    ],
)
def test_what_is_plain(key: str, said: str, value: Value) -> None:
    fact = schema()[key]
    assert from_words(fact, said, fact.label) == value


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("diabetes.hba1c", "six or seven"),
        ("diabetes.hba1c", "eight point"),
        ("diabetes.hba1c", "a point four"),
        ("diabetes.hba1c", "150/85"),
        ("measurements.systolic", "150/85/60"),
        ("health.smoker", "10 a day until 2019"),
        ("health.heart_disease", "heart failure"),
        ("person.travel_km", "a few hours by car"),
    ],
)
def test_what_is_not(key: str, said: str) -> None:
    fact = schema()[key]
    with pytest.raises(InputError):
        from_words(fact, said, fact.label)


def test_hours_are_no_distance() -> None:
    fact = schema()["person.travel_km"]
    with pytest.raises(InputError, match="“hours” is a unit of time"):
        from_words(fact, "a few hours by car", fact.label)


def test_the_name_of_an_illness_is_asked_back_as_a_yes_and_kept() -> None:
    value, profile, lines = _told("health.heart_disease", ["heart failure", "ok"])
    assert value is True
    assert profile.get("health.diagnoses") == ("heart failure",)
    assert any(line.startswith("That is one of what is asked for.") for line in lines)
    assert "Kept as well, among the illnesses a doctor named: heart failure." in lines


@pytest.mark.parametrize("said", ["no heart failure", "my mother had heart failure", "heart failure? it was ruled out"])
def test_a_name_that_is_denied_or_of_another_is_no_answer(said: str) -> None:
    assert _told("health.heart_disease", [said, "ok"])[0] is None


def test_a_bare_number_of_months_is_read_back_with_its_unit() -> None:
    _value, _profile, lines = _told("neuropathy.duration_months", ["12"])
    assert "Read as 12 months." in lines


def test_enter_by_habit_is_asked_once_more_before_an_answer_is_lost() -> None:
    value, profile, lines = _told("health.cancer", ["breast cancer 7 years ago", "", "past"])
    assert value == "past"
    assert profile.get("health.cancer_kind") == "breast cancer 7 years ago"
    assert any(line.startswith("Without that your answer is lost; Enter again leaves it open.") for line in lines)
    assert _told("health.cancer", ["breast cancer 7 years ago", "", ""])[0] is None


@pytest.mark.parametrize(
    ("typed", "goes_on"),
    [
        (["yes please"], True),
        (["Yes, thank you!"], True),
        (["hm", "y"], True),
        (["no thanks"], False),
        (["hm", "hm", "hm"], False),
        ([""], False),
    ],
)
def test_whether_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str], goes_on: bool
) -> None:
    answers = iter(typed)
    monkeypatch.setattr(profile_command, "_read", lambda _prompt: next(answers))
    assert profile_command._goes_on(78) is goes_on
    unclear = typed[0] in ("hm", "") and not goes_on
    assert ("trialfinder profile new" in capsys.readouterr().err) is unclear


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("neuropathy.duration_months", "since I was 12"),
        ("neuropathy.duration_months", "from the age of 30"),
        ("measurements.egfr", "stage 3"),
        ("measurements.egfr", "it is a stage 2 they said"),
    ],
)
def test_an_age_or_a_stage_is_no_amount_and_is_not_offered_as_one(key: str, said: str) -> None:
    told, _, lines = _told(key, [said, "ok"])
    assert told is None
    assert not any("ok to keep" in line for line in lines)


def test_a_stage_of_what_was_asked_for_is_kept_by_its_name() -> None:
    told, profile, _ = _told("health.kidney_disease", ["stage 3", "ok"])
    assert told is True
    assert profile.get("health.diagnoses") == ("kidney disease stage 3",)


@pytest.mark.parametrize(("said", "date"), [("since 2017", "2017"), ("2017", "2017"), ("since May 2019", "2019-05")])
def test_a_year_to_for_how_long_is_kept_as_the_date_since_when(said: str, date: str) -> None:
    told, profile, lines = _told("neuropathy.duration_months", [said])
    assert told is None
    assert str(profile.get("neuropathy.symptoms_since")) == date
    assert f"Read as symptoms since {date}." in lines


@pytest.mark.parametrize("said", ["in 1066", "since 2999999"])
def test_a_year_that_cannot_be_is_none(said: str) -> None:
    _, profile, _ = _told("neuropathy.duration_months", [said])
    assert not profile.facts()


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("health.smoker", "quit 2010", False),
        ("health.smoker", "no, stopped 3 years ago", False),
        ("diabetes.foot_ulcer", "no, healed 5 months ago", False),
    ],
)
def test_what_is_asked_back_and_kept(key: str, said: str, value: Value) -> None:
    told, _, lines = _told(key, [said, "ok"])
    assert told == value
    assert any("ok to keep" in line for line in lines)


def test_what_is_over_is_no_no_where_it_counts_as_well() -> None:
    assert _told("health.stroke", ["no, stopped 3 years ago", "ok"])[0] is None


@pytest.mark.parametrize("said", ["1 pack", "a pack a day", "half a pack"])
def test_packs_say_that_somebody_smokes(said: str) -> None:
    assert _told("health.smoker", [said])[0] is True


@pytest.mark.parametrize("said", ["CMT1A", "cmt 2", "Charcot-Marie-Tooth 1A", "hATTR amyloidosis"])
def test_what_people_with_an_inherited_neuropathy_call_it(said: str) -> None:
    fact = schema()["neuropathy.types"]
    assert from_words(fact, said, fact.label) == ("hereditary",)


@pytest.mark.parametrize("said", ["finished 2017", "it ended in May 2017", "completed 2017-05"])
def test_an_end_is_told_with_its_date(said: str) -> None:
    fact = schema()["health.chemotherapy_ended"]
    assert str(from_words(fact, said, fact.label)).startswith("2017")


@pytest.mark.parametrize(("said", "value"), [("half a pack a day", 10.0), ("2 packs", 40.0), ("a six-pack", None)])
def test_packs_are_counted_and_only_asked_back(said: str, value: float | None) -> None:
    assert likely(schema()["health.cigarettes_per_day"], said) == value
