"""A user's words stay words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standin.essie import Node, parse
from trialfinder.errors import InputError
from trialfinder.registry import essie


def test_a_phrase_is_quoted_and_its_quotes_are_escaped() -> None:
    assert essie.phrase('nerve "pain" \\ AND') == '"nerve \\"pain\\" \\\\ AND"'


def test_control_characters_and_line_ends_become_spaces() -> None:
    assert essie.phrase("nerve\x1b[31m\n pain\u202e") == '"nerve [31m pain"'


@pytest.mark.parametrize("text", ["", "  ", '"', "()[]", "\x00"])
def test_nothing_to_search_for_is_said(text: str) -> None:
    with pytest.raises(InputError, match="at least one word"):
        essie.phrase(text)


@given(st.text(max_size=60).filter(lambda text: any(c.isalnum() for c in text)))
def test_no_text_breaks_out_of_its_quotes(text: str) -> None:
    quoted = essie.phrase(text)
    assert quoted.startswith('"')
    if essie.terms(quoted) < essie.MAX_TERMS:
        assert parse(f"{quoted} AND anchor").parts[1] == Node("words", "anchor")


def test_single_words_stand_plain_and_operators_among_terms_are_quoted() -> None:
    assert essie.any_of(["nerve", "stem cell", "MISSING"]) == 'nerve OR "stem cell" OR "MISSING"'


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("nerve", 1),
        ("nerve OR pain AND NOT cancer", 3),
        ('"Charcot-Marie-Tooth"', 3),
        ("AREA[LastUpdatePostDate]RANGE[2026-01-01,MAX] OR AREA[LastUpdatePostDate]MISSING", 0),
        ("AREA[Condition]neuropathy", 1),
        ("Bell's palsy", 3),
    ],
)
def test_words_are_counted_as_the_registry_counts_them(expression: str, count: int) -> None:
    assert essie.terms(expression) == count


def test_twelve_words_pass_and_thirteen_do_not() -> None:
    essie.check_length(" ".join(["nerve"] * 12), "search")
    with pytest.raises(InputError, match="13 words are too many"):
        essie.check_length(" ".join(["nerve"] * 13), "search")


def test_an_update_range_keeps_studies_without_the_date() -> None:
    assert essie.updated_since(dt.date(2026, 11, 18)) == (
        "AREA[LastUpdatePostDate]RANGE[2026-11-18,MAX] OR AREA[LastUpdatePostDate]MISSING"
    )
