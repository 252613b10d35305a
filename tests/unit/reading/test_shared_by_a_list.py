"""What stands behind a list and is said of all of it: a time, something that must be there as well. All is made up."""

from __future__ import annotations

import pytest

from trialfinder.reading.nodes.tree import AllOf, AnyOf, Except, Leaf, Node, Not, Unread, leaves
from trialfinder.reading.structure import criteria_tree


def _tree(text: str, section: str = "Inclusion") -> Node | None:
    (criterion,) = criteria_tree(f"{section} Criteria:\n\n* {text}")
    return criterion.node


@pytest.mark.parametrize(
    ("text", "high", "low"),
    [
        ("Hip pain or buttock pain for at most 4 months", 4.0, None),
        ("Elbow pain or numbness with a duration of less than 6 months", 6.0, None),
        ("Sciatica, weakness or low back pain with duration of at least 3 months", None, 3.0),
        ("Leg pain with a duration of 4 months or less", 4.0, None),
    ],
)
def test_a_time_behind_complaints_is_the_time_of_each(text: str, high: float | None, low: float | None) -> None:
    node = _tree(text)
    timed = node if isinstance(node, Leaf) else node.parts[-1] if isinstance(node, AllOf) else None
    assert isinstance(timed, Leaf) and timed.concept == "symptom_duration" and timed.bounds is not None
    assert (timed.bounds.high, timed.bounds.low) == (high, low)


def test_a_time_behind_other_illnesses_stays_with_the_last() -> None:
    node = _tree("Type 2 diabetes or leg pain for at least 6 months")
    assert isinstance(node, AnyOf)


@pytest.mark.parametrize(
    "text",
    [
        "MRI shows a disc herniation, a bone spur or a narrow canal, matching in side and level with sciatica",
        "Diabetic neuropathy or chemotherapy-induced neuropathy, with pain of at least 4 points",
        "Psoriasis or lupus, with HbA1c above 7 %",
    ],
)
def test_with_behind_a_comma_is_asked_for_either_way(text: str) -> None:
    node = _tree(text)
    assert isinstance(node, AllOf) and isinstance(node.parts[0], AnyOf) and isinstance(node.parts[1], Leaf)


def test_with_or_without_asks_nothing() -> None:
    assert isinstance(_tree("Psoriasis or lupus, with or without arthritis"), AnyOf)


def test_brackets_that_hold_a_number_and_a_thing_define() -> None:
    node = _tree("Clotting disorder (INR > 2.0 or on warfarin)", "Exclusion")
    assert isinstance(node, Not) and isinstance(node.part, AnyOf)
    assert [leaf.concept for leaf in leaves(node)] == ["bleeding_disorder", "anticoagulant"]
    assert isinstance(node.part.parts[0], Unread)


def test_despite_behind_limits_that_bar_narrows_all_of_them() -> None:
    node = _tree("High pressure (systolic > 150 mmHg, diastolic > 95 mmHg, despite the best tablets)", "Exclusion")
    assert isinstance(node, Not) and isinstance(node.part, AllOf)
    assert isinstance(node.part.parts[0], AnyOf) and isinstance(node.part.parts[1], Unread)


def test_what_brackets_leave_out_of_a_bar_is_spared() -> None:
    node = _tree("Cancer in the last 4 years (basal cell carcinoma is excluded)", "Exclusion")
    assert isinstance(node, Not) and isinstance(node.part, Except)
    assert [leaf.noun for leaf in leaves(node.part.spared)] == ["basal cell carcinoma"]
