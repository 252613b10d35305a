"""What is asked of one sex alone is not asked of the other, also where it may be met in one of several ways."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.e2e import made
from trialfinder.judge import judge
from trialfinder.person import Profile
from trialfinder.reading import criteria_tree
from trialfinder.study.read_study import read_study

TODAY = dt.date(2026, 11, 20)
OF_WOMEN = (
    "Females of childbearing potential will be required to practise abstinence or use effective contraception",
    "Women must abstain from sex or use the pill during the study",
    "Women who can bear children will use a coil or an implant for 6 months",
    "Female participants agree to use condoms or other barrier methods",
    "Women of child-bearing age must have a negative pregnancy test or be sterilised",
)


def _verdict(sentence: str, sex: str, section: str = "Inclusion Criteria") -> str:
    record = made.study(1)
    record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": f"{section}:\n\n* {sentence}"}
    study = read_study(record)
    person = Profile({"person.sex": sex, "person.age": 30.0, "person.uses_contraception": False})
    return judge(study, criteria_tree(study.eligibility_criteria), person, TODAY).verdict


@pytest.mark.parametrize("sentence", OF_WOMEN)
def test_one_of_several_ways_that_women_have_does_not_bar_a_man(sentence: str) -> None:
    assert _verdict(sentence, "male") != "conflict"


@pytest.mark.parametrize("head", ["Women", "Female participants", "Females", "All women"])
@pytest.mark.parametrize(
    "asked",
    [
        "must use condoms",
        "will use an implant",
        "agree to keep a diary",
        "have to take the pill",
        "are asked to abstain",
    ],
)
def test_who_must_do_something_is_not_all_who_can_join(head: str, asked: str) -> None:
    assert _verdict(f"{head} {asked}", "male") != "conflict"


@pytest.mark.parametrize(
    "sentence", ["Women", "Female participants", "Women aged 18 to 60 years", "Participants must be women"]
)
def test_who_are_taken_alone_are_all_who_can_join(sentence: str) -> None:
    assert _verdict(sentence, "male") == "conflict"


OF_SOME = (
    "Men will use a condom, or have a partner who cannot bear children",
    "Men who are sexually active must have had a vasectomy or must use a condom, or women must use a coil",
    "Women of child bearing potential must use an intrauterine device or barrier contraceptive devices",
    "Women of childbearing potential: negative pregnancy test or surgical sterility",
)


@pytest.mark.parametrize("sentence", OF_SOME)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_who_is_none_of_those_of_whom_something_is_asked_is_not_barred(sentence: str, sex: str) -> None:
    """Neither sex told anything but its sex and age."""
    assert _verdict(sentence, sex) != "conflict"
