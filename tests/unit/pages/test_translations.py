"""Every word of the program on pages is in every catalogue, with the same places for values."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from docs import words
from trialfinder import pages
from trialfinder.base.tongue import say, speaking
from trialfinder.base.values import PartialDate
from trialfinder.errors import InputError
from trialfinder.pages.translations import LANGUAGES, checked_language, country_words, day_words, translator


@pytest.fixture(scope="module")
def messages() -> set[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return set(words.messages())


def catalogue(language: str) -> Catalog:
    with words.catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_is_translated(language: str, messages: set[str]) -> None:
    """If this fails: python docs/words.py, then translate what is empty in data/languages."""
    found = {str(message.id): str(message.string) for message in catalogue(language) if message.id}
    assert set(found) == messages
    assert [english for english, said in found.items() if not said] == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_values_have_the_same_places(language: str) -> None:
    for message in catalogue(language):
        places = [sorted(re.findall(r"\{\w*\}", str(text))) for text in (message.id, message.string)]
        assert not message.id or places[0] == places[1], message.id


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_nobody_has_reviewed_is_used_and_marked(language: str) -> None:
    """The pages say so; whoever reviews the last one mends that sentence, too."""
    assert any(message.fuzzy for message in catalogue(language) if message.id)
    assert translator(language)("Can it be joined?") != "Can it be joined?"


def test_english_and_what_is_not_known_stay() -> None:
    with speaking(translator("en")):
        assert say("Study") == "Study"
    with speaking(translator("es")):
        assert say("Study") == "Estudio"
        assert say("no such words") == "no such words"
        assert say("") == ""
    assert say("Study") == "Study"


def test_an_unknown_language_is_told() -> None:
    assert [checked_language(name) for name in LANGUAGES] == ["en", "es", "ko"]
    with pytest.raises(InputError, match="the languages are en, es, ko"):
        checked_language("fr")


@pytest.mark.parametrize(
    ("day", "language", "words_"),
    [
        ("2026-09-05", "en", "September 5, 2026"),
        ("2026-09-05", "es", "5 de septiembre de 2026"),
        ("2026-09-05", "ko", "2026년 9월 5일"),
        ("2026-09", "en", "September 2026"),
        ("2026-09", "ko", "2026년 9월"),
        ("2026", "es", "2026"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(day: str, language: str, words_: str) -> None:
    assert day_words(PartialDate.parse(day), language) == words_


def test_countries_by_any_of_their_names() -> None:
    assert country_words("Korea, Republic of", "es") == "Corea del Sur"
    assert country_words("United States", "ko") == "미국"
    assert country_words("Atlantis", "es") == "Atlantis"


def test_no_word_is_said_inside_of_another_text() -> None:
    """What finds the words for the catalogues does not look into f-strings."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(pages.__path__[0]).glob("*.py")))
    inside = set(re.findall(r"\{say\('([^'\n]+)'\)", code))
    assert inside - {str(message.id) for message in catalogue("es")} == set()


def test_a_spanish_never_cannot_be_heard_with_the_verb_before_it() -> None:
    """ "Lo que un registro no dice nunca es una señal" is heard as "what it never says is a sign"."""
    said = [str(message.string) for message in catalogue("es") if message.id]
    assert [words_ for words_ in said if re.search(r"\bno \w+ nunca es\b", words_)] == []
    assert any("lo que un registro calla no es nunca una señal" in words_ for words_ in said)
