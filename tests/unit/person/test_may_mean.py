"""What stands in place of an answer is answered by what it is about: feet, a face, sugar."""

from __future__ import annotations

import pytest

from trialfinder.errors import InputError
from trialfinder.person.may_mean import may_mean
from trialfinder.person.profile_schema import Fact, MayMean, schema
from trialfinder.person.told_options import from_words

KINDS = schema()["neuropathy.types"]
ROWS = [(fact, row) for fact in schema().values() for row in fact.may_mean]


@pytest.mark.parametrize(("fact", "row"), ROWS, ids=[f"{row.yes[0]}" for _, row in ROWS])
def test_the_examples_of_every_row_hold(fact: Fact, row: MayMean) -> None:
    assert row.yes, fact.key
    assert row.no, fact.key
    assert all(row.said.said_in(text) for text in row.yes)
    assert not any(row.said.said_in(text) for text in row.no)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("foot", "diabetic"), ("Feet", "diabetic"), ("burning feet", "diabetic"), ("hands", "compressive"),
        ("face pain", "cranial"), ("back", "radiculopathy"), ("cancer drugs", "chemotherapy_induced"),
        ("burning feet from sugar", "diabetic"), ("feet after cancer", "chemotherapy_induced"),
        ("pins and needles", "peripheral_unspecified"),
    ],
)  # fmt: skip
def test_the_likeliest_comes_first_and_a_cause_before_a_place(text: str, first: str) -> None:
    assert may_mean(KINDS, text)[0] == first


def test_a_word_of_nothing_means_nothing() -> None:
    assert may_mean(KINDS, "zebra") == ()
    assert may_mean(schema()["person.sex"], "foot") == ()


def test_an_answer_says_what_it_may_be_and_is_not_taken_for_it() -> None:
    """A foot was said to be nearest to a nerve root."""
    with pytest.raises(InputError) as caught:
        from_words(KINDS, "foot", KINDS.label)
    assert "; it may be diabetic, chemotherapy induced, small fiber or peripheral unspecified" in str(caught.value)
    assert "nearest" not in str(caught.value)
