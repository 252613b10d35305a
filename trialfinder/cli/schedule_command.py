"""``trialfinder schedule``: recipes for running a refresh by itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.base import whereabouts as places
from trialfinder.base.whole_files import check_place
from trialfinder.cli.options import command, new_group
from trialfinder.cli.run import Run
from trialfinder.errors import InputError

#: The only system, as Python and as people call it, that runs a kind of recipe.
_SYSTEMS = {"windows": ("win32", "Windows"), "launchd": ("darwin", "macOS"), "systemd": ("linux", "Linux")}


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = new_group(app, "schedule")
    group.callback()(_group)  # with one command alone, Typer would leave the group out
    command(group, "show", own_store=True)(show)


def _group() -> None:
    """Recipes for running a refresh by itself."""


def show(
    run: Run,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="cron, systemd, launchd, windows or github.")],
    to: Annotated[list[str] | None, typer.Option(metavar="WHERE", help="Also a weekly digest to here.")] = None,
    feed: Annotated[Path | None, typer.Option(metavar="FILE", help="Also an Atom feed.")] = None,
    site: Annotated[Path | None, typer.Option(metavar="DIR", help="Also build a site here, an hour later.")] = None,
    upload: Annotated[str | None, typer.Option(metavar="TO", help="Copy it on by rsync: user@host:/folder/.")] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="Of site, digest and feed: en, es or ko.")] = "en",
    backup: Annotated[Path | None, typer.Option(metavar="DIR", help="Also copy the store to this folder.")] = None,
    hour: Annotated[int, typer.Option(metavar="0-23", help="Hour of the refresh.")] = 6,
    weekday: Annotated[int, typer.Option(metavar="0-6", help="Day of the digest; 0 is Monday.")] = 0,
) -> None:
    """Print a ready recipe for this installation, and how to remove it.

    A refresh every day, and an hour later, whatever became of it, what else was asked for: a digest once a week, a site
    and a copy of the store every day. The newest 14 copies are kept. Code 2 when a job would fail as things are now:
    the recipe is printed all the same.

    Example: trialfinder schedule show cron --to mail:group@example.org
    """
    from trialfinder.deliver.schedule import recipe

    home = places.home().absolute()
    made = recipe(
        kind, executable=executable(), home=str(home), log=str(home / "refresh.log"),
        store="" if kind == "github" and run.store_path == places.store_path() else str(run.store_path.absolute()),
        api_url="" if run.api_url == places.API_URL else run.api_url,
        digest_to=[_whole(place) for place in to or ()], feed=_path(feed), site=_path(site), upload=upload or "",
        language=_language(language, to or feed or site), backup=_path(backup),
        environment=_environment(run, kind, to or ()), hour=hour, weekday=weekday,
    )  # fmt: skip
    sys.stdout.write(made.rstrip("\n") + "\n")
    sys.stdout.flush()
    _tell_other_system(run, kind)
    well = _tell_missing(run, kind, _checks(run, to or (), feed, site, upload, backup), to or ())
    if not to and feed is None and site is None:
        run.say("A daily refresh only; for a weekly digest add where to, such as: --to news.html")
    if not well:  # so that it is not installed unseen by: ... > recipe && crontab recipe
        raise typer.Exit(InputError.exit_code)


def _environment(run: Run, kind: str, to: Sequence[str]) -> dict[str, str]:
    """What the jobs are to know of the environment of this run, which cron and the like do not give them."""
    from trialfinder.deliver import carried, parse

    if kind == "github":
        return {}

    found = carried(os.environ, {parse(place).kind for place in to})
    for name, value in list(found.items()):
        if name.endswith("_PROXY") and "@" in value:
            del found[name]
            run.warn(f"{name} has a password and is left out: others can read a recipe. Set it where the jobs run")
    return found


def _tell_other_system(run: Run, kind: str) -> None:
    """A recipe has the paths of the computer that made it, so one of another system works nowhere."""
    runs_on = _SYSTEMS.get(kind)
    if runs_on and sys.platform != runs_on[0]:
        run.warn(
            f"a recipe for {runs_on[1]}, made on another system: the program and the folders in it are of this "
            "computer; make it where the jobs are to run"
        )


def _tell_missing(run: Run, kind: str, checks: Iterator[tuple[str, Callable[[], None]]], to: Sequence[str]) -> bool:
    """Says now what a job would say next week, in a mail that perhaps nobody gets; False when one would fail."""
    if kind == "github":  # its settings are secrets of the repository, its folders elsewhere
        if to:
            run.say("Others can read a recipe, so no address is in it: save it as the secret DIGEST_TO")
        return True
    well = True
    for job, check in checks:
        try:
            check()
        except InputError as error:
            well = False
            run.warn(f"the {job} would fail: {error}; then make the recipe anew")
    return well


def _checks(
    run: Run, to: Sequence[str], feed: Path | None, site: Path | None, upload: str | None, backup: Path | None
) -> Iterator[tuple[str, Callable[[], None]]]:
    """What each job needs, and how to see whether it is there."""
    from trialfinder.pages import translations
    from trialfinder.pages.site_folder import check_folder

    yield "refresh", lambda: check_place(run.store_path, makes_folders=True, over_store=True)
    yield "digest", lambda: _check_sending(to)
    if feed:
        yield "digest", partial(check_place, feed)
    if site:
        yield "site", translations.check_extra
        yield "site", partial(check_folder, site)
        yield "site", partial(check_place, site / "index.html", makes_folders=True)
    if upload:
        yield "copy of the site", _check_rsync
    if backup:
        yield "backup", partial(check_place, backup / "trialfinder.sqlite")


def _check_rsync() -> None:
    if shutil.which("rsync") is None:
        raise InputError("rsync, which --upload needs, is not installed here: install it")


def _check_sending(to: Sequence[str]) -> None:
    from trialfinder.cli.deliver_command import config
    from trialfinder.deliver import check_sending, parse, read_settings

    settings = read_settings(os.environ, config(), places.home().absolute())
    for place in map(parse, to):
        check_sending(place, settings)
        if place.kind == "file":
            check_place(Path(place.where))


def _language(name: str, spoken: object) -> str:
    """The language of the site and the news.

    Raises:
        InputError: there is no such language, or nothing that speaks it.
    """
    from trialfinder.pages.translations import checked_language

    if checked_language(name) != "en" and not spoken:
        raise InputError(f"--language {name} is for a site and for news; say where with --site DIR, --to or --feed")
    return name


def _path(given: Path | None) -> str:
    return str(given.expanduser().absolute()) if given else ""


def _whole(place: str) -> str:
    """A destination that means the same in another folder."""
    if place == "-" or place.startswith(("mail:", "webhook:")):
        return place
    return str(Path(place).expanduser().absolute())


def executable() -> tuple[str, ...]:
    """How this very installation is started: its own command, or Python with the package."""
    beside = shutil.which("trialfinder", path=str(Path(sys.executable).parent))
    return (beside,) if beside else (sys.executable, "-m", "trialfinder")
