"""All commands. Importing their modules is cheap: what is heavy they import when they are called."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Puts every command on the program, in the order in which the help lists them."""
    from trialfinder.cli import (
        classify,
        criteria,
        deliver,
        doctor,
        export,
        history,
        load,
        match,
        patterns,
        profile,
        queries,
        refresh,
        schedule,
        search,
        show,
        store,
    )

    for module in (search, show, match, criteria, classify, export, refresh, history, deliver, schedule, load):
        module.register(app)
    for module in (profile, queries, patterns, store, doctor):
        module.register(app)
