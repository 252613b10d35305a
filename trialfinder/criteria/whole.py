"""What only the whole text can tell: whether a nerve disease is the one studied or another cause beside it."""

from __future__ import annotations

from dataclasses import replace

from trialfinder.criteria.model import Item, Reading


def _studied(items: tuple[Item, ...]) -> bool:
    return any(r.pattern == "neuropathy_type" and r.effect == "require" for i in items for r in i.readings)


def _settled(reading: Reading) -> Reading:
    if reading.pattern == "neuropathy_type" and reading.effect == "exclude":
        return replace(reading, pattern="other_neuropathy_cause")
    return reading


def settle(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """In a study of one kind of neuropathy, another kind that bars is ``other_neuropathy_cause``."""
    if not _studied(items):
        return items
    return tuple(replace(i, readings=tuple(_settled(r) for r in i.readings)) if i.readings else i for i in items)
