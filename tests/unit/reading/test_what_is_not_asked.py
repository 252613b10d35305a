"""Words that name a thing without asking it of the person: what a blind reading of 150 conflicts taught.

Each kind stands with things that did not prompt it.
"""

from __future__ import annotations

import pytest

from trialfinder.reading.nodes.tree import (
    AnyOf,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Not,
    Unread,
    When,
    leaves,
    rebuilt,
    walk,
)
from trialfinder.reading.structure import criteria_tree

ILLNESSES = ["diabetes", "stroke", "heart failure", "HIV infection", "cancer", "liver disease"]


def _read(text: str) -> list[Criterion]:
    return [c for c in criteria_tree(text) if c.node is not None]


def _only(section: str, line: str) -> Node:
    (found,) = _read(f"{section} Criteria:\n\n* {line}")
    assert found.node is not None
    return found.node


@pytest.mark.parametrize("illness", ILLNESSES)
@pytest.mark.parametrize("controls", ["healthy controls", "age-matched control subjects", "a control group"])
def test_controls_are_let_in_beside_the_ill(illness: str, controls: str) -> None:
    node = _only("Inclusion", f"Adults with {illness} and {controls}")
    assert isinstance(node, AnyOf) and any(isinstance(part, Unread) for part in node.parts)


@pytest.mark.parametrize("whom", ["Donor", "Healthy volunteers", "Related donor", "Recipient (cohort 2)"])
@pytest.mark.parametrize("section", ["INCLUSION", "EXCLUSION"])
def test_people_behind_a_section_title_are_its_group(whom: str, section: str) -> None:
    found = _read(f"{section} CRITERIA: {whom}:\n\nAge 18 to 60 years.\n\nHIV infection\n")
    assert [c.section for c in found] == [section.lower()] * 2
    assert all(isinstance(c.node, Group) for c in found)


def test_patients_behind_a_section_title_are_everybody() -> None:
    assert not any(isinstance(c.node, Group) for c in _read("INCLUSION CRITERIA: Patient:\n\nAge 18 to 60 years.\n"))


@pytest.mark.parametrize(
    "title", ["Allowed", "Allowed for skin lesions", "Concurrent treatment permitted", "Permitted if stable"]
)
@pytest.mark.parametrize("thing", ["Radiation therapy", "Opioids", "Chemotherapy", "Prednisone", "Warfarin"])
def test_nothing_below_what_is_allowed_is_asked_for(title: str, thing: str) -> None:
    found = _read(f"Inclusion Criteria:\n\n{title}:\n\n* {thing}.\n\nPatients must have:\n\n* HIV infection.\n")
    assert [leaf.concept for c in found if c.node is not None for leaf in leaves(c.node)] == ["hiv"]


@pytest.mark.parametrize("title", ["Not allowed", "Concurrent treatment not permitted"])
def test_what_is_not_allowed_is_not_passed_over(title: str) -> None:
    found = _read(f"Exclusion Criteria:\n\n{title}:\n\n* Chemotherapy.\n* Warfarin.\n")
    assert {leaf.concept for c in found if c.node is not None for leaf in leaves(c.node)} == {
        "chemotherapy",
        "anticoagulant",
    }


@pytest.mark.parametrize(
    "thing", ["Thrombolytic therapy", "Prior stroke", "Diabetes", "Liver transplant", "Chemotherapy"]
)
def test_a_list_of_alternatives_without_markers_decides_nothing(thing: str) -> None:
    found = _read(f"Inclusion Criteria:\n\nTreatment may include one of the following:\nWaiting\n{thing}\n")
    named = [c.node for c in found if c.node is not None and list(leaves(c.node))]
    assert named and all(isinstance(node, AnyOf) and any(isinstance(p, Unread) for p in node.parts) for node in named)


@pytest.mark.parametrize(
    "by", ["a legal guardian may sign", "oral consent with a representative is accepted", "or next of kin consents"]
)
def test_somebody_else_may_consent(by: str) -> None:
    node = _only("Inclusion", f"Written informed consent ({by})")
    assert any(isinstance(n, AnyOf) and any(isinstance(p, Unread) for p in n.parts) for n in walk(node))


@pytest.mark.parametrize(
    "clause", ["considered incompatible with the study", "that, in the doctor's view, might interfere"]
)
@pytest.mark.parametrize(
    "words", ["neurological, psychiatric or renal disorders", "cardiac, hepatic or psychiatric disease"]
)
def test_a_clause_behind_a_list_of_other_illnesses_is_said_of_all(words: str, clause: str) -> None:
    found = list(leaves(_only("Exclusion", f"Other {words} {clause}")))
    assert found and all(leaf.narrowing for leaf in found)


@pytest.mark.parametrize("bare", ["infection", "tumor", "bleeding"])
@pytest.mark.parametrize("head", ["Urinary trouble", "Dental problems"])
def test_a_bare_trouble_in_brackets_is_one_of_its_head(bare: str, head: str) -> None:
    found = [leaf for leaf in leaves(_only("Exclusion", f"{head} ({bare}, stones, etc.)")) if leaf.noun == bare]
    assert all(leaf.narrowing for leaf in found)


@pytest.mark.parametrize("sign", ["= or >", "> or =", ">=", ">"])
def test_a_grade_narrows_whatever_its_sign(sign: str) -> None:
    node = _only("Exclusion", f"Peripheral neuropathy {sign} grade 2")
    (leaf,) = leaves(node)
    assert leaf.narrowing


@pytest.mark.parametrize("drug", ["steroids", "opioids", "anticoagulants"])
def test_what_the_last_of_some_drugs_is_for_narrows_all(drug: str) -> None:
    node = _only(
        "Exclusion", f"Use of systemic {drug} or anabolic agents (e.g. teriparatide) for osteoporosis treatment"
    )
    first = next(leaves(node))
    assert "for osteoporosis treatment" in first.narrowing


def test_the_name_of_a_score_is_no_illness() -> None:
    node = _only("Exclusion", "MELD (Model for End-Stage Liver Disease) score > 40")
    assert [leaf.concept for leaf in leaves(node)] == ["severity_score"]


@pytest.mark.parametrize("way", ["physiologic replacement doses", "topical", "replacement purposes"])
@pytest.mark.parametrize("drug", ["Steroids", "Immunosuppressants", "Opioids"])
def test_a_way_of_giving_names_no_other_drug(drug: str, way: str) -> None:
    spared = [n.spared for n in walk(_only("Exclusion", f"{drug} (other than {way})")) if isinstance(n, Except)]
    assert spared and all(isinstance(one, Unread) for one in spared)


@pytest.mark.parametrize("group", ["Group 3b", "cohort 2", "arm 1"])
@pytest.mark.parametrize("illness", ILLNESSES)
def test_another_group_is_let_in_without_it(illness: str, group: str) -> None:
    node = _only("Inclusion", f"Have {illness} (except {group})")
    assert isinstance(node, AnyOf) and isinstance(node.parts[-1], Unread)


@pytest.mark.parametrize("illness", ILLNESSES)
def test_unless_behind_a_denied_list_spares_each_member(illness: str) -> None:
    node = _only("Inclusion", f"No {illness} or epilepsy unless medically controlled")
    assert not isinstance(node, Except)
    assert len([n for n in walk(node) if isinstance(n, Not) and isinstance(n.part, Except)]) == 2


@pytest.mark.parametrize("thing", ["tumor", "infection", "cancer"])
def test_causes_in_front_of_what_they_caused_are_narrower(thing: str) -> None:
    first = next(leaves(_only("Exclusion", f"{thing}, injury and parasites caused cerebral embolism")))
    assert first.narrowing


@pytest.mark.parametrize("whom", ["patients < 18 years of age"])
def test_a_line_that_says_for_whom_asks_nothing_itself(whom: str) -> None:
    found = _read(f"Inclusion Criteria:\n\n* For {whom}:\n  * Platelets above 50,000\n* No stroke\n")
    assert len(found) == 2 and isinstance(found[0].node, When | Group) and isinstance(found[1].node, Not)


@pytest.mark.parametrize("words", ["Pregnant women", "Are 14 to 32 weeks pregnant"])
def test_a_pregnancy_under_inclusion_without_a_denial_decides_nothing(words: str) -> None:
    assert not list(leaves(_only("Inclusion", words)))


@pytest.mark.parametrize("words", ["Not pregnant", "Negative pregnancy test", "Women must not be pregnant or nursing"])
def test_a_denied_pregnancy_under_inclusion_bars(words: str) -> None:
    assert [leaf.concept for leaf in leaves(_only("Inclusion", words))][:1] == ["pregnancy"]


@pytest.mark.parametrize("count", ["more than two", "at least 3", "over two"])
@pytest.mark.parametrize("drug", ["antipsychotic medications", "anticoagulants", "opioids"])
def test_a_number_of_drugs_is_not_one(drug: str, count: str) -> None:
    assert next(leaves(_only("Exclusion", f"Treated with {count} {drug}"))).narrowing


@pytest.mark.parametrize("section", ["Inclusion", "Exclusion"])
@pytest.mark.parametrize(
    "line",
    [
        "Heparin has to be skipped before the procedure", "Blood thinners must be held on the day of the visit",
        "Low molecular weight heparin (LMWH) should be withheld on that day", "Warfarin is to be restarted afterwards",
        "Aspirin treatment has to be replaced by heparin at screening", "Warfarin must be switched to heparin first",
        "Prednisone should then be paused", "Morphine needs to be interrupted for the night",
    ],
)  # fmt: skip
def test_what_has_to_be_done_with_a_drug_is_open(section: str, line: str) -> None:
    """Neither who takes it nor who does not is barred by an instruction."""
    assert not list(leaves(_only(section, line)))


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("Exclusion", "Blood thinners"), ("Exclusion", "Warfarin that cannot be stopped"),
        ("Exclusion", "Patients whose warfarin was switched to heparin"), ("Exclusion", "Warfarin within 2 weeks"),
        ("Exclusion", "Anticoagulants must not be used"), ("Inclusion", "Anticoagulants must not be used"),
        ("Inclusion", "Blood thinners must be stopped 5 days before surgery"),
        ("Inclusion", "Warfarin should not be taken"), ("Inclusion", "Warfarin may not be used within 2 weeks"),
        ("Exclusion", "Warfarin must be stopped 5 days before surgery"),
    ],
)  # fmt: skip
def test_a_drug_that_must_not_be_taken_bars_all_the_same(section: str, line: str) -> None:
    node = _only(section, line)
    assert {leaf.concept for leaf in leaves(node)} == {"anticoagulant"}
    assert isinstance(node, Not)


@pytest.mark.parametrize("section", ["Inclusion", "Exclusion"])
@pytest.mark.parametrize(
    "line",
    [
        "Warfarin will be discontinued a week before the harvest",
        "As in any clinic, warfarin and aspirin will be stopped",
        "Warfarin, heparin and aspirin will all be withdrawn first",
        "During the stay, oral metformin is going to be stopped",
        "Before the biopsy, all blood thinners and steroids will be temporarily stopped",
    ],
)  # fmt: skip
def test_a_drug_that_the_study_stops_is_open(section: str, line: str) -> None:
    """What will be done to everybody bars nobody."""
    assert not list(leaves(_only(section, line)))


@pytest.mark.parametrize(
    "line",
    [
        "Warfarin that will not be stopped", "Patients on warfarin, and aspirin will be stopped",
        "Warfarin cannot be stopped",
        "Warfarin use; aspirin will be stopped", "Warfarin and steroids. Aspirin will be stopped",
        "Warfarin will be stopped if gout is found",
    ],
)  # fmt: skip
def test_a_drug_beside_one_that_the_study_stops_is_read(line: str) -> None:
    found = [leaf.concept for c in _read(f"Exclusion Criteria:\n\n* {line}") if c.node for leaf in leaves(c.node)]
    assert "anticoagulant" in found


@pytest.mark.parametrize(
    "line",
    [
        "Family history of colon, lung, and breast cancer", "Family history of stroke, melanoma or heart failure",
        "A family history of stroke and skin cancer", "Women with a family history of ovarian or breast cancer",
    ],
)  # fmt: skip
def test_a_list_of_what_runs_in_the_family_is_of_the_relatives(line: str) -> None:
    assert not [leaf for leaf in leaves(_only("Exclusion", line)) if leaf.concept != "sex"]


@pytest.mark.parametrize(
    "line",
    [
        "Family history of gout or current lung cancer", "Personal or family history of breast cancer",
        "Family history of gout, or a history of lung cancer", "Lung cancer or family history of breast cancer",
        "Family history of lung cancer or active breast cancer", "Family history of gout; skin cancer",
    ],
)  # fmt: skip
def test_ones_own_cancer_beside_the_family_bars(line: str) -> None:
    found = [leaf.concept for c in _read(f"Exclusion Criteria:\n\n* {line}") if c.node for leaf in leaves(c.node)]
    assert found == ["malignancy"]


def _barred_past(line: str, section: str = "Exclusion") -> bool:
    """Whether being able to become pregnant is asked for, so that who is past the menopause is barred."""
    asked: list[bool] = []

    def look(leaf: Leaf, denied: bool) -> Node:
        asked.append(leaf.concept == "childbearing" and not denied)
        return leaf

    for criterion in _read(f"{section} Criteria:\n\n* {line}"):
        assert criterion.node is not None
        rebuilt(criterion.node, look, kind=Leaf)
    return any(asked)


@pytest.mark.parametrize(
    "line",
    [
        "Active females who are not a) postmenopausal, b) surgically sterile or c) using a barrier",
        "Women have to be sterile or post-menopausal or using a barrier", "Women must be postmenopausal or on the pill",
        "Pregnant women. Females need to be either sterilised or postmenopausal", "Fertile women unless postmenopausal",
        "Women who are neither (1) postmenopausal nor (2) sterile", "Women, except post-menopausal women",
    ],
)  # fmt: skip
def test_who_is_spared_as_past_childbearing_is_not_barred(line: str) -> None:
    assert not _barred_past(line)


@pytest.mark.parametrize(
    "line", ["Postmenopausal women", "Women past 50 or post-menopausal", "Postmenopausal, not on hormones"]
)
def test_who_is_past_childbearing_can_be_barred(line: str) -> None:
    assert _barred_past(line)


@pytest.mark.parametrize(
    "line", ["Women must be postmenopausal", "Women not of childbearing potential or postmenopausal"]
)
def test_who_must_be_past_childbearing_is_still_read(line: str) -> None:
    assert not _barred_past(line, "Inclusion")
    assert "childbearing" in {leaf.concept for leaf in leaves(_only("Inclusion", line))}
