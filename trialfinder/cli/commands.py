"""All commands. Importing their modules is cheap: what is heavy they import when they are called."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Puts every command on the program, in the order in which the help lists them."""
    from trialfinder.cli import (
        classify,
        criteria,
        doctor,
        export,
        load,
        patterns,
        profile,
        queries,
        refresh,
        search,
        show,
        store,
    )

    for module in (search, show, criteria, classify, export, refresh, load):
        module.register(app)
    for module in (profile, queries, patterns, store, doctor):
        module.register(app)
