"""What people type for "none", in three languages, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialfinder.cli.profile_command import _unheard_illnesses, accept
from trialfinder.errors import InputError
from trialfinder.person import Profile, from_options, load
from trialfinder.person.none_told import denies, says_none
from trialfinder.person.plain_words import is_none, is_unknown
from trialfinder.person.profile_schema import schema
from trialfinder.person.told_options import from_words

ILLNESSES = "health.diagnoses"
# fmt: off
NONE = [
    "none", "no", "nope", "Nope!", "no I dont", "no I don't", "nothing", "none of these", "none of the above", "n/a",
    "not that I know of", "not that I know", "dont have any", "no I dont have any", "I don't have any", "I have none",
    "none thanks", "nothing at all", "nothing that I know of", "none known", "not to my knowledge", "no illnesses",
    "no other illnesses", "nothing else", "there are none", "never had any", "haven't got any", "nil", "well, none",
    "ninguna", "Ningún", "nada", "no tengo", "no tengo ninguna", "ninguna que yo sepa", "no tengo enfermedades",
    "없음", "없어요", "없습니다", "아니요", "아뇨, 없어요", "해당 없음", "특별히 없어요",
]
SOMETHING = [
    "gout", "no gout", "none but gout", "nothing except gout", "no serious illness", "nothing serious", "I don't know",
    "not sure", "I don't think so", "no longer have gout", "n-acetylcysteine", "non-Hodgkin lymphoma", "nodular goitre",
    "no tengo gota", "no sé", "nada grave", "통풍", "통풍 없음", "one", "it", "no allergies", "no tablets",
]
# fmt: on


@pytest.mark.parametrize("words", NONE)
def test_a_no_in_peoples_words_is_none(words: str) -> None:
    for key in (ILLNESSES, "health.autoimmune", "treatment.allergies", "treatment.medications"):
        if "illness" not in words and "enfermedad" not in words:
            assert from_words(schema()[key], words, "x") == (), key
    assert from_words(schema()[ILLNESSES], words, "x") == ()


@pytest.mark.parametrize("words", SOMETHING)
def test_what_only_looks_like_it_is_not_none(words: str) -> None:
    assert not says_none(words, ILLNESSES)


def test_none_of_one_thing_is_not_none_of_another() -> None:
    facts = schema()
    assert is_none("no allergies", facts["treatment.allergies"])
    assert is_none("I take no tablets", facts["treatment.medications"])
    assert is_none("no autoimmune diseases", facts["health.autoimmune"])
    assert not is_none("no autoimmune diseases", facts[ILLNESSES])
    assert not is_none("no drug allergies", facts["treatment.allergies"]), "latex is no drug"


def test_a_list_of_several_noes_is_none_and_a_no_beside_a_name_is_asked_for_again() -> None:
    assert from_words(schema()[ILLNESSES], "no, I dont have any", "x") == ()
    with pytest.raises(InputError, match="stands beside other names"):
        from_words(schema()[ILLNESSES], "none, gout", "x")


def test_files_and_options_understand_it_as_well(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text("[health]\nautoimmune = ['no I dont']\ndiagnoses = 'nothing'\n", encoding="utf-8")
    assert load(path).facts() == {"health.autoimmune": (), "health.diagnoses": ()}
    assert from_options({"autoimmune": "nope"}).facts() == {"health.autoimmune": ()}


def test_not_to_know_is_not_none() -> None:
    assert all(map(is_unknown, ("I don't think so", "no lo sé", "잘 모르겠어요", "not sure")))


def test_a_denied_name_is_known_as_one() -> None:
    assert all(map(denies, ("no gout", "never had gout", "I don't have gout", "sin gota", "통풍 없음")))
    assert not any(map(denies, ("gout", "nodular goitre", "non-Hodgkin lymphoma", "통풍")))


@pytest.mark.parametrize(
    ("key", "names", "asked"),
    [
        ("health.autoimmune", ("lupus", "Hashimoto"), ""),
        ("health.autoimmune", ("see above",), "No list here knows as an illness: see above."),
        ("health.diagnoses", ("gout", "high blod pressure"), 'Did you mean "high blood pressure"?'),
        ("health.diagnoses", ("coronary stent", "hip replacement"), ""),
        ("treatment.medications", ("zorblax",), ""),
    ],
)
def test_a_name_that_no_list_knows_is_read_back(key: str, names: tuple[str, ...], asked: str) -> None:
    said = accept(schema()[key], names)
    assert said.endswith(asked)
    assert bool(said) == bool(asked)


def test_check_says_which_entry_is_no_known_illness_and_not_its_words() -> None:
    person = Profile({"health.autoimmune": ("lupus", "zorblax", "the usual"), "health.diagnoses": ("gout",)})
    (line,) = _unheard_illnesses(person)
    assert line.startswith("health.autoimmune: entries 2 and 3 name no illness that is known here")
    assert "zorblax" not in line
