"""What the shell offers after the Tab key: ids of the store, saved searches, patterns, countries, statuses.

Nothing is asked of the network, and nothing that goes wrong is told: a shell would print it into the typed line.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterable

import typer
from typer.models import ParameterInfo

from trialfinder.base import lazy_re as re

Complete = Callable[[typer.Context, str], list[str]]


def _from(known: Callable[[typer.Context], Iterable[str]]) -> Complete:
    """Offers what begins as typed, in any case; of a list with commas, the last part."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        found: list[str] = []
        before, comma, last = incomplete.rpartition(",")
        with contextlib.suppress(Exception):
            found = [before + comma + each for each in known(ctx) if each.lower().startswith(last.lower())]
        return found

    return complete


def _ids(ctx: typer.Context) -> Iterable[str]:
    from trialfinder.base import computer_clock, whereabouts
    from trialfinder.catalogue.opening import open_catalogue

    with open_catalogue(whereabouts.store_path(ctx.params.get("store")), computer_clock.today()) as catalogue:
        return sorted(catalogue.entries)


def _searches(_: typer.Context) -> Iterable[str]:
    from trialfinder.registry.search_files import good_searches

    return [search.name for search in good_searches()[0]]


def _patterns(_: typer.Context) -> Iterable[str]:
    from trialfinder.base.resources import data_dir, load_toml

    files = sorted(data_dir("patterns").glob("*.toml"))
    return [row["id"] for file in files for row in load_toml(file).get("pattern", ())]


def _signs(_: typer.Context) -> Iterable[str]:
    from trialfinder.base.resources import data_dir, load_toml

    files = (data_dir("signs") / "warning.toml", data_dir("signs") / "protective.toml")
    return ["any", "none", "strong", *(row["id"] for file in files for row in load_toml(file).get("sign", ()))]


def _countries(_: typer.Context) -> Iterable[str]:
    from trialfinder.base.countries import countries

    return sorted(countries().values())


def _statuses(_: typer.Context) -> Iterable[str]:
    from trialfinder.base.enums import STATUS_WORDS

    return [status.lower() for status in STATUS_WORDS]


def _classified(name: str) -> Complete:
    def known(_: typer.Context) -> Iterable[str]:
        from trialfinder.classify import classification

        return sorted(getattr(classification, name))

    return _from(known)


def one_of(*words: str) -> Complete:
    """Offers these words."""
    return _from(lambda _: words)


_nct_ids, _named = _from(_ids), _from(_searches)
#: By the names of options and arguments, which mean the same in every command.
_KNOWN: dict[str, Complete] = {
    **dict.fromkeys(("nct_ids", "nct_id", "nct", "explain"), _nct_ids),
    **dict.fromkeys(("query", "name", "names"), _named),
    "pattern_id": _from(_patterns),
    "status": _from(_statuses),
    "phase": one_of("early1", "1", "2", "3", "4", "na"),
    "country": _from(_countries),
    "neuropathy": _classified("NEUROPATHY_TYPES"),
    "cells": _classified("CELL_PRODUCTS"),
    "source": _classified("CELL_SOURCES"),
    "donor": _classified("DONORS"),
    "route": _classified("ROUTES"),
    "relevance": _classified("RELEVANCES"),
    "signs": _from(_signs),
    "severity": one_of("critical", "important", "normal", "minor"),
}


_LIST = re.compile(r"(?:\w+, )*\w+ or \w+(?=[.:])")


def complete(parameter: inspect.Parameter, **more: Complete) -> None:
    """Tells Typer what to offer for an option or an argument: by its name, or the words that its help begins with.

    ``more`` are further names.
    """
    for about in getattr(parameter.annotation, "__metadata__", ()):
        if not isinstance(about, ParameterInfo) or about.autocompletion is not None:
            continue
        listed = _LIST.match(about.help or "")
        words = re.split(", | or ", listed[0]) if listed else []
        about.autocompletion = (_KNOWN | more).get(parameter.name) or (one_of(*words) if words else None)
