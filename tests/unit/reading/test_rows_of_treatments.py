"""Which row a treatment is read in, and what is named and asked of nobody. All sentences are made up."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria
from trialfinder.reading.nodes.tree import Leaf, leaves
from trialfinder.reading.structure import criteria_tree

Rows = set[tuple[str, str, float | None]]


def _rows(text: str, section: str = "Exclusion") -> Rows:
    items = read_criteria(f"{section} Criteria:\n\n* {text}" if section else text)
    return {(r.pattern, r.effect, r.window_months) for item in items for r in item.readings}


def _leaves(text: str, section: str = "Inclusion") -> list[Leaf]:
    found = criteria_tree(f"{section} Criteria:\n\n* {text}")
    return [leaf for c in found if c.node is not None for leaf in leaves(c.node)]


@pytest.mark.parametrize(
    ("kind", "one", "pattern"),
    [
        ("chemotherapy", "nitrosoureas", "chemotherapy"),
        ("systemic steroids", "methotrexate", "immunosuppression"),
        ("anticoagulants", "warfarin", "anticoagulant"),
        ("chemotherapy", "mitomycin or melphalan", "chemotherapy"),
        ("immunosuppressive drugs", "rituximab", "immunosuppression"),
    ],
)
def test_a_bracket_tells_a_longer_time_for_one_of_them(kind: str, one: str, pattern: str) -> None:
    assert _rows(f"At least 4 weeks since prior {kind} (8 weeks for {one})", "Inclusion") == {
        (pattern, "exclude", 0.92),
        (pattern, "exclude", 1.84),
    }
    assert {leaf.window_months for leaf in _leaves(f"No {kind} within 4 weeks (8 weeks for {one})")} == {0.92, 1.84}


@pytest.mark.parametrize("kind", ["radiotherapy", "chemotherapy", "systemic steroids"])
def test_a_shorter_time_in_a_bracket_may_spare_a_person(kind: str) -> None:
    assert all(
        leaf.narrowing for leaf in _leaves(f"At least 4 weeks since prior {kind} (2 weeks for palliative {kind})")
    )


@pytest.mark.parametrize("least", ["At least", "More than", "Greater than", "Longer than"])
@pytest.mark.parametrize(
    ("thing", "pattern"),
    [("radiotherapy", "chemotherapy"), ("a stroke", "stroke"), ("systemic steroids", "immunosuppression"),
     ("a heart attack", "cardiac"), ("a kidney transplant", "organ_transplant")],
)  # fmt: skip
def test_a_time_that_must_have_passed_bars_what_is_more_recent(least: str, thing: str, pattern: str) -> None:
    assert _rows(f"{least} 3 months since {thing}", "Inclusion") == {(pattern, "exclude", 3.0)}


CANCERS = ["Lymphoma", "Breast cancer", "Acute leukaemia", "Multiple myeloma", "Glioblastoma"]


@pytest.mark.parametrize("cancer", CANCERS)
@pytest.mark.parametrize("treatment", ["immunotherapy", "biologic therapy", "biologics"])
def test_what_treats_a_cancer_is_no_immunosuppression(cancer: str, treatment: str) -> None:
    asked = f"Inclusion Criteria:\n\n* {cancer}\n\nExclusion Criteria:\n\n* Prior {treatment}"
    assert "immunosuppression" not in {row[0] for row in _rows(asked, "")}
    assert ("immunosuppression", "exclude", None) in _rows(f"Prior {treatment}")


@pytest.mark.parametrize("cancer", CANCERS)
@pytest.mark.parametrize("cells", ["allogeneic stem cell transplant", "autologous stem cell transplantation"])
def test_a_transplant_of_stem_cells_is_one_of_blood_forming_cells_where_a_cancer_is_studied(
    cancer: str, cells: str
) -> None:
    line = f"At least 5 months since prior {cells}"
    asked = f"Inclusion Criteria:\n\n* {cancer}\n* {line}"
    assert ("organ_transplant", "exclude", 5.0) in _rows(asked, "")
    assert ("prior_cell_therapy", "exclude", 5.0) in _rows(line, "Inclusion")


@pytest.mark.parametrize(
    "treatment",
    [
        "Interferon alfa",
        "Interferon-beta",
        "Intravenous immunoglobulin",
        "IVIG",
        "Plasma exchange",
        "Glatiramer acetate",
    ],
)
def test_named_treatments_that_have_no_row_of_their_own(treatment: str) -> None:
    assert _rows(f"{treatment} within 5 months") == {("other_medication", "exclude", 5.0)}


@pytest.mark.parametrize("label", ["Biologic therapy", "Chemotherapy", "Radiotherapy", "Endocrine therapy"])
@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("No prior kinase agents", set()),
        ("At least 4 weeks since prior radiotherapy", {("chemotherapy", "exclude", 0.92)}),
        ("At least 4 weeks since prior chemotherapy", {("chemotherapy", "exclude", 0.92)}),
        ("No concurrent oral steroids", {("immunosuppression", "exclude", None)}),
        ("Recovered from prior transplantation of skin agents", set()),
    ],
)
def test_a_title_in_front_of_a_criterion_asks_nothing(label: str, line: str, rows: Rows) -> None:
    assert _rows(f"{label}: {line}", "") == rows


def test_a_label_that_is_all_that_is_named_is_read() -> None:
    assert _rows("Chemotherapy: within the last 5 months") == {("chemotherapy", "exclude", 5.0)}


@pytest.mark.parametrize(
    ("illness", "pattern"),
    [
        ("Asthma", "pulmonary"),
        ("Lupus", "autoimmune"),
        ("Atrial fibrillation", "cardiac"),
        ("Active lymphoma", "malignancy"),
        ("Crohn's disease", "autoimmune"),
    ],
)
@pytest.mark.parametrize(
    "need", ["requiring oral steroids", "that requires chemotherapy", "requiring treatment with anticoagulants"]
)
def test_what_an_illness_needs_is_not_asked_by_itself(illness: str, pattern: str, need: str) -> None:
    assert {row[0] for row in _rows(f"{illness} {need}")} == {pattern}


@pytest.mark.parametrize("need", ["Patients requiring oral steroids", "Diabetes or requiring oral steroids"])
def test_a_need_of_the_person_is_asked(need: str) -> None:
    assert ("immunosuppression", "exclude", None) in _rows(need)


@pytest.mark.parametrize(
    "who",
    ["Lives with someone", "Household contact with anyone", "Close contact with children", "Living with a partner"],
)
@pytest.mark.parametrize(
    "what", ["who is pregnant", "with HIV infection", "with cancer", "with diabetes", "with a weak immune system"]
)
def test_what_the_people_around_have_is_not_the_persons(who: str, what: str) -> None:
    assert _rows(f"{who} {what}") == set()


@pytest.mark.parametrize(
    "risk", ["High-risk behaviour for", "At high risk of", "Activities with a risk of acquiring", "Increased risk for"]
)
@pytest.mark.parametrize("infection", ["HIV infection", "hepatitis B", "syphilis", "tuberculosis", "hepatitis C"])
def test_a_danger_of_an_infection_is_not_the_infection(risk: str, infection: str) -> None:
    assert _rows(f"{risk} {infection}") == set()


@pytest.mark.parametrize(
    "head",
    ["Problems in vital organs (e.g. {})", "Disease of major organs (i.e., {})", "Disorders of organs, such as {}"],
)
@pytest.mark.parametrize("organs", ["the heart or the lungs", "heart, lung"])
def test_an_abbreviation_does_not_part_a_noun_from_its_organs(head: str, organs: str) -> None:
    assert {row[0] for row in _rows(head.format(organs))} >= {"cardiac", "pulmonary"}


@pytest.mark.parametrize(
    "words",
    [
        "that may be considered an operative risk",
        "that can be considered dangerous",
        "that could be considered a danger",
    ],
)
@pytest.mark.parametrize(
    ("illness", "pattern"), [("heart disease", "cardiac"), ("lung disease", "pulmonary"), ("cancer", "malignancy")]
)
def test_what_may_be_considered_a_danger_is_not_allowed(words: str, illness: str, pattern: str) -> None:
    assert _rows(f"No {illness} {words}", "Inclusion") == {(pattern, "exclude", None)}
    assert _rows(f"{illness.capitalize()} may be considered", "Exclusion") == set()


@pytest.mark.parametrize("organs", ["liver and kidney", "hepatic, renal", "heart and lung"])
def test_when_an_organ_is_tested_is_no_look_back(organs: str) -> None:
    assert {
        row[2] for row in _rows(f"Adequate {organs} function within 9 days before the first dose", "Inclusion")
    } == {None}


def test_who_is_barred_from_a_part_is_told_within_the_list_only() -> None:
    text = """DISEASE CHARACTERISTICS:

* Lymphoma
  * Part A: little treated
    * Ineligible for part A if:
      * Prior radiotherapy
      * Prior steroids
  * Part B: much treated

PATIENT CHARACTERISTICS:

* Platelet count greater than 80,000/mm3
* Age 20 and over
"""
    assert {("chemotherapy", "exclude", None), ("immunosuppression", "exclude", None)} <= _rows(text, "")
    assert {("platelets", "require", None), ("age", "require", None)} <= _rows(text, "")


def test_a_title_within_a_list_bars_what_follows_on_its_level() -> None:
    text = "Inclusion Criteria:\n\n* A line\n  * Age over 18\n  * Exclusion Criteria:\n  * HIV infection\n  * Stroke"
    assert {("hiv", "exclude", None), ("stroke", "exclude", None)} <= _rows(text, "")


def test_statements_that_follow_a_label_are_cut() -> None:
    text = (
        "* Hepatic: SGOT and SGPT no greater than 4 times ULN Serum amylase no greater than 1.5 times ULN "
        "Bilirubin no greater than 3 mg/dL"
    )
    read = {(r.value, r.high, r.unit) for item in read_criteria(text) for r in item.readings}
    assert read == {("ast", 4.0, "xULN"), ("alt", 4.0, "xULN"), ("bilirubin", 3.0, "mg/dL")}


@pytest.mark.parametrize("treatment", ["steroids", "chemotherapy", "warfarin", "methotrexate", "radiotherapy"])
@pytest.mark.parametrize(
    "why", ["for {}", "given for {}", "for the treatment of {}", "for treatment or prevention of {}"]
)
@pytest.mark.parametrize("illness", ["asthma", "heart failure", "breast cancer", "lupus", "kidney disease"])
def test_what_a_treatment_is_for_is_not_asked_by_itself(treatment: str, why: str, illness: str) -> None:
    assert len({row[0] for row in _rows(f"No prior {treatment} {why.format(illness)}", "Inclusion")}) == 1


def test_a_treatment_for_an_illness_that_has_no_name_is_that_illness() -> None:
    assert ("malignancy", "exclude", None) in _rows("Under treatment for cancer")


@pytest.mark.parametrize("cause", ["secondary to", "caused by", "due to", "as a result of", "attributable to"])
@pytest.mark.parametrize("illness", ["cancer", "HIV infection", "heart failure", "liver disease or stroke", "lupus"])
def test_what_an_illness_comes_from_is_not_asked_by_itself(cause: str, illness: str) -> None:
    assert _rows(f"No amyloidosis {cause} {illness}", "Inclusion") == set()
    assert _rows(f"Hospitalisation {cause} {illness}") != set()


@pytest.mark.parametrize("organ", ["liver", "kidney", "lung", "heart", "hepatic"])
def test_an_organ_that_must_work_well_is_no_illness_of_the_study(organ: str) -> None:
    text = f"Inclusion Criteria:\n\n* Lymphoma\n* Adequate {organ} function\n* Age 18\n* Signed consent\n* A scan"
    assert {row[1] for row in _rows(text, "") if row[0] in ("hepatic", "renal", "pulmonary", "cardiac")} == {"require"}


@pytest.mark.parametrize("start", ["initiating", "starting", "the start of", "receiving"])
@pytest.mark.parametrize("what", ["chemotherapy", "steroids", "warfarin", "total body irradiation", "interferon"])
def test_what_a_time_counts_to_is_not_asked(start: str, what: str) -> None:
    assert {row[0] for row in _rows(f"Stroke within 9 days of {start} {what}")} == {"stroke"}


@pytest.mark.parametrize("one", ["Active infection", "Current cancer", "Ongoing hepatitis B", "Active lupus"])
@pytest.mark.parametrize("other", ["or use of antibiotics", "or receipt of blood products", "and intake of herbs"])
def test_a_time_of_what_is_used_is_not_that_of_what_is_there(one: str, other: str) -> None:
    assert all(row[2] is None for row in _rows(f"{one} {other} within 2 weeks") if row[0] != "other_medication")


@pytest.mark.parametrize("what", ["surgery", "stroke", "cancer", "chemotherapy", "steroids"])
def test_a_time_that_something_unread_took_is_not_that_of_the_next(what: str) -> None:
    assert {row[2] for row in _rows(f"Blood donation in the last month or {what}")} == {None}
    assert {row[2] for row in _rows(f"Patients who, in the last 2 months, had {what}")} == {2.0}


@pytest.mark.parametrize("age", ["40 years of age and under", "50 years and over", "60 years or older"])
def test_an_age_of_whom_something_is_asked_is_no_limit(age: str) -> None:
    assert _rows(f"Patients {age} must have a stem cell donor", "Inclusion") == set()
    assert {row[0] for row in _rows(f"Must be {age}", "Inclusion")} == {"age"}


@pytest.mark.parametrize("what", ["a heart attack", "stroke", "cancer", "chemotherapy", "steroids"])
@pytest.mark.parametrize("opens", ["including", "such as", "e.g."])
def test_a_time_in_front_of_a_list_that_is_spelt_out_is_that_of_its_members(what: str, opens: str) -> None:
    assert {row[2] for row in _rows(f"Grave events within the last 3 months, {opens} {what}")} == {3.0}


@pytest.mark.parametrize("illness", ["cancer", "heart failure", "lupus", "a stroke", "liver disease"])
def test_the_reason_of_a_bar_is_the_bar(illness: str) -> None:
    assert _rows(f"Considered ineligible by the investigator due to {illness}") >= {
        row for row in _rows(illness.capitalize()) if row[0] != "general_health"
    }
