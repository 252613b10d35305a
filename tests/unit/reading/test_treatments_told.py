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
        "Numbness persisting though nerve blocks were given",
        "Pain that resists the common painkillers",
        "Poor responders to pharmacotherapy",
        "Unsuccessful treatment with two patches",
        "Pain eased by less than a third under venlafaxine",
        "Had to give up amitriptyline because of side effects",
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
        "Treatment with cells may not help",
        "Treatment with drugs that failed in trials",
        "Infection resistant to drugs",
        "Side effects of the drug are explained",
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


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Dose of venlafaxine raised less than a month ago", "exclusion"),
        ("Any modification of the analgesic regimen in the last month", "exclusion"),
        ("Dose of duloxetine not varied for six weeks", "inclusion"),
    ],
)
def test_a_medicine_that_must_stay_bars_nobody_who_takes_it(text: str, section: str) -> None:
    found = patterns(text, section)
    assert (STEADY, "require") in found
    assert "other_medication" not in {pattern for pattern, _ in found}


@pytest.mark.parametrize(
    "text",
    [
        "Steroids started within 2 weeks",
        "Warfarin stopped less than 5 days ago",
        "Antibiotics begun in the last week",
        "New drug under study within 4 weeks",
        "Start of dialysis within 3 months",
        "Insulin started less than 3 months ago",
    ],
)
def test_what_was_begun_and_has_a_row_of_its_own(text: str) -> None:
    assert STEADY not in {pattern for pattern, _ in patterns(text, "exclusion")}


@pytest.mark.parametrize(
    "text",
    ["Antidepressants unless at a stable dose", "Psychotropic drugs such as antidepressants; stable housing"],
)
def test_a_medicine_that_bars_is_not_only_one_that_must_stay(text: str) -> None:
    assert ("other_medication", "exclude") in patterns(text, "exclusion")
