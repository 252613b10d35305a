"""Misspelt names of illnesses, and short names that only a record's title spells out. All sentences are made up."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import load
from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.structure import read_criteria
from trialfinder.reading.vocabulary.abbreviations import names_of
from trialfinder.reading.wording.spelling import SpellingFile, right_spelling

_FILE = load(data_dir("spelling.toml"), SpellingFile)


def _patterns(text: str) -> set[str]:
    return {r.pattern for r in read_sentence(text, "exclusion")}


@pytest.mark.parametrize("name", _FILE.names.split())
def test_a_name_with_one_wrong_letter_inside_is_that_name(name: str) -> None:
    middle = len(name) // 2
    for wrong in (
        name[:middle] + name[middle + 1 :],
        name[:middle] + name[middle] + name[middle:],
        name[:middle] + "q" + name[middle + 1 :],
    ):
        assert wrong == name or right_spelling(wrong) == name
    assert right_spelling(name) == ""
    assert len(name) >= 8


@pytest.mark.parametrize(
    "word", [*_FILE.real.split(), "ischemic", "arthritic", "haemorrhage", "leukaemia", "infection"]
)
def test_real_words_stay_what_they_are(word: str) -> None:
    assert right_spelling(word) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("neuropathy", "nephropathy"),
        ("hypotension", "hypertension"),
        ("hyperthyroidism", "hypothyroidism"),
        ("arteritis", "osteoarthritis"),
        ("radiculopathy", "retinopathy"),
        ("myelopathy", "myopathy"),
    ],
)
def test_names_that_look_alike_are_never_taken_for_each_other(one: str, other: str) -> None:
    assert right_spelling(one) != other
    assert right_spelling(other) != one


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Hepatitus C", "Hepatitis C"),
        ("Epilespy", "Epilepsy"),
        ("Schizophrenai-like psychosis", "psychosis"),
        ("Tubeculosis", "Tuberculosis"),
        ("Peripheral neuropaty", "Peripheral neuropathy"),
        ("Uncontrolled hypertenson", "Uncontrolled hypertension"),
        ("Sever psorisis", "psoriasis"),
    ],
)
def test_a_misspelt_illness_is_read_and_quoted_as_it_stands(wrong: str, right: str) -> None:
    assert _patterns(right) <= _patterns(wrong)
    text = f"Exclusion Criteria:\n\n* Known &lt; {wrong} within 3 months"
    for item in read_criteria(text):
        for reading in item.readings:
            assert reading.quote == text[reading.start : reading.end]
            assert reading.quote in text


def _study(title: str, *conditions: str) -> SimpleNamespace:
    return SimpleNamespace(brief_title=title, official_title=None, conditions=conditions)


@pytest.mark.parametrize(
    ("long", "short", "pattern"),
    [
        ("Pulmonary Arterial Hypertension", "PAH", "pulmonary"),
        ("Herniated Lumbar Disc", "HLD", "compressive_structural"),
        ("Acute Myocardial Infarction", "AMI", "cardiac"),
        ("Connective Tissue Disease", "CTD", "autoimmune"),
        ("Chronic Heart Failure", "XHF", ""),
    ],
)
def test_a_short_name_of_the_title_is_read(long: str, short: str, pattern: str) -> None:
    names = names_of(_study(f"Cells for {long} ({short})"))
    assert dict(names) == ({short: long.lower()} if pattern else {})
    text = f"Exclusion Criteria:\n\n* Severe {short} within 3 months"
    found = [r for item in read_criteria(text, names) for r in item.readings]
    assert {r.pattern for r in found} == ({pattern} if pattern else set())
    assert all(r.quote == text[r.start : r.end] and short in r.quote for r in found)
    assert not [r for item in read_criteria(text) for r in item.readings]


def test_what_the_catalogue_knows_or_cannot_read_is_left_alone() -> None:
    assert (
        names_of(_study("Magnetic Resonance Imaging (MRI) of Blue Green Yellow (BGY)", "Deep Vein Thrombosis (DVT)"))
        == ()
    )


def test_where_the_text_spells_it_out_nothing_is_said_twice() -> None:
    names = names_of(_study("Herniated Lumbar Disc (HLD)"))
    (item,) = read_criteria("Exclusion Criteria:\n\n* Herniated lumbar disc (HLD)", names)
    assert len(item.readings) == 1
