"""Where the program begins: answers ``--version`` at once, and leaves the rest to the command line."""

from __future__ import annotations

import gc
import sys

_MADE = 50_000
"""New objects between two looks for rings that nobody uses; a run makes many objects and few such rings."""


def main() -> None:
    """Runs the program; always ends it with the documented exit code."""
    if sys.argv[1:] == ["--version"]:
        from trialfinder.base.version import VERSION

        sys.stdout.write(f"trialfinder {VERSION}\n")
        return
    gc.set_threshold(_MADE, 20, 20)
    try:
        from trialfinder.cli.app import main as run

        run()
    except KeyboardInterrupt:  # while modules were loaded, or a second one while the first was told
        sys.stderr.write("trialfinder: interrupted; nothing was lost\n")
        sys.exit(130)
