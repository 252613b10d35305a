"""``trialfinder page``: one study for one person, to be printed and taken to a doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trialfinder.base.tongue import speaking
from trialfinder.cli import hints, streams
from trialfinder.cli.nearby import place_of
from trialfinder.cli.options import LANGUAGE, OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.profile_command import default_file, existing
from trialfinder.cli.run import Run
from trialfinder.cli.typed_ids import typed_ids
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.pages.doctor_page import DoctorPage
    from trialfinder.pages.doctor_study import Asker

_ENDINGS = {".html": "html", ".htm": "html", ".pdf": "pdf"}
_PAPERS: dict[str, Literal["a4", "us-letter"]] = {"a4": "a4", "letter": "us-letter"}
TELLS = "Values that you told are not written; but which criterion speaks against somebody tells something about them."
TELLS_FACTS = "Facts about you are written there: for you and your doctor only."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "page", asks=120)(page)


def page(
    run: Run,
    nct_id: Annotated[str, typer.Argument(metavar="NCT", help="The study's NCT ID.")],
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Hold the facts of this profile against the study.")
    ] = None,
    with_facts: Annotated[
        bool, typer.Option("--with-facts", help="Also write down what was told, as far as the study asks about it.")
    ] = False,
    near: Annotated[str | None, typer.Option(metavar="PLACE", help="Which site is nearest, and how far.")] = None,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Write .html or .pdf instead of text here.")] = None,
    replace: Annotated[bool, typer.Option("--replace", "--force", help="Write over a file that is there.")] = False,
    paper: Annotated[str, typer.Option(metavar="SIZE", help="Of a PDF: a4 or letter.")] = "a4",
    language: LANGUAGE = "en",
    offline: OFFLINE = False,
    records: RECORDS = None,
) -> None:
    """Make a page about one study to take to a doctor: two sheets at most.

    What it is, where, whom to ask, what speaks against, what to find out as a list to tick, what to ask. Without
    --profile nobody's facts are held against it, also not the saved ones. No advice: only the study team can decide.

    Example: trialfinder page NCT05507697 --to page.pdf
    """
    from trialfinder.cli.show_command import find_or_fetch
    from trialfinder.pages.translations import checked_language, translator

    [wanted], spoken = typed_ids(run, [nct_id], records), checked_language(language)
    form = _checked_file(to, paper, replace=replace)
    asker = _asker(run, profile, near, with_facts=with_facts)
    with run.catalogue(records=records) as catalogue:
        (here,) = find_or_fetch(run, catalogue, [wanted], offline=offline or records is not None)
        tell_origin(run, catalogue, None, shown=[here])
        with speaking(translator(spoken)):
            _write(run, catalogue, here, asker, spoken, to, form, checked_paper("--paper", paper))
    _advise(run, here, to, asker)


def _checked_file(to: Path | None, paper: str, *, replace: bool) -> str:
    """The form that the ending names; '' for text on the terminal."""
    checked_paper("--paper", paper)
    if to is None:
        return ""
    form = _ENDINGS.get(to.suffix.lower())
    if form is None:
        raise InputError(f"{to}: the ending names no form of the page; it can be .html or .pdf")
    path = to.expanduser()
    if path.is_dir():
        raise InputError(f"{to}: is a folder; name a file in it")
    if path.exists() and not replace:
        raise InputError(f"{to}: is there already; name another file, or say --replace")
    return form


def checked_paper(option: str, name: str) -> Literal["a4", "us-letter"]:
    """The size of paper that an option names.

    Raises:
        InputError: there is no such size.
    """
    if name.lower() not in _PAPERS:
        raise InputError(f"{option} {name[:20]!r}: the sizes are a4 and letter")
    return _PAPERS[name.lower()]


def _asker(run: Run, profile: Path | None, near: str | None, *, with_facts: bool) -> Asker:
    from trialfinder.pages.doctor_study import Asker
    from trialfinder.person import load

    if profile is None or str(profile) == "none":
        if with_facts:
            raise InputError("--with-facts needs --profile FILE, whose facts are to be written down")
        if profile is None and default_file().is_file():
            run.say(f"Your saved facts are not used; to hold them against the study: --profile {default_file()}")
        return Asker(place=place_of(run, None, near), tell_distance=True)
    person = load(existing(profile), today=run.today)
    place = place_of(run, person, near)
    return Asker(person, with_facts, place, tell_distance=with_facts or near is not None)


def _write(
    run: Run, catalogue: Catalogue, nct_id: str, asker: Asker, language: str, to: Path | None, form: str,
    paper: Literal["a4", "us-letter"],
) -> None:  # fmt: skip
    from trialfinder.base.whole_files import private, write_content
    from trialfinder.pages.doctor_page import doctor_page

    def make(lines: float) -> DoctorPage:
        return doctor_page(catalogue, nct_id, asker, language=language, lines=lines)

    if to is None:
        from trialfinder.pages.paper_text import page_lines

        width = min(streams.width(), 110)
        sys.stdout.write("\n".join(page_lines(make(float("inf")), width)) + "\n")
        return
    if form == "pdf":
        from trialfinder.pages.paper_pdf import page_pdf

        content = page_pdf(make, run.today, paper)
    else:
        from trialfinder.pages.paper_html import page_html
        from trialfinder.pages.paper_room import LINES

        content = page_html(make(LINES)).encode("utf-8", "replace")

    with private(asker.person is not None):
        write_content(to.expanduser(), content)


def _advise(run: Run, nct_id: str, to: Path | None, asker: Asker) -> None:
    if to is None:
        run.say(f"To print it: {hints.again('page', to=f'{nct_id}.html')} (or .pdf: pip install '.[pdf]')")
        return
    tells = ""
    if asker.person is not None:
        tells = f" {TELLS_FACTS if asker.with_facts else TELLS}"
    run.say(f"{to}: written.{tells}")
