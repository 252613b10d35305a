"""The data files of judging: every example in them is run."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.judge.test_leaf_tests import BESIDE
from trialfinder.base.pattern_words import plain_words
from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.typed_data import load
from trialfinder.drugs.drug_names import classes_named, classes_of
from trialfinder.errors import InputError
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.person.facts import Facts
from trialfinder.person.implications import IllnessFile, ImplicationFile, illnesses, implications, known_as
from trialfinder.person.profile import Profile
from trialfinder.person.profile_schema import schema
from trialfinder.person.read_profile import read_facts
from trialfinder.person.spans import Span
from trialfinder.person.word_tables import kinds

TODAY = dt.date(2026, 11, 20)
_IMPLICATIONS = load_toml(data_dir("implications.toml"))["implication"]
_ILLNESSES = load_toml(data_dir("terms", "illnesses.toml"))["illness"]
_DRUGS = load_toml(data_dir("terms", "drugs.toml"))["class"]
_TYPES = load_toml(data_dir("terms", "neuropathy_types.toml"))["type"]


def _facts(told: dict[str, Any]) -> Facts:
    tables: dict[str, dict[str, Any]] = {}
    for key, value in told.items():
        table, _, name = key.partition(".")
        tables.setdefault(table, {})[name] = value
    return Facts(Profile(read_facts(tables, "example")), TODAY)


@pytest.mark.parametrize("row", _DRUGS, ids=lambda row: row["id"])
def test_drug_classes_match_their_examples(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        assert row["id"] in classes_named(words), words
    for words in row["no"]:
        assert row["id"] not in classes_named(words), words
    assert row["source"]
    assert all(name == name.lower() for name in row["names"])


@pytest.mark.parametrize(
    ("drug", "classes"),
    [
        ("Apixaban 5 mg twice daily", {"doac", "factor_xa_inhibitor", "anticoagulant", "antithrombotic"}),
        ("azathioprine", {"immunosuppressant", "immunomodulator", "thiopurine", "dmard"}),
        ("adalimumab", {"anti_tnf", "immunosuppressant", "immunomodulator", "biologic", "dmard"}),
        ("pregabalin", {"gabapentinoid", "anticonvulsant"}),
        ("Tramadol", {"opioid", "analgesic"}),
        ("intravenous immunoglobulin", {"immunoglobulin", "immunomodulator"}),
        ("metformin", {"biguanide", "oral_antidiabetic", "glucose_lowering"}),
        ("something new", set()),
    ],
)
def test_a_drug_belongs_to_its_class_and_the_classes_around_it(drug: str, classes: set[str]) -> None:
    assert classes_of(drug) == classes


@pytest.mark.parametrize("row", _TYPES, ids=lambda row: row["id"])
def test_kinds_match_their_examples(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        assert kinds()[row["id"]].words.said_in(words), words
    for words in row["no"]:
        assert not kinds()[row["id"]].words.said_in(words), words


def test_the_kinds_are_those_of_the_profile() -> None:
    assert set(kinds()) == set(schema()["neuropathy.types"].allowed)


def test_may_be_goes_both_ways() -> None:
    for kind in kinds().values():
        for other in kind.may_be:
            assert kind.id in kinds()[other].may_be


@pytest.mark.parametrize("row", _IMPLICATIONS, ids=lambda row: row["id"])
def test_implications_fire_on_their_examples_only(row: dict[str, Any]) -> None:
    rule = next(found for found in implications() if found.id == row["id"])
    for told in row["yes"]:
        facts = _facts(told)
        for key in rule.gives:
            assert facts.get(key) is not None, (told, key)
    for told in row["no"]:
        assert not rule.needs.hold(_facts(told).get), told
    assert row["why"].endswith(".")
    assert row["source"]


@pytest.mark.parametrize("row", _ILLNESSES, ids=lambda row: row["id"])
def test_illnesses_match_their_examples(row: dict[str, Any]) -> None:
    for name in row["yes"]:
        assert row["id"] in {found.id for found in known_as(name)}, name
    for name in row["no"]:
        assert row["id"] not in {found.id for found in known_as(name)}, name
    assert row["yes"] and row["no"] and row["source"]


def test_a_wrong_row_of_illnesses_is_told(tmp_path: Path) -> None:
    path = tmp_path / "illnesses.toml"
    path.write_text('[[illness]]\nid = "x"\nwords = ["x"]\ngives = { "health.hart" = true }', encoding="utf-8")
    with pytest.raises(InputError, match=r"unknown key .health\.hart."):
        load(path, IllnessFile)
    assert len({row.id for row in illnesses()}) == len(illnesses())


@pytest.mark.parametrize(
    ("told", "key", "expected"),
    [
        ({"diabetes.type": "type2"}, "derived.diabetes", True),
        ({"health.dialysis": True}, "health.kidney_disease", True),
        ({"person.sex": "male", "person.age": 72}, "person.pregnant", False),
        ({"person.age": 72}, "person.pregnant", None),
        ({"health.cancer": "never"}, "derived.cancer_ever", False),
        ({"measurements.egfr": 75}, "health.kidney_disease", None),
        ({"measurements.egfr": 40}, "health.kidney_disease", None),
        ({"diabetes.hba1c": 8.2}, "derived.diabetes", None),
        ({"treatment.medications": ["apixaban"]}, "treatment.anticoagulant", True),
        ({"treatment.medications": []}, "treatment.anticoagulant", False),
        ({"treatment.medications": ["metformin"]}, "treatment.anticoagulant", None),
        ({"health.hiv": True}, "health.immunosuppressed", None),
        ({"health.cigarettes_per_day": 10}, "health.smoker", True),
        ({"health.cigarettes_per_day": 0}, "health.smoker", None),
        ({"treatment.opioid_mme_per_day": 30}, "treatment.opioids", True),
        ({"treatment.opioid_mme_per_day": 0}, "treatment.opioids", None),
        ({"health.cancer_kind": "basal cell carcinoma"}, "derived.cancer_ever", True),
        ({"health.diagnoses": ["atrial fibrillation", "gout"]}, "health.heart_disease", True),
        ({"health.diagnoses": ["gout"]}, "health.heart_disease", None),
        ({"health.diagnoses": []}, "health.heart_disease", None),
        ({"health.diagnoses": ["family history of stroke"]}, "health.stroke", None),
        ({"health.diagnoses": ["type 2 diabetes"]}, "derived.diabetes", True),
        ({"health.heart_disease": True}, "health.diagnoses", None),
    ],
)
def test_what_follows_and_what_does_not(told: dict[str, Any], key: str, expected: object) -> None:
    assert _facts(told).get(key) is expected


def test_facts_that_contradict_each_other_are_unknown() -> None:
    facts = _facts({"treatment.medications": ["apixaban"], "treatment.anticoagulant": False})
    assert facts.get("treatment.anticoagulant") is None
    assert facts.clashes == {"treatment.anticoagulant"}


def test_a_named_illness_joins_its_list_and_clashes_with_a_told_none() -> None:
    told = _facts({"health.diagnoses": ["Crohn's disease", "gout"], "health.autoimmune": ["vitiligo"]})
    assert told.get("health.autoimmune") == ("vitiligo", "Crohn's disease")
    clash = _facts({"health.diagnoses": ["epilepsy"], "health.neurological_other": []})
    assert clash.get("health.neurological_other") is None
    assert clash.clashes == {"health.neurological_other"}


def test_numbers_that_follow_are_numbers() -> None:
    assert _facts({"health.smoker": False}).span("health.cigarettes_per_day") == Span.at(0.0)
    assert _facts({"treatment.medications": []}).span("treatment.opioid_mme_per_day") == Span.at(0.0)


def test_a_conclusion_names_the_fact_that_was_told() -> None:
    assert _facts({"treatment.medications": ["apixaban"]}).origin("treatment.anticoagulant") == "treatment.medications"
    assert _facts({"neuropathy.types": ["diabetic"]}).origin("derived.diabetes") == "neuropathy.types"
    assert _facts({}).origin("derived.diabetes") == "diabetes.type"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[implication]]\nid = "a"\nif = { "health.hvi" = true }\nthen = {}',
            "unknown key 'health.hvi'; did you mean 'health.hiv'",
        ),
        (
            '[[implication]]\nid = "a"\nsources = "x"\nif = {}\nthen = {}',
            "unknown key 'sources'; did you mean 'source'",
        ),
        ('[[implication]]\nid = "a"\nif = { "health.hiv" = { least = 1 } }\nthen = {}', "expected one of min, max"),
        (
            '[[implication]]\nid = "a"\nif = { "treatment.medications" = { drug = "statn" } }\nthen = {}',
            "unknown drug class 'statn'; did you mean 'statin'",
        ),
    ],
)
def test_a_wrong_row_of_implications_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "implications.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path, ImplicationFile)
    assert message in str(caught.value)


def test_every_pattern_of_the_profile_has_a_rule_and_plain_words() -> None:
    used = {pattern for fact in schema().values() for pattern in fact.answers}
    assert used <= set(leaf_tests())
    assert set(plain_words()) == set(leaf_tests())


@pytest.mark.shared
def test_every_pattern_of_the_catalogue_has_a_rule(shared: Path) -> None:
    catalogue = (shared / "eligibility-patterns.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z0-9_]+)` \|", catalogue, re.MULTILINE)) == set(leaf_tests()) - BESIDE


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("tricyclic antidepressants", {"tricyclic"}),
        ("tricyclic antidepressants or other antidepressants", {"tricyclic", "antidepressant"}),
        ("direct oral anticoagulants", {"doac"}),
        ("heparin or other anticoagulants", {"heparin", "anticoagulant"}),
        ("anticonvulsants and antidepressants", {"anticonvulsant", "antidepressant"}),
    ],
)
def test_a_narrower_class_does_not_name_the_wider_one(words: str, classes: set[str]) -> None:
    assert classes_named(words) == classes
