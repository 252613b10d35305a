"""``trialfinder match``: a person's facts held against every criterion."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder import columns
from trialfinder.choose import Chosen, Selection, select
from trialfinder.cli import empty, fresh, listing, streams
from trialfinder.cli.options import command
from trialfinder.cli.profile import default_file, existing
from trialfinder.cli.run import Run
from trialfinder.errors import InputError
from trialfinder.text import count, one_line, shorten
from trialfinder.values import nct_id as normal_id

if TYPE_CHECKING:
    from trialfinder.catalogue import Catalogue
    from trialfinder.filters import Row
    from trialfinder.matching import Match
    from trialfinder.profile import Profile

# These options tell facts of the person here; as filters they would hide studies instead of saying why.
_FACTS = ("age", "sex", "neuropathy", "near", "within")
_TITLES = {
    "nothing_against": "Nothing against it found (still: ask the study team)",
    "possible": "Possible: something is open, so ask",
    "conflict": "Something speaks against it",
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "match", filters=True, without=_FACTS)(match)


def match(
    run: Run,
    chosen: Chosen,
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your facts; see trialfinder profile new.")
    ] = None,
    age: Annotated[str | None, typer.Option(metavar="YEARS", help="Your age.")] = None,
    sex: Annotated[str | None, typer.Option(metavar="SEX", help="female or male.")] = None,
    neuropathy: Annotated[str | None, typer.Option(metavar="TYPE", help="Your kind, such as diabetic.")] = None,
    diabetes: Annotated[str | None, typer.Option(metavar="TYPE", help="type1, type2 or none.")] = None,
    hba1c: Annotated[str | None, typer.Option(metavar="PERCENT", help="Your HbA1c.")] = None,
    duration: Annotated[str | None, typer.Option(metavar="TIME", help="Since when: 3y, 18m.")] = None,
    pain: Annotated[str | None, typer.Option(metavar="0-10", help="Your pain score.")] = None,
    failed: Annotated[str | None, typer.Option(metavar="DRUGS", help="Tried without enough relief, by commas.")] = None,
    no: Annotated[str | None, typer.Option("--no", metavar="FACTS", help="What you do not have: cancer,hiv.")] = None,
    yes: Annotated[str | None, typer.Option("--yes", metavar="FACTS", help="What you have: anticoagulant.")] = None,
    near: Annotated[str | None, typer.Option(metavar="PLACE", help='Where you are, such as "Atlanta, GA".')] = None,
    within: Annotated[
        str | None, typer.Option(metavar="DISTANCE", help="Only with an open site so near (--near).")
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="NCT", help="Every criterion of one study.")] = None,
    group: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Studies x all profiles of a folder.")] = None,
    records: Annotated[str | None, typer.Option(metavar="FILE", help="Read records from a file or - .")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the registry.")] = False,
) -> None:
    """Hold your facts against every criterion of every study.

    What you leave out is unknown, never "no". Nothing about you leaves this machine or is written anywhere. No study
    is ever called fitting for you: only its team can say so.

    Example: trialfinder match --age 58 --neuropathy diabetic --hba1c 8.2 --no cancer,hiv
    """
    given = {
        "age": age,
        "sex": sex,
        "neuropathy": neuropathy,
        "diabetes": diabetes,
        "hba1c": hba1c,
        "duration": duration,
        "pain": pain,
        "failed": failed,
        "no": no,
        "yes": yes,
        "near": near,
    }
    if run.format not in (None, "text", "jsonl", "csv", "json"):
        raise InputError(f"--format {run.format}: match prints text, jsonl or csv")
    wanted = normal_id(explain) if explain else None
    person = None if group else _person(run, profile, given)
    if near:
        from trialfinder.nearby import one_place

        one_place(near)
    chosen = {**chosen, "near": near if within else None, "within": within}
    if records is not None:
        chosen["everything"] = True
    problem, _ = fresh.ensure(run, chosen.get("query"), offline=offline or records is not None)
    with run.catalogue(records=records) as catalogue:
        selection = select(catalogue, "", chosen)
        fresh.tell_origin(run, catalogue, problem)
        if wanted:
            _explain(run, catalogue, wanted, person, offline=offline or records is not None)
        elif group:
            _group(run, catalogue, group, selection.rows)
        elif not selection.rows and run.format is None:
            empty.explain_empty(run, selection, "trialfinder match")
        else:
            assert person is not None  # only --group goes without
            _print(run, catalogue, person, selection, near)


def _person(run: Run, file: Path | None, given: dict[str, Any]) -> Profile:
    """The facts of the file, overruled by the options; the default file when nothing else is told."""
    from trialfinder.profile import from_options, load

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


def _explain(run: Run, catalogue: Catalogue, nct_id: str, person: Profile | None, *, offline: bool) -> None:
    from trialfinder.cli.show import find_or_fetch
    from trialfinder.match import explain, judge

    (here,) = find_or_fetch(run, catalogue, [nct_id], offline=offline)
    study = catalogue.study(here)
    if person is None:
        raise InputError("--explain needs one person: a profile or options, not --group")
    verdict = judge(study, catalogue.items([here])[here], person, run.today)
    if run.format in ("jsonl", "json"):
        from trialfinder.classify import joinable

        sys.stdout.write(json.dumps(verdict.to_json(joinable(study, run.today).answer), ensure_ascii=False) + "\n")
        return
    width = min(streams.width(), 110)
    lines = [one_line(study.brief_title or ""), *explain(verdict, person)]
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        wrapped = textwrap.wrap(line, width, initial_indent="", subsequent_indent=indent + "  ") or [""]
        sys.stdout.write("\n".join(wrapped) + "\n")


def _print(run: Run, catalogue: Catalogue, person: Profile, selection: Selection, near: str | None) -> None:
    from trialfinder.matching import match_rows, table_row

    matches = match_rows(catalogue, person, selection.rows)
    if run.format in ("jsonl", "json"):
        for each in matches:
            line = each.verdict.to_json(each.row["joinable"])
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif run.format == "csv":
        from trialfinder.cli.export import write_rows

        write_rows(run, "matches", map(table_row, matches), "-")
    else:
        if near:
            _add_distances(catalogue, near, selection.rows)
        sys.stdout.write("\n".join(_lines(matches, min(streams.width(), 110))) + "\n")
        _advise(run, matches, selection.hidden)


def _add_distances(catalogue: Catalogue, near: str, rows: list[Row]) -> None:
    from trialfinder.nearby import near_filter

    test = near_filter(catalogue, near, None).test
    for row in rows:
        test(row)


def _lines(matches: list[Match], width: int) -> list[str]:
    from trialfinder.match import rank_questions, reason
    from trialfinder.matching import in_groups

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
    from trialfinder.notice import approval_notice

    more = f"; {hidden} off topic left out (--all looks at them)" if hidden else ""
    run.say(f"{count(len(matches), 'study', 'studies')} looked at, as of {run.today}{more}.")
    if matches:
        run.say(
            f"Every criterion of one study, with the same facts: trialfinder match --explain {matches[0].row['nct_id']}"
        )
    run.say(approval_notice())


def _group(run: Run, catalogue: Catalogue, folder: Path, rows: list[Row]) -> None:
    from trialfinder.exports import FORMATS, write_stream
    from trialfinder.matching import group_table

    people, made = group_table(catalogue, folder, rows)
    shape = [columns.Column(name, "string", name) for name in ("nct_id", "brief_title", "joinable", *people)]
    sys.stdout.flush()
    write_stream(FORMATS[run.format if run.format in FORMATS else "csv"], shape, made, sys.stdout.buffer)
    sys.stdout.buffer.flush()
