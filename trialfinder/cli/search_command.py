"""``trialfinder search``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.base.text import count
from trialfinder.base.values import DEFAULT_SEARCH
from trialfinder.catalogue.filters import words_of
from trialfinder.catalogue.select import Chosen, Selection, build, select
from trialfinder.cli import empty, fresh, listing, output, streams
from trialfinder.cli.came_along import tell_came_along
from trialfinder.cli.forms import TABLE
from trialfinder.cli.options import OFFLINE, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.errors import InputError, StoreUnwritable

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.registry.replies import RequestLog


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "search", filters=True, forms=("text", *TABLE), asks=120, paged=True)(search)


def search(
    run: Run,
    chosen: Chosen,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words that must all occur.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the exact requests and a link to check.")] = False,
    offline: OFFLINE = False,
    live: Annotated[bool, typer.Option("--live", help="Ask the registry itself for WORDS, beyond the store.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="As the store was at the end of a day.")
    ] = None,
) -> None:
    """List the studies: cells for nerves before what is only related, in each the newest first.

    The first search asks the registry and keeps the answer; later ones look into the store and ask again once a day.
    All words must occur, wherever they stand; quotes within quotes make a phrase: '"stem cells" diabetic'.

    Example: trialfinder search diabetic --open --country "United States"
    """
    text = words_of(words or [])
    build(text, chosen, run.today)  # wrong values are told before anything is asked
    if chosen["query"]:
        fresh.named_search(chosen["query"])
    problem, unkept = None, None
    if live:
        unkept, log = _ask_words(run, text, chosen)
    else:
        problem, log = fresh.ensure(run, chosen["query"], offline=offline or as_of is not None)
    with run.catalogue(as_of=as_of, query=chosen["query"]) if unkept is None else nullcontext(unkept) as catalogue:
        if live and catalogue.origin.kind == "snapshot":  # the registry answered that there is none
            catalogue.origin, catalogue.entries = replace(catalogue.origin, kind="records"), {}
        if not live and fresh.never_asked(run, catalogue, chosen["query"]) and catalogue.origin.kind == "snapshot":
            chosen = {**chosen, "query": None}
        selection = select(catalogue, "" if live else text, chosen)
        tell_origin(run, catalogue, problem)
        if explain:
            _explain(run, catalogue, chosen, log)
        _print(run, catalogue, selection, "trialfinder search" + (f" --as-of {as_of}" if as_of else ""))
        if not selection.rows and run.format is None and not live and as_of is None:
            tell_came_along(run, catalogue, text, chosen, "trialfinder search")


def _ask_words(run: Run, text: str, chosen: Chosen) -> tuple[Catalogue | None, Sequence[RequestLog]]:
    """Asks the registry for the user's own words; what comes is kept under a search of that name.

    Returns:
        What came where it cannot be kept (None where it is), and the requests that were made.
    """
    if not text.strip():
        raise InputError("--live needs words to ask for, such as: trialfinder search --live amyloid 'stem cells'")
    chosen["query"] = fresh.USER_PREFIX + text
    try:
        report, log = fresh.refresh_searches(run, [chosen["query"]])
    except StoreUnwritable as error:  # which is noticed before anything is asked
        return _ask_and_keep_nothing(run, chosen["query"], error)
    run.say(fresh.tell(report))
    found = sum(each.found for each in report.searches)
    if found:
        kept = f"{count(found, 'study', 'studies')} of these {'is' if found == 1 else 'are'} kept"
        run.say(f"{kept}: later lists and refreshes have {'it' if found == 1 else 'them'}, too.")
    return None, log


def _ask_and_keep_nothing(run: Run, query: str, error: StoreUnwritable) -> tuple[Catalogue, Sequence[RequestLog]]:
    from trialfinder.catalogue.opening import from_answer

    with run.registry() as registry:
        crawl = registry.crawl(fresh.named_search(query).params())
    run.warn(f"what the registry answered just now is shown and not kept. {error}")
    return from_answer(query, crawl, crawl.data_timestamp, run.today), registry.log


def _print(run: Run, catalogue: Catalogue, selection: Selection, base: str) -> None:
    from trialfinder.registry.search_files import own_searches

    own, wrong = own_searches()
    fresh.tell_left_out(run, wrong)
    fresh.tell_doubts(run, (doubt for search in own for doubt in search.doubts()))
    if selection.rows:
        listing.tell_left_out(run, selection)
    if run.format is not None:
        from trialfinder.catalogue.table_rows import table_rows
        from trialfinder.tables.columns import STUDIES

        output.write_table(run, STUDIES, table_rows(catalogue, "studies", selection.rows))
        return
    if not selection.rows:
        empty.explain_empty(run, selection, base)
        return
    catalogue.mark_strong(selection.rows[: listing.MOST_MARKED])
    listing.print_rows(selection.rows)
    if streams.is_piped():
        output.tell_columns(run, listing.IN_A_PIPE)
    empty.tell_kind(run, selection, base)
    summary = listing.summary(len(selection.rows), selection.passed, selection.hidden, selection.rows)
    run.say(listing.distance_note(selection.rows) + summary)
    from trialfinder.tables.notice import approval_notice

    run.say(approval_notice())
    run.say(f"More on one: trialfinder show {selection.rows[0]['nct_id']}")


def _explain(run: Run, catalogue: Catalogue, chosen: Chosen, log: Sequence[RequestLog]) -> None:
    """The exact requests, the registry's data timestamp, and links to the same searches on the website."""
    lines = []
    for name in (
        [chosen["query"]] if chosen["query"] else sorted(fresh.queries_asked(run, catalogue)) or [DEFAULT_SEARCH]
    ):
        asked = fresh.named_search(name)
        lines += [f"Search {name}: {asked.title}", f"  request: {asked.request_url(run.api_url)}"]
        lines.append(f"  the same on the website: {asked.website_url()}")
    lines.append(f"Data timestamp of the registry (UTC): {catalogue.origin.data_timestamp or 'none; never refreshed'}")
    lines += [f"Asked now: {request.status or 'no answer'} {request.url}" for request in log]
    if not log:
        lines.append("Asked now: nothing")
    print("\n".join(lines), file=sys.stderr)  # noqa: T201 # asked for, so also with --quiet
