"""Where the program begins: answers ``--version`` at once, and leaves the rest to the command line."""

from __future__ import annotations

import sys

from trialfinder.base.rings import look_seldom


def main() -> None:
    """Runs the program; always ends it with the documented exit code."""
    if sys.argv[1:] == ["--version"]:
        _version()
        return
    look_seldom()
    try:
        from trialfinder.cli.app import main as run

        run()
    except KeyboardInterrupt:  # while modules were loaded, or a second one while the first was told
        sys.stderr.write("trialfinder: interrupted; nothing was lost\n")
        sys.exit(130)


def _version() -> None:
    from trialfinder.base.version import VERSION

    if sys.stdout is None:  # closed by whoever started it
        return
    try:
        sys.stdout.write(f"trialfinder {VERSION}\n")
        sys.stdout.flush()
    except OSError as error:
        from trialfinder.cli.app import output_failed

        sys.exit(output_failed(error))
