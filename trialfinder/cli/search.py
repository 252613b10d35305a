"""``trialfinder search``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from trialfinder.cli import choose, fresh, listing
from trialfinder.cli.options import Chosen, command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.text import one_line


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "search", filters=True)(search)


def search(
    run: Run,
    chosen: Chosen,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words that must all occur.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the exact requests and a link to check.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the registry.")] = False,
    live: Annotated[bool, typer.Option("--live", help="Ask the registry itself for WORDS, beyond the store.")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="As the store was at the end of a day.")] = None,
) -> None:
    """List the studies, newest first.

    The first search asks the registry and keeps the answer; later ones look into the store and ask again once a day.

    Example: trialfinder search diabetic --open --country "United States"
    """
    text = " ".join(words or [])
    choose.build(run, text, chosen)  # wrong values are told before anything is asked
    if chosen["query"]:
        from trialfinder.registry.searches import load_search

        load_search(chosen["query"])
    if live:
        _ask_words(run, text, chosen)
    problem, log = (None, []) if as_of or live else fresh.ensure(run, chosen["query"], offline=offline)
    with run.catalogue(as_of=as_of) as catalogue:
        if catalogue.origin.kind == "snapshot" and chosen["query"]:
            run.warn(f"what --query {chosen['query']} finds has never been asked, so it cannot be shown from the snapshot")
            chosen = {**chosen, "query": None}
        selection = choose.select(run, catalogue, "" if live else text, chosen)
        fresh.tell_origin(run, catalogue, problem)
        if explain:
            _explain(run, chosen, log, text)
        _print(run, selection, text)


def _ask_words(run: Run, text: str, chosen: Chosen) -> None:
    """Asks the registry for the user's own words; what comes is kept under a search of that name."""
    from trialfinder.registry.searches import user_search

    if not text.strip():
        raise InputError("--live needs words to ask for, such as: trialfinder search --live amyloid stem cells")
    found = user_search(text)
    fresh.refresh_user_search(run, found)
    chosen["query"] = found.name


def _print(run: Run, selection: choose.Selection, text: str) -> None:
    if run.format not in (None, "table"):
        from trialfinder.cli.export import write_rows

        write_rows(run, "studies", selection.rows, "-")
        return
    if not selection.rows:
        choose.explain_empty(run, selection, "trialfinder search")
        return
    listing.print_rows(selection.rows)
    run.say(listing.summary(len(selection.rows), selection.passed, selection.hidden, selection.rows))
    from trialfinder.classify import approval_notice

    run.say(one_line(approval_notice()))
    run.say(f"More on one: trialfinder show {selection.rows[0]['nct_id']}")


def _explain(run: Run, chosen: Chosen, log: list, text: str) -> None:  # type: ignore[type-arg] # RequestLog, not imported
    from trialfinder.registry.searches import DEFAULT_SEARCH, load_search

    name = chosen["query"] or DEFAULT_SEARCH
    if not name.startswith("words:"):
        saved = load_search(name)
        lines = [f"Saved search {name}: {saved.title}", "Request: " + saved.request_url(run.api_url)]
        lines.append("The same on the website: " + saved.website_url())
        for line in lines:
            print(line, file=sys.stderr)  # noqa: T201 # asked for
    for request in log:
        print(f"Asked now: {request.status} {request.url}", file=sys.stderr)  # noqa: T201 # asked for
    if not log:
        print("Asked now: nothing; the store answered.", file=sys.stderr)  # noqa: T201 # asked for
    del text
