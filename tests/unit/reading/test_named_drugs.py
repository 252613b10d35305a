"""Drugs that the table of names knows are read wherever a criterion names them to be taken or not."""

from __future__ import annotations

import pytest

from trialfinder.drugs.drug_names import can_be_in, classes_of, concept_of, drug_places, drugs_named, same_drug
from trialfinder.reading.nodes.tree import AllOf, Leaf, Node, Not, leaves
from trialfinder.reading.structure import criteria_tree


def _node(said: str, heading: str) -> Node:
    found = criteria_tree(f"{heading} Criteria:\n\n* {said}")[0].node
    assert found is not None
    return found


def _named(said: str, heading: str = "Exclusion") -> set[tuple[str, str]]:
    return {(leaf.concept, leaf.noun) for leaf in leaves(_node(said, heading))}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Ribavirin or entecavir", {("other_medication", "ribavirin"), ("other_medication", "entecavir")}),
        ("Femara in the past year", {("other_medication", "femara")}),
        ("On teriflunomide", {("immunosuppression", "teriflunomide")}),
        ("Use of ibandronic acid", {("other_medication", "ibandronic acid")}),
        ("Carbonic anhydrase inhibitors", {("other_medication", "carbonic anhydrase inhibitors")}),
        ("Topoisomerase inhibitors", {("chemotherapy", "topoisomerase inhibitors")}),
        ("Takes anti-HIV drugs", {("other_medication", "anti-hiv drugs")}),
    ],
)
def test_a_known_name_is_read_without_a_row(said: str, read: set[tuple[str, str]]) -> None:
    assert _named(said) == read


@pytest.mark.parametrize(
    "said",
    [
        "Allergic to entecavir",
        "Entecavir or adefovir hypersensitivity",
        "Virus that resists: resistance to entecavir",
        "Unable to stop entecavir for 2 days",
        "Unwilling to take entecavir",
        "High serum testosterone",
        "Low progesterone",
    ],
)
def test_a_name_that_is_not_taken_is_not_barred(said: str) -> None:
    assert not {concept for concept, _noun in _named(said)} & {"other_medication", "immunosuppression"}


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("No concurrent entecavir, warfarin, adefovir or ribavirin", 4),
        ("Not taking adefovir", 1),
        ("No MAO inhibitors", 1),
    ],
)
def test_under_inclusion_each_drug_of_a_denied_list_is_denied(said: str, count: int) -> None:
    node = _node(said, "Inclusion")
    parts = node.parts if isinstance(node, AllOf) else (node,)
    assert len(parts) == count
    assert all(isinstance(part, Not) and isinstance(part.part, Leaf) for part in parts)


@pytest.mark.parametrize("said", ["Entecavir is known to work here", "Hepatitis that entecavir is meant for"])
def test_under_inclusion_a_bare_name_asks_nothing(said: str) -> None:
    assert not any(leaf.concept == "other_medication" for leaf in leaves(_node(said, "Inclusion")))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("insulin glargine 20 units", {"insulin glargine"}),
        ("interferon beta, insulin", {"interferon beta", "insulin"}),
        ("valproate, acid reflux", {"valproate"}),
        ("adefovir dipivoxil", {"adefovir"}),
        ("amoxicillin/clavulanate", {"amoxicillin-clavulanate"}),
        ("sulphasalazine, amphetamines", {"sulfasalazine", "amphetamine"}),
        ("insulin-dependent diabetes", set()),
    ],
)
def test_the_longest_name_counts(said: str, names: set[str]) -> None:
    assert drugs_named(said) == names


def test_words_of_a_text_tell_whether_a_name_can_be_in_it() -> None:
    assert can_be_in({"other", "immunomodulators"}) and drug_places("immunomodulators", classes=True)
    assert not can_be_in({"other", "modulators"})


def test_a_salt_belongs_to_the_name() -> None:
    assert drug_places("adefovir dipivoxil 10 mg") == [("adefovir", 0, 18)]


@pytest.mark.parametrize(
    ("brand", "generic"),
    [
        ("Inderal", "propranolol"),
        ("AZT", "zidovudine"),
        ("Bactrim", "co-trimoxazole"),
        ("Ozempic", "semaglutide"),
        ("Lantus", "insulin glargine"),
    ],
)
def test_a_brand_is_the_drug(brand: str, generic: str) -> None:
    assert generic in same_drug(brand)
    assert classes_of(brand) == classes_of(generic)


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("rivaroxaban", "anticoagulant"),
        ("tapentadol", "opioid_use"),
        ("azathioprine", "immunosuppression"),
        ("carboplatin", "chemotherapy"),
        ("digoxin", "other_medication"),
        ("thienopyridines", "anticoagulant"),
    ],
)
def test_the_row_that_reads_a_drug(name: str, concept: str) -> None:
    assert concept_of(name) == concept
