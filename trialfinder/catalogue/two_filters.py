"""Which two filters together keep every row out, where leaving out a single one gives nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


def only_two_against(
    rows: Iterable[Mapping[str, Any]], tests: Sequence[Callable[[Any], bool]]
) -> Counter[tuple[int, int]]:
    """How many rows fail exactly two tests, by the places of the two."""
    found: Counter[tuple[int, int]] = Counter()
    for row in rows:
        against = [at for at, test in enumerate(tests) if not test(row)]
        if len(against) == 2:
            found[against[0], against[1]] += 1
    return found
