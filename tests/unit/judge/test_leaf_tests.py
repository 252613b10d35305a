"""``data/tests.toml``: every example is run, every concept has a row, and one without is never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.judge.made import TODAY, asks, bars, leaf, one, person, verdict
from trialfinder.base.pattern_words import plain_words
from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.typed_data import typed
from trialfinder.errors import InputError
from trialfinder.judge import leaf_tests as tables
from trialfinder.judge.answering.answers import RULES, answer_of
from trialfinder.judge.asking import Question
from trialfinder.judge.leaf_tests import LeafTest, leaf_tests
from trialfinder.judge.names.illness_forms import Illness, IllnessFamily, families, forms_of, illness_forms, named_in
from trialfinder.judge.names.illness_names import all_forms
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.person.profile import Profile
from trialfinder.person.read_profile import read_facts
from trialfinder.reading import load_patterns
from trialfinder.reading.nodes.tree import Bounds

_RAW = load_toml(data_dir("tests.toml"))["test"]
_FORMS = load_toml(data_dir("illness_forms.toml"))["illness"]
BESIDE = {
    "childbearing", "named_illness", "reading_and_writing", "carer", "telephone", "any_medication", "vital_signs",
    "sexually_transmitted", "residence",
}  # fmt: skip
"""Concepts that no pattern reads: they are made of words that were left over."""
"""Concepts that no pattern of the catalogue stands for: whom a criterion is for, and what only a person named."""
NO_STUDY = StudyContext(frozenset(), frozenset(), False)


def _examples() -> Iterator[Any]:
    for row in _RAW:
        for answer, key in (("yes", "yes"), ("no", "no"), ("unknown", "open")):
            for number, example in enumerate(row.get(key, ())):
                yield pytest.param(row["concept"], example, answer, id=f"{row['concept']}-{key}-{number}")


def _bounds(raw: Mapping[str, Any] | None) -> Bounds | None:
    if raw is None:
        return None
    low, high = raw.get("low"), raw.get("high")
    return Bounds(low, raw.get("low_inclusive", False), high, raw.get("high_inclusive", False), raw.get("unit", ""))


def _profile(told: Mapping[str, Any]) -> Profile:
    nested: dict[str, dict[str, Any]] = {}
    for key, value in told.items():
        table, _, name = key.partition(".")
        nested.setdefault(table, {})[name] = value
    return Profile(read_facts(nested, "example"))


@pytest.mark.parametrize(("concept", "example", "expected"), list(_examples()))
def test_examples(concept: str, example: Mapping[str, Any], expected: str) -> None:
    values = dict(example["leaf"])
    values["bounds"] = _bounds(values.get("bounds"))
    for key in ("severity", "narrowing"):
        values[key] = tuple(values.get(key, ()))
    wanted = concept in ("contraception", "stable_medication", "consent", "follow_up")
    asked = Question(leaf(concept, **values), Facts(_profile(example["told"]), TODAY), NO_STUDY, wanted)
    assert answer_of(asked).answer.value == expected


def test_every_concept_has_a_row_with_examples_and_plain_words() -> None:
    patterns = set(load_patterns()) | BESIDE
    assert patterns == set(leaf_tests()) == set(plain_words())
    assert set(RULES) <= patterns
    for row in _RAW:
        assert row.get("yes") or row.get("no") or row.get("open"), row["concept"]
    for test in leaf_tests().values():
        if test.fact and test.concept not in RULES:
            raw = next(row for row in _RAW if row["concept"] == test.concept)
            assert raw.get("yes") and raw.get("no"), test.concept


def test_a_concept_without_a_rule_is_unknown_and_never_passed_over() -> None:
    """As when a volunteer adds a pattern: the study must not be called free of objections."""
    found = verdict(person(health={"hiv": False}), bars(leaf("hiv", "hiv")), bars(leaf("left_handed", "left-handed")))
    assert [(answer.pattern, answer.word) for answer in found.answers] == [("hiv", "met"), ("left_handed", "unknown")]
    assert found.verdict == "possible"
    assert found.answers[1].question


@pytest.mark.parametrize("concept", sorted(leaf_tests()))
def test_nothing_told_decides_nothing(concept: str) -> None:
    for made in (asks(leaf(concept, "some thing")), bars(leaf(concept, "some thing"))):
        assert verdict(Profile(), made).answers[-1].word == "unknown"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('concept = "hiv"\nfact = "health.hvi"', "'health.hvi'"),
        ('concept = "hiv"\nplains = []', "'plains'"),
        ('concept = "hiv"\nform = [{ says = ["aids"], yes = 1 }]', "'yes'"),
        ('fact = "health.hiv"', "concept missing"),
    ],
)
def test_a_wrong_row_is_told(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "tests.toml"
    path.write_text(f"[[test]]\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        typed(load_toml(path)["test"][0], LeafTest, path)


@pytest.mark.parametrize("row", _FORMS, ids=lambda row: " ".join((row["names"][0], *row.get("is", ())[:1])))
def test_names_of_illnesses_match_their_examples(row: Mapping[str, Any]) -> None:
    names = {tuple(joined.split(" = ")) for joined in row["names"]}
    made = [one for one in illness_forms() if one.names in names]
    assert row["source"] and row["yes"] and row["no"]
    for name in row["yes"]:
        assert named_in(name), name
        assert set(row.get("is", ())) <= set(forms_of(name)), name
    for name in row["no"]:
        assert not _rows_in(name) & set(made), name


def _rows_in(text: str) -> set[Illness]:
    return {row for named in named_in(text) for row in named.rows}


@pytest.mark.parametrize("family", families(), ids=lambda family: " ".join(family.codes))
def test_families_of_illnesses_match_their_examples(family: IllnessFamily) -> None:
    for name in family.yes:
        assert set(family.kinds) <= set(all_forms(name)), name
    for name in family.no:
        assert not set(family.kinds) & set(all_forms(name)), name
    assert not set(family.kinds) & set(all_forms(f"mother with {family.yes[0]}"))


def test_one_illness_is_not_another_of_the_same_kind() -> None:
    for told, other in (("asthma", "cystic fibrosis"), ("DVT", "pulmonary embolism"), ("Crohn's disease", "colitis")):
        assert not any(other in form for form in forms_of(told))
    assert "chronic obstructive pulmonary disease" in forms_of("COPD")


def test_of_names_within_each_other_the_longest_is_taken_and_whole() -> None:
    for told in ("chronic heart failure", "congestive heart failure", "severe chronic heart failure", "CHF in 2015"):
        forms = forms_of(told)
        assert not any(form.count("chronic") > 1 or form.count("heart failure") > 1 for form in forms), told
        assert {"heart disease", "cardiovascular disease", "disease of the cardiovascular system"} <= set(forms), told
    assert "radial nerve lesion and rheumatoid arthritis" in forms_of("radial nerve lesion and RA")
    assert set(forms_of("RA and psoriasis")) >= {"inflammatory arthritis", "skin disease"}


def test_a_name_that_is_denied_or_somebody_else_s_has_no_forms() -> None:
    for name in ("mother has MS", "no epilepsy", "suspected lupus", "ALS?"):
        assert forms_of(name) == ()


def test_words_of_health_and_of_illness() -> None:
    assert tables.asks_health("adequate kidney function")
    assert not tables.asks_health("impaired kidney function")
    assert not tables.asks_health("kidney disease")


def test_a_drug_that_must_be_paused_for_a_day_may_change() -> None:
    taken = person(treatment={"medications": ["furosemide"]})
    for words, more, may in (
        ("At least 24 hours since prior antihypertensives", {"window_months": 0.033, "sense": "history"}, True),
        ("Antihypertensives within 4 weeks", {"window_months": 1.0}, True),
        ("Ever took antihypertensives", {"sense": "history"}, False),
    ):
        found = one(taken, bars(leaf("other_medication", "antihypertensives", words, **more), words))
        assert (found.word, found.changeable) == ("not_met", may), words
