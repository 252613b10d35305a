"""Options that several commands share, and the decorator that gives every command the common ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from trialfinder.base import whereabouts as places
from trialfinder.cli import hints
from trialfinder.cli.commands import COMMANDS
from trialfinder.cli.completing import complete, one_of
from trialfinder.cli.forms import TEXT, checked, listed
from trialfinder.cli.pager import paged as through_pager
from trialfinder.cli.run import Run, make_run, seconds_of
from trialfinder.cli.streams import notice, silence_broken_pipe

_COMMON = {
    "store": Annotated[str | None, typer.Option(metavar="FILE", help="The store to use; snapshot: what came along.")],
    "api_url": Annotated[str | None, typer.Option("--api-url", metavar="URL", help="Another registry address.")],
    "format": str | None,  # the help names the forms of each command
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="Only data, warnings and errors.")],
    "today": Annotated[str | None, typer.Option(metavar="DAY", help="Judge as of this day (YYYY-MM-DD).")],
}
_OWN_STORE = Annotated[str | None, typer.Option(metavar="FILE", help="The store to use.")]
OFFLINE = Annotated[bool, typer.Option("--offline", help="Do not ask the registry.")]
RECORDS = Annotated[str | None, typer.Option(metavar="FILE", help="Read records from a file or - .")]
LANGUAGE = Annotated[str, typer.Option(metavar="CODE", help="en, es or ko: of the program's words.")]
QUERIES = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only what this saved search found.")]
FORCE = Annotated[bool, typer.Option("--force", help="Replace a file, whoever made or changed it.")]
_FILTERS = {
    "query": ("NAME", "Only what this saved search found."),
    "status": ("STATUS", "Recruitment status, several joined by commas."),
    "phase": ("PHASE", "Phase: early1, 1, 2, 3, 4, na."),
    "country": ("COUNTRY", "Country with a site."),
    "sponsor": ("NAME", "Part of the sponsor's name."),
    "age": ("YEARS", "Studies that admit this age."),
    "sex": ("SEX", "female or male: admits that sex."),
    "updated_since": ("DATE", "Changed since a date or in the last 30d."),
    "neuropathy": ("TYPE", "Nerve condition: diabetic, hereditary, sciatica …"),
    "cells": ("PRODUCT", "What is given: stem, msc, exosomes, prp …"),
    "source": ("SOURCE", "Where the cells come from, such as adipose."),
    "donor": ("DONOR", "autologous or allogeneic."),
    "route": ("ROUTE", "How it is given: intravenous, intramuscular …"),
    "relevance": ("KIND", "core, adjacent (only related, ~) or off_topic."),
    "signs": ("SIGN", "Shows this warning or protective sign; any, none or strong."),
    "near": ("PLACE", "A site near this place says it recruits."),
    "within": ("DISTANCE", "How near: 100km, 60mi (with --near)."),
}

# What `match` can be told about a person without a file; the names are those of `profile.from_options`.
_FACTS = {
    "age": ("YEARS", "Your age."),
    "sex": ("SEX", "female or male."),
    "neuropathy": ("TYPE", "Your kind, such as diabetic."),
    "diabetes": ("TYPE", "type1, type2 or none."),
    "hba1c": ("PERCENT", "Your HbA1c."),
    "duration": ("TIME", "Since when: 3y, 18m."),
    "pain": ("0-10", "Your pain score."),
    "failed": ("DRUGS", "Tried without enough relief, by commas."),
    "no": ("FACTS", "What you do not have: cancer,hiv."),
    "yes": ("FACTS", "What you have: anticoagulant."),
    "diagnoses": ("NAMES", "Illnesses and implants in your own words: gout,stent."),
    "near": ("PLACE", 'Where you are, such as "Atlanta, GA": only where a site says it recruits.'),
}


def new_group(app: typer.Typer, name: str) -> typer.Typer:
    """A group of commands within ``app``, told of as the overview tells of it."""
    group = typer.Typer(help=COMMANDS[name].words, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name=name)
    return group


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _texts(options: Mapping[str, tuple[str, str]]) -> list[inspect.Parameter]:
    return [
        _parameter(
            name,
            Annotated[str | None, typer.Option("--" + name.replace("_", "-"), metavar=metavar, help=words)],
            None,
        )
        for name, (metavar, words) in options.items()
    ]


def _filter_parameters(without: Collection[str]) -> list[inspect.Parameter]:
    found = _texts({name: option for name, option in _FILTERS.items() if name not in without})
    found.append(
        _parameter(
            "open_only",
            Annotated[bool, typer.Option("--open", help="Say that they take people now, confirmed.")],
            False,
        )
    )
    found.append(
        _parameter(
            "everything",
            Annotated[bool, typer.Option("--all", help="Also what is off topic: no cells for nerves.")],
            False,
        )
    )
    found.append(_parameter("limit", Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N.")], None))
    return found


def _common_parameters(
    forms: Sequence[str], asks: float | None, *, paged: bool, own_store: bool
) -> list[inspect.Parameter]:
    form = Annotated[
        str | None, typer.Option("--format", metavar="FORM", help=listed(forms), autocompletion=one_of(*forms))
    ]
    kinds = {**_COMMON, "format": form} | ({"store": _OWN_STORE} if own_store else {})
    found = [_parameter(key, kind, False if key == "quiet" else None) for key, kind in kinds.items()]
    if asks is not None:
        found.append(_max_time(asks))
    if paged:
        words = "Long text straight to the terminal, not through PAGER."
        found.append(_parameter("no_pager", Annotated[bool, typer.Option("--no-pager", help=words)], False))
    return found


_LOG = _parameter(
    "log", Annotated[Path | None, typer.Option(metavar="FILE", help="Also write to this log file (rotated).")], None
)


def _logged(given: dict[str, Any]) -> AbstractContextManager[None]:
    from trialfinder.refresh.log import logged

    path: Path | None = given.pop("log")
    if path is not None:
        _tell_new_folder(path.expanduser())
    return logged(path, tell=lambda words: notice(f"trialfinder: {words}"), words=hints.pasteable)


def _tell_new_folder(log: Path) -> None:
    """A slip in --log is a log that nobody finds; the program's own home is made by any first run."""
    folder = log.parent
    if not folder.exists() and folder.absolute() != places.home().absolute():
        notice(f"trialfinder: {log}: there is no folder {folder}; it is made, and the log in it")


def _max_time(seconds: float) -> inspect.Parameter:
    words = f"Wait no longer than so long for the network: 90s, 10m ({seconds / 60:g}m)."
    kind = Annotated[str | None, typer.Option("--max-time", metavar="TIME", help=words)]
    return _parameter("max_time", kind, None)


def command(
    app: typer.Typer, name: str, *, filters: bool = False, facts: bool = False, forms: Sequence[str] = TEXT,
    asks: float | None = None, paged: bool = False, own_store: bool = False, log: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:  # fmt: skip
    """Makes a function a command that has the common options.

    The function takes ``run`` first. With ``filters`` it also takes ``chosen``, the filter options by name; with
    ``facts`` also ``told``, what a person says about themself by options. A name that is both is a fact then: as a
    filter it would hide studies instead of saying what speaks against them. ``forms`` are what ``--format`` can say.
    ``asks`` is, of a command that uses the network, after how many seconds it waits no longer when ``--max-time`` does
    not say. With ``paged`` long text goes through a pager on a terminal. With ``own_store`` it is of no
    use for what came with the program (``--store snapshot``). With ``log`` it can be a scheduled job, and takes --log.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        taken = inspect.signature(function, eval_str=True).parameters.values()
        own = [p.replace(kind=p.KEYWORD_ONLY) for p in taken if p.name not in ("run", "chosen", "told")]
        telling = _texts(_FACTS) if facts else []
        filtering = _filter_parameters(_FACTS if facts else ()) if filters else []
        common = [*_common_parameters(forms, asks, paged=paged, own_store=own_store), *([_LOG] if log else [])]

        def call(**given: Any) -> None:
            pager = paged and not given.pop("no_pager")
            run = _run_of(given, forms, asks)
            if own_store:
                run.check_own_store()
            if filters:
                given["chosen"] = {p.name: given.pop(p.name) for p in filtering}
            if facts:
                given["told"] = {p.name: given.pop(p.name) for p in telling}
            try:
                with through_pager(pager and run.format is None), _logged(given) if log else nullcontext():
                    function(run, **given)
            except BrokenPipeError:  # Typer would make exit code 1 of it; a reader that has seen enough is no error
                silence_broken_pipe()

        _register(app, name, function, call, [*own, *telling, *filtering, *common], forms)
        return function

    return decorate


def _register(
    app: typer.Typer, name: str, function: Callable[..., None], call: Callable[..., None],
    parameters: list[inspect.Parameter], forms: Sequence[str],
) -> None:  # fmt: skip
    """Makes ``call`` the command ``name`` with these parameters, told of as ``function`` is."""
    for each in parameters:
        complete(each, format=one_of(*forms))
    call.__doc__ = function.__doc__
    call.__name__ = function.__name__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # Typer reads it
    whole = " ".join((function.__doc__ or "").split("\n\n")[0].split())  # else the help of a group cuts it short
    app.command(name, short_help=whole, context_settings={"help_option_names": ["--help", "-h"]})(call)


def _run_of(given: dict[str, Any], forms: Sequence[str], asks: float | None) -> Run:
    """The run that the common options ask for, which are taken out of what is given."""
    limit = given.pop("max_time", None)
    hints.keep({"--store": given["store"], "--api-url": given["api_url"]})
    hints.keep({"--max-time": limit, "--log": given.get("log")}, "refresh")
    run = make_run(*(given.pop(key) for key in _COMMON))
    run.max_seconds = asks if limit is None else seconds_of(limit)
    run.format = checked(run.format, forms)
    return run
