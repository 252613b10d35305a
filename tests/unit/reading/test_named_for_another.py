"""Things that are named for the sake of another: what an audit of differences taught, each kind in other words."""

from __future__ import annotations

import pytest

from trialfinder.reading.nodes.tree import Leaf, Node, Not, leaves
from trialfinder.reading.readings import Reading
from trialfinder.reading.structure import criteria_tree, read_criteria


def _text(section: str, lines: str) -> str:
    return f"{section.capitalize()} Criteria:\n\n{lines}\n"


def _read(section: str, lines: str) -> list[Reading]:
    return [r for item in read_criteria(_text(section, lines)) for r in item.readings]


def _said(section: str, lines: str) -> set[tuple[str, str]]:
    return {(r.pattern, r.effect) for r in _read(section, lines)}


def _nodes(section: str, lines: str) -> list[Node]:
    return [c.node for c in criteria_tree(_text(section, lines)) if c.node is not None]


def _barred(section: str, lines: str) -> list[Node]:
    return [node.part for node in _nodes(section, lines) if isinstance(node, Not)]


def _leaves(section: str, lines: str) -> list[Leaf]:
    return [leaf for node in _nodes(section, lines) for leaf in leaves(node)]


@pytest.mark.parametrize(
    ("section", "line", "pattern"),
    [
        ("inclusion", "* No active AIDS-associated malignancy of the brain.", "hiv"),
        ("exclusion", "* HIV-related lymphoma.", "hiv"),
        ("inclusion", "* No diabetes-related foot problems.", "diabetes_type"),
        ("exclusion", "* Interferon or other anti-hepatitis B compounds.", "hepatitis_b"),
        ("exclusion", "* Any anti-tuberculosis preparations in the past month.", "tuberculosis"),
        ("exclusion", "* Chemotherapy directed against lymphoma.", "malignancy"),
        ("exclusion", "* Treatment with anti-cancer vaccines.", "malignancy"),
    ],
)
def test_half_of_a_compound_is_not_barred(section: str, line: str, pattern: str) -> None:
    assert (pattern, "exclude") not in _said(section, line)
    assert not any(isinstance(one, Leaf) and one.concept == pattern for one in _barred(section, line))


@pytest.mark.parametrize(
    ("section", "line", "pattern"),
    [
        ("exclusion", "* HIV infection or a related lymphoma.", "hiv"),
        ("exclusion", "* Hepatitis B, treated or not.", "hepatitis_b"),
        ("exclusion", "* Anti-hepatitis B antibodies positive.", "hepatitis_b"),
        ("exclusion", "* Tuberculosis under treatment.", "tuberculosis"),
    ],
)
def test_what_stands_by_itself_is_barred(section: str, line: str, pattern: str) -> None:
    assert (pattern, "exclude") in _said(section, line)


@pytest.mark.parametrize(
    "line",
    [
        "* Ultrasound-proven pregnancy between weeks 10 and 14, with no twins.",
        "* Established pregnancy of 20 weeks without fetal anomalies.",
        "* Singleton pregnancy, no complications so far.",
        "* Pregnant women with no hypertension.",
        "* Pregnant women, 20 to 30 weeks, who do not smoke.",
    ],
)
def test_a_pregnancy_that_is_studied_bars_no_pregnant_woman(line: str) -> None:
    assert "pregnancy" not in {leaf.concept for leaf in _leaves("inclusion", line)}


@pytest.mark.parametrize(
    "line",
    [
        "* No proven pregnancy.",
        "* Not in an ongoing pregnancy of 12 weeks.",
        "* Women who are not pregnant, with no plan to conceive.",
        "* Pregnant or nursing women are not eligible.",
        "* Pregnant or nursing women may not take part.",
        "* Pregnancy test must be negative.",
        "* Pregnancy: no.",
        "* Women must not have an ongoing pregnancy.",
    ],
)
def test_a_pregnancy_that_must_not_be_bars(line: str) -> None:
    said = [leaf.concept for node in _nodes("inclusion", line) for leaf in leaves(node)]
    assert "pregnancy" in said and not any(isinstance(node, Leaf) for node in _nodes("inclusion", line))


@pytest.mark.parametrize(
    "lines",
    [
        "* Acceptable with close observation: rivaroxaban, oxycodone.",
        "Use with caution:\n\n* Heparin.\n* Fentanyl.",
        "Discouraged but not prohibited:\n\n* Codeine.\n* Aspirin.",
        "May be continued at the doctor's discretion:\n\n* Azathioprine.\n* Apixaban.",
        "* Allowed with caution: heparin, codeine, dapsone.",
    ],
)
@pytest.mark.parametrize("section", ["inclusion", "exclusion"])
def test_what_may_be_taken_is_neither_asked_for_nor_barred(section: str, lines: str) -> None:
    assert _said(section, lines) == set()


@pytest.mark.parametrize("lines", ["Not allowed:\n\n* Codeine.", "May not be continued:\n\n* Codeine."])
def test_what_may_not_be_taken_bars(lines: str) -> None:
    assert ("opioid_use", "exclude") in _said("exclusion", lines)


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("* Bad reaction to carbamazepine, meaning neutrophils below 0.5 x 10^9/L.", "white_cells"),
        (
            "* Stopped allopurinol because of toxicity, defined as ALT above 5 times the upper limit of normal.",
            "hepatic",
        ),
        ("* Intolerance of clozapine is defined as a white cell count under 2000/mm3.", "white_cells"),
        ("* Prior dose-limiting toxicity of ribavirin (haemoglobin below 8.5 g/dL).", "hemoglobin"),
        ("* Severe intolerance to dapsone defined as follows:\n  * Platelets below 60000/mm3.", "platelets"),
    ],
)
def test_the_numbers_of_a_bad_reaction_are_asked_of_nobody(line: str, pattern: str) -> None:
    assert pattern not in {r.pattern for r in _read("inclusion", line) if r.low is not None or r.high is not None}


@pytest.mark.parametrize(
    ("line", "pattern", "high"),
    [
        ("* Poor kidney function, meaning eGFR below 30.", "renal", 30),
        ("* Severe anaemia defined as haemoglobin below 8 g/dL.", "hemoglobin", 8),
        ("* Intolerance to the drug. Platelets below 60 x 10^9/L.", "platelets", 60),
    ],
)
def test_the_numbers_of_an_illness_decide(line: str, pattern: str, high: float) -> None:
    assert high in {r.high for r in _read("exclusion", line) if r.pattern == pattern}


@pytest.mark.parametrize(
    "line",
    [
        "* Relapse after at least one regimen such as: cyclophosphamide and prednisolone, or melphalan.",
        "* Eczema that came back after systemic therapy, for example ciclosporin.",
        "* Psoriasis that progressed on previous agents such as infliximab or methotrexate.",
        "* Received at least 2 earlier regimens such as tacrolimus.",
    ],
)
def test_an_example_of_an_earlier_treatment_is_not_asked_for(line: str) -> None:
    assert not {p for p, effect in _said("inclusion", line) if p in ("immunosuppression", "chemotherapy")}
    assert "immunosuppression" not in {leaf.concept for leaf in _leaves("inclusion", line)}


def test_what_has_failed_is_asked_for_whatever_its_examples() -> None:
    line = "* Two or more tablets (e.g., amitriptyline and gabapentin) taken at full dose without benefit."
    assert ("failed_conventional", "require") in _said("inclusion", line.replace("tablets", "oral medicines"))


def test_an_example_of_a_barred_class_bars() -> None:
    line = "* Received immunosuppressants such as azathioprine in the last month."
    assert ("immunosuppression", "exclude") in _said("exclusion", line)


@pytest.mark.parametrize(
    ("section", "line", "pattern"),
    [
        ("inclusion", "* NIHSS points in item 5 (motor deficit) of at least 1.", "cauda_equina"),
        ("inclusion", "* Weakness score of 3 or more in the limb items (ataxia, aphasia).", "neurological_other"),
        (
            "exclusion",
            "* Prolonged clotting time not because of a reversible cause (e.g., phenprocoumon).",
            "anticoagulant",
        ),
        ("exclusion", "* Oedema not due to a treatable cause (such as heart failure).", "cardiac"),
        ("exclusion", "* Planning pregnancy within 90 days after the end of stem cell infusion.", "prior_cell_therapy"),
        ("inclusion", "* Able to start treatment within 24 hours after thrombolysis.", "anticoagulant"),
        (
            "inclusion",
            "* No numbness above grade 2, including that left by chemotherapy and other conditions (e.g., diabetes).",
            "chemotherapy",
        ),
    ],
)
def test_items_causes_and_anchors_are_no_criteria(section: str, line: str, pattern: str) -> None:
    assert pattern not in {p for p, _ in _said(section, line)}
    assert pattern not in {leaf.concept for leaf in _leaves(section, line)}


@pytest.mark.parametrize(
    ("head", "members", "patterns"),
    [
        ("No unstable heart disease, including any of the following", "Angina.\n  * Stroke.", {"cardiac", "stroke"}),
        (
            "No other serious illness, including the following",
            "Hepatitis C.\n  * Kidney failure.",
            {"hepatitis_c", "renal"},
        ),
        ("Absence of relevant disease, such as", "Heart failure.\n  * Epilepsy.", {"cardiac", "neurological_other"}),
        ("Does not have any lung disease, including", "Asthma.\n  * COPD.", {"pulmonary"}),
        (
            "No need for other drugs, including any of these",
            "Prednisone.\n  * Warfarin.",
            {"immunosuppression", "anticoagulant"},
        ),
    ],
)
def test_a_denial_reaches_what_stands_below_it(head: str, members: str, patterns: set[str]) -> None:
    said = _said("inclusion", f"* {head}:\n  * {members}")
    assert {(p, "exclude") for p in patterns} <= said and not {p for p, effect in said if effect == "require"}
    assert all(isinstance(node, Not) for node in _nodes("inclusion", f"* {head}:\n  * {members}"))


@pytest.mark.parametrize(
    "line", ["* Recent thoracic operation.", "* Surgery/recent thoracic.", "* Surgery for cervical incompetence."]
)
def test_operations_of_chest_and_womb_are_none_of_the_spine(line: str) -> None:
    assert "spine_surgical" not in {p for p, _ in _said("exclusion", line)}


@pytest.mark.parametrize(
    "line", ["* Thoracic spine surgery.", "* Lumbar or thoracic fusion surgery.", "* Cervical surgery."]
)
def test_operations_of_the_spine_are(line: str) -> None:
    assert ("spine_surgical", "exclude") in _said("exclusion", line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("* NOTE: Male participants must use a condom during the study.", ("contraception", "require")),
        ("* Note: Women must have a negative pregnancy test before each dose.", ("pregnancy", "exclude")),
    ],
)
def test_a_note_that_asks_something_of_everybody_is_read(line: str, said: tuple[str, str]) -> None:
    assert said in _said("inclusion", line)


def test_a_note_about_some_people_is_still_a_note() -> None:
    assert _said("inclusion", "* NOTE: Patients with an ECOG of 2 must have a second opinion.") == set()


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("* Uncontrolled asthma, and diabetes.", "diabetes_type"),
        ("* Corneal scars, uncontrolled glaucoma, and diabetes mellitus.", "diabetes_type"),
        ("* Uncontrolled asthma and diabetes.", "uncontrolled_diabetes"),
        ("* Uncontrolled asthma, epilepsy, and diabetes.", "uncontrolled_diabetes"),
        ("* Uncontrolled asthma, diabetes or gout.", "uncontrolled_diabetes"),
    ],
)
def test_how_far_an_adjective_reaches(line: str, pattern: str) -> None:
    found = {p for p, _ in _said("exclusion", line)} & {"diabetes_type", "uncontrolled_diabetes"}
    assert found == {pattern}
