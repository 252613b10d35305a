"""``trialfinder plot``: a picture of the studies as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base.suggest import hint
from trialfinder.base.text import one_line
from trialfinder.base.tongue import speaking
from trialfinder.catalogue.select import Chosen, build, select
from trialfinder.cli import fresh
from trialfinder.cli.empty import explain_empty, spoken_in
from trialfinder.cli.forms import TEXT
from trialfinder.cli.options import FORCE, LANGUAGE, OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.tables.own_files import OwnFiles

_KINDS = ("map", "timeline", "counts")
_FORMS = ("svg", "png")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "plot", filters=True, forms=TEXT, asks=120)(plot)


def plot(
    run: Run,
    chosen: Chosen,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="map, timeline or counts.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write: .svg or .png.")],
    language: LANGUAGE = "en",
    force: FORCE = False,
    offline: OFFLINE = False,
    records: RECORDS = None,
) -> None:
    """Draw a map of the sites, a timeline or counts, as .svg or .png.

    Counts are the funnel from all records to those that can be joined, and studies by year, nerve condition and
    source of the cells. Needs the extra "pages".

    Example: trialfinder plot map sites.svg --neuropathy diabetic
    """
    from trialfinder.pages import drawings
    from trialfinder.pages.site_entries import make_entries
    from trialfinder.pages.templating import freshness, notice_words
    from trialfinder.pages.translations import check_extra, checked_language, translator

    files = OwnFiles(force=force, tell=run.warn)
    form = _checked(kind, file, files)
    check_extra()
    translate = translator(checked_language(language))
    build("", chosen, run.today)
    problem, _ = fresh.ensure(run, chosen["query"], offline=offline or records is not None)
    with run.catalogue(records=records, query=chosen["query"]) as catalogue, speaking(translate):
        tell_origin(run, catalogue, problem)
        selection = select(catalogue, "", chosen)
        if not selection.rows:
            explain_empty(run, selection, f"trialfinder plot {kind} {file}{spoken_in(language)}")
        entries = make_entries(catalogue, selection.rows)
        subject = drawings.Subject(entries, len(catalogue), run.today.isoformat(), language)
        picture = drawings.PICTURES[kind](subject)
        figure = picture.framed(selection.part, (freshness(catalogue, language), notice_words()))
        content = drawings.draw([figure], form)[0]
    files.write(file.expanduser(), content)
    run.say(f"{file}: {picture.alternative}")


def _checked(kind: str, file: Path, files: OwnFiles) -> str:
    """The form that the file's ending names.

    Raises:
        InputError: there is no such picture or form, or what stands there is not to be replaced.
    """
    if kind not in _KINDS:
        close = f"{found}? " if (found := hint(kind, _KINDS)) else ""
        raise InputError(f"there is no picture {one_line(kind)[:40]!r}; {close}use one of {', '.join(_KINDS)}")
    form = file.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise InputError(f"{file}: the ending names no form of picture; use .svg or .png")
    files.check(file.expanduser())
    return form
