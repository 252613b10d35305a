"""The first search never leaves a person with nothing, and the ways out that it names work."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.standin import StandIn

DAY = ("--today", TODAY)


def named_way_out(err: str) -> list[str]:
    """The command that the message says to paste."""
    line = next(line for line in err.splitlines() if "--accept-fall" in line and line.startswith("  "))
    return shlex.split(line)[1:]


def test_few_studies_fill_an_empty_store(program: Program) -> None:
    """How many there are on the live registry is not known, so a small number is told and kept."""
    with StandIn(made.studies(3)) as registry:
        done = program.at(registry.url)("search", *DAY)
    assert done.code == 0
    assert nct(3) in done.out
    assert "3 studies came, at least 25 were expected" in done.err
    with StandIn(made.studies(3)) as registry:
        again = program.at(registry.url)("refresh", "--full", *DAY)
    assert again.code == 0, again.err


def test_a_search_that_may_be_empty_does_not_stop_the_others(program: Program) -> None:
    with StandIn(made.studies()) as registry:
        done = program.at(registry.url)("refresh", "--all", *DAY)
    assert done.code == 0, done.err
    assert "30 new" in done.out


@pytest.mark.parametrize("command", [["search"], ["export", "-", "--format", "csv"], ["match", "--age", "50"]])
def test_an_answer_that_cannot_be_believed_still_shows_what_there_is(program: Program, command: list[str]) -> None:
    with StandIn() as registry:
        done = program.at(registry.url)(*command, *DAY)
    assert done.code == 0, done.err
    assert len(done.lines) > 20
    assert "no study came, at least 25 were expected" in done.err
    assert "came with the program" in done.err
    assert "could not be asked" not in done.err
    assert "[expect]" not in done.err


def emptied(number: int) -> dict[str, object]:
    record = made.study(number)
    del record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    return record


def test_the_way_out_lifts_every_check_that_a_person_can_judge(program: Program) -> None:
    for records, words in (([], "no study came"), ([emptied(number) for number in range(1, 31)], "criteria")):
        with StandIn(records) as registry:
            asked = program.at(registry.url)
            if records:  # a first fill has nothing to compare its fields with
                with StandIn(made.studies()) as before:
                    assert program.at(before.url)("refresh", *DAY).code == 0
            done = asked("refresh", *["--full"][: len(records)], *DAY)
            assert done.code == 8
            assert words in done.one_line_of_warning("the store was left as it was")
            assert asked(*named_way_out(done.err), *DAY).code == 0
            for path in program.store.parent.glob("store.sqlite*"):  # without traces
                path.unlink()


def test_a_filled_store_is_shown_when_the_answer_cannot_be_believed(filled: Program) -> None:
    with StandIn() as registry:
        for _ in range(8):  # a week later everything is asked for
            registry.reload()
        done = filled.at(registry.url).later(days=30)("search")
    assert done.code == 0
    assert nct(1) in done.out
    assert "30 the last time" in done.err


def test_a_refused_question_shows_what_there_is(program: Program, registry: StandIn) -> None:
    registry.fault("status", code=400, times=9)
    done = program.at(registry.url)("search", *DAY)
    assert done.code == 0, done.err
    assert len(done.lines) > 20
    assert "refused the question" in done.err


def user_file(program: Program, name: str, content: str) -> Path:
    path = program.home / "trialfinder" / "queries" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_a_person_changes_what_is_expected_in_a_file_of_their_own(program: Program) -> None:
    shown = program("queries", "show", "neuropathy-cells").out
    path = program.home / "trialfinder" / "queries" / "neuropathy-cells.toml"
    assert str(path) in shown
    user_file(program, "neuropathy-cells", "[expect]\nmin_studies = 0\nmin_fill = { eligibility_criteria = 0 }\n")
    assert "believed when it finds 0 to 2500 studies" in program("queries", "show", "neuropathy-cells").out
    with StandIn(made.studies()) as before:
        assert program.at(before.url)("refresh", *DAY).code == 0
    with StandIn([emptied(number) for number in range(1, 31)]) as odd:
        done = program.at(odd.url)("refresh", "--full", *DAY)
    assert done.code == 0, done.err


def test_a_search_of_ones_own(program: Program, registry: StandIn) -> None:
    user_file(
        program,
        "leeds",
        'name = "leeds"\ntitle = "Leeds"\ndescription = "Studies in Leeds."\n'
        '[[facets]]\nname = "place"\nparameter = "query.locn"\nterms = ["Leeds"]\n[[facets]]\nuse = "cells"\n'
        "[expect]\nmin_studies = 0\nmax_studies = 99\n",
    )
    assert "leeds " in program("queries", "list").out
    assert program("queries", "check").code == 0
    done = program.at(registry.url)("refresh", "--query", "leeds", *DAY)
    assert "15 new" in done.out


def test_a_wrong_file_of_ones_own_is_named(program: Program) -> None:
    path = user_file(program, "nowhere", "[expect]\nmin_studies = 0\n")
    done = program("queries", "list")
    assert done.code == 2
    assert str(path) in done.one_line()
    path.unlink()
    user_file(program, "diabetic", "[expect]\nmin_study = 0\n")
    assert "did you mean 'min_studies'" in program("queries", "list").one_line()
