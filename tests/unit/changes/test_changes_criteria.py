"""Changes of a criteria text, criterion by criterion."""

from __future__ import annotations

import pytest

from tests.unit.changes.edits import events
from trialfinder.changes.criteria_changes import differences

OLD = """Inclusion Criteria:

* Adults with painful diabetic neuropathy
* HbA1c \\< 9 %

Exclusion Criteria:

1. Cancer in the last 5 years
2. Pregnant or breastfeeding women
3. Known allergy to human albumin"""


def change(old: str, new: str) -> list[tuple[str, str]]:
    assert old in OLD
    return [(d.sort, d.words) for d in differences(OLD, OLD.replace(old, new))]


def test_a_limit_that_moved_is_told_with_both_sentences() -> None:
    assert change("HbA1c \\< 9 %", "HbA1c \\< 10.5 %") == [
        ("limit", "HbA1c limit raised from 9 % to 10.5 %: “HbA1c < 10.5 %” (was “HbA1c < 9 %”)")
    ]


def test_a_limit_that_now_includes_its_value() -> None:
    assert change("HbA1c \\< 9 %", "HbA1c ≤ 9 %") == [
        ("limit", "HbA1c limit of 9 % now included: “HbA1c ≤ 9 %” (was “HbA1c < 9 %”)")
    ]


def test_a_time_that_moved() -> None:
    ((sort, words),) = change("Cancer in the last 5 years", "Cancer in the last 2 years")
    assert sort == "limit"
    assert words.startswith("time for cancer lowered from 5 years to 2 years: “Cancer in the last 2 years”")


def test_a_new_criterion_and_a_dropped_one() -> None:
    assert change("2. Pregnant", "2. Dialysis for any reason\n3. Pregnant") == [
        ("added", "new criterion (rules out): “Dialysis for any reason”")
    ]
    assert change("\n3. Known allergy to human albumin", "") == [
        ("removed", "dropped (rules out): “Known allergy to human albumin”")
    ]


def test_other_words_for_one_criterion() -> None:
    assert change("Known allergy to human albumin", "Known allergy to human albumin or heparin") == [
        ("reworded", "reworded (rules out): “Known allergy to human albumin or heparin” "
         "(was “Known allergy to human albumin”)")
    ]  # fmt: skip


def test_a_criterion_that_changes_sides() -> None:
    new = OLD.replace("\n3. Known allergy to human albumin", "").replace(
        "\n\nExclusion", "\n* Known allergy to human albumin\n\nExclusion"
    )
    assert [(d.sort, d.words) for d in differences(OLD, new)] == [
        ("moved", "moved from rules out to needed to join: “Known allergy to human albumin”")
    ]


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("1. ", "* ").replace("2. ", "* ").replace("3. ", "* "),
        OLD.replace("1. Cancer in the last 5 years\n", "") + "\n4. Cancer in the last 5 years",
        OLD.replace("years\n", "years.\n"),
    ],
)
def test_numbering_and_order_are_only_layout(new: str) -> None:
    assert [d.sort for d in differences(OLD, new)] == ["layout"]


def test_several_differences_are_one_event_with_the_gravest_severity() -> None:
    new = OLD.replace("\\< 9", "\\< 10").replace("albumin", "albumin or heparin")
    path = "eligibilityModule.eligibilityCriteria"
    (event,) = events({path: new}, {path: OLD})
    assert (event.severity, event.kind, event.field) == ("critical", "criteria", "eligibility_criteria")
    assert event.words == "criteria changed: HbA1c limit raised from 9 % to 10 % and 1 more difference"
    assert len(event.details) == 2


def test_layout_alone_is_minor() -> None:
    path = "eligibilityModule.eligibilityCriteria"
    (event,) = events({path: OLD.replace("3. ", "4. ")}, {path: OLD})
    assert event.severity == "minor"


def test_a_text_of_many_criteria_without_twins_takes_no_time() -> None:
    old = "Exclusion Criteria:\n" + "\n".join(f"* Illness number {n} of the heart" for n in range(400))
    new = "Exclusion Criteria:\n" + "\n".join(f"* Illness number {n} of the liver" for n in range(400))
    assert len(differences(old, new)) == 800
