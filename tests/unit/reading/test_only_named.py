"""Things that are named and asked of nobody: of whom something is asked, how it is meant, what it is not."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria
from trialfinder.reading.check_examples import read_sentence

_DRUGS = ["prednisone", "gabapentin", "opioids", "metformin", "tricyclic antidepressants", "statins"]
_ILLNESSES = ["multiple sclerosis", "heart failure", "cancer", "lupus", "kidney disease", "COPD"]
_TREATMENTS = [
    "a kidney transplant",
    "radiotherapy",
    "chemotherapy",
    "bone marrow transplantation",
    "stem cell therapy",
]


def _patterns(text: str, section: str = "inclusion") -> set[str]:
    return {r.pattern for r in read_sentence(text, section)}


@pytest.mark.parametrize("drug", _DRUGS)
@pytest.mark.parametrize(
    "frame",
    [
        "Patients taking {} must keep the dose unchanged",
        "Those on {} should be on a constant dose",
        "Participants who receive {} need to stay on a stable dose for 5 weeks",
        "Anyone who uses {} must have been on a steady dose",
    ],
)
def test_whoever_takes_a_drug_need_not_take_it(drug: str, frame: str) -> None:
    assert _patterns(frame.format(drug)) == {"stable_medication"}


@pytest.mark.parametrize(
    "text",
    [
        "Must be taking prednisone at a stable dose",
        "Patients must take prednisone",
        "Patients taking prednisone for at least 5 weeks",
        "On prednisone, and must attend all visits",
    ],
)
def test_a_drug_that_is_asked_for_stays(text: str) -> None:
    assert "immunosuppression" in _patterns(text)


def test_a_washout_of_those_who_take_a_drug_stays() -> None:
    assert "immunosuppression" in _patterns("Patients taking steroids must have stopped them 5 weeks before screening")


@pytest.mark.parametrize("treatment", _TREATMENTS)
@pytest.mark.parametrize(
    "frame",
    ["Not a candidate for {}", "Ineligible for {}", "Refuses {}", "Not amenable to {}", "Would benefit from {}"],
)
def test_who_could_have_a_treatment_has_not_had_it(treatment: str, frame: str) -> None:
    for section in ("inclusion", "exclusion"):
        found = _patterns(frame.format(treatment), section)
        assert found.isdisjoint({"organ_transplant", "chemotherapy", "prior_cell_therapy"})


@pytest.mark.parametrize("treatment", _TREATMENTS)
def test_who_has_had_a_treatment_is_barred(treatment: str) -> None:
    for text in (f"Candidates for surgery who have had {treatment}", f"History of {treatment}"):
        found = _patterns(text, "exclusion")
        assert not found.isdisjoint({"organ_transplant", "chemotherapy", "prior_cell_therapy"})


@pytest.mark.parametrize("drug", _DRUGS)
@pytest.mark.parametrize("lead", ["even if", "regardless of", "whether or not", "irrespective of"])
def test_what_does_not_matter_is_not_asked_for(drug: str, lead: str) -> None:
    assert _patterns(f"HbA1c of at most 9 % {lead} {drug} are taken") == {"hba1c"}


@pytest.mark.parametrize("illness", _ILLNESSES)
@pytest.mark.parametrize("lead", ["not related to", "unrelated to", "not caused by", "from another cause than"])
def test_what_something_does_not_come_from_bars_nobody(illness: str, lead: str) -> None:
    own = _patterns(illness, "exclusion")
    assert own and own.isdisjoint(_patterns(f"Weight loss {lead} {illness}", "exclusion"))
    assert own <= _patterns(f"Weight loss or {illness}", "exclusion")


@pytest.mark.parametrize("illness", _ILLNESSES)
@pytest.mark.parametrize(
    "frame",
    [
        "Disorders to which the numbness may be attributed ({}, gout)",
        "Other findings that could explain the symptoms, such as {}",
        "Anything that may account for the weakness (e.g. {})",
    ],
)
def test_members_of_a_list_of_causes_have_no_row_of_their_own(illness: str, frame: str) -> None:
    assert _patterns(illness, "exclusion").isdisjoint(_patterns(frame.format(illness), "exclusion"))


@pytest.mark.parametrize("illness", ["stroke", "diabetes", "cancer", "heart failure", "epilepsy"])
@pytest.mark.parametrize("asked", ["must be tested for anaemia", "should undergo an examination", "will be referred"])
def test_who_has_an_illness_and_is_examined_is_not_barred(illness: str, asked: str) -> None:
    assert not _patterns(f"Patients with {illness} {asked}", "exclusion")
    assert _patterns(f"Patients with {illness} who were tested", "exclusion")


@pytest.mark.parametrize("count", ["No more than two", "At most one", "Up to 3"])
@pytest.mark.parametrize("what", ["prior courses of chemotherapy", "earlier strokes", "cycles of steroids"])
def test_so_many_are_let_in_and_none_is_asked_for(count: str, what: str) -> None:
    assert not _patterns(f"{count} {what}")


@pytest.mark.parametrize("place", ["lupus society", "stroke unit", "cancer registry", "heart failure clinic"])
def test_the_name_of_a_place_is_no_illness(place: str) -> None:
    assert not _patterns(f"Known to the {place}", "exclusion")


def test_a_virus_that_is_named_by_an_illness_is_none() -> None:
    assert "malignancy" not in _patterns("Human T-cell leukaemia virus", "exclusion")
    assert {"hiv"} == _patterns("AIDS virus", "exclusion")


@pytest.mark.parametrize("test", ["tuberculosis skin", "syphilis", "TB", "VDRL", "HTLV and HIV"])
def test_a_negative_test_bars_what_it_looks_for(test: str) -> None:
    assert {r.effect for r in read_sentence(f"Negative {test} test", "inclusion")} == {"exclude"}


@pytest.mark.parametrize(
    "first", ["Participated within 60 days", "Enrolled in the last 5 months", "Took part within a year"]
)
@pytest.mark.parametrize(
    "second", ["plan to participate within 3 months in a drug trial", "now taking part in another clinical study"]
)
def test_each_verb_of_taking_part_has_its_time(first: str, second: str) -> None:
    found = read_sentence(f"{first} or {second}", "exclusion")
    assert {r.pattern for r in found} == {"other_trial"} and {r.effect for r in found} == {"exclude"}
    assert len({r.window_months for r in found}) == 2


@pytest.mark.parametrize(
    "text", ["Unable to participate within a month in the study visits", "Participated within a year in this study"]
)
def test_this_study_is_no_other(text: str) -> None:
    assert "other_trial" not in _patterns(text, "exclusion")


@pytest.mark.parametrize("age", ["14-17 years of age", "aged 14 to 17 years"])
def test_an_age_of_whom_something_is_required_is_no_limit(age: str) -> None:
    assert not [r for item in read_criteria(f"A guardian is required of all patients {age}.") for r in item.readings]


def test_names_of_operations_need_a_time_or_a_past() -> None:
    assert {r.value for r in read_sentence("Septoplasty in the last 5 months")} == {"septoplasty"}
    assert {r.value for r in read_sentence("Previous cholecystectomy")} == {"cholecystectomy"}
    assert not _patterns("Uses a colostomy bag", "exclusion")
    assert "recent_surgery" not in _patterns("Women without hysterectomy need contraception", "exclusion")


@pytest.mark.parametrize("index", ["PASI", "CDAI", "SLEDAI", "WORQ", "ABCS"])
def test_an_index_between_two_numbers_is_a_scale(index: str) -> None:
    found = {(r.value, r.low, r.high) for r in read_sentence(f"{index} between 12 and 30", "inclusion")}
    assert found == {(index, 12, 30)}
    assert not read_sentence(f"{index} between 12 and 30 mg/L", "inclusion")


@pytest.mark.parametrize("shown", ["fever", "neuropathy", "liver disease", "seizures", "heart failure"])
@pytest.mark.parametrize("link", ["such as", "manifested by", "in the form of"])
def test_what_an_intolerance_shows_itself_by_is_no_illness(shown: str, link: str) -> None:
    assert _patterns(f"History of intolerance to dapsone {link} {shown} or rash", "exclusion") == {"allergy"}
    assert len(_patterns(f"History of intolerance to dapsone or {shown}", "exclusion")) == 2


@pytest.mark.parametrize("whole", ["the study", "this trial", "our research", "enrolment", "inclusion"])
def test_an_age_of_all_who_are_eligible_is_the_persons(whole: str) -> None:
    text = f"Women and men 20 years or older with knee pain are eligible for {whole}"
    assert [(r.low, r.high) for r in read_sentence(text, "inclusion") if r.pattern == "age"] == [(20.0, None)]


def test_an_age_of_those_who_may_have_a_lower_dose_is_only_theirs() -> None:
    text = "Women 60 years or older with frailty are eligible for the lower dose"
    assert "age" not in {r.pattern for r in read_sentence(text, "inclusion")}


@pytest.mark.parametrize("sign", [":", " =", "="])
def test_degrees_that_are_explained_are_no_limits(sign: str) -> None:
    text = f"Degree of the illness (ABCSI 1-3{sign} mild, 4-6{sign} moderate)"
    assert "severity_score" not in {r.pattern for r in read_sentence(text, "inclusion")}
    (found,) = read_sentence("ABCSI 4-6 at entry", "inclusion")
    assert (found.pattern, found.low, found.high) == ("severity_score", 4.0, 6.0)
