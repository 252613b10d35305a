"""Degrees, the spine, nerve emergencies and taking part are read from a clause, whatever the words in it."""

from __future__ import annotations

import pytest

from trialfinder.reading.structure import read_text

HEADINGS = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}
BOTH = pytest.mark.parametrize("section", ["inclusion", "exclusion"])


def patterns(text: str, section: str) -> set[str]:
    """The patterns that are read of one criterion in a study of neuropathy."""
    whole = f"Inclusion Criteria:\n\n* Peripheral neuropathy\n\n{HEADINGS[section]}\n\n* {text}"
    return {r.pattern for item in read_text(whole).items[1:] for r in item.readings}


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Mild neuropathy of both feet", "inclusion"),
        ("Polyneuropathy graded as severe by the doctor", "inclusion"),
        ("Nerve damage of moderate degree", "inclusion"),
        ("Disease of slight or moderate grade in the view of the examiner", "inclusion"),
        ("Neuropathy at an early stage", "inclusion"),
        ("The severity of the palsy is mild", "inclusion"),
        ("Neuropathy so far advanced that feeling will not return", "exclusion"),
        ("No sensory potential can be recorded in the legs", "exclusion"),
        ("Subclinical neuropathy", "exclusion"),
        ("Neuropathy in its final stage", "exclusion"),
    ],
)
def test_degrees_of_the_nerve_condition(text: str, section: str) -> None:
    assert "severity" in patterns(text, section)


@pytest.mark.parametrize(
    "text",
    [
        "Moderate pain due to neuropathy",
        "Early diagnosis of neuropathy",
        "Severe renal disease",
        "Neuropathy and mild asthma",
        "Early onset neuropathy",
        "Total knee replacement for nerve pain",
        "Complete blood count",
        "Partial response of the neuropathy to treatment",
        "Severe optic neuropathy",
        "Severe visual loss from neuropathy",
        "Advanced cancer with neuropathy",
        "End stage respiratory disease",
        "Mild allergy",
    ],
)
@BOTH
def test_degrees_of_other_things(text: str, section: str) -> None:
    assert "severity" not in patterns(text, section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Screws or rods in the vertebrae", "exclusion"),
        ("Crooked backbone", "exclusion"),
        ("A slipped vertebra", "exclusion"),
        ("High-grade narrowing of the spinal canal", "exclusion"),
        ("Has been operated on the back", "exclusion"),
        ("Fused lumbar vertebrae", "exclusion"),
        ("No earlier operation of the back", "inclusion"),
    ],
)
def test_operations_and_bends_of_the_spine(text: str, section: str) -> None:
    assert "spine_surgical" in patterns(text, section)


def test_an_operation_of_the_spine_is_no_other_operation() -> None:
    assert patterns("Any operation on the lumbar spine in the past", "exclusion") == {"spine_surgical"}
    assert patterns("Any operation on the knee in the past 3 months", "exclusion") == {"recent_surgery"}


@pytest.mark.parametrize(
    "text",
    [
        "Operation of the knee",
        "Lumbar puncture",
        "Cervical cancer surgery",
        "Unstable angina",
        "Slip of the pen",
        "Hearing implants",
        "Back to work after surgery",
        "Scheduled for lumbar surgery",
        "Unstable spinal cord compression",
    ],
)
@BOTH
def test_other_operations_and_bends(text: str, section: str) -> None:
    assert "spine_surgical" not in patterns(text, section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Weakness that grows from day to day", "exclusion"),
        ("Rapid loss of muscle strength in the leg", "exclusion"),
        ("Sudden paralysis of the foot", "exclusion"),
        ("Perineal numbness", "exclusion"),
        ("New retention of urine", "exclusion"),
        ("Urgent decompression needed", "exclusion"),
        ("No conus or cauda involvement", "inclusion"),
    ],
)
def test_nerve_emergencies(text: str, section: str) -> None:
    assert "cauda_equina" in patterns(text, section)


@pytest.mark.parametrize(
    "text",
    [
        "Stable weakness of the hand",
        "Overactive bladder",
        "Stress incontinence of urine",
        "Progressive heart failure",
        "Sudden hearing loss",
        "Stool sample not available",
        "Numbness of the feet",
        "Facial weakness of sudden onset",
        "Progressive multiple sclerosis with weakness",
        "Progressive supranuclear palsy",
    ],
)
@BOTH
def test_what_is_no_nerve_emergency(text: str, section: str) -> None:
    assert "cauda_equina" not in patterns(text, section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Nerve squeezed by a cyst", "inclusion"),
        ("Tumour that presses on the plexus", "exclusion"),
        ("No structural reason for the numbness", "inclusion"),
    ],
)
def test_what_presses_on_a_nerve(text: str, section: str) -> None:
    assert "compressive_structural" in patterns(text, section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Able to come back for all six visits", "inclusion"),
        ("Transport to the hospital is assured", "inclusion"),
        ("Disposed to fulfil all requirements", "inclusion"),
        ("Prepared to fill in forms each month", "inclusion"),
        ("Means to leave the country before the last visit", "exclusion"),
        ("Attendance cannot be guaranteed", "exclusion"),
        ("Subject likely to be lost before the end of observation", "exclusion"),
        ("Lives too far away", "exclusion"),
        ("No fixed address", "exclusion"),
        ("Does not want to keep the diary", "exclusion"),
    ],
)
def test_taking_part(text: str, section: str) -> None:
    assert "follow_up" in patterns(text, section)


@pytest.mark.parametrize(
    "text",
    [
        "Able to give consent",
        "Able to walk to the clinic",
        "Willing to use contraception during the whole study",
        "Phone number of the doctor",
        "Can stand for the examination",
        "Able to lie still",
        "Participation in another study",
        "Ventilatory support",
        "Failure to respond to treatment",
        "Illness that interferes with the ability to carry out the visits",
        "Night shift workers",
        "Unreachable lesion of the artery",
        "Lives in the country",
        "Incomplete follow-up data",
    ],
)
@BOTH
def test_what_is_no_taking_part(text: str, section: str) -> None:
    assert "follow_up" not in patterns(text, section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Exaggerated hopes about the cells", "exclusion"),
        ("Lacks support from the family", "exclusion"),
        ("Too little support at home", "exclusion"),
        ("The expectation of benefit must be realistic", "inclusion"),
    ],
)
def test_hopes_motivation_and_support(text: str, section: str) -> None:
    assert "realistic_expectations" in patterns(text, section)


@pytest.mark.parametrize(
    "text", ["Ventilatory support", "No nutritional support", "Support stockings", "Low blood pressure, no support"]
)
@BOTH
def test_support_of_other_kinds(text: str, section: str) -> None:
    assert "realistic_expectations" not in patterns(text, section)
