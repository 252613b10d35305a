"""Lists of exceptions bar nobody, and washouts are barred within their time, for things that did not prompt it."""

from __future__ import annotations

import pytest

from trialfinder.reading.nodes.tree import Criterion, Except, Leaf, Node, Not, When, leaves, walk
from trialfinder.reading.structure import criteria_tree, read_criteria

THINGS = {
    "cancer": ("skin cancer", "malignancy"),
    "heart disease": ("heart murmur", "cardiac"),
    "infection": ("urinary infection", "active_infection"),
    "autoimmune disease": ("psoriasis", "autoimmune"),
    "psychiatric disorder": ("anxiety", "psychiatric"),
    "liver disease": ("fatty liver", "hepatic"),
}
OPENERS = [
    "{} except:",
    "{}, with the exception of:",
    "{} other than the following:",
    "{}. Exceptions:",
    "{} except for the following",
]


def _read(section: str, *lines: str) -> list[Criterion]:
    text = f"{section.title()} Criteria:\n\n" + "\n".join(lines)
    return [c for c in criteria_tree(text) if c.node is not None]


def _spared(node: Node) -> list[Node]:
    return [n.spared for n in walk(node) if isinstance(n, Except)]


def _barred(node: Node) -> set[str]:
    """The words of all that a node names outside of exceptions."""
    inside = {id(leaf) for spared in _spared(node) for leaf in leaves(spared)}
    return {leaf.noun for leaf in leaves(node) if id(leaf) not in inside}


@pytest.mark.parametrize("whole", THINGS)
@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("indent", ["  ", ""])
def test_what_stands_below_an_exception_is_spared(whole: str, opener: str, indent: str) -> None:
    spared, concept = THINGS[whole]
    first, *rest = _read(
        "exclusion", "* " + opener.format(f"Any {whole}"), f"{indent}* {spared}", "* Age below 18 years"
    )
    assert isinstance(first.node, Not) and first.node.part.__class__ is Except
    assert [leaf.concept for one in _spared(first.node) for leaf in leaves(one)] == [concept]
    assert spared not in _barred(first.node)
    assert [leaf.concept for c in rest if c.node is not None for leaf in leaves(c.node)] == ["age"]


@pytest.mark.parametrize("whole", THINGS)
def test_an_item_that_calls_itself_an_exception_belongs_to_the_one_before(whole: str) -> None:
    spared, _concept = THINGS[whole]
    first, *rest = _read("exclusion", f"* Any {whole}", f"* Exception: {spared}", "* Age below 18 years")
    assert first.node is not None and spared not in _barred(first.node) and len(_spared(first.node)) == 1
    assert len(rest) == 1


@pytest.mark.parametrize("whole", THINGS)
def test_a_list_that_is_no_exception_still_bars(whole: str) -> None:
    member, concept = THINGS[whole]
    found = _read("exclusion", f"* Any {whole}, such as:", f"  * {member}", "  * stroke")
    named = {leaf.concept for c in found if c.node is not None for leaf in leaves(c.node)}
    assert {concept, "stroke"} <= named
    assert not any(_spared(c.node) for c in found if c.node is not None)


def test_no_reading_bars_a_person_for_what_is_spared() -> None:
    items = read_criteria("Exclusion Criteria:\n\n* Any cancer except:\n  - basal cell carcinoma\n* HIV")
    assert [[r.pattern for r in item.readings] for item in items] == [["malignancy"], [], ["hiv"]]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("stroke", "stroke"),
        ("prior myocardial infarction", "cardiac"),
        ("prior glucocorticoids", "immunosuppression"),
        ("prior chemotherapy", "chemotherapy"),
        ("participation in another study", "other_trial"),
    ],
)
@pytest.mark.parametrize("section", ["inclusion"])
def test_so_long_since_a_thing_that_must_not_be_is_none_within_that_time(
    words: str, concept: str, section: str
) -> None:
    (found,) = _read(section, f"* No {words} for at least 6 months")
    assert isinstance(found.node, Not) and isinstance(found.node.part, Leaf)
    assert (found.node.part.concept, found.node.part.direction, found.node.part.window_months) == (concept, "within", 6)


@pytest.mark.parametrize("word", ["as well as", "and", ","])
def test_as_well_as_joins_a_list(word: str) -> None:
    (found,) = _read("exclusion", f"* Stroke {word} heart failure")
    assert found.node is not None
    assert [(leaf.concept, leaf.narrowing) for leaf in leaves(found.node)] == [("stroke", ()), ("cardiac", ())]


@pytest.mark.parametrize("what", ["platelets over 50,000", "hemoglobin above 9 g/dL", "negative pregnancy test"])
@pytest.mark.parametrize("whom", ["HIV positive volunteers", "Diabetic patients", "Patients"])
def test_people_before_a_colon_say_for_whom_the_rest_is(what: str, whom: str) -> None:
    (found,) = _read("inclusion", f"* Adequate blood counts ({whom}: {what}; age 18 to 70)")
    assert found.node is not None
    conditions = [n.condition for n in walk(found.node) if isinstance(n, When)]
    assert len(conditions) == (whom != "Patients")


@pytest.mark.parametrize("drug", ["corticosteroids", "azathioprine", "opioids", "anticoagulants", "chemotherapy"])
def test_what_a_list_of_drugs_is_for_narrows_all_of_them(drug: str) -> None:
    (found,) = _read("exclusion", f"* Prior {drug} or other immunosuppressants for rheumatoid arthritis")
    assert found.node is not None
    assert all(leaf.narrowing == ("for rheumatoid arthritis",) for leaf in leaves(found.node))


def test_an_exception_in_brackets_behind_examples_is_that_of_the_whole() -> None:
    (found,) = _read("exclusion", "* Cancer including melanoma (except localized skin cancer)")
    assert isinstance(found.node, Not) and isinstance(found.node.part, Except)


@pytest.mark.parametrize("marks", ['""', "“”", "«»"])
def test_a_quoted_word_that_spares_leaves_no_quote_mark_behind(marks: str) -> None:
    sentence = f"Cancer ({marks[0]}except{marks[1]} as the record says: basal cell carcinoma)"
    readings = [r for item in read_criteria(f"Exclusion Criteria:\n\n* {sentence}") for r in item.readings]
    [cancer] = [r for r in readings if r.pattern == "malignancy" and r.exception]
    assert cancer.exception[0].isalpha()
