"""Whole texts: cleaning, headings, lists, groups, the JSON contract and the words for people."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from trialfinder.errors import StoreError
from trialfinder.reading import (
    criteria_tree,
    describe,
    items_from_json,
    items_to_json,
    load_patterns,
    read_criteria,
    readings_json,
    segment,
    version,
)
from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import AnyOf, AtLeast, Leaf, leaves, walk
from trialfinder.reading.readings import Segment
from trialfinder.reading.wording.normalise import clean

CONTRACT = {
    "nct_id", "section", "group", "pattern", "effect", "value", "low", "low_inclusive", "high", "high_inclusive",
    "unit", "window_months", "quote", "start", "end", "item_start", "item_end", "complete",
    "path", "condition", "alternatives",
}  # fmt: skip
NAMES = {"stable": "stable_medication", "chemo": "chemotherapy", "cancer": "malignancy", "consent": "consent"}


def cut(text: str) -> list[tuple[str, str, str]]:
    """Kind, section and words of the pieces."""
    return [(s.kind, s.section, text[s.start : s.end]) for s in segment(text)]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("HbA1c \\> 9 \\[%\\]", "HbA1c > 9 [%]"),
        ("Age ≧ ２０", "Age >= 20"),
        ("Platelets &lt; 80", "Platelets < 80"),
        ("less than90 g/L", "less than 90 g/L"),
        ("10⁹/L", "10^9/L"),
        ("a\u200bb\u202ec\x00d", "abc d"),
        ("two   words\tmore", "two words more"),
        ("H<sub>2</sub>O", "H 2 O"),
    ],
)
def test_cleaned_words(source: str, plain: str) -> None:
    assert clean(source).text.strip() == plain


def test_the_way_back_to_the_registry_s_letters() -> None:
    source = "Age \\≥ 20 and HbA1c\u00a0\u00a0&gt; 9"
    made = clean(source)
    start = made.text.index("> 9")
    begin, end = made.span(start, start + 3)
    assert source[begin:end] == "&gt; 9"


@pytest.mark.parametrize(
    "title",
    [
        "Inclusion Criteria:",
        "INCLUSION CRITERIA",
        "Key Inclusion Criteria :",
        "Inclusion criteria for patients:",
        "1. Inclusion Criteria:",
    ],
)
def test_titles_of_the_inclusion_list(title: str) -> None:
    assert cut(f"{title}\n\n* Age over 20")[-1] == ("item", "inclusion", "* Age over 20")


@pytest.mark.parametrize(
    "title", ["Exclusion Criteria:", "Non-inclusion criteria:", "EXCLUSION", "Patients will be excluded if they have:"]
)
def test_titles_of_the_exclusion_list(title: str) -> None:
    assert cut(f"{title}\n\n* Age over 20")[-1][1] == "exclusion"


def test_without_a_title_the_section_is_unknown_and_nothing_is_upside_down() -> None:
    text = "Creatinine below 1.3 mg/dL. No cancer."
    items = read_criteria(text)
    assert {i.section for i in items} == {"unknown"}
    assert {(r.pattern, r.effect) for i in items for r in i.readings} == {
        ("renal", "require"),
        ("malignancy", "exclude"),
    }


def test_nested_lists_know_their_parent_and_how_many_are_needed() -> None:
    text = (
        "Inclusion Criteria:\n\n* At least two of the following:\n  * HbA1c above 7 %\n  * BMI above 31\n* Age over 20"
    )
    items = read_criteria(text)
    assert [(i.depth, i.parent) for i in items] == [(0, None), (1, 0), (1, 0), (0, None)]
    (first, second) = (criterion.node for criterion in criteria_tree(text))
    assert isinstance(first, AtLeast) and first.needed == 2 and len(first.parts) == 2
    assert isinstance(second, Leaf)


def test_a_wrapped_line_is_one_item_and_numbers_on_one_line_are_several() -> None:
    wrapped = "Exclusion Criteria:\n\n* Any disease of the heart that was treated with\n  tablets for years\n* Cancer"
    assert len(read_criteria(wrapped)) == 2
    flat = "Exclusion Criteria: 1) Cancer 2) Stroke 3) Hepatitis B"
    assert [i.readings[0].pattern for i in read_criteria(flat)] == ["malignancy", "stroke", "hepatitis_b"]


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("* 1. Adults 2. Both sexes", ["* 1. Adults", "2. Both sexes"]),
        (
            "1. Adults 2. At least one sore with these features 2.1. It is older than 2 months 2.2. Care did not help",
            [
                "1. Adults", "2. At least one sore with these features", "2.1. It is older than 2 months",
                "2.2. Care did not help",
            ],
        ),
        ("Past pancreatitis. 1. Use of strong drugs. 2. Smoking.", [
            "Past pancreatitis.", "1. Use of strong drugs.", "2. Smoking."
        ]),
        ("On the graft: a. Willing to have one; b. Had marrow before; c. No graft disease", [
            "On the graft:", "a. Willing to have one;", "b. Had marrow before;", "c. No graft disease"
        ]),
        ("Whoever has either (a) or (b) as told by a doctor", ["Whoever has either (a) or (b) as told by a doctor"]),
        ("2a. In the doctor's view, too weak.", ["2a. In the doctor's view, too weak."]),
        ("(I). Within two years", ["(I). Within two years"]),
        ("1.1. Sciatica. Pain for a year", ["1.1. Sciatica. Pain for a year"]),
        ("Migraine (type 1.1) or migraine (type 1.2)", ["Migraine (type 1.1) or migraine (type 1.2)"]),
        ("NYHA class 3. Patients with gout", ["NYHA class 3.", "Patients with gout"]),
        ("INR < 1.3. Patients with gout", ["INR < 1.3.", "Patients with gout"]),
        ("." * 4000 + "1", ["." * 4000 + "1"]),
    ],
)  # fmt: skip
def test_no_number_stands_alone(line: str, items: list[str]) -> None:
    """It goes on with what it numbers, also below another number."""
    text = f"Exclusion Criteria:\n\n{line}\n"
    assert [text[part.start : part.end] for part in segment(text) if part.kind == "item"] == items


def test_all_of_what_stands_below_one_sore_is_asked() -> None:
    lead = "Inclusion Criteria:\n\n1. Adults 2. At least one foot ulcer with the following features"
    criteria = criteria_tree(f"{lead} 2.1. HbA1c below 9 % 2.2. BMI below 35")
    nodes = [each.node for each in criteria if each.node is not None]
    assert {"foot_ulcer", "hba1c", "bmi"} <= {leaf.concept for node in nodes for leaf in leaves(node)}
    assert not [part for node in nodes for part in walk(node) if isinstance(part, AnyOf)]


def test_groups_are_kept_with_their_criteria() -> None:
    text = "Inclusion Criteria:\n\nGroup A:\n\n* Type 2 diabetes\n\nPart B\n\n* T1DM\n\nAll Parts\n\n* Age over 20"
    assert [(r.group, r.pattern) for i in read_criteria(text) for r in i.readings] == [
        ("Group A", "diabetes_type"), ("Part B", "diabetes_type"), ("", "age"),
    ]  # fmt: skip


def test_old_texts_in_one_paragraph_are_cut_at_their_titles() -> None:
    text = (
        "PATIENT CHARACTERISTICS: Age: 21 and over Hepatic: Bilirubin no greater than 1.8 mg/dL "
        "Other: No cancer in the past 4 years Surgery: Not specified"
    )
    found = {r.pattern: r for i in read_criteria(text) for r in i.readings}
    assert set(found) == {"age", "hepatic", "malignancy"}
    assert (found["hepatic"].effect, found["hepatic"].high, found["hepatic"].window_months) == ("require", 1.8, None)
    assert (found["malignancy"].effect, found["malignancy"].window_months) == ("exclude", 48)


def test_what_is_only_allowed_is_not_asked_for() -> None:
    text = "Inclusion Criteria:\n\nAllowed:\n\n* Prednisone\n\nRequired:\n\n* HIV infection"
    assert [(r.pattern, r.effect) for i in read_criteria(text) for r in i.readings] == [("hiv", "require")]


def test_the_pieces_are_in_order_and_do_not_overlap() -> None:
    text = "Inclusion Criteria:\n* a b\n* c d\n\nExclusion Criteria:\n1. e f\n2. g h"
    found = segment(text)
    assert all(isinstance(s, Segment) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_readings_as_json_keep_the_contract() -> None:
    text = "Exclusion Criteria:\n\n* HbA1c > 10 %\n* Owns a red bicycle"
    rows = list(readings_json("NCT00000001", read_criteria(text)))
    assert all(set(row) == CONTRACT for row in rows)
    assert json.loads(json.dumps(rows)) == rows
    assert [row["pattern"] for row in rows] == ["hba1c", "unread"]
    assert rows[0]["effect"] == "exclude" and rows[0]["low"] == 10 and rows[0]["low_inclusive"] is False
    assert rows[1]["quote"] == "* Owns a red bicycle" and rows[1]["effect"] is None and rows[1]["complete"] is False
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_kept_items_come_back_and_other_shapes_are_refused() -> None:
    items = read_criteria("Exclusion Criteria:\n\n* Cancer except of the skin, within 5 years")
    assert items_from_json(json.loads(json.dumps(items_to_json(items)))) == items
    with pytest.raises(StoreError):
        items_from_json([{"section": "inclusion"}])


def test_the_version_names_the_data() -> None:
    assert version() == version() and len(version()) > 4


@pytest.mark.parametrize(
    ("text", "section", "said"),
    [
        ("HbA1c up to 9 %", "inclusion", "HbA1c must be at most 9 %"),
        ("HbA1c > 10 %", "exclusion", "HbA1c must not be more than 10 %"),
        ("Age 20 to 70 years", "inclusion", "age must be 20 to 70 years"),
        ("ALT above 3 x ULN", "exclusion", "ALT must not be more than 3 times the upper limit of normal"),
        ("Stable dose of analgesics for at least 5 weeks", "inclusion", "must have {stable} for 5 weeks"),
        ("At least 2 weeks since prior chemotherapy", "inclusion", "must not have had {chemo} in the last 2 weeks"),
        ("No history of cancer", "inclusion", "must not have had {cancer}"),
        ("Unable to give informed consent", "exclusion", "not if this is missing: {consent}"),
    ],
)
def test_readings_in_plain_words(text: str, section: str, said: str) -> None:
    plain = {key: load_patterns()[name].plain for key, name in NAMES.items()}
    assert [describe(r) for r in read_sentence(text, section)] == [said.format(**plain)]


def test_a_window_in_plain_words() -> None:
    (found,) = read_sentence("Cancer within the last 5 years")
    assert describe(found).startswith("must not have had ")
    assert describe(found).endswith(" in the last 5 years")
