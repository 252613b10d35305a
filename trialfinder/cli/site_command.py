"""``trialfinder site``: a static site of the studies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base.text import count
from trialfinder.catalogue.select import Chosen, build, select
from trialfinder.cli import fresh
from trialfinder.cli.empty import explain_empty, spoken_in
from trialfinder.cli.forms import TEXT
from trialfinder.cli.options import LANGUAGE, OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "site", filters=True, forms=TEXT, asks=120, log=True)(site)


def site(
    run: Run,
    chosen: Chosen,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder, or one with an older site.")],
    language: LANGUAGE = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace also pages that somebody changed.")] = False,
    offline: OFFLINE = False,
    records: RECORDS = None,
) -> None:
    """Build a static site of the studies: a list with filters, a page each, pictures, news.

    Plain files that need no server and ask for nothing outside; open index.html. Built whole or not at all; pages
    that did not change are not written again; no file of another maker is touched, nor, without --force, a page that
    somebody changed. Needs the extra "pages".

    Example: trialfinder site public --offline
    """
    from trialfinder.pages.site_folder import check_folder
    from trialfinder.pages.translations import check_extra
    from trialfinder.pages.website import build_site

    check_extra()
    check_folder(folder.expanduser().absolute(), force=force)  # before the registry is asked and all is made
    build("", chosen, run.today)
    problem, _ = fresh.ensure(run, chosen["query"], offline=offline or records is not None)
    with run.catalogue(records=records, query=chosen["query"]) as catalogue:
        tell_origin(run, catalogue, problem)
        run.warn_of_loss(catalogue.store)
        selection = select(catalogue, "", chosen)
        if not selection.rows:
            explain_empty(run, selection, f"trialfinder site {folder}{spoken_in(language)}")
        rows, part = selection.rows, selection.part
        left = f"; {selection.hidden} off topic left out (--all has them)" if selection.hidden else ""
        del selection  # 2,000 rows take as much memory as the program
        pages = count(len(rows), "study", "studies")
        done = build_site(catalogue, rows, folder, now=run.now, language=language, part=part, force=force)
    run.done(
        f"{folder}: {pages}{left}; {count(done.written, 'file')} of {done.files} written, {done.removed} taken away."
    )
