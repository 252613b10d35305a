"""Every row of the term and sign tables does what its examples say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.classify.make import TODAY, record, study
from trialfinder.base.text import lowered
from trialfinder.base.typed_data import typed
from trialfinder.classify import approval, classify, signs, standing_questions
from trialfinder.classify import classification as model
from trialfinder.classify.sign_rules import SignRule, rules, shown_in_text
from trialfinder.classify.sign_tests import TESTS
from trialfinder.classify.study_text import Region, StudyText
from trialfinder.classify.term_tables import Term, gate, mentions, table
from trialfinder.errors import InputError

TABLES = ("cells", "noise", "sources", "donors", "routes", "nerves", "topics", "outcomes", "context")
ROWS = [(name, number, term) for name in TABLES for number, term in enumerate(table(name), 1)]
EXAMPLES = [
    pytest.param(name, term, text, wanted, id=f"{name}-{number}-{term.id}-{'yes' if wanted else 'no'}-{text[:30]}")
    for name, number, term in ROWS
    for wanted, texts in ((True, term.yes), (False, term.no))
    for text in texts
]


@pytest.mark.parametrize(("name", "term", "text", "wanted"), EXAMPLES)
def test_a_wording_matches_its_examples_and_not_its_counter_examples(
    name: str, term: Term, text: str, wanted: bool
) -> None:
    if name == "context":  # these are matched against pieces of a sentence
        assert term.search(lowered(text)) is wanted
        return
    document = StudyText(record(summary=f"{text}."))
    whole = Region(((0, len(document.low)),), document.low)
    assert bool(mentions(document, whole, (term,))) is wanted


@pytest.mark.parametrize(("name", "number", "term"), ROWS)
def test_every_row_has_an_example_and_a_counter_example(name: str, number: int, term: Term) -> None:
    assert term.yes, f"{name} row {number}"
    assert term.no, f"{name} row {number}"


@pytest.mark.parametrize("text", [text for term in table("nerves") for text in term.yes])
def test_the_gate_of_the_nerves_lets_every_example_pass(text: str) -> None:
    assert any(literal in lowered(text) for literal in gate("nerves"))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("cells", {*model.CELL_PRODUCTS, "unspecified", "stem_transplant"}),
        ("sources", set(model.CELL_SOURCES)),
        ("donors", set(model.DONORS)),
        ("routes", set(model.ROUTES)),
        ("nerves", set(model.NEUROPATHY_TYPES)),
        ("outcomes", set(model.OUTCOME_KINDS)),
    ],
)
def test_a_table_names_only_values_of_the_contract(name: str, known: set[str]) -> None:
    assert {term.id for term in table(name)} <= known


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    row = {"id": "x", "say": ["x"], "yes": ["x"], "no": ["y"]}
    with pytest.raises(InputError, match=r"cells\.toml, row 3, say: unknown key 'say'; did you mean 'says'"):
        typed(row, Term, "cells.toml, row 3")


def _study_of(example: dict[str, Any], nct_id: str = "NCT01234567") -> Any:
    return study({path: value for path, value in example.items() if path != "others"}, nct_id)


def _shown(rule: SignRule, example: Any) -> bool:
    if rule.says:
        return shown_in_text(rule, StudyText(record(summary=example))) is not None
    others = [_study_of(other, f"NCT0200000{n}") for n, other in enumerate(example.get("others", []))]
    one = _study_of(example)
    return rule.id in {sign.id for sign in signs(one, classify(one), TODAY, others)}


SIGN_EXAMPLES = [
    pytest.param(rule, example, wanted, id=f"{rule.id}-{'yes' if wanted else 'no'}-{number}")
    for rule in rules()
    for wanted, examples in ((True, rule.yes), (False, rule.no))
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("rule", "example", "wanted"), SIGN_EXAMPLES)
def test_a_sign_shows_in_its_examples_and_not_in_its_counter_examples(
    rule: SignRule, example: Any, wanted: bool
) -> None:
    assert _shown(rule, example) is wanted


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_sign_says_why_and_what_it_does_not_mean(rule: SignRule) -> None:
    assert rule.yes
    assert rule.no
    assert rule.why
    assert rule.source
    assert rule.not_meaning
    assert rule.question or rule.kind == "protective"
    words = f"{rule.id} {rule.why} {rule.question} {rule.not_meaning}".lower()
    assert "scam" not in words
    assert rule.says or rule.test in TESTS


def test_ids_of_signs_are_unique() -> None:
    names = [rule.id for rule in rules()]
    assert len(names) == len(set(names))


def test_what_a_record_cannot_show_is_asked() -> None:
    assert [question.id for question in standing_questions()] == [
        *("price", "permission", "ethics_committee", "cell_laboratory", "harm", "other_options")
    ]
    assert all(question.ask.endswith("?") or "?" in question.ask for question in standing_questions())


def test_no_stem_cell_therapy_is_approved_for_any_neuropathy() -> None:
    said = approval()
    assert "No stem-cell therapy is approved for any neuropathy" in said.statement
    assert "entry in the registry is not an approval" in said.statement
    assert said.as_of == TODAY
    assert said.source


def test_term_files_are_not_the_readers() -> None:
    folder = Path(__file__).resolve().parents[3] / "data" / "terms"
    assert all((folder / f"{name}.toml").is_file() and not name.startswith("criteria_") for name in TABLES)


def test_a_broken_phrase_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"row 1, says: phrase '\{own cells': a '\{' is never closed"):
        typed({"id": "x", "says": ["{own cells"], "yes": ["x"], "no": ["y"]}, Term, "cells.toml, row 1")


def test_a_row_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="needs says, before or after"):
        typed({"id": "x", "yes": ["x"], "no": ["y"]}, Term, "cells.toml, row 1")


@pytest.mark.parametrize(
    ("words", "routes"),
    [
        ("Stem cells for stage IV nerve tumours", ("not_stated",)),
        ("Stem cells for grade II to IV nerve injury", ("not_stated",)),
        ("Stem cells for nerve injury, given IV", ("intravenous",)),
        ("Stem cells for nerve injury, IV (two doses)", ("intravenous",)),
    ],
)
def test_a_roman_four_is_no_vein(words: str, routes: tuple[str, ...]) -> None:
    assert classify(record(title=words)).routes == routes


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("MSC-NP injection for neuropathy", "neural_stem"),
        ("Injection of cells by hUCMSC for neuropathy", "msc"),
        ("PLX PAD injection for neuropathy", "msc"),
        ("Platelets gel injection for neuropathy", "platelet_rich_plasma"),
        ("Injection of the secretome of hypoxia-mesenchymal stem cells for neuropathy", "exosome_or_secretome"),
    ],
)
def test_names_that_expressions_missed(words: str, product: str) -> None:
    assert classify(record(title=words)).cell_product == product


def test_a_slash_hides_no_earlier_transplant() -> None:
    given = (
        "Stromal cells from fat are given. Following a bone marrow/peripheral blood stem cell transplant some fall ill."
    )
    assert classify(record(title="MSC infusion for neuropathy", summary=given)).cell_source != "peripheral_blood"
