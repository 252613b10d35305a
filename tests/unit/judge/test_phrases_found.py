"""Phrases are looked up all at once; what is found is what comparing them one by one finds."""

from __future__ import annotations

import pytest

from trialfinder.judge.leaf_tests import common, leaf_tests
from trialfinder.judge.nouns import contains, mentions, same_thing, stems
from trialfinder.judge.sayings import said_by

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


def _one_by_one(words: str) -> tuple[str, bool] | None:
    """What the rows of the file say of words, each asked in turn."""
    harmless = common().harmless
    told = tuple(stem for stem in stems(words) if stem not in harmless)
    for test in leaf_tests().values():
        for phrases, denied in ((test.unread, False), (test.unread_not, True)):
            whole = frozenset(phrase for phrase in phrases if not phrase.endswith("*"))
            begun = [
                tuple(stem for stem in stems(phrase[:-1]) if stem not in harmless)
                for phrase in phrases
                if phrase.endswith("*")
            ]
            if (whole and same_thing(words, whole, harmless)) or any(b and told[: len(b)] == b for b in begun):
                return test.concept, denied
    return None


def test_what_unread_words_say_is_what_the_first_row_of_the_file_says() -> None:
    said = [phrase for test in leaf_tests().values() for phrase in (*test.unread, *test.unread_not)]
    words = [phrase.removesuffix("*") for phrase in said]
    words += [f"any {each} at all" for each in words] + [" ".join(reversed(each.split())) for each in words]
    assert len(said) > 50
    assert [said_by(each) for each in words] == [_one_by_one(each) for each in words]
    assert said_by("") is said_by("of the") is _one_by_one("") is None
