"""``trialfinder match``: a person's facts held against every criterion."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import count, one_line
from trialfinder.catalogue.select import Chosen, Selection, build, select
from trialfinder.cli import empty, fresh, hints, listing, output, streams
from trialfinder.cli.best_pages import asked_pages
from trialfinder.cli.came_along import tell_came_along, tell_own_kind
from trialfinder.cli.forms import TABLE
from trialfinder.cli.nearby import told_place
from trialfinder.cli.options import OFFLINE, RECORDS, command
from trialfinder.cli.origin_told import tell_origin
from trialfinder.cli.profile_command import default_file, existing
from trialfinder.cli.progress_bar import ticking
from trialfinder.cli.run import Run
from trialfinder.cli.typed_ids import typed_ids
from trialfinder.errors import InputError
from trialfinder.tables.rows import class_cells, study_row

if TYPE_CHECKING:
    from trialfinder.catalogue.filters import Row
    from trialfinder.catalogue.gazetteer import KnownPlace
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.catalogue.matching import Match
    from trialfinder.cli.fresh import Trouble
    from trialfinder.person import Profile


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "match", filters=True, facts=True, forms=("text", *TABLE), asks=120, paged=True)(match)


def match(
    run: Run,
    chosen: Chosen,
    told: dict[str, Any],
    profile: Annotated[Path | None, typer.Option(metavar="FILE", help="Your facts; none: not the saved ones.")] = None,
    explain: Annotated[str | None, typer.Option(metavar="NCT", help="Every criterion of one study.")] = None,
    group: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Studies x all profiles of a folder.")] = None,
    sheets: Annotated[Path | None, typer.Option(metavar="FOLDER", help="With --group: a sheet for each there.")] = None,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="A doctor's page for each of the best ten.")] = None,
    with_facts: Annotated[bool, typer.Option("--with-facts", help="With --to: also write down your facts.")] = False,
    language: Annotated[str, typer.Option(metavar="CODE", help="With --to, --sheets: en, es or ko.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="With --sheets, --to: replace also what was changed.")] = False,
    pdf: Annotated[str | None, typer.Option(metavar="SIZE", help="With --to: PDFs too, a4 or letter.")] = None,
    records: RECORDS = None,
    offline: OFFLINE = False,
) -> None:
    """Hold your facts against every criterion of every study.

    What you leave out is unknown, never "no"; options overrule the file. Nothing about you leaves this machine; what
    --to writes holds your facts with --with-facts only. No study is ever called fitting for you: its team decides.

    Example: trialfinder match --age 58 --neuropathy diabetic --hba1c 8.2 --no cancer,hiv
    """
    _check_together(run, explain, group, sheets, {**told, "profile": profile}, force=force and to is None)
    pages = asked_pages(to, explain or group, language, pdf, with_facts=with_facts, sheets=bool(sheets), force=force)
    wanted, person = _typed(run, explain, records), None if group else _person(run, profile, told)
    place, limit = told_place(run, person, told["near"]), chosen.pop("limit")  # it counts after the ranking
    chosen |= {"near": told["near"], "own_place": place, "everything": chosen["everything"] or records is not None}
    build("", chosen, run.today)  # wrong values are told before anything is asked
    problem, _ = fresh.ensure(run, chosen.get("query"), offline=offline or records is not None)
    with run.catalogue(records=records, query=chosen.get("query")) as catalogue:
        if wanted and person is not None:
            _explain(run, catalogue, wanted, person, problem, offline=offline or records is not None)
        selection = select(catalogue, "", chosen) if not wanted else None
        tell_origin(run, catalogue, problem)  # also of what could not be read just now
        if group and selection:
            _group(run, catalogue, group, sheets, selection.rows, language, force=force)
        elif selection and not selection.rows and run.format is None:
            _tell_empty(run, catalogue, selection, chosen, _base(profile, told))
        elif selection and person is not None:
            (_print if pages is None else pages.write)(run, catalogue, person, selection, place, limit)


def _typed(run: Run, explain: str | None, records: str | None) -> str | None:
    return typed_ids(run, [explain], records)[0] if explain else None


def _tell_empty(run: Run, catalogue: Catalogue, selection: Selection, chosen: Chosen, base: str) -> None:
    empty.explain_empty(run, selection, base)
    tell_came_along(run, catalogue, "", chosen, base)


def _group(
    run: Run, catalogue: Catalogue, folder: Path, sheets: Path | None, rows: list[Row], language: str, *, force: bool
) -> None:
    from trialfinder.cli.group_command import group

    group(run, catalogue, folder, sheets, rows, language, force=force)


_FEW = 3
"""With fewer facts hardly any criterion is compared."""
_IN_A_PIPE = ("nct_id", "verdict", "joinable", "brief_title", "reason", "url", "relevance", "illness", "warning")


def _check_together(
    run: Run, explain: str | None, group: Path | None, sheets: Path | None, person: dict[str, Any], *, force: bool
) -> None:
    """Refuses options that cannot be meant together, and wrong profiles; with --group, --near is a filter, no fact."""
    if explain and run.format not in (None, "json", "jsonl"):
        raise InputError(f"--explain is about one study and has no form {run.format}; use text, json or jsonl")
    if explain and group:
        raise InputError("--explain is about one person, --group about several; use one of them")
    if sheets and not group:
        raise InputError("--sheets needs --group FOLDER, the folder of the profiles")
    if force and not sheets:
        raise InputError("--force is for the files of --sheets FOLDER and of --to FOLDER")
    given = [f"--{name}" for name, value in person.items() if value is not None and name != "near"]
    if group and given:
        raise InputError(f"--group reads the profiles of a folder; {', '.join(given)} would be about one person")
    if group:
        from trialfinder.catalogue.group import misplaced, profiles_in

        for problem in misplaced(group, profiles_in(group, run.today)):
            run.warn(f"{problem}; it counts as not told")


def _base(profile: Path | None, told: dict[str, Any]) -> str:
    """The command as it was typed, without its filters; for the person's own terminal, so that it can be pasted."""
    options = {"profile": profile, **told, "near": None}
    given = [f"--{name} {shlex.quote(str(value))}" for name, value in options.items() if value is not None]
    return " ".join(["trialfinder match", *given])


def _person(run: Run, file: Path | None, given: dict[str, Any]) -> Profile:
    """The facts of the file, overruled by the options; the default file when nothing else is told."""
    from trialfinder.person import from_options, load

    told = any(value is not None for value in given.values())
    if str(file) == "none":
        file = None
    elif file is None and default_file().is_file():
        file = default_file()
        over = "; options overrule it" if told else ""
        run.say(f"Your facts: {file}{over} (without it: --profile none; in words: trialfinder profile show)")
    if file is None and not told:
        raise InputError(
            "tell something about yourself, or name a profile",
            suggestions=("trialfinder profile new", "trialfinder match --age 58 --neuropathy diabetic"),
        )
    if str(given.get("duration") or "").strip().isdigit():
        run.say("--duration without a unit is in months; with one: 3y, 18m")
    base = load(existing(file), today=run.today) if file else None
    return from_options(given, base)


def _is_in_vain(catalogue: Catalogue, nct_id: str, problem: Trouble | None) -> bool:
    """Whether the registry need not be asked for a study: that it cannot be is told once, and the study is here."""
    return problem is not None and not problem.answered and catalogue.find(nct_id) is not None


def _explain(
    run: Run, catalogue: Catalogue, nct_id: str, person: Profile, problem: Trouble | None, *, offline: bool
) -> None:
    from trialfinder.catalogue.matching import WARNED, Match
    from trialfinder.classify import is_strong_warning, joinable
    from trialfinder.cli.match_listing import wrapped
    from trialfinder.cli.show_command import find_or_fetch
    from trialfinder.judge import explain, judge
    from trialfinder.judge.own.own_illness import MAY_BE_OWN, OTHER, closeness, depends_words, not_told, other_words
    from trialfinder.pages.card_parts import whether_joinable

    offline = offline or _is_in_vain(catalogue, nct_id, problem)
    (here,) = find_or_fetch(run, catalogue, [nct_id], offline=offline)
    study = catalogue.study(here)
    verdict = judge(study, catalogue.criteria([here])[here], person, run.today)
    verdict = replace(verdict, ours=catalogue.is_reworded(here))
    joining = joinable(study, run.today)
    if run.format is not None:
        streams.print_json(verdict.to_json(joining.answer))
        return
    heading, *rest = explain(verdict, person)
    row = study_row(study) | class_cells(study)
    close, left = closeness(person, row, verdict), not_told(person, row)
    if close == MAY_BE_OWN and left:
        rest[:0] = [f"Whether it is for your illness {depends_words(left)}"]
    if close == OTHER:
        by_criteria = heading.removeprefix(f"{here}: ")
        heading = f"{here}: {other_words(row)}; by its criteria {by_criteria}"
        rest[:0] = [f"You did not tell: {' '.join(left)}"] if left else []
    strong = [output.sign_words(s.id) for s in catalogue.signs(here) if is_strong_warning(s)]
    row |= {"joinable": joining.answer, "strong_warning_signs": len(strong)}
    if Match(row, verdict, close).group == "warned":
        heading = f"{here}: {WARNED}"
    lines = [one_line(study.brief_title or ""), heading, f"Can it be joined? {whether_joinable(joining)}", *rest]
    if strong:
        lines.insert(2, f"CAREFUL: strong warning sign: {', '.join(strong)}; what it means: trialfinder signs {here}")
    sys.stdout.write("\n".join(wrapped(lines, min(streams.width(), 110))) + "\n")
    run.say(f"The study itself, on a page: trialfinder show {here}")


def _print(
    run: Run, catalogue: Catalogue, person: Profile, selection: Selection, place: KnownPlace | None, limit: int | None
) -> None:
    from trialfinder.catalogue.matching import match_rows, open_questions, table_row
    from trialfinder.cli import match_listing

    if len(person) < _FEW and run.format is None:
        told = f"only {count(len(person), 'fact')} told: hardly any criterion was compared, so “possible” says little"
        run.say(f"{told}. To tell more: trialfinder profile new")
    if run.format is None and output.for_programs(run) and not person.get("neuropathy.types"):
        run.say(match_listing.NO_KIND)
    with ticking(run, f"Holding your facts against {count(len(selection.rows), 'study', 'studies')}:"):
        matches = match_rows(catalogue, person, selection.rows, place)
    listed = matches[:limit]
    listing.tell_left_out(run, selection)
    width = min(streams.width(), 110)
    if output.for_programs(run):
        with output.listing(run, "matches", lines=_IN_A_PIPE) as put:
            for each in listed:
                row = table_row(each)
                more = {name: row[name] for name in ("relevance", "illness", "strong_warning_signs")}
                put(each.verdict.to_json(each.row["joinable"]) | more, row if run.format else row | _piped(each))
        if run.format is not None:
            return
    else:
        sys.stdout.write("".join(f"{line}\n" for line in match_listing.lines(matches, width, person, limit=limit)))
    sys.stdout.flush()
    with ticking(run, "Looking what to find out next:"):
        asked = match_listing.question_lines(open_questions(catalogue, person, matches), width)
    if streams.is_piped():
        run.say("\n".join(asked))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in asked))
    if match_listing.is_of_none(matches):
        tell_own_kind(run, catalogue, person)
    _advise(run, listed, len(matches), selection.hidden)


def _piped(match: Match) -> Row:
    """What a line in a pipe says in the words of the screen."""
    from trialfinder.catalogue.matching import GROUP_WORDS

    said = {"verdict": GROUP_WORDS[match.group], "warning": listing.strong_words(match.row)}
    return listing.related_words(match.row) | said


def _advise(run: Run, shown: list[Match], looked_at: int, hidden: int) -> None:
    from trialfinder.tables.notice import approval_notice

    more = f"; {hidden} off topic left out (--all looks at them)" if hidden else ""
    first = f"; the first {len(shown)} shown" if len(shown) < looked_at else ""
    note = listing.distance_note(match.row for match in shown)
    run.say(f"{note}{count(looked_at, 'study', 'studies')} looked at, judged by the date {run.today}{first}{more}.")
    if shown:
        again = hints.again("match", explain=shown[0].row["nct_id"])
        run.say(f"Every criterion of one study, with the same facts:\n  {again}")
    if strong := next((match.row["nct_id"] for match in shown if match.row.get("_strong")), None):
        run.say(f"What a warning sign means: trialfinder signs {strong}")
    run.say(approval_notice())
