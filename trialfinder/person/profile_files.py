"""Profile files: load, save, check."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from trialfinder.base.resources import load_toml
from trialfinder.base.text import count
from trialfinder.base.values import PartialDate
from trialfinder.base.whole_files import unfinished
from trialfinder.errors import InputError
from trialfinder.person.facts import facts_of
from trialfinder.person.in_words import by_section
from trialfinder.person.interview import applies
from trialfinder.person.profile import Profile, ToldNumber, Value
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.read_profile import read_all
from trialfinder.person.spans import contradictions, in_the_future


def load(path: Path, *, today: dt.date | None = None) -> Profile:
    """Reads a profile file. With ``today``, facts that depend on the date are compared too (age and birth_year).

    Raises:
        InputError: the file cannot be read, or a key or value is wrong, or two facts say different things, or a date
            lies in the future. Names the file, the key and the nearest right one, and never a value; when there is
            more than one thing wrong, says how to see them all.
    """
    profile, problems = read(path, today)
    if problems:
        more = len(problems) - 1
        see = (f"{more} more: trialfinder profile check {shlex.quote(str(path))}",) if more else ()
        raise InputError(str(problems[0]), suggestions=problems[0].suggestions + see)
    return profile


def read(path: Path, today: dt.date | None) -> tuple[Profile, list[InputError]]:
    """What can be read of a file, and everything that is wrong with it.

    Raises:
        InputError: the file cannot be read at all.
    """
    facts, problems = read_all(load_toml(path), str(path))
    profile = Profile(facts)
    return profile, problems + impossible(profile, str(path), today)


def impossible(profile: Profile, source: str, today: dt.date | None) -> list[InputError]:
    """What cannot be true on this day: two facts that say different things, a date in the future."""
    pairs = contradictions(profile, today)
    found = [InputError(f"{source}: {one} and {other} say different things; keep one of them") for one, other in pairs]
    return found + [InputError(f"{source}: {key}: lies in the future") for key in in_the_future(profile, today)]


def check(
    path: Path, *, today: dt.date | None = None, also: Callable[[Profile], list[InputError]] = lambda _: []
) -> list[str]:
    """What ``profile check`` prints: how many facts were told, and which are still open.

    ``also`` finds more that is wrong, such as a town that nobody knows.

    Raises:
        InputError: as ``load``, but with everything that is wrong.
    """
    profile, problems = read(path, today)
    problems += also(profile)
    if len(problems) > 1:
        told = [str(problem).removeprefix(f"{path}: ") for problem in problems]
        raise InputError(f"{path}: {len(problems)} things are wrong", suggestions=told)
    if problems:
        raise InputError(f"{path}: {str(problems[0]).removeprefix(f'{path}: ')}", suggestions=problems[0].suggestions)
    open_facts = [
        fact
        for fact in schema().values()
        if fact.ask and fact.answers and fact.key not in profile and applies(fact, profile)
    ]
    lines = [f"{path}: good; {count(len(profile), 'fact')} told, {len(open_facts)} that studies ask for are left out"]
    lines += [f"{key} does not go with another answer, so it counts as unknown" for key in _clashes(profile, today)]
    if open_facts:
        lines.append('left out (unknown, never "no"):')
        for section in dict.fromkeys(fact.section for fact in open_facts):
            named = (_with_label(fact) for fact in open_facts if fact.section == section)
            lines.append(f"  [{section}] " + ", ".join(named))
    return lines


def _with_label(fact: Fact) -> str:
    """The key as it stands in a file, and what it is where the key does not say it."""
    same = fact.label.lower() == fact.name.replace("_", " ")
    return fact.name if same else f"{fact.name} ({fact.label})"


def _clashes(profile: Profile, today: dt.date | None) -> list[str]:
    return sorted(facts_of(profile, today).clashes & set(profile)) if today else []


def dumps(profile: Profile) -> str:
    """The profile as TOML, in the order of the schema. What was not told is not written."""
    lines = by_section(profile, lambda name: f"[{name}]", lambda fact, value: f"{fact.name} = {_toml(value)}")
    return "".join(f"{line}\n" for line in lines)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, ToldNumber):
        return _quoted(value.told)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(name) for name in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_quoted(name)} = {_toml(points)}" for name, points in value.items()) + " }"
    if isinstance(value, PartialDate):
        return _quoted(str(value))
    return _quoted(value)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def save(profile: Profile, path: Path) -> None:
    """Writes the profile, readable by its owner only. An interruption leaves the old file as it was.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path) as temporary:
            temporary.write_text(dumps(profile), encoding="utf-8")
            temporary.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
