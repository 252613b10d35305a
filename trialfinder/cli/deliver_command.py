"""``trialfinder digest``: what happened, delivered once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialfinder.base import whereabouts as places
from trialfinder.base.resources import load_toml
from trialfinder.base.tongue import speaking
from trialfinder.base.whole_files import private
from trialfinder.cli.forms import PAGES
from trialfinder.cli.nearby import NEAR, WITHIN, sites_near
from trialfinder.cli.options import FORCE, LANGUAGE, QUERIES, command
from trialfinder.cli.profile_command import existing
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

if TYPE_CHECKING:
    from trialfinder.changes import Event, PersonNews
    from trialfinder.deliver import Ask, Delivered
    from trialfinder.person import Profile
    from trialfinder.store import Store

_TO = Annotated[
    list[str] | None, typer.Option(metavar="WHERE", help="FILE, -, mail:a@b.org or webhook:URL; may be repeated.")
]
_SEVERITY = Annotated[
    str, typer.Option(metavar="LEVEL", help="At least critical (nothing unsure), important, normal or minor.")
]
_PROFILE = Annotated[
    Path | None, typer.Option(metavar="FILE", help="What changed for this person (own files and terminal only).")
]


#: Of what failed: whether it is told again, since only what is not asked for by its time is remembered.
_LEAD = {True: "not delivered, will be tried again next time", False: "not delivered"}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "digest", forms=PAGES, asks=240, own_store=True, log=True)(digest)


def digest(
    run: Run,
    to: _TO = None,
    since: Annotated[str, typer.Option(metavar="WHEN", help="last (not yet delivered), 7d, or a date.")] = "last",
    feed: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write an Atom feed.")] = None,
    nct: Annotated[list[str] | None, typer.Option("--nct", metavar="NCT", help="Only this study.")] = None,
    query: QUERIES = None,
    severity: _SEVERITY = "normal",
    profile: _PROFILE = None,
    near: NEAR = None,
    within: WITHIN = None,
    language: LANGUAGE = "en",
    force: FORCE = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing; try the server, show what goes.")] = False,
) -> None:
    """Deliver what happened, once, to a file, by mail or to a web address.

    What was delivered is never delivered again to the same place, unless an older copy of the store was restored; what
    failed is tried next time. A file, news.html, is always the newest digest; each one stays beside it under its day
    (news-2026-11-20.html). A file of yours or one that you changed is left alone. When the registry could not be asked,
    standard error and each page say so (code 0); mail and web addresses are told once, after three days, and the feed
    has an entry then; what is in the feed leaves it after 30 days. Mail needs TRIALFINDER_SMTP_HOST and _FROM, or
    [smtp] in config.toml.

    Exit codes: 0 done, 2 wrong input or file not written, 7 store, 9 another digest for a minute, 11 not delivered.

    Example: trialfinder digest --since last --to news.html --feed news.atom
    """
    from trialfinder.deliver import Ask
    from trialfinder.pages.translations import checked_language, translator

    if not to and feed is None:
        raise InputError("say where to: --to FILE, --to -, --to mail:a@b.org, --to webhook:URL, or --feed FILE")
    translate, person = translator(checked_language(language)), _person(run, profile)
    sites = sites_near(run, person, near, within)
    ask = Ask(since, tuple(nct or ()), tuple(query or ()), severity, _form(run), sites, run.now)
    with run.store() as store:
        tools = _tools(run, store, person, force=force)
        with speaking(translate), private(person is not None):
            outcomes = _deliver(run, store, to or (), feed, ask, tools, dry_run=dry_run)
        _end(run, store, outcomes, "would not be delivered" if dry_run else _LEAD[since == "last"], dry_run=dry_run)


def _deliver(
    run: Run, store: Store, to: Sequence[str], feed: Path | None, ask: Ask, tools: Any, *, dry_run: bool
) -> tuple[Delivered, ...]:
    """In the language that is spoken; what would only be sent is shown."""
    from trialfinder.deliver import deliver, deliver_feed

    if tools.person or ask.near:
        _tell_left_out(run, to, feed)
    outcomes = deliver(store, to, ask=ask, tools=tools, now=run.real_now(), dry_run=dry_run) if to else ()
    sys.stdout.write("".join(map(_dry_words, outcomes)))
    if feed is None or dry_run:
        return (*outcomes, *_dry_feed(feed, tools))
    return (*outcomes, deliver_feed(store, feed, ask, tools, run.now, outcomes))


def _tell_left_out(run: Run, to: Sequence[str], feed: Path | None) -> None:
    """Who hears nothing of the person, since what leaves this machine could be read by others; a warning if nobody."""
    from trialfinder.deliver import parse

    places = list(map(parse, to))
    if others := [place.name for place in places if not place.is_private]:
        tell = run.warn if len(others) == len(places) and feed is None else run.say
        tell(
            f"{', '.join(others)}: without the lines about the person or what is near them, which go to your own files "
            "and terminal only"
        )


def _end(run: Run, store: Store, outcomes: Sequence[Delivered], lead: str, *, dry_run: bool) -> None:
    from trialfinder.deliver import raise_failed
    from trialfinder.store.standing import note_told, standing

    for outcome in outcomes:
        _tell(run, outcome)
    if trouble := standing(store).trouble(run.now):  # also with --quiet: cron mails it
        run.warn(trouble)
    if not dry_run and any(outcome.state != "failed" for outcome in outcomes):
        note_told(store.path)
    raise_failed(outcomes, lead)


def _form(run: Run) -> Any:
    from trialfinder.deliver import parse_form

    return parse_form("markdown" if run.format == "md" else run.format) if run.format else None


def _person(run: Run, profile: Path | None) -> Profile | None:
    from trialfinder.person import load

    person = load(existing(profile), today=run.today) if profile else None
    if person is not None and not person.facts():  # an editor or a full disk that left 0 bytes looks just so
        run.warn(f"{profile}: has no facts, so nothing can be said for this person; see: trialfinder profile new")
    return person


def _tools(run: Run, store: Store, person: Profile | None, *, force: bool) -> Any:
    from trialfinder.changes import for_person
    from trialfinder.deliver import Tools, read_settings
    from trialfinder.tables.own_files import OwnFiles

    settings, files = read_settings(os.environ, config(), places.home().absolute()), OwnFiles(force, tell=run.warn)
    if person is None:
        return Tools(settings, sys.stdout, deadline=run.deadline, files=files)

    def news(events: Sequence[Event]) -> Mapping[str, PersonNews]:
        return for_person(store, events, person, run.today)

    return Tools(settings, sys.stdout, person=news, deadline=run.deadline, files=files)


def config() -> dict[str, Any]:
    """``config.toml`` in TRIALFINDER_HOME; empty when there is none.

    Raises:
        InputError: it cannot be read.
    """
    path = places.home() / "config.toml"
    return load_toml(path) if path.is_file() else {}


def _dry_feed(path: Path | None, tools: Any) -> Iterator[Delivered]:
    """Only what would go wrong; a feed is written anew each time, and has nothing to show here."""
    from trialfinder.base.whole_files import check_place
    from trialfinder.deliver import Delivered

    try:
        if path is not None:
            check_place(path)
            tools.files.check(path)
    except InputError as error:
        yield Delivered(str(path), "failed", str(error), local=True)


def _tell(run: Run, outcome: Delivered) -> None:
    if outcome.state != "failed":
        run.done(f"{outcome.name}: {outcome.words}")


def _dry_words(outcome: Delivered) -> str:
    """What would be sent; '' for what was sent."""
    from trialfinder.deliver import render

    return render(outcome.digest, "text") if outcome.state == "dry_run" and outcome.digest is not None else ""
