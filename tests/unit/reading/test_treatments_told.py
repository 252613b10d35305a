"""How treatments went and whether they must stay as they are is read from a clause, whatever the names in it."""

from __future__ import annotations

import pytest

from trialfinder.reading.structure import read_text

FAILED = "failed_conventional"
STEADY = "stable_medication"
HEADINGS = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}


def patterns(text: str, section: str = "inclusion") -> set[tuple[str, str]]:
    """Pattern and effect of what is read of one criterion in a study of neuropathy."""
    whole = f"Inclusion Criteria:\n\n* Peripheral neuropathy\n\n{HEADINGS[section]}\n\n* {text}"
    return {(r.pattern, str(r.effect)) for item in read_text(whole).items[1:] for r in item.readings}


@pytest.mark.parametrize(
    "text",
    [
        "Numb feet that go on hurting although insoles and ointments were used",
        "Tablets for the nerves were of no avail",
        "Venlafaxine had to be stopped, as it did not help",
        "Splints at night brought hardly any relief",
        "Burning soles unrelieved in spite of patches",
        "No lasting benefit from nerve stimulation",
        "Topical capsaicin failed",
        "The effect of usual care was unsatisfactory",
        "Nortriptyline could not be tolerated",
        "Two infiltrations were unsuccessful",
        "Sore that persists notwithstanding modern dressings",
    ],
)
def test_a_treatment_that_did_not_help(text: str) -> None:
    assert (FAILED, "require") in patterns(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blood pressure above 160/100 in spite of tablets",
        "Ongoing infection although antibiotics were given",
        "Nortriptyline helped well",
        "Exercise and insoles are allowed",
        "Patients will not benefit from this treatment",
        "Death is near regardless of the therapy",
        "Tablets within 2 weeks and insufficient blood flow of the foot",
        "No exercise within 24 hours",
        "Tumour that grew despite therapy",
        "No painkillers on the morning of the test",
        "Ready to start an exercise programme",
    ],
)
@pytest.mark.parametrize("section", ["inclusion", "exclusion"])
def test_no_treatment_of_the_nerves_that_did_not_help(text: str, section: str) -> None:
    assert FAILED not in {pattern for pattern, _ in patterns(text, section)}


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Venlafaxine at the same dose for 7 weeks", "inclusion"),
        ("Will not alter the medicines against pain before the last visit", "inclusion"),
        ("Antidepressants have not been changed for two months", "inclusion"),
        ("Dosage of anticonvulsants unaltered since spring", "inclusion"),
        ("Adjustment of pregabalin within 5 weeks", "exclusion"),
        ("Switched from one antidepressant to another in the last 2 months", "exclusion"),
        ("Opioid patches not steady for 3 weeks", "exclusion"),
    ],
)
def test_medicines_that_stay_as_they_are(text: str, section: str) -> None:
    assert (STEADY, "require") in patterns(text, section)


@pytest.mark.parametrize(
    "text",
    [
        "Drugs that might change the immune response",
        "Changed vision under medication",
        "Insulin or a change in weight",
        "Patients who changed the hospital and take medication",
        "The same hospital gives the medication",
        "Medication (see the list, which may be changed)",
    ],
)
@pytest.mark.parametrize("section", ["inclusion", "exclusion"])
def test_no_medicine_that_must_stay(text: str, section: str) -> None:
    assert STEADY not in {pattern for pattern, _ in patterns(text, section)}
