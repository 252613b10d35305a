"""``trialfinder patterns``: what the reader of criteria can read."""

from __future__ import annotations

import sys
import textwrap
from typing import Annotated

import typer

from trialfinder.base.suggest import nearest
from trialfinder.base.text import count
from trialfinder.cli import output, streams
from trialfinder.cli.checked_folder import checked_folders
from trialfinder.cli.forms import LISTED
from trialfinder.cli.options import command, new_group
from trialfinder.cli.run import Run
from trialfinder.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = new_group(app, "patterns")
    command(group, "list", forms=LISTED, paged=True)(list_patterns)
    command(group, "show", paged=True)(show_pattern)
    command(group, "check")(check)


def list_patterns(run: Run) -> None:
    """List the patterns.

    Example: trialfinder patterns list
    """
    from trialfinder.reading import load_patterns

    if not output.for_programs(run):
        sys.stdout.write("".join(f"{each.id:28} {each.says}\n" for each in load_patterns().values()))
        return
    known = load_patterns().values()
    output.list_all(run, "patterns", ({"id": each.id, "says": each.says, "unit": each.unit} for each in known))


def show_pattern(run: Run, pattern_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a pattern.")]) -> None:
    """Show one pattern with examples that it reads.

    Example: trialfinder patterns show hba1c
    """
    from trialfinder.reading import load_patterns

    patterns = load_patterns()
    if pattern_id not in patterns:
        close = nearest(pattern_id, patterns)
        raise InputError(f"there is no pattern {pattern_id[:60]!r}" + (f"; did you mean {close}?" if close else ""))
    pattern = patterns[pattern_id]
    width = min(streams.width(), 110)
    lines = [f"{pattern.id}: {pattern.says}"] + ([f"unit: {pattern.unit}"] if pattern.unit else [])
    lines += ["", "Read in:"]
    for text in pattern.examples:
        lines += textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
    sys.stdout.write("\n".join(lines) + "\n")
    del run


def check(run: Run) -> None:
    """Check the pattern files, and say which patterns never fire on the studies that are here.

    Example: trialfinder patterns check
    """
    from trialfinder.reading import check_patterns, load_patterns

    checked = checked_folders(run, ("data", "patterns"))
    problems = check_patterns()
    if problems:
        raise InputError(problems[0], suggestions=problems[1:20])
    with run.catalogue() as catalogue:
        fired = {reading.pattern for items in catalogue.items().values() for item in items for reading in item.readings}
        silent = [pattern for pattern in load_patterns() if pattern not in fired]
        run.say(f"{count(len(load_patterns()), 'pattern')}, all fine. {checked}")
        if silent:
            run.say(f"Never fired on the {len(catalogue)} studies of the {catalogue.origin.kind}: {', '.join(silent)}")
