"""Members of a list made of plain words, how often, what is still to come, being well: nothing of it is lost."""

from __future__ import annotations

import pytest

from trialfinder.reading.nodes.tree import Except, Leaf, Unread, complete, leaves, walk
from trialfinder.reading.structure import read_text
from trialfinder.reading.telling.plain import describe

ILLNESSES = ("Cancer", "Stroke", "Heart failure", "Lupus", "Epilepsy", "Psoriasis")
DRUGS = ("opioids", "aspirin", "metformin", "methotrexate", "warfarin")


def _whole(sentence: str, section: str = "Exclusion") -> bool:
    """Whether all of a sentence counts as read."""
    nodes = [c.node for c in read_text(f"{section} Criteria:\n\n* {sentence}").criteria]
    return all(node is not None and complete(node) for node in nodes)


def _leaves(sentence: str, section: str) -> list[Leaf]:
    return [
        leaf for c in read_text(f"{section} Criteria:\n\n* {sentence}").criteria if c.node for leaf in leaves(c.node)
    ]


@pytest.mark.parametrize("illness", ILLNESSES)
@pytest.mark.parametrize("other", ["a disease of the blood", "blood disorders", "medical illness", "other diseases"])
def test_a_member_of_plain_words_is_not_lost(illness: str, other: str) -> None:
    assert _whole(illness)
    assert not _whole(f"{illness}, or {other}")
    assert not _whole(f"{other.capitalize()}, {illness.lower()} or dialysis")


@pytest.mark.parametrize("organ", ["liver", "kidney", "heart", "lung", "autoimmune", "psychiatric"])
@pytest.mark.parametrize("other", ["blood", "medical"])
def test_an_adjective_that_shares_the_noun_is_not_lost(organ: str, other: str) -> None:
    assert not _whole(f"{organ.capitalize()} or {other} disease")
    assert not _whole(f"{other.capitalize()} or {organ} disease")


@pytest.mark.parametrize(
    "sentence", ["Liver disease or disorder", "Kidney disease or illness", "Medical history of stroke"]
)
def test_the_same_noun_once_more_is_no_member(sentence: str) -> None:
    assert _whole(sentence)


@pytest.mark.parametrize(
    "well", ["Medically stable", "In stable medical condition", "Good general health", "Otherwise healthy"]
)
def test_to_be_well_is_asked_for_in_these_words(well: str) -> None:
    for section, words in (("Inclusion", well), ("Exclusion", f"Not {well.lower()}")):
        (item,) = read_text(f"{section} Criteria:\n\n* {words}").items
        assert [(r.pattern, r.effect, r.value) for r in item.readings] == [("general_health", "require", "good")], words
        assert "serious illness" not in describe(item.readings[0])


@pytest.mark.parametrize(
    "ill", ["Medically unstable", "Poor general health", "Unstable vital signs", "Serious illness"]
)
def test_to_be_ill_bars(ill: str) -> None:
    (item,) = read_text(f"Exclusion Criteria:\n\n* {ill}").items
    assert [(r.effect, r.value) for r in item.readings] == [("exclude", "")]


@pytest.mark.parametrize("will", ["Commitment to", "Commitment to use", "Willingness to use", "Agreement to use"])
def test_a_promise_of_contraception_is_contraception_alone(will: str) -> None:
    for words in (
        f"{will} contraception",
        f"Negative pregnancy test and {will.lower()} an effective contraceptive method",
    ):
        assert {leaf.concept for leaf in _leaves(words, "Inclusion")} - {"pregnancy"} == {"contraception"}, words


@pytest.mark.parametrize("what", ["the study", "all visits", "the follow-up", "attend the sessions", "the training"])
def test_a_promise_to_come_is_coming(what: str) -> None:
    assert {leaf.concept for leaf in _leaves(f"Commitment to {what}", "Inclusion")} == {"follow_up"}


@pytest.mark.parametrize("thing", ["Headache", "Neuropathic pain", "Sciatica", "Numbness", "Migraine"])
@pytest.mark.parametrize(
    "often", ["at least 10 days a month", "more than 3 hours/day", "on 4 days each week", "2 days per month"]
)
def test_how_often_is_no_time_that_it_has_lasted(thing: str, often: str) -> None:
    found = _leaves(f"{thing} {often}", "Inclusion")
    assert "symptom_duration" not in {leaf.concept for leaf in found}
    assert not _whole(f"{thing} {often}", "Inclusion")


@pytest.mark.parametrize("thing", ["Headache", "Neuropathic pain", "Sciatica", "Numbness"])
@pytest.mark.parametrize("time", ["at least 10 days", "more than 3 months", "at least 2 years"])
def test_how_long_is(thing: str, time: str) -> None:
    assert "symptom_duration" in {leaf.concept for leaf in _leaves(f"{thing} for {time}", "Inclusion")}


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("often", ["more than 3 days a week", "(more than 2 days per month)", "at least twice a week"])
def test_how_often_a_drug_is_taken_narrows_it(drug: str, often: str) -> None:
    assert _whole(f"Use of {drug}")
    assert not _whole(f"Use of {drug} {often}")


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize(
    "will", ["Willing to receive", "Agrees to take", "Willing and able to take", "Prepared to use"]
)
def test_what_is_still_to_come_nobody_has_now(drug: str, will: str) -> None:
    nodes = [n for c in read_text(f"Inclusion Criteria:\n\n* {will} {drug}").criteria if c.node for n in walk(c.node)]
    assert all(n.narrowing for n in nodes if isinstance(n, Leaf)) or any(isinstance(n, Unread) for n in nodes)
    assert _whole(f"Takes {drug}", "Inclusion")


@pytest.mark.parametrize("limit", ["Bilirubin", "ALT", "Haemoglobin", "Platelets", "BMI"])
@pytest.mark.parametrize("who", ["Gilbert excepted", "athletes exempt", "transfused people are exempt"])
def test_whom_a_limit_leaves_out_is_not_lost(limit: str, who: str) -> None:
    for section in ("Inclusion", "Exclusion"):
        assert not _whole(f"{limit} above 20 ({who})", section)


@pytest.mark.parametrize("spared", ["basalioma excepted", "basalioma excluded", "basalioma is not counted"])
def test_brackets_that_spare(spared: str) -> None:
    assert _spares(f"Cancer ({spared})")
    assert not _spares("Cancer (basalioma will be excluded)")


def _spares(sentence: str) -> bool:
    nodes = [n for c in read_text(f"Exclusion Criteria:\n\n* {sentence}").criteria if c.node for n in walk(c.node)]
    return any(isinstance(n, Except) for n in nodes)


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("time", ["6 months", "within 6 months", "last 6 months"])
def test_a_time_alone_in_brackets_is_a_look_back(drug: str, time: str) -> None:
    (leaf,) = _leaves(f"Use of {drug} ({time})", "Exclusion")
    assert (leaf.window_months, leaf.direction) == (6, "within")


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("stop", ["not stopped", "not discontinued", "not withheld for"])
def test_what_was_not_stopped_so_long_ago_was_taken_within_that_time(drug: str, stop: str) -> None:
    (leaf,) = _leaves(f"Use of {drug} {stop} at least 2 weeks before entry", "Exclusion")
    assert (leaf.window_months, leaf.direction) == (0.46, "within")


@pytest.mark.parametrize("kind", ["Proliferative", "Severe proliferative", "Diabetic"])
def test_words_in_front_of_a_name_are_told(kind: str) -> None:
    (item,) = read_text(f"Exclusion Criteria:\n\n* {kind} retinopathy").items
    assert kind.split()[-1].lower() in describe(item.readings[0])


def test_an_illness_is_named_as_itself() -> None:
    text = (
        "Inclusion Criteria:\n\n* Diabetic neuropathy\n\nExclusion Criteria:\n\n* Hypothyroidism\n* Vertebral fracture"
    )
    said = [describe(reading) for item in read_text(text).items for reading in item.readings]
    assert said[1:] == [
        "must not have a thyroid disorder (it can cause neuropathy)",
        "must not have a fracture, deformity or instability of the spine",
    ]
