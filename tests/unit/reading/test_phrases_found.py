"""Phrases are looked up all at once; what is found is what comparing them one by one finds."""

from __future__ import annotations

import pytest

from trialfinder.reading.refine.sayings import Saying, said_by, sayings
from trialfinder.reading.wording.nouns import contains, idle_words, mentions, same_thing, stems

PHRASES = ("heart", "renal failure", "liver disease", "pregnan*", "known allerg*", "the diabet*", "HIV", "on the skin")
FOUND: tuple[tuple[str, set[str]], ...] = (
    ("diseases of the heart", {"heart"}),
    ("acute renal failures", {"renal failure"}),
    ("renal or heart failure", {"heart"}),
    ("hepatic illness, liver disorder", {"liver disease"}),
    ("pregnancy", {"pregnan*"}),
    ("known severe allergy", set()),
    ("known allergies", {"known allerg*"}),
    ("allergy known", set()),
    ("known", set()),
    ("prediabetes", set()),
    ("diabetic", {"the diabet*"}),
    ("skin", {"on the skin"}),
    ("", set()),
    ("Hémorragie du HIV’s", {"HIV"}),
)


@pytest.mark.parametrize(("words", "found"), FOUND)
def test_each_phrase_is_found_alone_and_among_the_others(words: str, found: set[str]) -> None:
    assert {phrase for phrase in PHRASES if mentions(words, (phrase,))} == found
    assert mentions(words, PHRASES) == bool(found)
    assert {phrase for phrase in PHRASES if not phrase.endswith("*") and contains(words, phrase)} == {
        phrase for phrase in found if not phrase.endswith("*")
    }


def _telling(words: str) -> tuple[str, ...]:
    return tuple(stem for stem in stems(words.removesuffix("*")) if stem not in idle_words())


def _one_by_one(words: str) -> tuple[str, bool] | None:
    """What the rows of the file say of words, each asked in turn."""
    told = _telling(words)
    for row in sayings():
        for phrases, denied in ((row.says, False), (row.denies, True)):
            whole = frozenset(phrase for phrase in phrases if not phrase.endswith("*"))
            begun = [
                contains(words, phrase[:-1])
                for phrase in phrases
                if phrase.endswith("*") and told[: len(own := _telling(phrase))] == own
            ]
            if (whole and same_thing(words, whole)) or any(begun):
                return row.concept, denied
    return None


def test_what_unread_words_say_is_what_the_first_row_of_the_file_says() -> None:
    said = [phrase for row in sayings() for phrase in (*row.says, *row.denies)]
    words = [phrase.removesuffix("*") for phrase in said]
    words += [f"any {each} at all" for each in words] + [" ".join(reversed(each.split())) for each in words]
    assert len(said) > 50
    assert [said_by(each) for each in words] == [_one_by_one(each) for each in words]
    assert said_by("") is said_by("of the") is _one_by_one("") is None


@pytest.mark.parametrize("row", [row for row in sayings() if row.no], ids=lambda row: row.concept)
def test_words_that_say_nothing_of_the_kind(row: Saying) -> None:
    assert [words for words in row.no if (said_by(words) or ("",))[0] == row.concept] == []


def test_every_row_that_says_something_has_counter_examples() -> None:
    assert [row.concept for row in sayings() if not row.no and not row.together] == []
