"""``trialfinder schedule``: recipes for running a refresh by itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base import whereabouts as places
from trialfinder.cli.options import command
from trialfinder.cli.run import Run
from trialfinder.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(help="Recipes for running a refresh by itself.", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_group)  # with one command alone, Typer would leave the group out
    command(group, "show")(show)
    app.add_typer(group, name="schedule")


def _group() -> None:
    """Recipes for running a refresh by itself."""


def show(
    run: Run,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="cron, systemd, launchd, windows or github.")],
    to: Annotated[list[str] | None, typer.Option(metavar="WHERE", help="Also a weekly digest to here.")] = None,
    feed: Annotated[Path | None, typer.Option(metavar="FILE", help="Also an Atom feed.")] = None,
    site: Annotated[Path | None, typer.Option(metavar="DIR", help="Also build a site here after each refresh.")] = None,
    upload: Annotated[str | None, typer.Option(metavar="TO", help="Copy it on by rsync: user@host:/folder/.")] = None,
    hour: Annotated[int, typer.Option(metavar="0-23", help="Hour of the refresh.")] = 6,
    weekday: Annotated[int, typer.Option(metavar="0-6", help="Day of the digest; 0 is Monday.")] = 0,
) -> None:
    """Print a ready recipe for this installation, and how to remove it.

    Example: trialfinder schedule show cron --to mail:group@example.org
    """
    from trialfinder.deliver.schedule import recipe

    home, store = places.home().absolute(), run.store_path.absolute()
    made = recipe(
        kind,
        executable=executable(),
        home=str(home),
        log=str(home / "refresh.log"),
        store="" if store == home / "store.sqlite" else str(store),
        digest_to=[_whole(place) for place in to or ()],
        feed=str(feed.expanduser().absolute()) if feed else "",
        site=str(site.expanduser().absolute()) if site else "",
        upload=upload or "",
        environment={} if kind == "github" else _environment(run, to or ()),
        hour=hour,
        weekday=weekday,
    )
    sys.stdout.write(made.rstrip("\n") + "\n")
    _tell_missing(run, kind, to or (), site=site is not None)
    if not to and feed is None and site is None:
        run.say("A daily refresh only; for a weekly digest add where to, such as: --to news.html")


def _environment(run: Run, to: Sequence[str]) -> dict[str, str]:
    """What the jobs are to know of the environment of this run, which cron and the like do not give them."""
    from trialfinder.deliver import carried, parse

    found = carried(os.environ, {parse(place).kind for place in to})
    for name, value in list(found.items()):
        if name.endswith("_PROXY") and "@" in value:
            del found[name]
            run.warn(f"{name} has a password and is left out: others can read a recipe. Set it where the jobs run")
    return found | ({} if run.api_url == places.API_URL else {"TRIALFINDER_API_URL": run.api_url})


def _tell_missing(run: Run, kind: str, to: Sequence[str], *, site: bool) -> None:
    """Says now what a job would say of its settings next week, in a mail that perhaps nobody gets."""
    from trialfinder.cli.deliver_command import config
    from trialfinder.deliver import check_sending, parse, read_settings

    if kind == "github":  # its settings are secrets of the repository
        return
    try:
        settings = read_settings(os.environ, config(), places.home().absolute())
        for place in to:
            check_sending(parse(place), settings)
    except InputError as error:
        run.warn(f"the digest would fail: {error}; then make the recipe anew")
    if site:
        from trialfinder.pages import translations

        try:
            translations.check_extra()
        except InputError as error:
            run.warn(f"the site would fail: {error}")


def _whole(place: str) -> str:
    """A destination that means the same in another folder."""
    if place == "-" or place.startswith(("mail:", "webhook:")):
        return place
    return str(Path(place).expanduser().absolute())


def executable() -> tuple[str, ...]:
    """How this very installation is started: its own command, or Python with the package."""
    beside = shutil.which("trialfinder", path=str(Path(sys.executable).parent))
    return (beside,) if beside else (sys.executable, "-m", "trialfinder")
