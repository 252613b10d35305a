"""What a reading is called in plain words: two things that one pattern reads are not called by one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialfinder.errors import InputError
from trialfinder.reading import criteria_tree, describe, load_patterns, read_criteria
from trialfinder.reading.nodes.tree import leaves
from trialfinder.reading.telling.tree_words import asked, criterion_lines, leaf_words
from trialfinder.reading.vocabulary.patterns import read_patterns

_TEXT = """Inclusion Criteria:

* Diabetic foot ulcer

Exclusion Criteria:

* Osteomyelitis
* Charcot foot
* Wet gangrene
* Non-healing wound"""


def _said() -> list[str]:
    return [describe(found) for item in read_criteria(_TEXT) for found in item.readings]


def test_an_ulcer_that_is_wanted_and_a_bone_infection_that_is_not_are_told_apart() -> None:
    assert "must have a foot or skin ulcer" in _said()[0]
    assert _said()[1:] == [
        "must not have bone infection (osteomyelitis)",
        "must not have a Charcot foot",
        "must not have gangrene (dead tissue)",
        "must not have an open or slow-healing wound",
    ]


def _lines(sentence: str) -> list[str]:
    text = f"Inclusion Criteria:\n\n* {sentence}"
    return [line.strip() for found in criteria_tree(text) for line in criterion_lines(text, found)]


def test_what_must_only_be_so_if_it_is_there_is_not_asked_for() -> None:
    sentence = "An ulcer of the foot, if there is one, has not grown for a month"
    assert _lines(sentence) == ["only if:", "a foot ulcer", "then:", 'not read: "has not grown for a month"']
    assert read_criteria(f"Inclusion Criteria:\n\n* {sentence}")[0].readings == ()


def test_a_time_at_which_something_began_is_no_condition() -> None:
    assert _lines("Neuropathy that began when diabetes was found or later") == [
        "a peripheral neuropathy [only: that began … when diabetes was found or later]"
    ]
    assert _lines("Uses contraception as long as they take part") == ["contraception"]
    assert _lines("No pregnancy when enrolled in the trial, and uses contraception as long as they take part") == [
        "all of:",
        "not: pregnancy",
        "contraception",
    ]
    assert _lines("Haemoglobin above 8 g/dL in the analysis at inclusion")[0].startswith("haemoglobin more than 8 g/dL")


def test_what_holds_of_some_only_says_so() -> None:
    (said,) = read_criteria("Inclusion Criteria:\n\n* If diabetic: HbA1c below 9 %")[0].readings
    assert describe(said) == "HbA1c must be less than 9 %; only: diabetic"


def test_the_tree_uses_the_same_words() -> None:
    lines = [line for found in criteria_tree(_TEXT) for line in criterion_lines(_TEXT, found)]
    assert sum("foot or skin ulcer" in line for line in lines) == 1
    assert any("bone infection (osteomyelitis)" in line for line in lines)


def test_no_pattern_is_called_by_one_noun_where_its_values_have_nouns_of_their_own() -> None:
    for pattern in load_patterns().values():
        nouns = [pattern.plain, *pattern.plain_of.values()]
        assert len(set(nouns)) == len(nouns)


def test_a_noun_for_a_value_that_no_row_gives_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(
        '[[pattern]]\nid = "x"\nsays = "x"\nplain_of = { nothing = "a thing" }\n'
        '[[pattern.rule]]\nsays = ["xanthoma"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"plain_of\.nothing: unknown value of a row 'nothing'"):
        read_patterns(tmp_path)


_LESS = """Exclusion Criteria:

* Serious heart, liver or kidney disease
* Malignancy, or any liver disease
* Unstable angina or a recent myocardial infarction
* Untreated proliferative retinopathy
* HIV"""


def test_less_than_a_whole_kind_is_not_said_as_the_whole() -> None:
    said = [describe(found) for item in read_criteria(_LESS) for found in item.readings]
    assert said == [
        "must not have heart disease (serious)",
        "must not have liver disease (serious)",
        "must not have kidney disease (serious)",
        "must not have cancer",
        "must not have liver disease",
        "must not have heart disease (unstable angina, recent myocardial infarction)",
        "must not have retinopathy (proliferative retinopathy, untreated)",
        "must not have HIV or AIDS",
    ]


def test_the_tree_names_the_kind_too() -> None:
    lines = "\n".join(line for found in criteria_tree(_LESS) for line in criterion_lines(_LESS, found))
    for named in (
        "heart disease (serious)",
        "heart disease (unstable angina)",
        "heart disease (recent myocardial infarction)",
    ):
        assert named in lines
    assert "cancer (" not in lines


def test_every_drug_of_a_list_is_named() -> None:
    (item,) = read_criteria("Exclusion Criteria:\n\n* Antiplatelet or anticoagulant drugs")
    assert [describe(found) for found in item.readings] == [
        "must not have blood-thinning drugs (antiplatelet, anticoagulant drugs)"
    ]
    assert item.readings[0].value == "antiplatelet", "the contract counts one reading with its first"


@pytest.mark.parametrize(
    ("section", "text", "said"),
    [
        ("Inclusion", "Adequate renal function", "must have kidney function as asked (renal function)"),
        ("Inclusion", "Normal liver function", "must have liver function as asked (liver function)"),
        ("Inclusion", "Good cardiac function", "must have heart function as asked (cardiac function)"),
        ("Inclusion", "Normal coagulation", "must have blood clotting as asked (coagulation)"),
        ("Inclusion", "Acceptable coagulation profile", "must have blood clotting as asked (coagulation profile)"),
        ("Inclusion", "Abnormal lung function tests", "must have lung disease (lung function, abnormal)"),
        ("Inclusion", "Reduced kidney function", "must have kidney function as asked (kidney function)"),
        ("Inclusion", "Impaired renal function", "must have kidney disease (renal function, impaired)"),
        ("Exclusion", "Abnormal kidney function", "must not have kidney disease (kidney function, abnormal)"),
        (
            "Inclusion",
            "Ejection fraction at least the lower limit of normal",
            "must have ejection fraction (not below normal)",
        ),
        ("Inclusion", "Normal creatinine", "must have creatinine (normal)"),
        ("Exclusion", "Impaired renal function", "must not have kidney disease (renal function, impaired)"),
        ("Inclusion", "No impaired liver function", "must not have liver disease (liver function, impaired)"),
    ],
)
def test_a_function_that_is_asked_for_is_no_disease(section: str, text: str, said: str) -> None:
    (item,) = read_criteria(f"{section} Criteria:\n\n* {text}")
    assert [describe(reading) for reading in item.readings] == [said]


_BOTH = """Inclusion Criteria:

* Takes methotrexate
* Herniated disc with leg pain
* Smokes ten cigarettes a day
* Type 1 diabetes

Exclusion Criteria:

* Systemic steroids
* Spinal stenosis
* Uses nicotine gum
* Wounds that are not related to diabetes"""


def test_what_a_text_wants_and_bars_of_one_kind_says_which_part() -> None:
    said = [describe(found) for item in read_criteria(_BOTH) for found in item.readings]
    wanted = {each.removeprefix("must have ") for each in said if each.startswith("must have ")}
    barred = {each.removeprefix("must not have ") for each in said if each.startswith("must not have ")}
    assert wanted.isdisjoint(barred)
    for named in ("(methotrexate)", "(systemic steroids)", "(herniated disc", "(spinal stenosis)"):
        assert named in "\n".join(said)


def test_one_name_for_two_things_has_the_words_of_the_sentence() -> None:
    text = "Inclusion Criteria:\n\n* Diabetes\n\nExclusion Criteria:\n\n* Diabetes that a doctor finds hard to treat"
    said = [describe(found) for item in read_criteria(text) for found in item.readings]
    assert len(set(said)) == len(said)
    assert said[0].startswith("must have diabetes")
    alone = read_criteria("Inclusion Criteria:\n\n* Diabetes")
    assert [describe(found) for item in alone for found in item.readings] == ["must have diabetes"]


_NEARLY_NORMAL = (
    "Normal or clinically not significant abnormal {}",
    "Normal or not clinically relevant abnormal {}",
    "{} within normal limits or without clinically significant abnormality",
)


@pytest.mark.parametrize("form", _NEARLY_NORMAL)
@pytest.mark.parametrize(
    ("organ", "name"), [("kidney", "kidney"), ("liver", "liver"), ("heart", "heart"), ("lung", "lung")]
)
def test_nearly_normal_is_no_illness_that_is_asked_for(form: str, organ: str, name: str) -> None:
    text = "Inclusion Criteria:\n\n* " + form.format(f"{organ} function")
    said = [describe(reading) for item in read_criteria(text) for reading in item.readings]
    assert any(words.startswith(f"must have {name} function as asked") for words in said)
    assert not [
        words for words in said if words.startswith("must have") and ("disease" in words or "abnormal" in words)
    ]
    things = [
        leaf_words(each.leaf) for c in criteria_tree(text) if c.node for each in asked(text, c.node) if each.wanted
    ]
    assert not [words for words in things if "disease" in words or "abnormal" in words or "significant" in words]


@pytest.mark.parametrize(
    "text",
    [
        "General health, which in the doctor's opinion allows the patient to take part",
        "General state of health that permits taking part",
        "Overall condition judged by the investigator to be good enough for surgery",
        "Fit by general health condition at the investigator's discretion",
        "Findings of the examination are normal unless the investigator thinks them harmless",
    ],
)
def test_nobody_has_to_be_too_ill_to_join(text: str) -> None:
    (item,) = read_criteria(f"Inclusion Criteria:\n\n* {text}")
    assert not [r for r in item.readings if r.pattern == "general_health" and not r.value and r.effect == "require"]
    found = [leaf for c in criteria_tree(f"Inclusion Criteria:\n\n* {text}") if c.node for leaf in leaves(c.node)]
    assert not [leaf for leaf in found if leaf.concept == "general_health" and not leaf.value]


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("Exclusion", "General health condition that in the investigator's opinion does not allow joining"),
        ("Inclusion", "No condition that in the investigator's opinion makes joining unsafe"),
        ("Exclusion", "Any illness that, in the doctor's view, would put the patient at risk"),
    ],
)
def test_what_makes_joining_unsafe_still_bars(section: str, text: str) -> None:
    (item,) = read_criteria(f"{section} Criteria:\n\n* {text}")
    assert ("general_health", "exclude") in [(r.pattern, r.effect) for r in item.readings]


def test_an_ecg_without_anything_is_no_heart_disease() -> None:
    for text in ("ECG without clinically significant abnormality", "ECG without any abnormal finding"):
        (item,) = read_criteria(f"Inclusion Criteria:\n\n* {text}")
        assert not [r for r in item.readings if r.pattern == "cardiac" and "abnormal" in describe(r)]
    (item,) = read_criteria("Exclusion Criteria:\n\n* ECG with abnormal findings")
    assert [(r.pattern, r.effect) for r in item.readings] == [("cardiac", "exclude")]
