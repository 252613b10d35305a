"""``trialfinder schedule``: recipes for running a refresh by itself."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.cli.options import command
from trialfinder.cli.run import Run


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
    hour: Annotated[int, typer.Option(metavar="0-23", help="Hour of the refresh.")] = 6,
    weekday: Annotated[int, typer.Option(metavar="0-6", help="Day of the digest; 0 is Monday.")] = 0,
) -> None:
    """Print a ready recipe for this installation, and how to remove it.

    Example: trialfinder schedule show cron --to mail:group@example.org
    """
    from trialfinder.deliver.schedule import recipe

    home = run.store_path.parent.absolute()
    sys.stdout.write(
        recipe(
            kind,
            executable=executable(),
            home=str(home),
            log=str(home / "refresh.log"),
            digest_to=to or (),
            feed=str(feed.absolute()) if feed else "",
            hour=hour,
            weekday=weekday,
        ).rstrip("\n")
        + "\n"
    )


def executable() -> tuple[str, ...]:
    """How this very installation is started: its own command, or Python with the package."""
    beside = shutil.which("trialfinder", path=str(Path(sys.executable).parent))
    return (beside,) if beside else (sys.executable, "-m", "trialfinder")
