"""``trialfinder profile``: a person's own facts, in a file of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base import settings as places
from trialfinder.cli import streams
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

_FILE = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="The profile; without it the one in TRIALFINDER_HOME.")
]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(
        help="Your own facts: in a file on this machine, never sent, logged or exported.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    command(group, "new")(new)
    command(group, "check")(check)
    command(group, "show")(show)
    app.add_typer(group, name="profile")


def default_file() -> Path:
    """The profile that is used when none is named."""
    return places.home() / "profile.toml"


def new(run: Run, file: _FILE = None) -> None:
    """Ask for your facts in plain words; every question can be skipped with Enter.

    Ctrl-C or q stops and keeps what was answered. An existing file is continued.

    Example: trialfinder profile new me.toml
    """
    from trialfinder.person import Profile, ask, load, save

    path = file or default_file()
    if not streams.is_terminal(sys.stdin) and run.format != "plain":
        run.say("Reading the answers from standard input, one line each.")
    told = load(path, today=run.today) if path.exists() else Profile()
    run.say(f"Your answers stay in {path}. Enter skips, ? explains, - takes an answer back, q stops.")

    def write(line: str) -> None:
        sys.stderr.write(line + "\n")

    def read(prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    path.parent.mkdir(parents=True, exist_ok=True)
    answered = 0
    for newest in ask(told, read, write):
        answered += 1
        told = newest
        save(told, path)
    run.say(
        f"{path}: {len(told)} facts told." if answered or path.exists() else "Nothing was answered; no file was made."
    )
    run.say(f"Next: trialfinder match --profile {path}")


def check(run: Run, file: _FILE = None) -> None:
    """Check a profile for wrong keys, values and units.

    Example: trialfinder profile check me.toml
    """
    from trialfinder.person import check as checked

    path = existing(file or default_file())
    sys.stdout.write("\n".join(checked(path, today=run.today)) + "\n")


def show(run: Run, file: _FILE = None) -> None:
    """Show a profile in words, on this terminal only.

    Example: trialfinder profile show me.toml
    """
    from trialfinder.person import load
    from trialfinder.person import show as shown

    sys.stdout.write("\n".join(shown(load(existing(file or default_file()), today=run.today))) + "\n")


def existing(path: Path) -> Path:
    """The path, if there is a file.

    Raises:
        InputError: there is none.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such profile", suggestions=(f"trialfinder profile new {path}",))
    return path
