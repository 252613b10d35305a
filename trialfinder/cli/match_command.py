"""``trialfinder match``: a person's facts held against every criterion."""

from __future__ import annotations

import shlex
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import count, one_line, shorten
from trialfinder.base.values import nct_id as normal_id
from trialfinder.catalogue.select import Chosen, Selection, select
from trialfinder.cli import empty, fresh, listing, streams
from trialfinder.cli.options import command
from trialfinder.cli.profile_command import default_file, existing
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.tables import columns

if TYPE_CHECKING:
    from trialfinder.catalogue.filters import Row
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match
    from trialfinder.person import Profile

_TITLES = {
    "nothing_against": "Nothing against it found (still: ask the study team)",
    "possible": "Possible: something is open, so ask",
    "conflict": "Something speaks against it",
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "match", filters=True, facts=True)(match)


def match(
    run: Run,
    chosen: Chosen,
    told: dict[str, Any],
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your facts; see trialfinder profile new.")
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="NCT", help="Every criterion of one study.")] = None,
    group: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Studies x all profiles of a folder.")] = None,
    records: Annotated[str | None, typer.Option(metavar="FILE", help="Read records from a file or - .")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the registry.")] = False,
) -> None:
    """Hold your facts against every criterion of every study.

    What you leave out is unknown, never "no"; options overrule the file. Nothing about you leaves this machine or is
    written anywhere. No study is ever called fitting for you: only its team can say so.

    Example: trialfinder match --age 58 --neuropathy diabetic --hba1c 8.2 --no cancer,hiv
    """
    if run.format not in (None, "text", "jsonl", "csv", "json"):
        raise InputError(f"--format {run.format}: match prints text, jsonl or csv")
    if explain and group:
        raise InputError("--explain is about one person, --group about several; use one of them")
    wanted = normal_id(explain) if explain else None
    person = None if group else _person(run, profile, told)
    chosen = _place(chosen, told["near"], everything=records is not None)
    offline = offline or records is not None
    problem, _ = fresh.ensure(run, chosen.get("query"), offline=offline)
    with run.catalogue(records=records) as catalogue:
        if wanted and person is not None:
            _explain(run, catalogue, wanted, person, offline=offline)
            fresh.tell_origin(run, catalogue, problem)
            return
        fresh.tell_origin(run, catalogue, problem)
        selection = select(catalogue, "", chosen)
        if group:
            _group(run, catalogue, group, selection.rows)
        elif not selection.rows and run.format is None:
            empty.explain_empty(run, selection, _base(profile, told))
        elif person is not None:
            _print(run, catalogue, person, selection, told["near"])


def _base(profile: Path | None, told: dict[str, Any]) -> str:
    """The command as it was typed, without its filters; for the person's own terminal, so that it can be pasted."""
    options = {"profile": profile, **told}
    given = [f"--{name} {shlex.quote(str(value))}" for name, value in options.items() if value is not None]
    return " ".join(["trialfinder match", *given])


def _place(chosen: Chosen, near: str | None, *, everything: bool) -> Chosen:
    """The filters: where a person is hides studies only with ``--within``; records from a file are all looked at."""
    from trialfinder.catalogue.near import one_place

    if near:
        one_place(near)  # several places of that name are told before anything is asked
    near = near if chosen.get("within") else None
    return {**chosen, "near": near, "everything": everything or chosen["everything"]}


def _person(run: Run, file: Path | None, given: dict[str, Any]) -> Profile:
    """The facts of the file, overruled by the options; the default file when nothing else is told."""
    from trialfinder.person import from_options, load

    told = any(value is not None for value in given.values())
    if file is None and default_file().is_file():
        file = default_file()
    if file is None and not told:
        raise InputError(
            "tell something about yourself, or name a profile",
            suggestions=("trialfinder profile new me.toml", "trialfinder match --age 58 --neuropathy diabetic"),
        )
    base = load(existing(file), today=run.today) if file else None
    return from_options(given, base)


def _explain(run: Run, catalogue: Catalogue, nct_id: str, person: Profile, *, offline: bool) -> None:
    from trialfinder.cli.show_command import find_or_fetch
    from trialfinder.judge import explain, judge

    (here,) = find_or_fetch(run, catalogue, [nct_id], offline=offline)
    study = catalogue.study(here)
    verdict = judge(study, catalogue.items([here])[here], person, run.today)
    if run.format in ("jsonl", "json"):
        from trialfinder.classify import joinable

        streams.print_json(verdict.to_json(joinable(study, run.today).answer))
        return
    width = min(streams.width(), 110)
    lines = [one_line(study.brief_title or ""), *explain(verdict, person)]
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        wrapped = textwrap.wrap(line, width, initial_indent="", subsequent_indent=indent + "  ") or [""]
        sys.stdout.write("\n".join(wrapped) + "\n")


def _print(run: Run, catalogue: Catalogue, person: Profile, selection: Selection, near: str | None) -> None:
    from trialfinder.catalogue.matching import match_rows, table_row

    matches = match_rows(catalogue, person, selection.rows)
    if run.format in ("jsonl", "json"):
        for each in matches:
            line = each.verdict.to_json(each.row["joinable"])
            streams.print_json(line)
    elif run.format == "csv":
        from trialfinder.cli.export_command import write_rows

        write_rows(run, "matches", map(table_row, matches), "-")
    else:
        if near:
            _add_distances(catalogue, near, selection.rows)
        sys.stdout.write("\n".join(_lines(matches, min(streams.width(), 110))) + "\n")
        _advise(run, matches, selection.hidden)


def _add_distances(catalogue: Catalogue, near: str, rows: list[Row]) -> None:
    from trialfinder.catalogue.near import near_filter

    test = near_filter(catalogue, near, None).test
    for row in rows:
        test(row)


def _lines(matches: list[Match], width: int) -> list[str]:
    from trialfinder.catalogue.matching import in_groups
    from trialfinder.judge import rank_questions, reason

    lines: list[str] = []
    for verdict, found in in_groups(matches).items():
        lines += [f"{_TITLES[verdict]}: {len(found)}", ""]
        for each in found:
            row = each.row
            facts = [f"join: {(row['joinable'] or 'unsure').replace('_', ' ')}", listing.status_words(row)]
            facts += [f"verified {row['status_verified_date'] or 'never stated'}", listing.given_words(row)]
            facts += [f"nearest open site {row['_near']}"] if row.get("_near") else []
            title = f"{row['nct_id']}  {shorten(listing.title_words(row), 150)}"
            lines += textwrap.wrap(title, width, initial_indent="  ", subsequent_indent=" " * 15)
            lines += textwrap.wrap("; ".join(facts), width, initial_indent="    ", subsequent_indent="    ")
            lines += textwrap.wrap(
                reason(each.verdict, 240), width, initial_indent="    - ", subsequent_indent="      "
            )
            lines.append("")
    ranked = rank_questions(each.verdict for each in matches)[:10]
    if ranked:
        lines += ["What to find out next", ""]
    for open_question in ranked:
        text = f"{open_question.question} (decides {open_question.decides} of {open_question.of})"
        lines += textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
    return lines


def _advise(run: Run, matches: list[Match], hidden: int) -> None:
    from trialfinder.tables.notice import approval_notice

    more = f"; {hidden} off topic left out (--all looks at them)" if hidden else ""
    note = listing.distance_note(match.row for match in matches)
    run.say(f"{note}{count(len(matches), 'study', 'studies')} looked at, as of {run.today}{more}.")
    if matches:
        run.say(
            f"Every criterion of one study, with the same facts: trialfinder match --explain {matches[0].row['nct_id']}"
        )
    run.say(approval_notice())


def _group(run: Run, catalogue: Catalogue, folder: Path, rows: list[Row]) -> None:
    from trialfinder.catalogue.matching import group_table
    from trialfinder.tables.exporting import FORMATS, write_stream

    people, made = group_table(catalogue, folder, rows)
    shape = [columns.Column(name, "string", name) for name in ("nct_id", "brief_title", "joinable", *people)]
    sys.stdout.flush()
    write_stream(FORMATS[run.format if run.format in FORMATS else "csv"], shape, made, sys.stdout.buffer)
    sys.stdout.buffer.flush()
