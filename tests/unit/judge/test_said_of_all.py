"""Words that are said of every member of a list, and joints that the words do not bear: what is told stays open.

Each sentence with a person of whom it stays open, and one (mostly of a plainer sentence) whom it does bar.
"""

from __future__ import annotations

import pytest

from tests.unit.judge.test_sentences import Facts, verdict

HEALTH: dict[str, Facts] = {
    "psychiatric illness": {"health": {"psychiatric": True}},
    "heart disease": {"health": {"heart_disease": True}},
    "kidney disease": {"health": {"kidney_disease": True}},
    "epilepsy": {"health": {"neurological_other": ["epilepsy"]}},
    "asthma": {"health": {"diagnoses": ["asthma"]}},
}
CLAUSES = (
    "{} or gout that would interfere with the study",
    "{}, gout, or eczema severe enough to prevent completion of the trial",
    "{} or occupational duties, which preclude compliance with the protocol",
    "Unstable state of health that may affect safety ({}, gout)",
    "{} or skin problems affecting participation",
)


@pytest.mark.parametrize("illness", HEALTH)
@pytest.mark.parametrize("clause", CLAUSES)
def test_what_only_counts_where_it_hinders_is_not_the_illness_itself(clause: str, illness: str) -> None:
    assert verdict("Exclusion", clause.format(illness.capitalize()), HEALTH[illness]) != "conflict"


@pytest.mark.parametrize("illness", HEALTH)
@pytest.mark.parametrize("clause", ["{} or gout", "{}, or any other condition that would interfere with the study"])
def test_another_member_that_hinders_leaves_the_illness_a_bar(clause: str, illness: str) -> None:
    assert verdict("Exclusion", clause.format(illness.capitalize()), HEALTH[illness]) == "conflict"


TAKEN: Facts = {"treatment": {"medications": ["gabapentin"]}}


@pytest.mark.parametrize(
    "turn", ["Side effects of", "Toxicity from", "Intolerance to", "Addiction to", "Adverse reactions to"]
)
@pytest.mark.parametrize("drugs", ["gabapentin", "duloxetine or gabapentin", "duloxetine, gabapentin, or tramadol"])
def test_what_comes_of_a_drug_is_not_the_drug(turn: str, drugs: str) -> None:
    assert verdict("Exclusion", f"{turn} {drugs}", TAKEN) != "conflict"
    assert verdict("Exclusion", f"Use of {drugs}", TAKEN) == "conflict"


ROWS: list[tuple[str, str, Facts, Facts]] = [
    # section, sentence, a person who is not barred, a person who is
    (
        "Exclusion", "Severe medical or psychiatric illness",
        {"health": {"psychiatric": True}},
        {"health": {"diagnoses": ["severe schizophrenia"]}},
    ),
    (
        "Exclusion", "Hospitalization for alcohol abuse",
        {"health": {"substance_abuse": True}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Woman of childbearing potential and man who plans a child or is not willing to use contraception",
        {"person": {"sex": "female", "can_become_pregnant": True, "uses_contraception": True}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Recent vascular event (stroke, infarction) or heart failure",
        {"health": {"stroke": True}},
        {"health": {"diagnoses": ["heart failure"]}},
    ),
    (
        "Exclusion", "Treatment of heart disease with one of these: nitrates, beta blockers",
        {"treatment": {"medications": ["propranolol"]}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Took part in protocol 12, \"Lungs and smoke\"",
        {"health": {"lung_disease": False, "smoker": False}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "No moderate or severe peripheral neuropathy",
        {"neuropathy": {"types": ["chemotherapy_induced"], "stage": "mild"}},
        {"neuropathy": {"types": ["chemotherapy_induced"], "stage": "severe"}},
    ),
    (
        "Inclusion", "No HIV positive people receiving protease inhibitors",
        {"health": {"hiv": True}},
        {"health": {"hiv": True}, "treatment": {"medications": ["darunavir"]}},
    ),
    (
        "Exclusion", "Smokes and does not intend to stop",
        {"health": {"smoker": True}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Creatinine > 1.6 mg/dl or (> 141 umol/l) for men",
        {"person": {"sex": "female"}, "measurements": {"creatinine_mg_dl": 1.8}},
        {"person": {"sex": "male"}, "measurements": {"creatinine_mg_dl": 1.8}},
    ),
    (
        "Exclusion", "Creatinine > 1.6 mg% unless the tumor is the reason",
        {"measurements": {"creatinine_mg_dl": 1.8}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Bilirubin less than 1.5 mg/dL, unless it is hereditary",
        {"measurements": {"bilirubin_mg_dl": 2.1}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Relapsed acute myeloid leukemia, chronic lymphocytic leukemia and Hodgkin lymphoma",
        {"health": {"cancer": "active", "cancer_kind": "Hodgkin lymphoma"}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Ejection fraction no more than 10% below the lower limit",
        {"measurements": {"ejection_fraction": 44}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Participants on systemic corticosteroids must stop them two weeks before",
        {"treatment": {"medications": []}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "No other serious illness, including the following:\n  * Heart failure\n  * Active infection",
        {"health": {"heart_disease": False, "active_infection": False}},
        {"health": {"active_infection": True}},
    ),
    (
        "Inclusion", "No history of malignancy except: basal cell carcinoma of the skin",
        {"health": {"cancer": "never"}},
        {"health": {"cancer": "past", "cancer_kind": "colon cancer"}},
    ),
    (
        "Inclusion", "Is willing to fast before each clinic visit",
        {"person": {"can_attend_follow_up": False}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Self-rated depressive symptoms",
        {"health": {"psychiatric": False}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Squamous cell carcinoma of the throat",
        {"health": {"cancer": "active", "cancer_kind": "laryngeal cancer"}},
        {"health": {"cancer": "never"}},
    ),
    (
        "Exclusion", "Chronic pancreatitis",
        {"health": {"diagnoses": ["acute pancreatitis"]}},
        {"health": {"diagnoses": ["chronic pancreatitis"]}},
    ),
    (
        "Exclusion", "Takes part in another trial of a substance such as ZX-12",
        {"person": {"age": 40}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Immunomodulators",
        {"treatment": {"medications": ["prednisone"]}},
        {"treatment": {"medications": ["azathioprine"]}},
    ),
    (
        "Exclusion", "Allergy to gentamicin antibiotics",
        {"treatment": {"allergies": ["penicillin"]}},
        {"treatment": {"allergies": ["gentamicin"]}},
    ),
    (
        "Exclusion", "Recreational use of heroin or prescription medications",
        {"treatment": {"medications": ["metformin"]}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "Eligible for methadone treatment",
        {"treatment": {"medications": []}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Warfarin or any drug for the heart that cannot be stopped before the operation",
        {"treatment": {"medications": ["warfarin"]}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Women who have been pregnant for more than 20 weeks",
        {"person": {"pregnant": True}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Certain types of epilepsy",
        {"health": {"neurological_other": ["epilepsy"]}},
        {"person": {"age": 40}},
    ),
    (
        "Inclusion", "At risk for developing type 2 diabetes",
        {"diabetes": {"type": "none"}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Allergic history to herbal drugs",
        {"treatment": {"allergies": ["cat hair"]}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Gout (uric acid > 9 mg/dL)",
        {"health": {"diagnoses": ["gout"]}},
        {"person": {"age": 40}},
    ),
    (
        "Exclusion", "Major operation planned during the study",
        {"treatment": {"surgery_planned": True}},
        {"person": {"age": 40}},
    ),
]  # fmt: skip
_NOBODY: Facts = {"person": {"age": 40}}
"""Stands where nothing that a profile can tell bars."""


@pytest.mark.parametrize(("section", "sentence", "near", "barred"), ROWS)
def test_the_near_person_is_not_barred_and_the_other_is(
    section: str, sentence: str, near: Facts, barred: Facts
) -> None:
    assert verdict(section, sentence, near) != "conflict"
    if barred != _NOBODY:
        assert verdict(section, sentence, barred) == "conflict"


def test_a_time_behind_two_kinds_of_diabetes_is_asked_of_both() -> None:
    sentence = "Type 1 diabetes or latent autoimmune diabetes for at least 2 years"
    assert verdict("Inclusion", sentence, {"diabetes": {"type": "type1", "duration_years": 0.5}}) == "conflict"
    assert verdict("Inclusion", sentence, {"diabetes": {"type": "type1"}}) == "possible"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Women aged 20 to 60 living in Norway", {"person": {"sex": "female", "age": 30}}),
        ("Able to read the booklet and show no sign of dementia", {"person": {"can_read_write": True}}),
        ("Takes anti-HIV (antiretroviral) medication", {"health": {"hiv": True}}),
        ("Able to give informed consent (consent must be obtained from a parent for patients under 16 years of age)",
         {"person": {"age": 40, "can_consent": False}}),
        ("Relapsed acute myeloid leukemia, Hodgkin lymphoma, or multiple myeloma",
         {"health": {"cancer": "active", "cancer_kind": "multiple myeloma"}}),
        ("No other anticancer therapy at present", {"health": {"chemotherapy": "completed"}}),
        ("No peripheral neuropathy of any origin (alcohol, etc.) above grade 1",
         {"neuropathy": {"types": ["diabetic"]}}),
    ],
)  # fmt: skip
def test_part_of_what_is_asked_for_is_not_all_of_it(sentence: str, told: Facts) -> None:
    assert verdict("Inclusion", sentence, told) != "nothing_against"


CELLS: Facts = {"treatment": {"prior_cell_therapy": True}}


@pytest.mark.parametrize(
    ("sentence", "barred"),
    [
        ("Took part in other stem cell clinical studies before enrolment", False),
        ("Treated with stem cells in another clinical trial", False),
        ("Prior gene therapy research", False),
        ("Previous stem cell therapy", True),
        ("Prior stem cell therapy or participation in another study", True),
        ("Any stem cell therapy before study entry", True),
        ("Previous stem cell therapy in the study limb", False),  # the limb narrows it, not the word "study"
    ],
)
def test_cells_that_somebody_paid_for_are_no_study_of_cells(sentence: str, barred: bool) -> None:
    assert (verdict("Exclusion", sentence, CELLS) == "conflict") is barred
