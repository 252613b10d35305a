"""How often Python looks for rings of objects that nobody uses: a run makes many objects and few such rings."""

from __future__ import annotations

import gc

_MADE = 50_000
"""New objects between two looks."""


def look_seldom() -> None:
    """Looks far less often than Python does by itself."""
    gc.set_threshold(_MADE, 20, 20)
