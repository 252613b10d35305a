"""The help of every command: complete, with an example that can be typed, and the same wherever it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from trialfinder.cli.app import app
from trialfinder.cli.commands import COMMANDS
from trialfinder.errors import InputError

TOP = Path(__file__).resolve().parents[2]
ROOT: Any = typer.main.get_command(app)


def context(path: list[str]) -> Any:
    """The context of a command, without running it."""
    return ROOT.make_context("trialfinder", path, resilient_parsing=True)


def every_command() -> Iterator[tuple[str, Any]]:
    """``queries list`` and all the others, with what Typer built for each."""
    for name in COMMANDS:
        command = ROOT.get_command(context(["x"]), name)
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {each}", below[each]) for each in below)


ALL = dict(every_command())
GROUPS = [name for name in COMMANDS if name not in ALL]


def first_sentence(text: str) -> str:
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", paragraph)[0]


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = ALL[name]
    assert len(command.help.split()) >= 4
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--store", "--api-url", "--format", "--quiet", "--today"} <= options


@pytest.mark.parametrize("name", ALL)
def test_every_example_can_be_typed(name: str) -> None:
    last = ALL[name].help.strip().splitlines()[-1].strip()
    assert last.startswith("Example: trialfinder "), name
    words = shlex.split(last.removeprefix("Example: trialfinder "))
    path = name.split()
    assert words[: len(path)] == path
    parsed = ALL[name].make_context(name, words[len(path) :], resilient_parsing=False)
    assert parsed.args == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_has_the_first_sentence_of_each_command(name: str) -> None:
    command = ROOT.get_command(context(["x"]), name)
    assert first_sentence(command.help) == COMMANDS[name].words


@pytest.mark.parametrize("name", COMMANDS)
def test_the_documents_mention_every_command(name: str) -> None:
    assert f"trialfinder {name}" in (TOP / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"trialfinder {name}" in (TOP / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_without_a_command_shows_its_help(name: str) -> None:
    command = ROOT.get_command(context(["x"]), name)
    assert command.no_args_is_help
    assert command.help == COMMANDS[name].words


def test_options_that_stand_in_the_readme_exist() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"`trialfinder ([a-z][^`\n]*)`", readme)
    assert len(typed) > 8
    for line in typed:
        words = shlex.split(line.split("#")[0])
        name = next((each for each in (" ".join(words[:2]), words[0]) if each in ALL), words[0])
        assert words[0] in COMMANDS, line
        if name in ALL:
            options = {option for parameter in ALL[name].params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= options | {"--help"}, line


def test_an_unknown_command_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean export"):
        ROOT.get_command(None, "exprot")


@pytest.mark.parametrize("group", GROUPS)
def test_the_help_of_a_group_cuts_no_sentence_short(group: str) -> None:
    command = ROOT.get_command(context(["x"]), group)
    told = command.get_help(command.make_context(group, ["x"], resilient_parsing=True))
    assert "..." not in told.partition("Commands:")[2]
