"""Commands in what is told to people, so that they can be pasted as they stand.

A way out that leaves out ``--store`` mends another store, and one without ``--api-url`` asks another registry. One that
begins with a name that the shell does not know (a job of cron, an environment that is not active) does nothing.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from trialfinder.base import lazy_re as re
from trialfinder.cli.commands import COMMANDS

_GROUPS = ("patterns", "profile", "queries", "registry", "schedule", "store")
_ALONE = "|".join(re.escape(name) for name in COMMANDS if name not in _GROUPS)
_COMMAND = re.compile(rf"\btrialfinder (?P<name>(?:{'|'.join(_GROUPS)}) [a-z][a-z-]*|{_ALONE})(?![\w-])")
#: Where a command ends that stands in a sentence or a list of them.
_END = re.compile(r"[\n`]|; |\. ")
#: Under '' what each command is given, under a command's name what it alone is.
_kept: dict[str, Mapping[str, str]] = {}


def keep(given: Mapping[str, object], command: str = "") -> None:
    """Has every command that is told from now on carry these options, those of ``command`` only when it is named.

    Args:
        given: by name (``--store``), as they were typed; what is None was not.
        command: the one that takes them; '' for all.
    """
    _kept[command] = {name: str(value) for name, value in given.items() if value is not None}


def forget() -> None:
    """Before a run: nothing was given yet."""
    _kept.clear()


def pasteable(text: str) -> str:
    """The text with the kept options behind the name of every command in it; one that has the option is as it was.

    A command begins with the program as it was called, unless the shell knows it by its name.
    """
    called = _called()

    def whole(found: re.Match[str]) -> str:
        rest = _END.split(text[found.end() :], maxsplit=1)[0]
        options = {**_kept.get("", {}), **_kept.get(found["name"], {})}
        missing = [f"{name} {shlex.quote(value)}" for name, value in options.items() if name not in rest]
        return " ".join([called, found["name"], *missing])

    return _COMMAND.sub(whole, text)


def _called() -> str:
    name, place = "trialfinder", Path(sys.argv[0])
    known = shutil.which(name)
    if place.stem != name or (known and place.exists() and place.samefile(known)):
        return name
    return shlex.quote(str(place))


def again(name: str, **more: str) -> str:
    """The command as it was typed, with more options; without those that choose a form or a part of the output.

    For the person's own terminal: what they told by options is in it, so that it can be pasted.
    """
    typed = sys.argv[sys.argv.index(name) + 1 :] if name in sys.argv else []
    kept, skip = [], False
    for word in typed:
        option, equals, _ = word.partition("=")
        if option in _DROPPED or option.removeprefix("--") in more:
            skip = not equals
        elif not skip:
            kept.append(word)
        else:
            skip = False
    added = [part for option, value in more.items() for part in (f"--{option}", value)]
    return shlex.join(["trialfinder", name, *kept, *added])


_DROPPED = frozenset({"--explain", "--group", "--format", "--limit"})
