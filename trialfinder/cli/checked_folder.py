"""Which files a check looks at: a clone may lie open in the editor while another copy is installed."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from trialfinder.base import resources
from trialfinder.base.whereabouts import own_queries
from trialfinder.cli.run import Run


def checked_folders(run: Run, parts: Sequence[str], besides: Sequence[Path] = ()) -> str:
    """The folders that are checked, in words; warns of another one of that name where the person works.

    Args:
        run: of the command.
        parts: of the folder below the root of what came along, such as ``("data", "patterns")``.
        besides: other folders that are checked as well.
    """
    checked = [resources.resource_root().joinpath(*parts), *(folder for folder in besides if folder.is_dir())]
    other = _at_hand(parts)
    if other is not None and not any(other.samefile(folder) for folder in checked if folder.is_dir()):
        run.warn(f"{other} is another folder and is NOT checked; {_way_out(other.parents[len(parts) - 1])}")
    return f"Checked: {', '.join(map(str, checked))}"


def _way_out(root: Path) -> str:
    if not (root / "data" / "patterns").is_dir():
        return f"saved searches of your own belong into {own_queries()}"
    install = f"python -m pip install -e {shlex.quote(str(root))}"
    return f"to check what you edit there, install it so that edits count at once: {install}"


def _at_hand(parts: Sequence[str]) -> Path | None:
    """The folder of that name in the working folder or one around it, if it has such files; None for none."""
    try:
        here = Path.cwd()
    except OSError:  # somebody took the folder away
        return None
    places = (place.joinpath(*parts) for place in (here, *here.parents))
    return next((place for place in places if any(place.glob("*.toml"))), None)
