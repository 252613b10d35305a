"""Limits by kind, crossed with concepts: for whom they hold, what a unit is shared by, what only counts or changes."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import When, leaves, walk
from trialfinder.reading.structure import criteria_tree, read_criteria

Sides = tuple[float | None, bool | None, float | None, bool | None]
_MEASURES = {
    "HbA1c {} %": ("hba1c", 7.0, 9.0),
    "BMI {} kg/m2": ("bmi", 19.0, 33.0),
    "Platelet count {} x 10^9/L": ("platelets", 110.0, 420.0),
    "Haemoglobin {} g/dL": ("hemoglobin", 9.0, 14.0),
    "Fasting glucose {} mg/dL": ("glucose", 80.0, 190.0),
    "eGFR {} mL/min/1.73 m2": ("renal", 35.0, 85.0),
}
_SCALES = ("TCSS", "MNSI", "NIS-LL", "INCAT", "ODI", "NRS", "VAS")
_THINGS = ("nerve injury", "facial palsy", "disc herniation", "peripheral nerve lesion", "radiculopathy", "sciatica")


def _sides(text: str, section: str, pattern: str) -> set[Sides]:
    return {
        (r.low, r.low_inclusive, r.high, r.high_inclusive) for r in read_sentence(text, section) if r.pattern == pattern
    }


def _patterns(text: str, section: str) -> set[str]:
    return {r.pattern for r in read_sentence(text, section)}


@pytest.mark.parametrize("measure", _MEASURES)
def test_a_unit_behind_the_second_of_two_limits_is_that_of_both(measure: str) -> None:
    pattern, low, high = _MEASURES[measure]
    text = measure.format(f"below {low:g} or above {high:g}")
    assert _sides(text, "exclusion", pattern) == {(None, None, low, False), (high, False, None, None)}


def test_a_unit_of_time_is_shared_too_so_that_no_score_is_read() -> None:
    found = read_sentence("Pain for less than 6 or more than 60 months", "exclusion")
    assert {(r.pattern, r.low, r.high) for r in found} == {
        ("symptom_duration", None, 6.0),
        ("symptom_duration", 60.0, None),
    }


@pytest.mark.parametrize("measure", _MEASURES)
@pytest.mark.parametrize("words", ["up to but not including", "to, but excluding,", "to (exclusive of)"])
def test_the_end_of_a_range_that_is_not_in_it(measure: str, words: str) -> None:
    pattern, low, high = _MEASURES[measure]
    words = words.replace("(", "").replace(")", "").replace(",", "")
    assert _sides(measure.format(f"{low:g} {words} {high:g}"), "inclusion", pattern) == {(low, True, high, False)}


def test_a_range_may_change_its_unit() -> None:
    assert _sides("Aged between 9 months - 4 years", "inclusion", "age") == {(0.75, True, 4.0, True)}


@pytest.mark.parametrize("scale", _SCALES)
@pytest.mark.parametrize("words", ["fell by less than 2 points", "rose by more than 3 points", "went up by 2 points"])
def test_a_change_of_a_scale_bounds_nothing(scale: str, words: str) -> None:
    assert not [r for r in read_sentence(f"{scale} {words}", "exclusion") if r.low is not None or r.high is not None]


@pytest.mark.parametrize("symptom", ["Pain", "Numbness", "Tingling", "Burning pain", "Weakness"])
@pytest.mark.parametrize("parts", ["digits 1 to 3", "both hands' joints", "fingers", "affected toes"])
def test_a_count_of_parts_is_no_score(symptom: str, parts: str) -> None:
    found = read_sentence(f"{symptom} in at least 2 of {parts}", "inclusion")
    assert not [r for r in found if r.low is not None or r.high is not None]


@pytest.mark.parametrize("thing", _THINGS)
@pytest.mark.parametrize("words", ["less than 2 years old", "older than 3 years", "that is over 3 years old"])
def test_the_age_of_a_condition_is_how_long_it_has_lasted(thing: str, words: str) -> None:
    found = _patterns(f"{thing.capitalize()} {words}", "inclusion")
    assert "age" not in found
    assert "symptom_duration" in found


@pytest.mark.parametrize("thing", [*_THINGS, "type 2 diabetes"])
def test_what_bars_by_its_duration_does_not_bar_by_being_there(thing: str) -> None:
    assert len(_patterns(f"{thing.capitalize()} for more than 7 years", "exclusion")) == 1


@pytest.mark.parametrize("measure", _MEASURES)
def test_a_limit_of_one_sex_is_asked_of_that_sex_only(measure: str) -> None:
    pattern, low, high = _MEASURES[measure]
    unit = measure.split("{} ")[1]
    text = measure.format(f"at least {low:g}").replace(unit, f"{unit} for men and {high:g} {unit} for women")
    criterion = criteria_tree(f"Inclusion Criteria:\n\n* {text}")[0]
    assert criterion.node is not None
    asked = {
        next(leaves(n.condition)).value: next(leaves(n.part)).bounds
        for n in walk(criterion.node)
        if isinstance(n, When)
    }
    assert {sex: b and b.low for sex, b in asked.items()} == {"male": low, "female": high}
    assert {next(leaves(n.part)).concept for n in walk(criterion.node) if isinstance(n, When)} == {pattern}


@pytest.mark.parametrize("measure", _MEASURES)
@pytest.mark.parametrize(
    ("frame", "condition"),
    [
        ("{} if they have epilepsy", "epilepsy"),
        ("{} (in patients with epilepsy)", "epilepsy"),
        ("{} in those who smoke", "smoke"),
    ],
)
def test_the_flat_reading_says_for_whom_a_limit_is(measure: str, frame: str, condition: str) -> None:
    pattern, _, high = _MEASURES[measure]
    text = frame.format(measure.format(f"above {high:g}"))
    found = [r for i in read_criteria(f"Exclusion Criteria:\n\n* {text}") for r in i.readings if r.pattern == pattern]
    assert [condition in r.condition for r in found] == [True]


@pytest.mark.parametrize("enzyme", ["ALT", "AST", "Bilirubin", "Alkaline phosphatase", "ALT or AST"])
@pytest.mark.parametrize("frame", ["(> 5 x ULN if there are liver metastases)", "(or > 5 x ULN if liver metastases)"])
def test_a_second_limit_in_brackets_is_for_some_and_the_first_for_the_others(enzyme: str, frame: str) -> None:
    criterion = criteria_tree(f"Exclusion Criteria:\n\n* {enzyme} > 2 x ULN {frame}")[0]
    assert criterion.node is not None
    some = [n for n in walk(criterion.node) if isinstance(n, When)]
    assert {leaf.bounds and leaf.bounds.low for n in some for leaf in leaves(n.part)} == {5.0}
    text = str(criterion.node)
    assert "Not(part=Leaf(concept='malignancy'" in text


@pytest.mark.parametrize("scale", ["Karnofsky", "ECOG", "ODI", "INCAT", "MNSI"])
def test_the_age_behind_a_limit_says_for_whom_it_is(scale: str) -> None:
    text = f"{scale} of at least 2 (over age 16)"
    assert _patterns(text, "inclusion") == {"severity_score"}


@pytest.mark.parametrize(
    "text",
    [
        "Consent of a guardian if under 18",
        "Women over 52 years without menses for 12 months",
        "Post-menopausal, defined as aged over 50 and amenorrhoeic for 12 months",
        "A bone scan when older than 60 years",
    ],
)
def test_an_age_of_whom_something_else_is_said_is_no_age_limit(text: str) -> None:
    assert "age" not in _patterns(text, "inclusion")


def test_an_age_that_takes_people_in_is_one() -> None:
    assert _sides("Postmenopausal women aged 46-71 years", "inclusion", "age") == {(46.0, True, 71.0, True)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Systolic 170 or diastolic 105", {("systolic", 170.0), ("diastolic", 105.0)}),
        ("Blood pressure 165 systolic or 95 diastolic", {("systolic", 165.0), ("diastolic", 95.0)}),
        ("Diastolic blood pressure of 100 mmHg", {("diastolic", 100.0)}),
    ],
)
def test_a_high_pressure_without_an_operator_bars(text: str, found: set[tuple[str, float]]) -> None:
    assert {(r.value, r.low) for r in read_sentence(text, "exclusion")} == found
    assert not [r for r in read_sentence(text, "inclusion") if r.low is not None]


@pytest.mark.parametrize("second", ["hiv", "lupus", "a stroke", "epilepsy", "hepatitis b"])
def test_what_a_comma_and_or_set_off_is_not_with_or_without(second: str) -> None:
    plain = _patterns(second, "exclusion")
    assert plain <= _patterns(f"Diabetes with or without neuropathy, or {second}", "exclusion")
    assert not plain & _patterns(f"Diabetes with or without gout, {second}, or gallstones", "exclusion")
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* Diabetes with or without neuropathy, or {second}")
    assert criterion.node is not None
    assert "Unread" not in str(criterion.node)


@pytest.mark.parametrize("cause", ["diabetes", "chemotherapy", "alcohol", "a vitamin deficiency", "trauma"])
@pytest.mark.parametrize(
    "frame", ["not caused by {}", "that is not due to {}", "unrelated to {}", "other than from {}"]
)
def test_neuropathy_of_every_cause_but_one(cause: str, frame: str) -> None:
    found = _patterns(f"Peripheral neuropathy {frame.format(cause)}", "exclusion")
    assert "other_neuropathy_cause" in found
    assert "neuropathy_type" not in found


@pytest.mark.parametrize(
    "words", ["Patients must have:", "Subjects must have the following:", "Exclusion applies to those who have:"]
)
def test_a_list_of_what_is_allowed_ends_where_another_list_begins(words: str) -> None:
    text = f"Inclusion Criteria\n\nAllowed:\n\n* Methadone.\n\n{words}\n\n* Life expectancy of at least 7 months."
    found = {r.pattern for i in read_criteria(text) for r in i.readings}
    assert found == {"life_expectancy"}


@pytest.mark.parametrize("thing", ["kidney disease", "hepatitis B", "infection", "liver disease", "heart failure"])
def test_chronic_says_nothing_of_when(thing: str) -> None:
    assert {r.when for r in read_sentence(f"Chronic {thing}", "exclusion")} == {""}


def test_fertile_patients_are_no_men() -> None:
    assert {r.applies_to_sex for r in read_sentence("Fertile patients must use contraception", "inclusion")} == {""}
    assert {r.applies_to_sex for r in read_sentence("Fertile men must use contraception", "inclusion")} == {"male"}


@pytest.mark.parametrize("ill", ["cancer", "epilepsy", "lupus", "hepatitis B", "a stroke", "kidney disease"])
def test_a_denial_holds_for_the_whole_list_behind_including(ill: str) -> None:
    text = (
        "No significant comorbid conditions including uncontrolled hypertension, congestive heart failure of any class,"
        f" poorly controlled diabetes mellitus, severe gout in any joint, recent fractures and {ill}"
    )
    found = read_sentence(text, "inclusion")
    assert {r.effect for r in found} == {"exclude"}
    assert _patterns(ill, "exclusion") <= {r.pattern for r in found}


def test_an_age_behind_a_denied_thing_is_asked_for() -> None:
    found = read_sentence("No earlier transplant, between the ages of 50-85", "inclusion")
    assert {(r.effect, r.low, r.high) for r in found if r.pattern == "age"} == {("require", 50.0, 85.0)}


@pytest.mark.parametrize("measure", _MEASURES)
def test_not_persistently_greater_than_is_at_most(measure: str) -> None:
    pattern, _, high = _MEASURES[measure]
    text = measure.format(f"not persistently greater than {high:g}")
    assert _sides(text, "inclusion", pattern) == {(None, None, high, True)}


@pytest.mark.parametrize("enzyme", ["ALT", "AST", "Alkaline phosphatase", "Gamma-GT"])
def test_two_limits_of_one_thing_in_two_units(enzyme: str) -> None:
    text = f"{enzyme} no greater than 90 U/L or less than 4 times upper limit of normal"
    found = {(r.high, r.unit) for r in read_sentence(text, "inclusion")}
    assert found == {(90.0, "U/L"), (4.0, "xULN")}


@pytest.mark.parametrize("who", ["Patients", "Women", "Adults", "Participants"])
def test_an_age_that_is_eligible_is_asked_for(who: str) -> None:
    for title in ("Inclusion Criteria:", "Eligibility:"):
        (item,) = read_criteria(f"{title}\n\n* {who} over 21 years are eligible")
        assert {(r.effect, r.low) for r in item.readings if r.pattern == "age"} == {("require", 21.0)}


_GRADED = (
    "CKD > stage {}", "Stage {} CKD", "Neutropenia > grade {}", "Neutropenia of grade {} or more", "ALT > grade {}",
    "Bilirubin <= grade {}", "Creatinine > grade {}", "Hyperglycemia > grade {}", "Thrombocytopenia grade >= {}",
    "Leukopenia >= grade {}", "Lymphocyte count < grade {}", "Chronic kidney disease at least stage {}",
)  # fmt: skip


@pytest.mark.parametrize("section", ["inclusion", "exclusion"])
@pytest.mark.parametrize("text", _GRADED)
def test_a_grade_is_no_measurement(text: str, section: str) -> None:
    found = [r for grade in (2, 3) for r in read_sentence(text.format(grade), section)]
    assert [(r.pattern, r.low, r.high) for r in found if r.low is not None or r.high is not None] == []


def test_a_measurement_beside_a_grade_is_one() -> None:
    assert _sides("CKD of stage 3 with eGFR < 45 mL/min/1.73 m2", "exclusion", "renal") >= {(None, None, 45.0, False)}
    assert _sides("Grade 2 anemia with haemoglobin < 9 g/dL", "exclusion", "hemoglobin") >= {(None, None, 9.0, False)}


@pytest.mark.parametrize("illness", ["Heart failure", "Chronic kidney disease", "COPD", "Retinopathy", "Neutropenia"])
@pytest.mark.parametrize("grade", ["class 3", "stage 3-4", "grade III or higher", "NYHA class IV"])
def test_a_grade_in_brackets_makes_an_illness_less(illness: str, grade: str) -> None:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {illness} ({grade})")
    assert criterion.node is not None
    assert all(leaf.narrowing or leaf.severity for leaf in leaves(criterion.node))


@pytest.mark.parametrize("word", ["good", "effective", "satisfactory"])
@pytest.mark.parametrize(
    ("limit", "pattern"), [("EF < 40 %", "cardiac"), ("HbA1c < 9 %", "hba1c"), ("BMI < 33", "bmi")]
)
def test_a_treatment_that_is_not_good_denies_no_limit_behind_it(word: str, limit: str, pattern: str) -> None:
    found = read_sentence(f"The effect of drugs is not {word}, and {limit}", "inclusion")
    assert [r.effect for r in found if r.pattern == pattern] == ["require"]
    denied = read_sentence(f"No {word} result, no {limit}", "inclusion")
    assert [r.effect for r in denied if r.pattern == pattern] == ["exclude"]


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit"),
    [
        ("Creatine above 2.2 mg/dL", "creatinine", 2.2, None, "mg/dL"),
        ("Creatine clearance below 45 mL/min", "creatinine_clearance", None, 45.0, "mL/min"),
        ("24-hour urine protein >= 1.2 g", "urine protein", 1.2, None, "g/24h"),
        ("Proteinuria over 700 mg per day", "urine protein", 0.7, None, "g/24h"),
        ("Protein in the urine above 2 g/24 h", "urine protein", 2.0, None, "g/24h"),
    ],
)
def test_kidney_values_misspelt_or_of_a_day(
    text: str, value: str, low: float | None, high: float | None, unit: str
) -> None:
    found = {(r.pattern, r.value, r.low and round(r.low, 3), r.high, r.unit) for r in read_sentence(text, "exclusion")}
    assert found == {("renal", value, low, high, unit)}


@pytest.mark.parametrize(
    "text",
    [
        "Creatine kinase above 600 U/L",
        "Creatine powder for > 2 months",
        "Dietary protein above 60 g per day",
        "Uses 5 g of creatine",
    ],
)
def test_other_creatine_and_protein_is_no_kidney_value(text: str) -> None:
    assert "renal" not in _patterns(text, "exclusion")


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit"),
    [
        ("FEV 1 at least 1.7 liters", "FEV1", 1.7, None, "L"),
        ("FEV1 of at least 55% of predicted", "FEV1", 55.0, None, "% predicted"),
        ("pCO2 no greater than 47 mmHg", "pCO2", None, 47.0, "mmHg"),
        ("pO2 greater than 70 mmHg on room air", "pO2", 70.0, None, "mmHg"),
        ("PaO2/FiO2 of at least 250 mmHg", "PaO2/FiO2", 250.0, None, "mmHg"),
    ],
)
def test_values_of_breathing_keep_their_own_units(
    text: str, value: str, low: float | None, high: float | None, unit: str
) -> None:
    found = {(r.pattern, r.value, r.low, r.high, r.unit) for r in read_sentence(text, "inclusion")}
    assert found == {("pulmonary", value, low, high, unit)}


@pytest.mark.parametrize(
    ("value", "words"),
    [("alt", "ALT"), ("ast", "AST"), ("bilirubin", "Bilirubin"), ("creatinine", "Creatinine")],
)
def test_so_many_fold(value: str, words: str) -> None:
    """ "Threefold" and "a 3-fold increase" are multiples of the normal; a change from an earlier value is none."""
    for text in (
        f"{words} more than threefold the normal", f"{words} more than 3-fold the upper limit of normal",
        f"A 3-fold increase in {words}", f"3-fold elevation of {words}",
    ):  # fmt: skip
        assert {(r.value, r.low, r.unit) for r in read_sentence(text, "exclusion")} == {(value, 3.0, "xULN")}, text
    assert read_sentence(f"A 3-fold increase in {words} from baseline", "exclusion") == ()


@pytest.mark.parametrize("scale", ["MMSE", "MoCA", "Glasgow Coma Score Scale", "Glasgow Coma Scale (GCS)"])
def test_one_value_of_a_scale_alone(scale: str) -> None:
    for words in ("= 15", "score = 15", "equal to 15", "of exactly 15"):
        assert _sides(f"{scale} {words}", "inclusion", "severity_score") == {(15.0, True, 15.0, True)}, words
    assert _sides(f"{scale} = 15 or more", "inclusion", "severity_score") == {(15.0, True, None, None)}
    assert _sides(f"{scale} >= 15", "inclusion", "severity_score") == {(15.0, True, None, None)}
    assert _sides(f"{scale} = 15%", "inclusion", "severity_score") == set()


def test_elder_is_older() -> None:
    assert _sides("Must be elder than 45 years", "inclusion", "age") == {(45.0, False, None, None)}
    assert _sides("People elder than 45", "inclusion", "age") == {(45.0, False, None, None)}
    assert _sides("An elder brother with diabetes", "inclusion", "age") == set()


@pytest.mark.parametrize("names", ["FEV_1 and FVC", "FVC and FEV1", "DLCO, FVC and FEV1"])
def test_a_limit_in_percent_is_shared_although_litres_could_be_meant(names: str) -> None:
    found = read_sentence(f"{names} more than 55%", "inclusion")
    assert {(r.value, r.low) for r in found} == {(v, 55.0) for v in ("FEV1", "FVC", "DLCO") if v[:3] in names}


@pytest.mark.parametrize("words", ["of 11 or higher", "score of 11 or more", "total score of 11 or above"])
def test_the_number_in_a_name_is_no_limit(words: str) -> None:
    assert _sides(f"PHQ-9 {words}", "inclusion", "severity_score") == {(11.0, True, None, None)}
    assert _sides("MMSE 24 of 30 or more", "inclusion", "severity_score") == {(24.0, True, None, None)}


@pytest.mark.parametrize("scale", ["PSQI", "MIDAS", "WOMAC"])
def test_an_index_with_its_operator_behind(scale: str) -> None:
    assert _sides(f"{scale} of 11 or above", "inclusion", "severity_score") == {(11.0, True, None, None)}
