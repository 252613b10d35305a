"""Kinds of times, limits and lists that texts nobody had tuned to brought up, each with other words than theirs."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.cutting.segment import segment


def _windows(text: str, section: str, pattern: str) -> set[float | None]:
    return {r.window_months for r in read_sentence(text, section) if r.pattern == pattern}


def _limits(text: str, section: str, pattern: str) -> set[tuple[float | None, float | None]]:
    return {(r.low, r.high) for r in read_sentence(text, section) if r.pattern == pattern}


@pytest.mark.parametrize(
    ("text", "pattern", "months"),
    [
        ("Oral antivirals (planned, or within the past 3 months)", "other_medication", 3),
        ("Systemic steroids (ongoing, or in the preceding 2 months)", "immunosuppression", 2),
        ("Knee replacement (scheduled, or less than 5 months ago)", "recent_surgery", 5),
        ("Cancer (active, or treated in the last 5 years)", "malignancy", 60),
        ("Tobacco (daily, or any in the preceding 3 months)", "smoking", 3),
        (
            "Antiplatelet drugs within five elimination half-lives or 10 days, whichever is greater",
            "anticoagulant",
            0.333,
        ),
    ],
)
def test_a_bracket_says_now_or_how_long_ago(text: str, pattern: str, months: float) -> None:
    assert _windows(text, "exclusion", pattern) == {months}


def test_a_list_in_a_bracket_keeps_its_last_time_for_its_last_member() -> None:
    assert _windows("Diabetes (type 2, or a stroke within 3 months)", "exclusion", "diabetes_type") == {None}


@pytest.mark.parametrize(
    "text",
    [
        "30 days or 5 half-lives, whichever is longer, since prior investigational drug",
        "At least 30 days (or five half-lives, if longer) since any investigational drug",
    ],
)
def test_half_lives_beside_a_time_do_not_hide_since_what(text: str) -> None:
    assert _windows(text, "inclusion", "other_trial") == {1}


@pytest.mark.parametrize(
    ("text", "pattern", "months"),
    [
        ("Abstinent from alcohol for the last 9 months", "substance_abuse", 9),
        ("Sober for a minimum of one year", "substance_abuse", 12),
        ("Non-smoker for at least 1 year", "smoking", 12),
    ],
)
def test_what_one_has_kept_away_from_so_long(text: str, pattern: str, months: float) -> None:
    found = [r for r in read_sentence(text, "inclusion") if r.pattern == pattern]
    assert [(r.effect, r.window_months) for r in found] == [("exclude", months)]


@pytest.mark.parametrize(
    "text", ["Agrees to remain abstinent from alcohol", "Must abstain from drugs and alcohol during the study"]
)
def test_what_one_will_keep_away_from_is_no_abuse_before(text: str) -> None:
    assert _windows(text, "inclusion", "substance_abuse") == set()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Pain has been there > 3 months but < 5 years", 3, 60),
        ("Diabetic foot ulcer has been more than 5 weeks but less than 40 weeks at screening", 1.15, 9.2),
        ("Diabetic foot ulcers that have not healed for 8 weeks or more", 1.84, None),
    ],
)
def test_what_has_been_there_so_long(text: str, low: float, high: float | None) -> None:
    assert _limits(text, "inclusion", "symptom_duration") == {(low, high)}


@pytest.mark.parametrize(
    "text", ["In remission of lymphoma for at least 2 years", "Clear of infection for at least 10 days"]
)
def test_what_has_been_over_so_long_has_not_lasted_so_long(text: str) -> None:
    assert _limits(text, "inclusion", "symptom_duration") == set()


@pytest.mark.parametrize(
    ("text", "low", "pattern"),
    [
        ("Anemia or low sodium (Na < 128)", None, "hemoglobin"),
        ("Thrombocytopenia or raised potassium (K+ > 5.8)", None, "platelets"),
        ("Anaemia, TSH > 10 or CRP > 20", None, "hemoglobin"),
        ("Thrombocytopenia with CD4 below 200", None, "platelets"),
        ("Leukopenia (neutrophils below 1.2 x 10^9/L)", None, "white_cells"),
    ],
)
def test_a_number_behind_the_name_of_another_value_is_its_own(text: str, low: float | None, pattern: str) -> None:
    expected = {(low, 1.2)} if "neutrophils" in text else {(None, None)}
    assert _limits(text, "exclusion", pattern) == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Comorbidity limiting 12-month survival", 12),
        ("Serious heart disease that limits 1-year survival", 12),
        ("Any illness expected to shorten life to under 6 months", 6),
        ("Comorbidities compromising survival at 24 months", 24),
        ("Anticipated death before 3 months", 3),
    ],
)
def test_lives_that_an_illness_shortens(text: str, months: float) -> None:
    assert _limits(text, "exclusion", "life_expectancy") == {(None, months)}


def test_an_illness_that_a_treatment_is_for_does_not_take_its_time() -> None:
    for text, section in (
        ("At least 3 weeks since prior hormonal therapy for locally recurrent or metastatic disease", "inclusion"),
        ("Antibiotics within 14 days for a urinary infection", "exclusion"),
    ):
        assert {r.pattern for r in read_sentence(text, section)} == {"other_medication"}


def test_letters_behind_numbers_of_one_indentation_go_on_with_their_list() -> None:
    text = (
        "Exclusion Criteria:\n\n3. Reports that show:\n\n   1. A disorder\n   2. Taking, in the next 6 months:\n\n"
        "   i. Oral steroids ii. Chemotherapy\n\n   c. A change of tablets\n\n   d. Surgery\n4. HIV"
    )
    items = [s for s in segment(text) if s.kind == "item"]
    above = {text[s.start : s.end]: s.depth for s in items}
    assert [*above.values()] == [0, 1, 1, 2, 2, 1, 1, 0]
    assert "ii. Chemotherapy" in above


@pytest.mark.parametrize(
    ("text", "pattern", "months"),
    [
        ("Interferon inside 6 months", "other_medication", 6),
        ("Azathioprine or cyclosporine in the foregoing 2 months", "immunosuppression", 2),
        ("Live vaccination in the month ahead of dosing", "other_medication", 1),
        ("Myocardial infarct in the semester before screening", "cardiac", 6),
        ("A malignancy diagnosed in the last half decade", "malignancy", 60),
        ("Plasma exchange, 3 months or less", "other_medication", 3),
        ("Intra-articular drug injection history within 3 months", "other_medication", 3),
        ("Corticosteroid shot to the wrist in the preceding 12 weeks", "other_medication", 2.76),
        ("Took part in a different study within 100 days", "other_trial", 3.33),
        ("Has failed revascularization within 2 weeks before entry", "peripheral_artery_disease", 0.46),
    ],
)
def test_look_backs_in_other_words(text: str, pattern: str, months: float) -> None:
    assert _windows(text, "exclusion", pattern) == {months}


def test_the_last_trimester_of_a_pregnancy_is_no_look_back() -> None:
    assert _windows("Bleeding in the last trimester of pregnancy", "exclusion", "bleeding_disorder") <= {None}


@pytest.mark.parametrize(
    ("text", "section", "patterns"),
    [
        ("Breast-feeding women are ineligible for inclusion", "exclusion", {"pregnancy"}),
        ("Contraindication to MRI judged by the investigator", "exclusion", {"procedure_contraindication"}),
        ("CNS involvement by lymphoma", "exclusion", {"malignancy"}),
        ("Currently on tumour treatment", "exclusion", {"chemotherapy"}),
        ("Has reliable internet access", "inclusion", set()),
        ("Bad results with previous splints", "inclusion", {"failed_conventional"}),
        ("Frequent episodes of low blood sugar", "exclusion", {"uncontrolled_diabetes"}),
        ("Diabetes under good control", "inclusion", {"uncontrolled_diabetes"}),
    ],
)
def test_which_row_a_thing_in_other_words_is(text: str, section: str, patterns: set[str]) -> None:
    assert {r.pattern for r in read_sentence(text, section)} == patterns


def test_that_a_catch_all_stands_for_itself_where_nothing_else_is_named() -> None:
    for text in (
        "Unsuitable for the trial in the opinion of the investigator",
        "Any condition that makes them ineligible",
    ):
        assert "general_health" in {r.pattern for r in read_sentence(text, "exclusion")}


def test_a_list_of_grades_goes_on_behind_what_one_of_them_means() -> None:
    text = "Rutherford category 4 (rest pain) or 5 (minor tissue loss)"
    assert _limits(text, "inclusion", "severity_score") == {(4, 5)}
    assert _limits("Stage 2, 2.5, 3 or 4 of Hoehn-Yahr staging", "inclusion", "severity_score") == {(2, 4)}


@pytest.mark.parametrize(
    ("text", "section", "patterns"),
    [
        ("Polyneuropathy of any other origin than diabetes", "exclusion", {"other_neuropathy_cause"}),
        ("Eye disease due to diabetes", "exclusion", {"retinopathy"}),
        ("Skin changes due to diabetes", "exclusion", set()),
        ("Kidney damage caused by diabetes", "exclusion", {"renal"}),
        ("Reacts badly to lidocaine", "exclusion", {"allergy"}),
        ("Cortisone by mouth", "exclusion", {"immunosuppression"}),
        ("Open sore on the foot", "exclusion", {"foot_ulcer"}),
        ("Committed to alcohol abstinence as a goal", "inclusion", set()),
        ("Recreational use of illicit drugs or prescription medications", "exclusion", {"substance_abuse"}),
    ],
)
def test_what_is_a_cause_a_reaction_or_a_goal_is_no_row_of_its_own(text: str, section: str, patterns: set[str]) -> None:
    assert {r.pattern for r in read_sentence(text, section)} == patterns


def test_enzymes_of_a_list_share_their_limit_with_one_that_has_no_row() -> None:
    assert _limits("AST, ALT, amylase and lipase <= 2 x ULN", "inclusion", "hepatic") == {(None, 2)}


def test_a_time_in_an_example_is_not_that_of_the_catch_all() -> None:
    text = "Clinically significant medical condition (e.g., within six months of baseline, had a fall)"
    assert _windows(text, "exclusion", "general_health") == {None}


def test_whoever_is_judged_unfit_is_barred_beside_what_is_named() -> None:
    text = "Breast-feeding women, or whoever is considered inappropriate for the study by the investigator"
    assert {r.pattern for r in read_sentence(text, "exclusion")} == {"pregnancy", "general_health"}
