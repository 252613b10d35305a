"""``trialfinder classify`` and ``trialfinder signs``."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import one_line
from trialfinder.cli import output, streams
from trialfinder.cli.forms import LISTED
from trialfinder.cli.options import OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.run import Run
from trialfinder.cli.show_command import find_or_fetch
from trialfinder.cli.typed_ids import typed_ids

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue

_IDS = Annotated[list[str] | None, typer.Argument(metavar="[NCT]...", help="NCT IDs; all studies when none is named.")]


def register(app: typer.Typer) -> None:
    """Adds both commands."""
    command(app, "classify", forms=LISTED, asks=120, paged=True)(classify)
    command(app, "signs", forms=LISTED, asks=120, paged=True)(signs)


def classify(run: Run, nct_ids: _IDS = None, records: RECORDS = None, offline: OFFLINE = False) -> None:
    """Say what each study is, with the words for it.

    Relevance, what is given, by which route, for which nerve condition, whether it can be joined, and signs.

    Example: trialfinder classify NCT05507697 --format jsonl
    """
    with run.catalogue(records=records) as catalogue:
        ids = _chosen(run, catalogue, nct_ids, offline or records is not None)
        found = (classification(run, catalogue, nct_id) for nct_id in ids)
        if run.format or (not nct_ids and output.for_programs(run)):
            output.list_all(run, "classifications", found)
        else:
            from trialfinder.cli import classify_words

            width = min(streams.width(), 110)
            for each in found:
                sys.stdout.write("\n".join(classify_words.lines(each, width)) + "\n\n")
        tell_origin(run, catalogue, None, shown=ids)


def _chosen(run: Run, catalogue: Catalogue, nct_ids: list[str] | None, offline: bool) -> list[str]:
    wanted = typed_ids(run, nct_ids or [])
    return find_or_fetch(run, catalogue, wanted, offline=offline) if wanted else list(catalogue.entries)


def classification(run: Run, catalogue: Catalogue, nct_id: str) -> dict[str, Any]:
    """Everything that is concluded about one study, as the JSON contract has it."""
    from trialfinder.classify import contract

    return contract(catalogue.study(nct_id), run.today, catalogue.sponsor_records(nct_id))


def signs(run: Run, nct_ids: _IDS = None, records: RECORDS = None, offline: OFFLINE = False) -> None:
    """Show the warning and protective signs of a study, and what to ask.

    Each stands with the field and the words that show it. A sign is a reason to ask, never a verdict on a study, a
    person or a firm.

    Example: trialfinder signs NCT05507697
    """
    with run.catalogue(records=records) as catalogue:
        ids = _chosen(run, catalogue, nct_ids, offline or records is not None)
        if run.format:
            found = ({"nct_id": nct_id} | sign.to_json() for nct_id in ids for sign in catalogue.signs(nct_id))
            output.list_all(run, "signs", found)
        elif not nct_ids and output.for_programs(run):
            for nct_id in ids:
                output.print_cells(_sign_cells(catalogue, nct_id))
            if ids:
                output.tell_columns(run, _SIGN_COLUMNS)
        else:
            for nct_id in ids:
                sys.stdout.write("\n".join(_sign_lines(catalogue, nct_id)) + "\n\n")
        tell_origin(run, catalogue, None, shown=ids)


_SIGN_COLUMNS = ("NCT ID", "strong warning signs", "warning signs", "protective signs", "title")


def _sign_cells(catalogue: Catalogue, nct_id: str) -> list[object]:
    """A study's signs on one line: how many are strong warnings, then the names of both kinds."""
    found = catalogue.signs(nct_id)
    strong = sum(sign.kind == "warning" and sign.strength == "strong" for sign in found)
    named = [
        "; ".join(output.sign_words(sign.id) for sign in found if sign.kind == kind)
        for kind in ("warning", "protective")
    ]
    return [nct_id, f"{strong} strong", *named, catalogue.study(nct_id).brief_title]


def _sign_lines(catalogue: Catalogue, nct_id: str) -> list[str]:
    from trialfinder.classify import gone_words
    from trialfinder.tables.notice import approval_notice, questions
    from trialfinder.tables.record_words import shown_by

    width = min(streams.width(), 110)
    found = catalogue.signs(nct_id)
    study = catalogue.study(nct_id)
    lines = [f"{nct_id}  {one_line(study.brief_title or '')}", *textwrap.wrap(gone_words(study), width)]
    for kind, title in (("warning", "Warning signs"), ("protective", "Protective signs")):
        chosen = [sign for sign in found if sign.kind == kind]
        strong = sum(sign.strength == "strong" for sign in chosen)
        lines += ["", f"{title}: {len(chosen)}" + (f", {strong} strong" if strong and kind == "warning" else "")]
        for sign in chosen:
            field, quote = shown_by(sign.field, sign.quote)
            for text, indent in (
                (f"{output.sign_words(sign.id)} ({sign.strength}) - {field}{quote and ': '}{quote}", "  - "),
                (f"Why it matters: {one_line(sign.why)} [{one_line(sign.source)}]", "      "),
                (f"What it does not mean: {one_line(sign.not_meaning)}" if sign.not_meaning else "", "      "),
                (f"Ask: {one_line(sign.question)}" if sign.question else "", "      "),
            ):
                if text:
                    lines += textwrap.wrap(text, width, initial_indent=indent, subsequent_indent="      ")
    lines += ["", "What no record shows, so ask:"]
    for question in questions():
        lines += textwrap.wrap(question, width, initial_indent="  - ", subsequent_indent="    ")
    return [*lines, "", *textwrap.wrap(approval_notice(source=True), width)]
