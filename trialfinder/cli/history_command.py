"""``trialfinder changes`` and ``trialfinder history``: what happened to the studies in the store."""

from __future__ import annotations

import datetime as dt
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base.text import count, one_line
from trialfinder.cli import output, streams
from trialfinder.cli.forms import LISTED
from trialfinder.cli.nearby import NEAR, WITHIN, sites_near
from trialfinder.cli.options import QUERIES, command
from trialfinder.cli.profile_command import existing
from trialfinder.cli.run import Run
from trialfinder.cli.typed_ids import typed_ids
from trialfinder.errors import InputError, StudyNotFound

if TYPE_CHECKING:
    from trialfinder.changes import Event, PersonNews, VersionStep
    from trialfinder.store import RefreshInfo

_SINCE = Annotated[str, typer.Option(metavar="WHEN", help="7d, 12h, 2w, 1month, a date, or last (the newest refresh).")]
_NCT = Annotated[list[str] | None, typer.Option("--nct", metavar="NCT", help="Only this study; may be repeated.")]
_SEVERITY = Annotated[
    str, typer.Option(metavar="LEVEL", help="At least critical (nothing unsure), important, normal or minor.")
]
#: What a line of an event in a pipe holds, in its order.
_IN_A_PIPE = ("date_seen", "nct_id", "severity", "words", "details", "for_person")


def register(app: typer.Typer) -> None:
    """Adds both commands."""
    command(app, "changes", forms=LISTED, paged=True, own_store=True)(changes)
    command(app, "history", forms=LISTED, paged=True, own_store=True)(history)


def changes(
    run: Run,
    since: _SINCE = "7d",
    nct: _NCT = None,
    query: QUERIES = None,
    severity: _SEVERITY = "normal",
    profile: Annotated[Path | None, typer.Option(metavar="FILE", help="Say what changed for this person.")] = None,
    near: NEAR = None,
    within: WITHIN = None,
    everything: Annotated[bool, typer.Option("--all", help="Off-topic studies too.")] = False,
) -> None:
    """Say what happened: new studies, what opened, stopped or changed.

    Studies that are off topic are left out and counted, as in search; one that comes on topic is told of as new.

    Example: trialfinder changes --since 7d --severity important
    """
    from trialfinder import changes as news
    from trialfinder.person import load
    from trialfinder.store.standing import standing

    person = load(existing(profile), today=run.today) if profile else None
    sites, wanted = sites_near(run, person, near, within), tuple(typed_ids(run, nct or []))
    with run.store() as store:
        all_of_it = news.changes(
            store, since, now=run.now, nct_ids=wanted, searches=query or (), severity=severity, near=sites,
            everything=True,
        )  # fmt: skip
        found = all_of_it if everything else news.on_topic(all_of_it, wanted)
        for_person = news.for_person(store, found, person, run.today) if person else {}
        runs, trouble = store.refreshes(), standing(store).trouble(run.now)
    if output.for_programs(run):
        with output.listing(run, "events", lines=_IN_A_PIPE) as put:
            for event in found:
                told = for_person.get(event.nct_id)
                put(*_rows(run, "events", event.to_json() | ({"for_person": told.words} if told else {}), "date_seen"))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(found, for_person)))
    run.say(_compared(len(found), runs, left_out=len(all_of_it) - len(found)))
    if trouble:
        run.warn(trouble)


def _rows(run: Run, table: str, found: dict[str, Any], moment: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The object, and its row as a line in a pipe has it: people read those, so of a moment they see the day."""
    from trialfinder.tables import lists

    row = lists.row(lists.shape(table), found)
    return found, None if run.format else row | {moment: str(row[moment])[:10]}


def _compared(found: int, runs: Sequence[RefreshInfo], *, left_out: int) -> str:
    """What was compared: of a first run there is nothing to tell, and "no events" would sound like "all as it was"."""
    if len(runs) < 2:
        what = "The store is empty." if not runs else f"The store has had one run, on {runs[0].finished:%Y-%m-%d}."
        return f"Nothing to compare yet. {what} What changed is told after the next: trialfinder refresh"
    hidden = f", {left_out} of off-topic studies hidden (--all shows them)" if left_out else ""
    events = count(found, "event") if found else "No news"
    return f"{events}{hidden}; last run {runs[-1].finished:%Y-%m-%d %H:%M} UTC."


def _lines(found: Sequence[Event], for_person: dict[str, PersonNews]) -> list[str]:
    from trialfinder.changes import told_first

    width, lines = min(streams.width(), 110), []
    by_study: dict[str, list[Event]] = {}
    for event in found:
        by_study.setdefault(event.nct_id, []).append(event)
    for nct_id, events in sorted(by_study.items(), key=lambda each: not any(map(told_first, each[1]))):
        lines += textwrap.wrap(f"{nct_id}  {one_line(events[-1].marked_title)}", width, subsequent_indent=" " * 13)
        for event in events:
            mark = " (very important)" if event.severity == "critical" else ""
            text = f"{event.date_seen:%Y-%m-%d} {event.words}{mark}"
            lines += textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
            for detail in event.details:
                lines += textwrap.wrap(one_line(detail), width, initial_indent="      ", subsequent_indent="      ")
        if nct_id in for_person:
            lines += textwrap.wrap(for_person[nct_id].words, width, initial_indent="  > ", subsequent_indent="    ")
        lines.append("")
    return lines


def history(
    run: Run,
    nct_id: Annotated[str, typer.Argument(metavar="NCT", help="An NCT ID.")],
    between: Annotated[str | None, typer.Option(metavar="A,B", help="What changed between two versions: 1,3.")] = None,
) -> None:
    """Show the versions of a study that were kept, and what changed.

    Example: trialfinder history NCT05507697 --between 1,2
    """
    from trialfinder import changes as news

    [wanted] = typed_ids(run, [nct_id])
    with run.store() as store:
        steps = news.history(store, wanted)
        if not steps:
            raise StudyNotFound(f"{wanted} is not in {run.store_path}", suggestions=(f"trialfinder show {wanted}",))
        if between is None:
            _print_steps(run, steps, news.gone_step(store, wanted))
            return
        first, second = _pair(between)
        events = news.between(store, wanted, first, second)
    if output.for_programs(run):
        output.list_all(run, "events", (event.to_json() for event in events))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(events, {})) or "Nothing but order, layout or dates.\n")


def _pair(text: str) -> tuple[int, int]:
    try:
        first, second = (int(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"--between {text[:20]!r}: expected two version numbers such as 1,3") from error
    return first, second


def _step(step: VersionStep) -> dict[str, Any]:
    return {
        "number": step.number,
        "first_seen": step.version.first_seen.isoformat(),
        "hash": step.version.hash,
        "words": step.what,
        "details": [detail for event in step.events for detail in event.details],
        "events": [event.to_json() for event in step.events],
    }


def _gone(noticed: dt.datetime, words: str) -> dict[str, Any]:
    """That the registry has it no more: a step without a version."""
    day = noticed.isoformat()
    return {"number": None, "first_seen": day, "hash": None, "words": words, "details": [], "events": []}


def _print_steps(run: Run, steps: Sequence[VersionStep], gone: tuple[dt.datetime, str] | None) -> None:
    if output.for_programs(run):
        found = [*map(_step, steps), *([_gone(*gone)] if gone else [])]
        with output.listing(run, "versions", lines=("number", "first_seen", "words", "details")) as put:
            for each in found:
                put(*_rows(run, "versions", each, "first_seen"))
        return
    width = min(streams.width(), 110)
    for step in steps:
        lines = textwrap.wrap(step.words, width, subsequent_indent="   ")
        for detail in (detail for event in step.events for detail in event.details):
            lines += textwrap.wrap(one_line(detail), width, initial_indent="   - ", subsequent_indent="     ")
        sys.stdout.write("\n".join(lines) + "\n")
    if gone:
        sys.stdout.write(
            "\n".join(textwrap.wrap(f"{gone[0]:%Y-%m-%d}: {gone[1]}", width, subsequent_indent="   ")) + "\n"
        )
