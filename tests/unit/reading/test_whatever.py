"""Words that leave nothing out, and heads of lists that only name what their members are."""

from __future__ import annotations

import pytest

from tests.unit.judge.one_sentence import verdict_on
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import load
from trialfinder.reading.nodes.tree import AllOf, Node, Not, leaves, walk
from trialfinder.reading.structure import criteria_tree
from trialfinder.reading.vocabulary.structure_words import StructureFile
from trialfinder.reading.wording.whatever import whatever_places

FILE = load(data_dir("structure.toml"), StructureFile)


@pytest.mark.parametrize("said", FILE.whatever.yes)
def test_words_leave_nothing_out(said: str) -> None:
    assert list(whatever_places(said.lower(), FILE.whatever))


@pytest.mark.parametrize("said", FILE.whatever.no)
def test_words_leave_something_out(said: str) -> None:
    assert not list(whatever_places(said.lower(), FILE.whatever))


@pytest.mark.parametrize("said", ["Asthma of any severity", "Asthma, whatever its cause", "Asthma (treated or not)"])
def test_they_make_nothing_less(said: str) -> None:
    (leaf,) = leaves(_node(said))
    assert (leaf.narrowing, leaf.severity) == ((), ())


def test_what_follows_between_commas_goes_on_with_what_stands_before() -> None:
    (leaf,) = leaves(_node("Asthma, whatever its cause, that needs oxygen"))
    assert any("oxygen" in words for words in leaf.narrowing)


@pytest.mark.parametrize("said", FILE.listing.yes)
def test_members_stand_for_themselves(said: str) -> None:
    node = _node(said)
    assert isinstance(node, Not)
    assert not any(isinstance(part, AllOf) for part in walk(node))
    assert all(not leaf.narrowing for leaf in leaves(node))


@pytest.mark.parametrize("said", FILE.listing.no)
def test_a_head_that_says_more_bars_nobody_by_its_members(said: str) -> None:
    told = dict.fromkeys(("hiv", "hepatitis_b", "syphilis", "active_infection"), True)
    assert verdict_on(f"ex: {said}", {"health": told}) != "conflict"


def _node(said: str) -> Node:
    (criterion,) = criteria_tree(f"Exclusion Criteria:\n\n* {said}")
    assert criterion.node is not None
    return criterion.node
