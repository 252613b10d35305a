"""What expressions and phrases need: they are found nowhere without it."""

from __future__ import annotations

import re

import pytest

from trialfinder.phrases.beginnings import begun
from trialfinder.phrases.phrase_language import SaidPhrase
from trialfinder.phrases.screens import Screen, first_words, words_of
from trialfinder.reading.amounts.numbers import NUMBERS, quantities
from trialfinder.reading.vocabulary.index import load_index
from trialfinder.reading.vocabulary.patterns import Rule, load_patterns
from trialfinder.reading.wording.normalise import clean
from trialfinder.reading.wording.whole_words import WholeWords

RULES = [rule for pattern in load_patterns().values() for rule in pattern.rules]


def test_a_screen_lets_a_text_with_one_of_its_words() -> None:
    screen = Screen("day|week")
    assert screen.lets(words_of("in one week")) and screen.lets(words_of("a day-long trip"))
    assert not screen.lets(words_of("in two weeks")) and not screen.lets(words_of("in two weeks"))
    assert screen.lets(words_of("in two weeks and a day"))


def test_phrases_need_their_first_word() -> None:
    assert first_words(["treated with", "use*", "can't"]) == "can|treated|use.*"
    assert first_words(["'s own"]) == ".*"
    listed = WholeWords(["treated with", "use*"])
    for text in ("is treated with it", "useful", "the use of"):
        assert listed.search(text) is not None and listed.lets(words_of(text))
    assert not listed.lets(words_of("misused; with treatment"))


@pytest.mark.parametrize("text", ["18", "b12 3", "a week", "half a year", "over the uln", "zero", "above 1/2 year"])
def test_numbers_have_what_they_need(text: str) -> None:
    assert not quantities(text) or NUMBERS.lets(words_of(text))


def test_no_number_is_looked_for_without_one() -> None:
    assert not NUMBERS.lets(words_of("known allergy to a drug of the study"))


@pytest.mark.parametrize(
    ("phrase", "needed"),
    [
        ("heart disease", {"disease", "diseases"}),
        ("cancer", set()),
        ("non-smoker since", {"since", "sinces"}),
        ("heart {attack, failure}", {"attack", "attacks", "failure", "failures"}),
        ("heart [of any] disease", {"disease", "diseases"}),
        ("heart dis*", set()),
        ("heart disea*", {"dise*"}),
        ("[prior, intra-cranial]+ {surgery, operat*, *scopy}", set()),
        (
            "[any]+ {surgical, operat*, =open {repair, cut}, radio-ablated}",
            {"surgical", "surgicals", "oper*", "open", "radi*"},
        ),
        ("sign of {attack <then -like>, failed}", {"atta*", "failed"}),
        ("heart-attack", set()),
        ("heart {-attack, failed}", set()),
        ("heart [in-]sufficient", set()),
        ("heart [hyper-]tension", {"hype*", "tension", "tensions"}),
        ("confirmed <any> biopsy", {"biopsy", "biopsies"}),
    ],
)
def test_a_phrase_needs_a_word_behind_its_first(phrase: str, needed: set[str]) -> None:
    assert SaidPhrase(phrase).needed_words() == needed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.pattern}-{rule.number}")
def test_no_phrase_stands_without_the_words_it_needs(rule: Rule) -> None:
    texts = [clean(text).lower for text in (*(example.text for example in rule.yes), *rule.no)]
    for term in rule.terms:
        needed = term.needed_words()
        made = re.compile(term.expression + r"(?![^\W_])", re.IGNORECASE)
        for lower in texts:
            if needed and any(made.match(lower, word.start()) for word in re.finditer(r"[^\W_]+", lower)):
                said = words_of(lower)
                assert needed & (said | begun(said)), (lower, needed)


def test_the_index_finds_the_same_when_all_phrases_are_tried() -> None:
    index = load_index()
    for rule in RULES:
        for text in rule.no:
            cleaned = clean(text)
            found = index.hits(cleaned.text, cleaned.lower, words_of(cleaned.lower))
            assert found == index.hits(cleaned.text, cleaned.lower)
