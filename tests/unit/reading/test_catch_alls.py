"""A catch-all that shares its noun with other things limits them, or is left out."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.nodes.tree import Leaf, Not, Unread, leaves, walk


def read(words: str) -> list[Leaf]:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {words}")
    assert criterion.node is not None
    return list(leaves(criterion.node))


@pytest.mark.parametrize("organ", ["neurological", "psychiatric", "cardiac", "renal", "autoimmune"])
def test_a_concomitant_disease_of_one_kind_is_not_also_any_disease(organ: str) -> None:
    assert "general_health" not in {leaf.concept for leaf in read(f"{organ.capitalize()} concomitant disease")}


@pytest.mark.parametrize("kind", ["psychiatric", "neurological", "hepatic", "addictive", "cardiac"])
def test_a_clause_behind_the_shared_noun_limits_all_that_share_it(kind: str) -> None:
    found = read(f"Any {kind} or other disorder that compromises the safety of the person")
    whole = [
        leaf for leaf in found if leaf.concept != "general_health" and " " in leaf.noun
    ]  # bare adjectives name nothing
    assert all(leaf.narrowing for leaf in whole)


@pytest.mark.parametrize(
    "illness", ["Heart failure NYHA", "Liver cirrhosis Child", "Critical limb ischemia Rutherford"]
)
def test_another_grade_is_no_alternative_of_its_own(illness: str) -> None:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {illness} class III or IV")
    assert criterion.node is not None
    assert not any(isinstance(node, Unread) for node in walk(criterion.node))


def test_examples_of_what_must_not_have_been_are_denied_with_it() -> None:
    (criterion,) = criteria_tree("Inclusion Criteria:\n\n* Without former pharmacal cures such as corticosteroids")
    denied = [node.part for node in walk(criterion.node) if isinstance(node, Not)]  # type: ignore[arg-type] # it has a node
    assert [leaf.concept for leaf in denied if isinstance(leaf, Leaf)] == ["immunosuppression"]
