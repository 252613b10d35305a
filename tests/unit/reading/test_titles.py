"""Titles in other words than the registry's own: what stands under them is never taken for the section before."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree, read_criteria

BARS = (
    "Criteria for exclusion", "Exlusion criteria:", "Excluison Criteria", "Contraindications:", "EXCLUSION",
    "The following people cannot take part", "Reasons for not taking part:", "Who cannot join", "Who can't take part?",
    "Things that rule you out", "Disqualifying conditions:", "Criterios de exclusión:", "Ausschlusskriterien",
)  # fmt: skip
OF_NOBODY = ("Withdrawal criteria:", "Drop-out criteria", "Termination criteria:")


def under(title: str) -> list[tuple[str, str]]:
    text = f"Inclusion Criteria:\n\n* Diabetic neuropathy\n* Age 18 to 65\n\n{title}\n\n* Stroke\n* HIV infection"
    return [(i.section, i.group) for i in read_criteria(text) if i.text.endswith(("Stroke", "infection"))]


@pytest.mark.parametrize("title", BARS)
def test_a_title_in_other_words_opens_the_exclusions(title: str) -> None:
    assert under(title) == [("exclusion", "")] * 2


@pytest.mark.parametrize("title", OF_NOBODY)
def test_when_people_leave_a_study_is_no_criterion_of_joining(title: str) -> None:
    assert under(title) == [("unknown", "")] * 2


@pytest.mark.parametrize(
    ("title", "group"),
    [("Healthy controls", "Healthy controls"), ("Healthy controls:", "Healthy controls"), ("(for VLU only)", "VLU")],
)
def test_a_title_names_for_whom_the_rest_is(title: str, group: str) -> None:
    assert under(title) == [("inclusion", group)] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Able to take part in all visits",
        "Meets ADA criteria",
        "People with diabetes",
        "Contraindication to a scan of the head.",
        "Contraindications for liposuction:",
        "* Carriers of hepatitis B are excluded;",
        "Subjects with heart trouble such as:",
    ],
)
def test_a_criterion_is_no_title(line: str) -> None:
    assert under(line) == [("inclusion", "")] * 2


_PARTS = """Inclusion Criteria

Concurrent Medication: Required:

* Treatment with metformin.

Patients must have:

* Heart failure.
* Parkinson's disease.

Exclusion Criteria

Prior Medication:

Excluded:

* Warfarin.
* {title}
* Systemic steroids.
* Major surgery.
* Excluded:
* Dialysis.
* Required:
* Treatment with insulin glargine for 2 months.

Prior Treatment:

{title}

* Radiotherapy.
* Platelets below 60,000/mm3.

Active alcohol abuse.

Required:

* Treatment with aspirin.

Schizophrenia.
"""


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Excluded within 5 months of study entry:", 5.0),
        ("Excluded in the last 5 months:", 5.0),
        ("Excluded for 5 months prior to study entry:", 5.0),
        ("Prohibited within the 150 days before entry:", 5.0),
        ("Not allowed within 5 months of entry:", 5.0),
        ("Excluded at any time:", None),
        ("Excluded:", None),
    ],
)
def test_a_line_says_for_the_list_below_it_what_is_barred_and_for_how_long(title: str, months: float | None) -> None:
    """Lines of old records: each holds for the bullets below it, up to the next such line or the end of the list."""
    found = {
        (r.pattern, r.effect, r.window_months)
        for i in read_criteria(_PARTS.format(title=title))
        for r in i.readings
        if r.pattern != "diabetes_type"
    }
    assert found == {
        ("other_medication", "require", None),
        ("cardiac", "require", None),
        ("neurological_other", "require", None),
        ("anticoagulant", "exclude", None),
        ("immunosuppression", "exclude", months),
        ("recent_surgery", "exclude", months),
        ("renal", "exclude", None),
        ("other_medication", "require", 2.0),
        ("chemotherapy", "exclude", months),
        ("platelets", "exclude", None),
        ("substance_abuse", "exclude", None),
        ("anticoagulant", "require", None),
        ("psychiatric", "exclude", None),
    }


@pytest.mark.parametrize("line", ["Patients with gout must have:", "If diabetic, patients must have:"])
def test_what_some_must_have_is_no_heading(line: str) -> None:
    """Such a line is a condition on the list below it."""
    items = read_criteria(f"Exclusion Criteria\n\n* Stroke\n\n{line}\n\n* Heart failure")
    assert any(i.text == line for i in items)


@pytest.mark.parametrize(
    "text",
    [
        "Exclusion Criteria:\n\nStroke.\nContraindication to perfusion NMR.\nEpilepsy.",
        "Exclusion Criteria:\n\nStroke.\nContraindications to lumbar puncture.\nEpilepsy.",
    ],
)
def test_a_contraindication_to_something_is_a_criterion(text: str) -> None:
    assert len(criteria_tree(text)) == 3


def test_who_is_excluded_in_a_list_opens_no_section() -> None:
    text = "Inclusion Criteria:\n\n* Smokers are excluded;\n* Type 2 diabetes;"
    assert [found.section for found in criteria_tree(text)][-1] == "inclusion"
