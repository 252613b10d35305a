"""Judging one criterion: what decides, what stays open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.judge.made import item, one, person, reading, verdict, word

EXCLUDE, REQUIRE = "exclude", "require"


def health(**facts: Any) -> Any:
    return person(health=facts)


NOBODY = person()


# ---------------------------------------------------------------- numbers
@pytest.mark.parametrize(
    ("hba1c", "low_inclusive", "expected"),
    [(9.9, False, "met"), (10, False, "met"), (10.1, False, "not_met"), (10, True, "not_met"), (9.9, True, "met")],
)
def test_a_value_on_the_bound_follows_inclusiveness(hba1c: float, low_inclusive: bool, expected: str) -> None:
    who = person(diabetes={"hba1c": hba1c})
    assert word(who, "HbA1c over 10 %", "hba1c", low=10.0, low_inclusive=low_inclusive, unit="%") == expected


@pytest.mark.parametrize(
    ("hba1c", "expected"), [(6.9, "not_met"), (7, "met"), (8, "met"), (9, "met"), (9.1, "not_met")]
)
def test_a_range_asks_for_both_sides(hba1c: float, expected: str) -> None:
    who = person(diabetes={"hba1c": hba1c})
    bounds: dict[str, Any] = {"low": 7.0, "low_inclusive": True, "high": 9.0, "high_inclusive": True, "unit": "%"}
    assert word(who, "HbA1c 7 to 9 %", "hba1c", REQUIRE, **bounds) == expected


def test_an_unknown_number_is_a_question() -> None:
    found = one(NOBODY, "HbA1c over 10 %", "hba1c", low=10.0, unit="%")
    assert (found.word, found.fact) == ("unknown", "diabetes.hba1c")
    assert found.question == "What was your last HbA1c, in percent?"


def test_another_unit_and_multiples_of_a_limit_are_unknown() -> None:
    who = person(measurements={"alt_u_l": 300, "creatinine_mg_dl": 1.0})
    assert word(who, "ALT over 2.5 x ULN", "hepatic", value="alt", low=2.5, unit="xULN") == "unknown"
    assert word(who, "ALT over 100 U/L", "hepatic", value="alt", low=100.0, unit="U/L") == "not_met"
    assert word(who, "creatinine over 1.5 x ULN", "renal", value="creatinine", low=1.5, unit="xULN") == "unknown"


def test_egfr_answers_its_own_bound_and_not_kidney_disease() -> None:
    who = person(measurements={"egfr": 75})
    assert word(who, "eGFR below 30", "renal", value="egfr", high=30.0, unit="mL/min/1.73m²") == "met"
    assert word(who, "kidney disease", "renal") == "unknown"


def test_no_diabetes_means_a_low_hba1c() -> None:
    who = person(diabetes={"type": "none"})
    assert word(who, "HbA1c over 9 %", "hba1c", low=9.0, unit="%") == "met"
    assert word(who, "HbA1c of at least 8 %", "hba1c", REQUIRE, low=8.0, low_inclusive=True, unit="%") == "not_met"
    assert word(who, "HbA1c over 6 %", "hba1c", low=6.0, unit="%") == "unknown"


# ------------------------------------------------------------ time windows
@pytest.mark.parametrize(
    ("years", "expected"), [(1.2, "not_met"), (4.9, "not_met"), (5, "unknown"), (5.1, "met"), (8, "met")]
)
def test_cancer_within_five_years(years: float, expected: str) -> None:
    who = health(cancer="past", cancer_free_years=years)
    words = "history of cancer in the last 5 years"
    assert word(who, words, "malignancy", window_months=60.0, direction="within") == expected


@pytest.mark.parametrize(
    ("state", "words", "when", "expected"),
    [
        ("never", "history of malignancy", "history", "met"),
        ("never", "breast cancer", "", "met"),
        ("past", "history of malignancy", "history", "not_met"),
        ("past", "patients with malignant tumours", "", "unknown"),
        ("past", "active cancer", "current", "met"),
        ("active", "active cancer", "current", "not_met"),
        ("active", "history of brain tumour", "history", "unknown"),
        ("past", "history of any cancer, including melanoma", "history", "not_met"),
    ],
)
def test_cancer_now_and_before(state: str, words: str, when: Any, expected: str) -> None:
    assert word(health(cancer=state), words, "malignancy", when=when) == expected


@pytest.mark.parametrize(
    ("exception", "chemotherapy", "expected"),
    [
        ("basal cell carcinoma", "completed", "not_met"),
        ("basal cell carcinoma", "never", "unknown"),
        ("cancer in complete remission for 3 years", "completed", "unknown"),
    ],
)
def test_an_exception_for_skin_cancer_is_not_for_who_had_chemotherapy(
    exception: str, chemotherapy: str, expected: str
) -> None:
    who = health(cancer="past", cancer_free_years=1, chemotherapy=chemotherapy)
    words = f"cancer within 5 years, except {exception}"
    assert (
        word(who, words, "malignancy", quote="cancer within 5 years", window_months=60.0, exception=exception)
        == expected
    )


@pytest.mark.parametrize(
    ("ended", "expected"),
    [("2026-09", "not_met"), ("2026-05", "unknown"), ("2026-04", "met"), ("2026", "unknown"), ("2020", "met")],
)
def test_partial_dates_stay_open_where_they_lie_on_both_sides(ended: str, expected: str) -> None:
    who = health(chemotherapy="completed", chemotherapy_ended=ended)
    words = "chemotherapy within 6 months"
    assert word(who, words, "chemotherapy", window_months=6.0, direction="within") == expected


def test_a_birth_year_leaves_the_age_open_by_one_year() -> None:
    bounds: dict[str, Any] = {"low": 18.0, "low_inclusive": True, "high": 58.0, "high_inclusive": True, "unit": "years"}
    for year, expected in ((1968, "met"), (1967, "unknown"), (1966, "not_met")):
        assert word(person(person={"birth_year": year}), "aged 18 to 58", "age", REQUIRE, **bounds) == expected


def test_another_study_within_three_months() -> None:
    words = "took part in another study within 3 months"
    window: dict[str, Any] = {"window_months": 3.0, "direction": "within"}
    for facts, expected in (
        ({"in_other_trial": True}, "not_met"),
        ({"in_other_trial": False, "last_trial_ended_months_ago": 2}, "not_met"),
        ({"in_other_trial": False, "last_trial_ended_months_ago": 20}, "met"),
        ({"last_trial_ended_months_ago": 20}, "unknown"),
        ({"in_other_trial": False}, "unknown"),
    ):
        assert word(person(treatment=facts), words, "other_trial", **window) == expected


# ------------------------------------------------------- the record's fields
def test_age_and_sex_come_from_the_fields() -> None:
    found = verdict(
        person(person={"age": 72, "sex": "female"}), minimum_age="18 Years", maximum_age="65 Years", sex="MALE"
    )
    assert [(a.pattern, a.word, a.quote, a.source) for a in found.answers] == [
        ("age", "met", "18 Years", "field"),
        ("age", "not_met", "65 Years", "field"),
        ("sex", "not_met", "MALE", "field"),
    ]
    assert found.verdict == "conflict"


@pytest.mark.parametrize(("age", "expected"), [(17, "not_met"), (18, "met"), (65, "met"), (66, "not_met")])
def test_both_ages_of_the_fields_count_as_inside(age: int, expected: str) -> None:
    found = verdict(person(person={"age": age}), minimum_age="18 Years", maximum_age="65 Years")
    assert ("not_met" if any(a.word == "not_met" for a in found.answers) else "met") == expected


def test_months_in_the_field() -> None:
    found = verdict(person(person={"age": 35}), maximum_age="12 Months")
    assert found.answers[0].word == "not_met"


def test_the_field_wins_over_the_text_and_the_clash_is_told() -> None:
    words = "Aged 18 to 60 years"
    read = reading(words, "age", REQUIRE, low=18.0, low_inclusive=True, high=60.0, high_inclusive=True, unit="years")
    found = verdict(
        person(person={"age": 63}), (words, item(words, read)), minimum_age="18 Years", maximum_age="65 Years"
    )
    assert [a.word for a in found.answers] == ["met", "met", "unknown"]
    assert found.notes == ("age: the text says at most 60 years, the record's field 65 Years; the field counts",)
    assert found.verdict == "possible"


def test_the_text_decides_where_the_field_has_no_limit() -> None:
    words = "Aged 18 to 60 years"
    read = reading(words, "age", REQUIRE, low=18.0, low_inclusive=True, high=60.0, high_inclusive=True, unit="years")
    found = verdict(person(person={"age": 63}), (words, item(words, read)), minimum_age="18 Years")
    assert [a.word for a in found.answers] == ["met", "not_met"]


# -------------------------------------------------------------- pregnancy
@pytest.mark.parametrize(
    ("facts", "words", "expected"),
    [
        ({"pregnant": True}, "pregnancy", "not_met"),
        ({"pregnant": False}, "pregnancy", "met"),
        ({"sex": "male"}, "pregnant or nursing women, or planning a pregnancy", "met"),
        ({"age": 70}, "pregnancy", "unknown"),
        ({"sex": "female", "age": 70}, "pregnancy", "met"),
        ({"pregnant": False}, "pregnant or breastfeeding", "unknown"),
        ({"pregnant": False, "breastfeeding": True}, "pregnant or breastfeeding", "not_met"),
        ({"pregnant": False, "breastfeeding": False}, "pregnant, breastfeeding or planning a pregnancy", "unknown"),
        (
            {"breastfeeding": False, "can_become_pregnant": False},
            "pregnant, breastfeeding or planning a pregnancy",
            "met",
        ),
        ({"breastfeeding": True}, "pregnancy", "unknown"),
    ],
)
def test_pregnancy(facts: dict[str, Any], words: str, expected: str) -> None:
    assert word(person(person=facts), words, "pregnancy") == expected


def test_a_criterion_for_women_is_met_by_a_man_and_open_where_the_sex_is_not_known() -> None:
    words = "women of child-bearing potential must have a negative pregnancy test"
    more: dict[str, Any] = {
        "section": "inclusion",
        "condition": "women of child-bearing potential",
        "applies_to_sex": "female",
    }
    assert word(person(person={"sex": "male"}), words, "pregnancy", **more) == "met"
    assert word(person(person={"pregnant": True}), words, "pregnancy", **more) == "not_met"
    assert word(NOBODY, words, "pregnancy", **more) == "unknown"


def test_contraception_that_is_not_used_can_still_be_agreed_on() -> None:
    words = "women must agree to use contraception"
    for facts, expected in (
        ({"uses_contraception": True}, "met"),
        ({"sex": "female", "uses_contraception": False}, "unknown"),
        ({"sex": "female", "can_become_pregnant": False}, "met"),
        ({"sex": "male"}, "met"),
    ):
        assert word(person(person=facts), words, "contraception", REQUIRE) == expected


# ------------------------------------------------- kinds of nerve condition
@pytest.mark.parametrize(
    ("mine", "wanted", "expected"),
    [
        ("diabetic", "diabetic", "met"),
        ("chemotherapy_induced", "diabetic", "not_met"),
        ("peripheral_unspecified", "diabetic", "unknown"),
        ("diabetic", "peripheral_unspecified", "met"),
        ("inflammatory", "peripheral_unspecified", "met"),
        ("radiculopathy", "peripheral_unspecified", "unknown"),
        ("diabetic", "small_fiber", "unknown"),
        ("small_fiber", "diabetic", "unknown"),
        ("radiculopathy", "diabetic", "not_met"),
        ("idiopathic", "diabetic", "not_met"),
        ("radiculopathy", "compressive", "unknown"),
        ("hereditary", "diabetic, hereditary", "met"),
    ],
)
def test_kinds_of_neuropathy(mine: str, wanted: str, expected: str) -> None:
    who = person(neuropathy={"types": [mine]})
    assert word(who, "the nerve condition of this study", "neuropathy_type", REQUIRE, value=wanted) == expected


def test_no_diabetes_is_no_diabetic_neuropathy_even_of_an_unspecified_kind() -> None:
    who = person(neuropathy={"types": ["peripheral_unspecified"]}, diabetes={"type": "none"})
    assert word(who, "diabetic polyneuropathy", "neuropathy_type", REQUIRE, value="diabetic") == "not_met"


def test_a_neuropathy_of_a_rare_cause_is_another_illness() -> None:
    words = "polyneuropathy caused by amyloidosis"
    for kind, expected in (("diabetic", "not_met"), ("peripheral_unspecified", "unknown"), ("idiopathic", "unknown")):
        who = person(neuropathy={"types": [kind]})
        assert word(who, words, "neuropathy_type", REQUIRE, value="peripheral_unspecified") == expected


def test_a_neuropathy_with_its_cause_behind_it() -> None:
    words = "peripheral neuropathy due to diabetes"
    for kind, expected in (("diabetic", "met"), ("hereditary", "not_met"), ("peripheral_unspecified", "unknown")):
        who = person(neuropathy={"types": [kind]})
        assert word(who, words, "neuropathy_type", REQUIRE, value="peripheral_unspecified") == expected


def test_two_illnesses_that_nobody_has_together_are_alternatives() -> None:
    parts = []
    for words, kind in (("patients with CIDP", "inflammatory"), ("patients with CMT", "hereditary")):
        parts.append((words, item(words, reading(words, "neuropathy_type", REQUIRE, value=kind))))
    assert verdict(person(neuropathy={"types": ["hereditary"]}), *parts).verdict == "nothing_against"
    assert verdict(person(neuropathy={"types": ["diabetic"]}), *parts).verdict == "conflict"


@pytest.mark.parametrize(
    ("types", "others", "expected"),
    [
        (["diabetic"], None, "unknown"),
        (["diabetic"], [], "met"),
        (["chemotherapy_induced"], [], "not_met"),
        (["diabetic"], ["alcohol"], "not_met"),
        (["peripheral_unspecified"], [], "unknown"),
    ],
)
def test_another_cause_than_the_study_s(types: list[str], others: list[str] | None, expected: str) -> None:
    facts: dict[str, Any] = {"types": types} | ({} if others is None else {"other_causes": others})
    first, second = "diabetic polyneuropathy", "neuropathy from other causes"
    parts = (
        (first, item(first, reading(first, "neuropathy_type", REQUIRE, value="diabetic"))),
        (second, item(second, reading(second, "other_neuropathy_cause"))),
    )
    assert verdict(person(neuropathy=facts), *parts).answers[1].word == expected


def test_duration_and_pain_count_only_in_a_study_of_the_person_s_own_kind() -> None:
    who = person(neuropathy={"types": ["diabetic"], "duration_months": 48, "pain_score": 2})
    long = "symptoms for less than 12 months"
    strong = "pain of at least 4"
    for kind, expected in (("diabetic", "not_met"), ("traumatic", "unknown")):
        head = "the nerve condition"
        found = verdict(
            who,
            (head, item(head, reading(head, "neuropathy_type", REQUIRE, value=kind))),
            (long, item(long, reading(long, "symptom_duration", REQUIRE, high=12.0, unit="months"))),
            (strong, item(strong, reading(strong, "pain_score", REQUIRE, low=4.0, low_inclusive=True, unit="points"))),
        )
        assert [a.word for a in found.answers[1:]] == [expected, expected]


# ------------------------------------------- severity, examples, narrowing
@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("heart disease", "heart disease", "not_met"),
        ("severe heart disease", "heart disease", "unknown"),
        ("uncontrolled diseases of liver, heart or lung", "heart", "unknown"),
        ("serious conditions such as kidney disease, heart disease and cancer", "heart disease", "not_met"),
        ("severe bowel disease, heart disease", "heart disease", "not_met"),
        ("heart disease that may affect the result", "heart disease", "unknown"),
        ("heart disease requiring treatment", "heart disease", "unknown"),
        ("heart disease or any other illness that may affect the result", "heart disease", "not_met"),
        ("atrial fibrillation", "atrial fibrillation", "unknown"),
        ("heart failure", "heart failure", "unknown"),
    ],
)
def test_words_that_only_may_mean_the_person_leave_it_open(words: str, quote: str, expected: str) -> None:
    assert word(health(heart_disease=True), words, "cardiac", quote=quote) == expected
    assert word(health(heart_disease=False), words, "cardiac", quote=quote) == "met"


def test_the_reader_s_qualifier_counts_too() -> None:
    who = health(heart_disease=True)
    assert word(who, "florid heart disease", "cardiac", quote="heart disease", qualifier="florid") == "unknown"
    assert word(who, "florid gout, heart disease", "cardiac", quote="heart disease", qualifier="florid") == "not_met"
    assert (
        word(who, "complicated by heart disease", "cardiac", quote="heart disease", qualifier="complicated")
        == "not_met"
    )


def test_an_exception_leaves_open_what_would_be_a_conflict() -> None:
    who = person(treatment={"anticoagulant": True})
    words = "anticoagulant therapy unless it can be paused"
    more: dict[str, Any] = {"quote": "anticoagulant therapy", "exception": "it can be paused"}
    assert word(who, words, "anticoagulant", **more) == "unknown"
    assert word(person(treatment={"anticoagulant": False}), words, "anticoagulant", **more) == "met"


@pytest.mark.parametrize("words", ["adequate kidney function", "no kidney disease", "normal renal function tests"])
def test_words_that_ask_for_health_are_no_illness_to_lack(words: str) -> None:
    for told in (True, False):
        assert word(health(kidney_disease=told), words, "renal", REQUIRE) == "unknown"


def test_an_illness_that_is_asked_for_and_told_false_is_a_conflict() -> None:
    assert word(health(heart_disease=False), "chronic ischaemic heart failure", "cardiac", REQUIRE) == "not_met"


# ------------------------------------------------------ drugs and diseases
@pytest.mark.parametrize(
    ("drug", "pattern", "words", "expected"),
    [
        ("apixaban", "anticoagulant", "taking anticoagulants", "not_met"),
        ("apixaban", "anticoagulant", "warfarin or direct oral anticoagulants", "not_met"),
        ("apixaban", "anticoagulant", "aspirin or other antiplatelet drugs", "unknown"),
        ("azathioprine", "immunosuppression", "immunosuppressive drugs", "not_met"),
        ("azathioprine", "immunosuppression", "anti-TNF therapy", "unknown"),
        ("prednisone", "immunosuppression", "epidural steroid injection", "unknown"),
        ("gabapentin", "other_medication", "anticonvulsants or antidepressants", "not_met"),
        ("gabapentin", "other_medication", "benzodiazepines", "unknown"),
        ("tramadol", "opioid_use", "opioids", "not_met"),
        ("tramadol", "opioid_use", "opioids above 30 mg", "unknown"),
    ],
)
def test_drugs_count_by_name_and_class(drug: str, pattern: str, words: str, expected: str) -> None:
    more: dict[str, Any] = {"low": 30.0, "unit": "mg"} if "above" in words else {}
    assert word(person(treatment={"medications": [drug]}), words, pattern, **more) == expected


def test_no_drugs_at_all_is_an_answer_and_a_list_is_not_complete() -> None:
    assert word(person(treatment={"medications": []}), "anticonvulsants", "other_medication") == "met"
    assert word(person(treatment={"medications": ["metformin"]}), "anticonvulsants", "other_medication") == "unknown"


@pytest.mark.parametrize(
    ("told", "words", "exception", "expected"),
    [
        ([], "autoimmune disease", "", "met"),
        (["Lupus"], "autoimmune disease", "", "not_met"),
        (["Lupus"], "autoimmune disease, except lupus", "lupus", "unknown"),
        (["CIDP"], "autoimmune disease, except Hashimoto", "Hashimoto", "not_met"),
        (["CIDP"], "rheumatoid arthritis", "", "unknown"),
        (["rheumatoid arthritis"], "Rheumatoid arthritis or gout", "", "not_met"),
    ],
)
def test_autoimmune_diseases_by_name(told: list[str], words: str, exception: str, expected: str) -> None:
    assert word(health(autoimmune=told), words, "autoimmune", exception=exception) == expected


@pytest.mark.parametrize(
    ("kind", "conditions", "words", "expected"),
    [
        ("diabetic", ("ALS",), "another neurological disease", "not_met"),
        ("diabetic", ("Diabetic Neuropathies",), "another neurological disease", "unknown"),
        ("chemotherapy_induced", ("Diabetic Neuropathies",), "neurological disorders", "not_met"),
        ("radiculopathy", ("ALS",), "neurological disorders", "unknown"),
        ("radiculopathy", ("ALS",), "neurological or orthopaedic disorders", "not_met"),
        ("peripheral_unspecified", ("ALS",), "neurological disorders", "unknown"),
        ("diabetic", ("ALS",), "disease of the central nervous system", "unknown"),
        ("diabetic", ("ALS",), "neurological disease that limits walking", "unknown"),
        ("diabetic", ("ALS",), "multiple sclerosis", "unknown"),
    ],
)
def test_the_neuropathy_itself_as_a_neurological_disease(
    kind: str, conditions: tuple[str, ...], words: str, expected: str
) -> None:
    quote = words.removesuffix(" that limits walking")
    found = verdict(
        person(neuropathy={"types": [kind]}),
        (words, item(words, reading(words, "neurological_other", quote=quote))),
        conditions=conditions,
    )
    assert found.answers[0].word == expected


def test_a_structural_cause_by_its_words() -> None:
    who = person(neuropathy={"types": ["radiculopathy"], "structural_cause": True})
    assert word(who, "herniated disc", "compressive_structural") == "not_met"
    assert word(who, "disc herniation over 6 mm", "compressive_structural") == "unknown"
    assert word(who, "spinal stenosis", "compressive_structural") == "unknown"
    without = person(neuropathy={"types": ["diabetic"], "structural_cause": False})
    assert word(without, "herniated disc", "compressive_structural") == "met"
    assert (
        word(without, "disc herniation that compresses the nerve root", "compressive_structural", REQUIRE) == "not_met"
    )
    assert word(without, "disc herniation below 6 mm", "compressive_structural", REQUIRE) == "unknown", (
        "it need not press"
    )


def test_any_comorbidity_is_met_by_a_named_illness_only() -> None:
    assert word(person(diabetes={"type": "type2"}), "any comorbidity", "general_health") == "not_met"
    assert word(NOBODY, "any comorbidity", "general_health") == "unknown"
    opinion = "any illness that in the investigator's opinion is unsafe"
    assert word(health(other_serious_illness=True), opinion, "general_health") == "unknown"


@pytest.mark.parametrize("pattern", ["hiv", "hepatitis_b", "hepatitis_c", "syphilis", "tuberculosis"])
def test_infections_by_name(pattern: str) -> None:
    for told, expected in ((True, "not_met"), (False, "met")):
        assert word(health(**{pattern: told}), "positive test", pattern) == expected
    assert word(NOBODY, "positive test", pattern) == "unknown"


@pytest.mark.parametrize("pattern", ["life_expectancy", "realistic_expectations", "spine_surgical"])
def test_what_no_profile_tells_is_a_question_for_the_study_team(pattern: str) -> None:
    found = one(NOBODY, "earlier spinal surgery", pattern)
    assert found.word == "unknown"
    assert found.fact is None
    assert found.question


# --------------------------------------------- sentences that misled before
@pytest.mark.parametrize(
    "words",
    [
        "radiculopathy and/or myelopathy",
        "degenerative disc disease or sciatica",
        "stenosis, facet trouble or radiculopathy",
    ],
)
def test_an_illness_offered_beside_the_neuropathy_keeps_it_open(words: str) -> None:
    who = person(neuropathy={"types": ["diabetic"]})
    assert word(who, words, "neuropathy_type", REQUIRE, value="radiculopathy") == "unknown"
    assert word(who, "sciatica or lumbar radiculopathy", "neuropathy_type", REQUIRE, value="radiculopathy") == "not_met"


def test_a_time_that_must_have_passed_is_asked_for_the_other_way_round() -> None:
    words = "heart attack at least 3 months ago"
    for months, expected in ((2, "not_met"), (3, "unknown"), (20, "met")):
        who = health(heart_attack_months_ago=months)
        assert word(who, words, "cardiac", REQUIRE, window_months=3.0, direction="at_least_ago") == expected
        barred = "heart attack within 3 months"
        assert word(who, barred, "cardiac", window_months=3.0, direction="within") == expected


def test_words_inside_the_quote_narrow_it_too() -> None:
    who = person(neuropathy={"types": ["diabetic"]})
    assert word(who, "a neurological disorder limiting the ability to stand", "neurological_other") == "unknown"
    assert word(health(active_infection=True), "infection requiring antibiotics", "active_infection") == "unknown"
    listed = "any illness that may affect the results, such as cardiovascular disease"
    assert word(health(heart_disease=True), listed, "cardiac") == "not_met"


def test_free_of_cancer_is_not_having_had_it() -> None:
    assert (
        word(health(cancer="never"), "free of cancer for 5 years", "malignancy", REQUIRE, window_months=60.0)
        == "unknown"
    )
    assert word(health(cancer="never"), "history of breast cancer", "malignancy", REQUIRE) == "not_met"


def test_a_study_does_not_bar_the_illness_that_it_asks_for() -> None:
    who = person(neuropathy={"types": ["diabetic"]}, diabetes={"type": "type2"}, health={"heart_disease": True})
    parts = []
    for words, pattern, effect, more in (
        ("type 2 diabetes", "diabetes_type", REQUIRE, {"value": "type2"}),
        ("chronic heart failure", "cardiac", REQUIRE, {}),
        ("diabetic joint disease", "diabetes_type", EXCLUDE, {"value": "any", "quote": "diabetic"}),
        ("heart disease", "cardiac", EXCLUDE, {}),
        ("trouble besides neuropathy", "neuropathy_type", EXCLUDE, {"quote": "neuropathy"}),
    ):
        parts.append((words, item(words, reading(words, pattern, effect, **more))))
    found = verdict(who, *parts, conditions=("Diabetic Neuropathies",))
    assert [a.word for a in found.answers] == ["met", "unknown", "unknown", "unknown", "unknown"]
    alone = verdict(who, *parts[2:4], conditions=("Stroke",))
    assert [a.word for a in alone.answers] == ["not_met", "not_met"]


@pytest.mark.parametrize(
    ("before", "quote", "after"),
    [
        ("grade 2 or worse ", "polyneuropathy", ""),
        ("", "polyneuropathy", " greater than grade 1"),
        ("Allowed as long as there is no ", "polyneuropathy", ""),
        ("drugs that may cause ", "polyneuropathy", ""),
        ("Control group: people without ", "polyneuropathy", ""),
        ("for people with ", "polyneuropathy", ": a glucose test"),
        ("cataract besides ", "polyneuropathy", ""),
    ],
)
def test_a_neuropathy_that_is_not_barred_as_such(before: str, quote: str, after: str) -> None:
    who = person(neuropathy={"types": ["diabetic"]})
    assert word(who, f"{before}{quote}{after}", "neuropathy_type", quote=quote) == "unknown"
    assert word(who, quote, "neuropathy_type") == "not_met"


@pytest.mark.parametrize("words", ["earlier chemotherapy is allowed", "no more than 2 courses of chemotherapy"])
def test_what_is_allowed_is_not_asked_for(words: str) -> None:
    assert word(health(chemotherapy="never"), words, "chemotherapy", REQUIRE, quote="chemotherapy") == "unknown"
    assert word(health(chemotherapy="never"), "chemotherapy in the past", "chemotherapy", REQUIRE) == "not_met"


def test_a_requirement_under_the_heading_of_what_bars_decides_nothing() -> None:
    assert word(health(stroke=False), "people without a stroke", "stroke", REQUIRE, section="exclusion") == "unknown"


def test_one_of_several_organs_is_not_each_of_them() -> None:
    words = "lupus in one or more of the organs: kidney, heart"
    assert word(health(kidney_disease=False), words, "renal", REQUIRE, quote="kidney") == "unknown"


def test_a_text_for_one_sex_yields_to_a_field_for_all() -> None:
    words = "Men: haemoglobin below 12"
    read = reading(words, "sex", REQUIRE, quote="Men", value="male")
    found = verdict(person(person={"sex": "female"}), (words, item(words, read)), sex="ALL")
    assert (found.answers[0].word, found.notes) == (
        "unknown",
        ("sex: the text names one sex, the record's field says ALL; the field counts",),
    )
    assert verdict(person(person={"sex": "female"}), (words, item(words, read))).answers[0].word == "not_met"


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("taking steroids", "steroids", "not_met"),
        ("lung disease requiring systemic steroids", "steroids", "unknown"),
        ("recent change in the dose of steroids", "steroids", "unknown"),
        ("steroids above 20 mg a day", "steroids", "unknown"),
    ],
)
def test_a_drug_that_stands_for_something_else(words: str, quote: str, expected: str) -> None:
    who = person(treatment={"medications": ["prednisone"]})
    assert word(who, words, "immunosuppression", quote=quote) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("major surgery", "unknown"),
        ("any operation", "not_met"),
        ("knee surgery", "unknown"),
        ("surgery on the spine", "unknown"),
    ],
)
def test_a_recent_operation_of_unknown_kind(words: str, expected: str) -> None:
    who = person(treatment={"last_surgery_months_ago": 1})
    full = f"{words} within 6 months"
    assert word(who, full, "recent_surgery", quote=words, window_months=6.0, direction="within") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("diabetic foot ulcer", "not_met"),
        ("ulceration of the lower extremity", "not_met"),
        ("open wound at the site", "unknown"),
        ("ulcerating skin tumour", "unknown"),
        ("gangrene of the foot", "unknown"),
    ],
)
def test_an_ulcer_is_one_of_the_foot_or_leg(words: str, expected: str) -> None:
    assert word(person(diabetes={"foot_ulcer": True}), words, "foot_ulcer") == expected


def test_a_very_long_line_with_many_readings_is_judged_in_time() -> None:
    """Two thousand readings in a line of 100 kB: no more than a second or so."""
    import time

    one_part = "severe heart disease that may matter, and or in the of; "
    words = one_part * 2000
    step = len(one_part)
    readings = [
        replace(reading(words, "cardiac", quote="heart disease"), start=at * step + 7, end=at * step + 20)
        for at in range(2000)
    ]
    begun = time.perf_counter()
    found = verdict(health(heart_disease=True), (words, item(words, *readings)))
    assert len(found.answers) == 2000
    assert time.perf_counter() - begun < 5


def test_a_former_smoker_may_be_asked_for() -> None:
    assert word(health(smoker=False), "current or ex-smoker", "smoking", REQUIRE, quote="smoker") == "unknown"
    assert word(health(smoker=False), "current smoker", "smoking", REQUIRE) == "not_met"


def test_brackets_inside_a_list_of_organs_do_not_end_what_severe_means() -> None:
    words = "severe hepatic, intestinal (except ulcers), pulmonary, cardiac disease".replace(
        "intestinal", "gastrointestinal"
    )
    assert word(health(heart_disease=True), words, "cardiac", quote="cardiac disease") == "unknown"


def test_immune_drugs_are_not_met_by_another_drug_of_the_same_list() -> None:
    who = person(treatment={"medications": ["amitriptyline"]})
    words = "glucocorticoids, tricyclic antidepressants"
    assert word(who, words, "immunosuppression") == "unknown"
    assert word(who, words, "other_medication") == "not_met"
