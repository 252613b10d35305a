"""How to install what a part of the program needs besides it."""

from __future__ import annotations

import os
import shlex
import sys


def install(extra: str) -> str:
    """The command that installs an extra where this program is, ``pip`` alone only where that is the same place.

    It works in any folder; in the program's own one it can be written as README writes it.
    """
    active = os.environ.get("VIRTUAL_ENV")
    here = active is not None and os.path.realpath(active) == os.path.realpath(sys.prefix)
    pip = "pip" if here else f"{shlex.quote(sys.executable)} -m pip"
    return f"{pip} install 'trialfinder[{extra}]' (README: '.[{extra}]')"
