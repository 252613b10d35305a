"""Titles in other words than the registry's own: what stands under them is never taken for the section before."""

from __future__ import annotations

import pytest

from trialfinder.reading import read_criteria

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


@pytest.mark.parametrize("line", ["Able to take part in all visits", "Meets ADA criteria", "People with diabetes"])
def test_a_criterion_is_no_title(line: str) -> None:
    assert under(line) == [("inclusion", "")] * 2
