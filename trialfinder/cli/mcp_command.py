"""``trialfinder mcp``: the same answers as tools for an assistant on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from trialfinder.cli.options import command
from trialfinder.cli.run import Run


def register(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "mcp")(mcp)


def mcp(
    run: Run,
    http: Annotated[
        int | None, typer.Option(metavar="PORT", min=1, max=65535, help="HTTP on 127.0.0.1 in place of the streams.")
    ] = None,
) -> None:
    """Serve the answers as tools for an assistant on this machine (Model Context Protocol).

    Speaks on standard input and output; an assistant is told this command. Reads only: no tool writes, asks the
    registry or keeps a profile. Needs: pip install 'trialfinder[mcp]'

    Example: trialfinder mcp
    """
    from trialfinder.serve.mcp_server import make_server, serve

    if http is not None:
        run.say(f"Serving http://127.0.0.1:{http}/mcp to this machine only; Ctrl-C ends it.")
    serve(make_server(run.store_path, lambda: run.now), http)
