"""What people with fresh eyes ran into: each is one of their commands, with what they should have been told."""

from __future__ import annotations

import json

import pytest

from tests.e2e import made
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn

DAY = ("--today", TODAY)
FEE = "Participants must pay 9,000 USD for the injection."


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def paid(program: Program) -> Program:
    """A store of two studies, one of which takes a fee."""
    study = made.study(2)
    study["protocolSection"]["descriptionModule"]["briefSummary"] += f" {FEE}"
    assert program("import", "-", *DAY, stdin=json.dumps([made.study(1), study])).code == 0
    return program


def test_a_strong_warning_sign_stands_on_the_line_of_every_list(paid: Program) -> None:
    piped = paid("search", "--offline", *DAY, COLUMNS="")
    marked = [line for line in piped.lines if line.split("\t")[1].startswith("! ")]
    assert [line.split("\t")[0] for line in marked] == [made.nct(2)]
    assert "1 with a strong warning sign (!)" in piped.err
    for columns in ("60", "140"):
        wide = paid("search", "--offline", *DAY, COLUMNS=columns)
        assert "STRONG WARNING SIGN:" in wide.out
        assert "participant pays" in wide.out
    unconfirmed = paid("search", "--offline", "--open", "--today", "2029-01-01")
    assert "STRONG WARNING SIGN: participant pays" in unconfirmed.err


def test_a_strong_warning_sign_stands_at_the_top_of_a_card(paid: Program) -> None:
    shown = paid("show", made.nct(2), "--offline", *DAY).out
    assert shown.index("STRONG WARNING SIGN: participant pays. Ask: What would I have to pay") < shown.index(
        "Can it be"
    )
    assert "STRONG" not in paid("show", made.nct(1), "--offline", *DAY).out


def test_a_list_says_how_many_saved_searches_were_asked(program: Program, registry: StandIn) -> None:
    asked = program.at(registry.url)
    first = asked("search", "narcolepsy", *DAY)
    assert "1 of 12 saved searches was asked so far; the others can find more: trialfinder refresh --all" in first.err
    asked("refresh", "--all", *DAY)
    assert "saved searches" not in asked("search", "narcolepsy", *DAY).err


def test_one_wrong_file_does_not_stop_a_refresh_of_all(program: Program, registry: StandIn) -> None:
    own = program.store.parent / "queries"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('name = "mine"\ntitle = "a"\n')
    asked = program.at(registry.url)
    done = asked("refresh", "--all", *DAY)
    assert done.code == 2
    assert "all but this is refreshed: " in done.err
    assert "mine.toml" in done.err
    assert "cranial: 0 studies" in asked("store", "info").out


def test_a_search_of_ones_own_is_written_and_followed(program: Program, registry: StandIn) -> None:
    made_it = program("queries", "new", "facial-pain", "trigeminal neuralgia", 'facial "pain"')
    assert made_it.code == 0, made_it.err
    assert "facial-pain" in program("queries", "list").out
    assert program("queries", "check").code == 0
    assert program.at(registry.url)("refresh", "--query", "facial-pain", *DAY).code == 0
    again = program("queries", "new", "facial-pain", "neuralgia")
    assert (again.code, "already" in again.err) == (2, True)
    for name, words in (("Facial Pain", "x"), ("long", "a b c d e f g h i j k l m")):
        assert program("queries", "new", name, words).code == 2
    assert not (program.store.parent / "queries" / "long.toml").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "Mancester",
            'can mean 2 places; say which --near "Manchester, England, United Kingdom" --near "Manchester, New',
        ),
        ("Leeeds", "did you mean Leeds, England, United Kingdom?"),
        ("Manchestr", "did you mean Manchester, England, United Kingdom or Manchester, New Hampshire, United States"),
    ],
)
def test_a_town_with_a_slip_is_asked_back_the_largest_first(program: Program, typed: str, words: str) -> None:
    done = program("search", "--near", typed, "--store", "snapshot", *DAY)
    assert done.code == 2
    assert words in said(done.err)


def test_a_town_and_its_country_need_no_comma(program: Program) -> None:
    assert "Asked: near Leeds, England, United Kingdom" in (
        program("search", "--near", "leeds uk", "--store", "snapshot", *DAY).err
    )
    assert "near Paris, Texas, United States" in (
        program("search", "--near", "paris texas", "--store", "snapshot", *DAY).err
    )


@pytest.mark.parametrize("answer", ["Leeeds", "leeeds"])
def test_the_question_for_the_town_suggests_the_one_that_is_meant(answer: str) -> None:
    from trialfinder.cli.profile_command import accept
    from trialfinder.errors import InputError
    from trialfinder.person.profile_schema import schema

    with pytest.raises(InputError) as told:
        accept(schema()["person.place"], answer)
    assert told.value.suggestions == ("Leeds, England, United Kingdom",)


def test_a_profile_in_another_encoding_names_the_line_and_the_way_out(program: Program) -> None:
    (program.home / "me.toml").write_bytes('[person]\nage = 58\ncountry = "España"\n'.encode("cp1252"))
    for command in (["profile", "check", "me.toml"], ["match", "--profile", "me.toml", "--store", "snapshot"]):
        done = program(*command, *DAY)
        assert done.code == 2
        assert done.err.count("\n") == 1
        assert "me.toml: line 3 has a letter that is not saved as UTF-8; open the file in an editor" in done.err
        assert "Espa" not in done.err


def test_a_key_outside_of_its_table_is_told_where_it_belongs(program: Program) -> None:
    (program.home / "me.toml").write_text('age = 61\nneuropathy = "diabetic"\n')
    done = program("profile", "check", "me.toml")
    assert "unknown table or key 'age'; it belongs on a line below [person]" in done.err
    assert "neuropathy: expected a table, written as [neuropathy], and below it lines such as types = ..." in done.err


def test_a_folder_that_is_none_and_a_profile_in_its_place(program: Program) -> None:
    (program.home / "one.toml").write_text("[person]\nage = 61\n")
    for folder, words in (("nofolder", "there is no such folder"), ("one.toml", "is one profile, no folder of them")):
        done = program("match", "--group", folder, "--sheets", "out", "--store", "snapshot", *DAY)
        assert (done.code, words in done.err) == (2, True)


def test_a_country_of_several_words_with_a_slip(program: Program) -> None:
    done = program("search", "--country", "Untied", "--store", "snapshot", *DAY)
    assert done.code == 2
    assert "did you mean United Arab Emirates or United Kingdom or United States" in done.err


@pytest.mark.parametrize("phase", ["phase 2", "Phase II", "phase_2", "2"])
def test_a_phase_as_people_say_it(program: Program, phase: str) -> None:
    usual = program("search", "--phase", "PHASE2", "--store", "snapshot", "--format", "csv", *DAY).out
    assert program("search", "--phase", phase, "--store", "snapshot", "--format", "csv", *DAY).out == usual
