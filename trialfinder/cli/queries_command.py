"""``trialfinder queries``: the saved searches."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Sequence
from typing import Annotated

import typer

from trialfinder.base.text import count
from trialfinder.base.whereabouts import own_queries
from trialfinder.cli import output, streams
from trialfinder.cli.checked_folder import checked_folders
from trialfinder.cli.forms import LISTED, OBJECT
from trialfinder.cli.options import command, new_group
from trialfinder.cli.run import Run
from trialfinder.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = new_group(app, "queries")
    command(group, "list", forms=LISTED, paged=True)(list_queries)
    command(group, "show", forms=OBJECT, paged=True)(show_query)
    command(group, "check")(check_queries)
    command(group, "new")(new_query)


def list_queries(run: Run) -> None:
    """List the saved searches.

    A file that is wrong is told and left out; exit code 2 then.

    Example: trialfinder queries list
    """
    from trialfinder.registry.search_files import good_searches

    searches, wrong = good_searches()
    if not output.for_programs(run):
        sys.stdout.write("".join(f"{search.name:34} {search.title}\n" for search in searches))
    else:
        found = ({"name": each.name, "title": each.title, "description": each.description} for each in searches)
        output.list_all(run, "searches", found, lines=("name", "title"))
    _tell_wrong(run, wrong)


def _tell_wrong(run: Run, wrong: Sequence[InputError]) -> None:
    for error in wrong:
        run.warn(str(error))
    if wrong:
        raise typer.Exit(InputError.exit_code)


def show_query(run: Run, name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a saved search.")]) -> None:
    """Show one saved search: what it looks for, what is sent, and a link to check.

    Example: trialfinder queries show diabetic
    """
    from trialfinder.registry.search_files import saved_search

    search = saved_search(name)
    if run.format in ("json", "jsonl"):
        streams.print_json({"name": search.name, "title": search.title, "params": search.params()})
        return
    width = min(streams.width(), 110)
    lines = [f"{search.name}: {search.title}", *textwrap.wrap(" ".join(search.description.split()), width), ""]
    for facet in search.facets:
        lines.append(f"any of these ({facet.name}, {facet.parameter}):")
        lines += textwrap.wrap(", ".join(facet.terms), width, initial_indent="  ", subsequent_indent="  ")
    expect = search.expect
    lines += ["", f"believed when it finds {expect.min_studies} to {expect.max_studies} studies"]
    lines.append(f"to expect something else, write into {own_queries() / search.name}.toml:")
    lines += ["  [expect]", f"  min_studies = {expect.min_studies}"]
    lines += ["", "Sent: " + search.request_url(run.api_url), "On the website: " + search.website_url()]
    sys.stdout.write("\n".join(lines) + "\n")


def new_query(
    run: Run,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A short name: letters, digits, hyphens.")],
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Names of a condition; any of them.")],
) -> None:
    """Write a saved search of your own: studies of a condition in which cells are mentioned.

    The file can be edited; it is asked with refresh --query NAME, and followed from then on.

    Example: trialfinder queries new facial-pain "trigeminal neuralgia" "facial pain"
    """
    from trialfinder.registry.search_files import new_search

    names = [part.strip() for word in words for part in re.split(r"[,;]", word) if part.strip()] or words
    if len(names) > len(words):
        run.say(f"{len(names)} names, cut at the commas: {' | '.join(names)}. Any of them will do.")
    path = new_search(name, names)
    run.say(f"{path}: written. To ask it: trialfinder refresh --query {name}")


def check_queries(
    run: Run,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these saved searches.")] = None,
) -> None:
    """Check every saved search, without asking the registry.

    A mistake is code 2, and so is a term that the registry takes and nobody can have meant.

    Example: trialfinder queries check
    """
    from trialfinder.registry.search_files import good_searches, saved_search

    checked = checked_folders(run, ("queries",), [own_queries()])
    searches, wrong = ([saved_search(name) for name in names], ()) if names else good_searches()
    problems = [problem for search in searches for problem in search.check()]
    if problems:
        raise InputError(problems[0], suggestions=problems[1:])
    doubts = [doubt for search in searches for doubt in search.doubts()]
    for doubt in doubts:
        run.warn(doubt)
    if doubts and not wrong:
        raise typer.Exit(InputError.exit_code)
    _tell_wrong(run, wrong)
    run.say(f"{count(len(searches), 'saved search', 'saved searches')}, all fine. {checked}")
