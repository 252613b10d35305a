"""How many examples a law is tried on."""

from __future__ import annotations

from hypothesis import settings


def examples(number: int) -> int:
    """So many with ``--hypothesis-profile thorough``, fewer in the quick run (see ``conftest``)."""
    return max(5, number * settings().max_examples // 100)
