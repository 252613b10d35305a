"""``trialfinder profile``: a person's own facts, in a file of their own."""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base import whereabouts as places
from trialfinder.base.text import count
from trialfinder.cli import streams
from trialfinder.cli.forms import QUESTIONS
from trialfinder.cli.options import command, new_group
from trialfinder.cli.progress_bar import ticking
from trialfinder.cli.run import Run
from trialfinder.errors import InputError, TrialfinderError

if TYPE_CHECKING:
    from trialfinder.person import Fact, Profile
    from trialfinder.person.profile import Value

_FILE = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="The profile; without it the one in TRIALFINDER_HOME.")
]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = new_group(app, "profile")
    command(group, "new", forms=QUESTIONS)(new)
    command(group, "check")(check)
    command(group, "show", paged=True)(show)


def default_file() -> Path:
    """The profile that is used when none is named."""
    return places.home() / "profile.toml"


def new(run: Run, file: _FILE = None) -> None:
    """Ask for your facts in plain words; every question can be skipped with Enter.

    The questions that decide most about the studies at hand come first, about ten; the others are offered after them.
    Ctrl-C or q stops and keeps what was answered. An existing file is continued.

    Example: trialfinder profile new me.toml
    """
    from trialfinder.person import Profile, load

    path = file or default_file()
    if not streams.is_terminal(sys.stdin) and run.format != "plain":
        run.say("Reading the answers from standard input, one line each.")
    told = load(path, today=run.today) if path.exists() else Profile()
    run.say(f"Your answers stay in {path}. Enter skips, ? explains, - takes an answer back, q stops.")
    answered = _interview(run, path, told)
    if not answered and not path.exists():
        run.say("Nothing was answered; no file was made.")
        return
    run.say(f"{path}: {count(len(load(path)), 'fact')} told.")
    named = _named(path)
    run.say(f"Next: trialfinder match{f' --profile{named}' if named else ''}")


def _named(path: Path) -> str:
    """A profile as it is named behind a command, with a space before it; '' for the one that needs no name."""
    return "" if path == default_file() else f" {shlex.quote(str(path))}"


def _interview(run: Run, path: Path, told: Profile) -> int:
    """Asks the first questions, offers the others, and saves after every answer; returns how many were answered."""
    from trialfinder.person import Stopped, ask, save, schema

    path.parent.mkdir(parents=True, exist_ok=True)
    answered = 0
    first, scales = _first_questions(run, told)
    question = schema()["neuropathy.scores"].question

    def read(prompt: str) -> str:
        return _read(prompt.replace(question, f"{question} {scales}".strip()))

    try:
        for keys in (first, None):
            if keys is None:
                keys = [fact.key for fact in schema().values() if fact.ask and not _was_asked(fact, first, told)]
                keys.sort(key=lambda key: key not in _FIRST)
                if first and not _goes_on(len(keys), _named(path)):
                    break
                keys = _what_decides_first(run, told, keys) if first else keys
            how: dict[str, Any] = {"counted": True, "among_first": keys is first, "accept": accept, "today": run.today}
            for newest in ask(told, read, _write, keys, **how):
                answered, told = answered + 1, newest
                save(told, path)
    except Stopped:
        pass
    return answered


_FIRST = ("person.age", "person.sex", "neuropathy.types")
"""What is asked first whatever studies there are."""


def _was_asked(fact: Fact, first: list[str], told: Profile) -> bool:
    from trialfinder.person.interview import comes_first

    return fact.key in first and (not fact.first_if or comes_first(fact, told))


def _first_questions(run: Run, told: Profile) -> tuple[list[str], str]:
    """The keys to ask for first, and which scales the studies name; none when there are no studies to judge by."""
    from trialfinder.catalogue.matching import first_questions, scales_at_hand
    from trialfinder.cli.scales_told import named_here

    run.say(
        "Looking which questions decide most about the studies at hand; the first time this may take half a minute ..."
    )
    try:
        with ticking(run, "Looking at the studies:"), run.catalogue() as catalogue:
            return first_questions(catalogue, told), named_here(scales_at_hand(catalogue))
    except TrialfinderError as error:
        run.say(f"The questions come in their usual order, since the studies cannot be read: {error}")
        return [], ""


def _what_decides_first(run: Run, told: Profile, keys: list[str]) -> list[str]:
    """The other questions in the order in which `match` would name them: a person may stop at any of them."""
    from trialfinder.catalogue.matching import in_order_of_what_decides

    with ticking(run, "Putting the questions in order:"), run.catalogue() as catalogue:
        return in_order_of_what_decides(catalogue, told, keys)


_TRIES = 3


def _goes_on(others: int, named: str = "") -> bool:
    from trialfinder.person.plain_words import flag

    asked = f"That was what decides most. {others} more can make it exact. Go on? (yes/no) "
    for _ in range(_TRIES):
        typed = _typed_or_end(asked)
        with contextlib.suppress(ValueError):
            return flag(re.sub(r"[\s,]*(?:please|thanks|thank you)\W*$", "", typed, flags=re.IGNORECASE))
        if not typed.strip():
            break
        asked = "Please type yes or no: "
    _write(f"The other questions were not asked; the same command asks them: trialfinder profile new{named}")
    return False


def _typed_or_end(prompt: str) -> str:
    try:
        return _read(prompt)
    except (EOFError, KeyboardInterrupt):
        return "no"


def _write(line: str) -> None:
    sys.stderr.write(line + "\n")


def _read(prompt: str) -> str:
    if streams.is_terminal(sys.stderr):
        prompt = "\n".join(textwrap.wrap(prompt, streams.width())) + " "
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def accept(fact: Fact, value: Value) -> str:
    """What to ask back about an answer, while the person is there to say it otherwise; '' for nothing.

    Raises:
        InputError: a town or country that no distance can be told for.
    """
    from trialfinder.judge.answering.known_illness import asked_back
    from trialfinder.judge.names.cancer_kinds import is_cancer

    if fact.key in ("person.place", "person.country"):
        _known_place(fact, value)
    if isinstance(value, tuple):
        return asked_back(fact.key, value)
    unheard = fact.key == "health.cancer_kind" and not is_cancer(str(value))
    return "No list here knows that as a kind of cancer; is it one?" if unheard else ""


def _alike(town: str) -> list[str]:
    """Towns that are probably meant by a name that none has; what somebody types just now may be said back."""
    from trialfinder.catalogue.gazetteer import find_place

    try:
        return [place.label for place in find_place(town)]
    except InputError as error:
        return list(error.suggestions)


def _known_place(fact: Fact, value: Value) -> None:
    from trialfinder.catalogue.near import own_country, own_place
    from trialfinder.person import Profile

    try:
        if fact.key == "person.place":
            own_place(Profile({fact.key: value}))
        elif fact.key == "person.country":
            own_country(Profile({fact.key: value}))
    except InputError as error:  # its words are those of a file; here the answer itself is typed
        from trialfinder.base.countries import country_name

        if fact.key == "person.place" and country_name(str(value)):
            raise InputError("that is a country; name the nearest town in it") from error
        choices = [each.removeprefix('place = "').removesuffix('"') for each in error.suggestions]
        if fact.key == "person.place" and not choices:
            choices = _alike(str(value))
        said = str(error).replace(fact.key, "this name").replace("say which", "type one of these, or its number")
        raise InputError(said, suggestions=choices) from error


def check(run: Run, file: _FILE = None) -> None:
    """Check a profile for wrong keys, values and units; tells all that is wrong at once.

    Example: trialfinder profile check me.toml
    """
    from trialfinder.catalogue.near import unknown_places
    from trialfinder.cli.scales_told import unknown_scales
    from trialfinder.person import check as checked
    from trialfinder.person import load

    path = existing(file or default_file())
    lines = checked(path, today=run.today, also=unknown_places)
    person = load(path, today=run.today)
    lines[1:1] = [*_unheard_illnesses(person), *(unknown_scales(person) or _unused_scales(run, person))]
    sys.stdout.write("\n".join(lines) + "\n")


def _unheard_illnesses(person: Profile) -> list[str]:
    """What the lists of illnesses hold that is known here as none, by its place, since no message repeats a value."""
    from trialfinder.base.text import join_words
    from trialfinder.judge.answering.known_illness import LISTS, unheard_of

    found = []
    for key in LISTS:
        names = person.get(key)
        told = names if isinstance(names, tuple) else ()
        if unheard := [f"{told.index(name) + 1}" for name in unheard_of(key, told)]:
            which = f"entry {unheard[0]} names" if len(unheard) == 1 else f"entries {join_words(unheard)} name"
            found.append(f"{key}: {which} no illness that is known here; only the same words count (none at all is [])")
    return found


def _unused_scales(run: Run, person: Profile) -> list[str]:
    from trialfinder.catalogue.matching import scales_at_hand
    from trialfinder.cli.scales_told import unused_scales

    if not person.get("neuropathy.scores"):
        return []
    try:
        with run.catalogue() as catalogue:
            return unused_scales(person, scales_at_hand(catalogue))
    except TrialfinderError:  # without studies nothing is known of what they use
        return []


def show(run: Run, file: _FILE = None) -> None:
    """Show a profile in words, on this terminal only.

    Example: trialfinder profile show me.toml
    """
    from trialfinder.person import load
    from trialfinder.person import show as shown

    path = existing(file or default_file())
    run.say(f'From {path}. What is not here is unknown, never "no".')
    sys.stdout.write("\n".join(shown(load(path, today=run.today))) + "\n")


def existing(path: Path) -> Path:
    """The path, if there is a file.

    Raises:
        InputError: there is none.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a profile in it")
    if not path.is_file():
        raise InputError(
            f"{path}: there is no such profile", suggestions=(f"trialfinder profile new {shlex.quote(str(path))}",)
        )
    return path
