"""Records of the nineties: one paragraph, titles between dashes, statement after statement without a stop."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria, segment

_ILLNESSES = {
    "cirrhosis": "hepatic",
    "epilepsy": "neurological_other",
    "asthma": "pulmonary",
    "lupus": "autoimmune",
    "heart failure": "cardiac",
    "alcohol abuse": "substance_abuse",
}


def _effects(text: str) -> set[tuple[str, str]]:
    return {(r.pattern, r.effect) for item in read_criteria(text) for r in item.readings}


@pytest.mark.parametrize("illness", _ILLNESSES)
def test_titles_between_dashes_are_no_bullets(illness: str) -> None:
    text = (
        "PROTOCOL ENTRY CRITERIA:\n\n--Disease Characteristics-- Painful diabetic neuropathy "
        "--Prior/Concurrent Therapy-- No prior steroids --Patient Characteristics-- Age: 18 and over "
        f"Neurological: Alert Other: No gout No {illness} HIV negative"
    )
    assert {(_ILLNESSES[illness], "exclude"), ("hiv", "exclude"), ("age", "require")} <= _effects(text)
    assert ("immunosuppression", "exclude") in _effects(text)


def test_a_bullet_of_two_dashes_stays_a_bullet() -> None:
    text = "Inclusion Criteria:\n-- Age 20 to 60\n--Type 2 diabetes"
    assert [text[s.start : s.end] for s in segment(text) if s.kind == "item"] == [
        "-- Age 20 to 60",
        "--Type 2 diabetes",
    ]


@pytest.mark.parametrize("illness", _ILLNESSES)
def test_one_title_is_enough_to_cut_a_paragraph(illness: str) -> None:
    text = (
        f"DISEASE CHARACTERISTICS: Ulnar neuropathy No {illness} Negative pregnancy test Effective contraception needed"
    )
    assert {(_ILLNESSES[illness], "exclude"), ("pregnancy", "exclude"), ("contraception", "require")} <= _effects(text)


@pytest.mark.parametrize("test", ["HIV", "Hepatitis C", "Syphilis", "Hepatitis B"])
def test_what_is_negative_begins_a_statement(test: str) -> None:
    spared = "carcinoma in situ of the cervix"
    text = f"PATIENT CHARACTERISTICS: Age: 18 and over Other: No cancer except {spared} {test} negative"
    cancer = next(r for item in read_criteria(text) for r in item.readings if r.pattern == "malignancy")
    assert cancer.exception == spared
    assert (test.lower().replace(" ", "_"), "exclude") in _effects(text)


@pytest.mark.parametrize(
    "words", ["No known HIV positive partner", "No prior Hepatitis positive donor", "Never with HIV positive blood"]
)
def test_what_goes_on_is_not_cut(words: str) -> None:
    text = f"PATIENT CHARACTERISTICS: Age: 18 and over Other: {words} No gout"
    assert words in [text[s.start : s.end].removeprefix("Other: ") for s in segment(text)]


def test_a_choice_between_limits_keeps_its_parts() -> None:
    limits = "Creatinine no greater than 1.8 mg/dL OR Urea normal"
    text = f"PATIENT CHARACTERISTICS: Age: 18 and over Renal: No renal failure {limits}"
    assert ("renal", "require") in _effects(text)


@pytest.mark.parametrize("illness", _ILLNESSES)
@pytest.mark.parametrize("lead", ["i.e.,", "e.g.,", "such as", "including", "for example,", "namely"])
def test_examples_behind_a_semicolon_stay_with_their_head(illness: str, lead: str) -> None:
    text = f"Age over 18 years. No patients with serious illness; {lead} {illness}. Able to attend all visits."
    assert {e for p, e in _effects(text) if p == _ILLNESSES[illness]} <= {"exclude"}
    assert not [s for s in segment(text) if text[s.start : s.end].startswith(lead)]


@pytest.mark.parametrize(
    "title",
    [
        "Ineligible for full ablative conditioning due to any of the following:",
        "Not eligible for surgery because of one of:",
        "Ineligible for standard chemotherapy, with any of the following conditions:",
        "Not a candidate for revascularisation if one of the following:",
    ],
)  # fmt: skip
def test_who_cannot_have_another_treatment_is_wanted(title: str) -> None:
    """What stands below is what makes somebody fit for the study, and nothing later is barred."""
    text = (
        f"DISEASE CHARACTERISTICS:\n\n* Lymphoma\n* {title}\n  * Over age 60\n  * Lupus\n\nRenal:\n\n"
        "* Creatinine clearance at least 40 mL/min\n"
    )
    assert {item.section for item in read_criteria(text)} == {"unknown"}
    barred = {pattern for pattern, effect in _effects(text) if effect == "exclude"}
    assert barred.isdisjoint({"age", "autoimmune", "renal"})


@pytest.mark.parametrize(
    "title",
    [
        "Ineligible if any of the following:",
        "Patients are ineligible for the study with one of the following:",
        "Patients with the following are not eligible for this treatment:",
    ],
)
def test_who_cannot_have_the_study_is_barred(title: str) -> None:
    text = f"Inclusion Criteria:\n\n* Stroke\n\n{title}\n\n* Lupus\n"
    assert ("autoimmune", "exclude") in _effects(text)


_ONE_LINE = (
    "PATIENT CHARACTERISTICS: Age: 18 and over Hepatic: Bilirubin less than 1.5 mg/dL "
    "Renal: Creatinine no greater than 1.6 mg/dL OR Creatinine clearance at least 55 mL/min "
    "Cardiovascular: No heart failure Other: Not pregnant"
)


@pytest.mark.parametrize("bullet", ["", "* ", "- "])
def test_a_paragraph_is_cut_at_its_titles_with_a_bullet_or_without(bullet: str) -> None:
    text = f"Inclusion Criteria:\n\n{bullet}{_ONE_LINE}"
    assert [text[s.start : s.end] for s in segment(text) if s.kind == "item"][1:] == [
        "Age: 18 and over",
        "Hepatic: Bilirubin less than 1.5 mg/dL",
        "Renal: Creatinine no greater than 1.6 mg/dL OR Creatinine clearance at least 55 mL/min",
        "Cardiovascular: No heart failure",
        "Other: Not pregnant",
    ]


def test_two_labels_in_an_entry_of_a_list_do_not_cut_it() -> None:
    text = "Inclusion Criteria:\n\n* Renal: creatinine below 1.6 mg/dL Hepatic: normal"
    assert [text[s.start : s.end] for s in segment(text) if s.kind == "item"] == [text[21:]]
