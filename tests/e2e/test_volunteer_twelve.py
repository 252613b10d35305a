"""What a volunteer met with a pattern, a saved search and a support group, by the commands that they typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.program import Program
from trialfinder.base import resources
from trialfinder.registry.essie import no_term

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--offline", "--today", "2026-11-20")


def own_search(program: Program, name: str, content: str) -> Path:
    path = program.home / "trialfinder" / "queries" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def of_terms(name: str, terms: str) -> str:
    return f'name = "{name}"\ntitle = "x"\n[[facets]]\nname = "c"\nparameter = "query.cond"\nterms = {terms}\n'


@pytest.mark.parametrize(
    ("parts", "words"), [(("data", "patterns"), "patterns, all fine."), (("queries",), "saved searches, all fine.")]
)
def test_a_check_names_its_folder_and_another_one_at_hand(
    program: Program, monkeypatch: pytest.MonkeyPatch, parts: tuple[str, ...], words: str
) -> None:
    """In a clone beside an installed copy, an edit of the clone was answered "all fine"."""
    command = (parts[-1], "check")
    alone = program(*command)
    assert (alone.code, "NOT checked" in alone.err) == (0, False)
    assert f"{words} Checked: {ROOT.joinpath(*parts)}" in alone.err
    for folder in ("data/patterns", "queries"):
        (program.home / folder).mkdir(parents=True)
        (program.home / folder / "broken.toml").write_text("name = ", encoding="utf-8")
    beside = program(*command)
    assert beside.code == 0
    assert f"{program.home.joinpath(*parts)} is another folder and is NOT checked" in beside.err
    assert f"python -m pip install -e {program.home}" in beside.err
    shutil.copytree(ROOT / "queries", program.home / "queries", dirs_exist_ok=True)
    monkeypatch.setattr(resources, "resource_root", lambda: program.home)
    (program.home / "queries" / "broken.toml").unlink()
    assert "NOT checked" not in program("queries", "check").err, "what is installed from here is checked"


def test_a_folder_of_searches_that_is_no_clone_is_told_where_they_belong(program: Program) -> None:
    (program.home / "queries").mkdir()
    (program.home / "queries" / "mine.toml").write_text("name = ", encoding="utf-8")
    told = program("queries", "check").err
    assert f"belong into {program.home / 'trialfinder' / 'queries'}" in told
    assert "pip install" not in told


def test_names_with_a_comma_between_are_names_of_their_own(program: Program) -> None:
    done = program("queries", "new", "zoster", "post herpetic neuralgia, shingles", "zoster pain")
    assert done.code == 0
    assert "3 names, cut at the commas: post herpetic neuralgia | shingles | zoster pain" in done.err
    written = (program.home / "trialfinder" / "queries" / "zoster.toml").read_text(encoding="utf-8")
    assert 'terms = ["post herpetic neuralgia", "shingles", "zoster pain"]' in written


def test_a_search_says_that_a_file_of_ones_own_is_left_out(program: Program) -> None:
    own_search(program, "diabetic", 'name = "diabetic"\n[expect]\nmin_studys = 1\n')
    done = program("search", "diabetic", *DAY)
    assert done.code == 0
    assert done.err.count("left out: ") == 1
    assert "min_studys" in done.err


def test_a_term_that_nobody_can_have_meant_is_not_fine(program: Program) -> None:
    own_search(program, "face", of_terms("face", '["facial (pain", "facial pain AND face OR"]'))
    done = program("queries", "check")
    assert (done.code, "all fine" in done.err) == (2, False)
    assert "'facial (pain': a bracket is opened and not closed" in done.err
    assert "AND within a term is taken as a word; write each name as a term of its own" in done.err


@pytest.mark.parametrize("words", ['"unclosed phrase', "a AND b", "facial (pain"])
def test_what_the_check_calls_wrong_is_not_written(program: Program, words: str) -> None:
    done = program("queries", "new", "paren", "facial pain", words)
    assert (done.code, "nothing was written" in done.err) == (2, True)
    assert not (program.home / "trialfinder" / "queries" / "paren.toml").exists()


@pytest.mark.parametrize("command", [("refresh", "--query", "face"), ("search", "diabetic", "--offline")])
def test_whoever_asks_such_a_search_is_told_so(program: Program, command: tuple[str, ...]) -> None:
    """ "Refreshed: nothing new" of a search that finds nothing for ever looks like no studies."""
    own_search(program, "face", of_terms("face", '["facial (pain"]'))
    done = program(*command, "--today", "2026-11-20", "--api-url", "http://127.0.0.1:9/api/v2")
    assert done.err.count("face: c: 'facial (pain': a bracket is opened and not closed") == 1


@pytest.mark.parametrize(
    ("term", "as_typed", "odd"),
    [
        ("acute motor and sensory neuropathy", False, False),
        ("ALL", False, False),
        ("amyotrophy (Hirayama)", False, False),
        ("neuropathy AND pain", False, True),
        ("neuropathy AND pain", True, False),
        ("(neuropathy AND pain", True, True),
        ("AREA[Keyword]pain", False, True),
        ('facial "pain', False, True),
    ],
)
def test_which_terms_are_odd(term: str, as_typed: bool, odd: bool) -> None:
    assert bool(no_term(term, as_typed=as_typed)) is odd


@pytest.fixture
def people(program: Program) -> Path:
    folder = program.home / "people"
    folder.mkdir()
    (folder / "ben.toml").write_text('[person]\ncountry = "Germny"\n', encoding="utf-8")
    (folder / "cy.toml").write_text('[person]\nsex = "womann"\n', encoding="utf-8")
    return folder


@pytest.mark.usefixtures("people")
def test_all_wrong_files_of_a_group_are_told_at_once(program: Program) -> None:
    done = program("match", "--group", "people", *DAY)
    assert done.code == 2
    assert "people: 2 profiles are wrong" in done.err
    assert "ben.toml: person.country: no country is called so" in done.err
    assert "cy.toml: person.sex: not one of female, male" in done.err
    assert "Germny" not in done.err, "no value is in a message"


def test_a_country_that_nobody_knows_is_told_and_stops_nobody(program: Program, people: Path) -> None:
    (people / "cy.toml").unlink()
    done = program("match", "--group", "people", *DAY)
    assert done.code == 0
    assert "ben.toml: person.country: no country is called so" in done.err
    alone = program("match", "--profile", "people/ben.toml", *DAY)
    assert alone.code == 0
    assert "person.country: no country is called so" in alone.err
