"""Readings as the JSON contract, and items as JSON for the store's cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from trialfinder.base.resources import made_by
from trialfinder.errors import StoreError
from trialfinder.reading.readings import Item

_CONTRACT = (
    "section", "group", "pattern", "effect", "value", "low", "low_inclusive", "high", "high_inclusive", "unit",
    "window_months", "quote", "start", "end", "item_start", "item_end", "complete", "path", "condition", "alternatives",
)  # fmt: skip


def version() -> str:
    """Name of what the reader is: changes with the pattern data and with the code that reads it."""
    return made_by("reading", "drugs", "phrases", "base")


def _unread(nct_id: str, item: Item, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"nct_id": nct_id} | dict.fromkeys(_CONTRACT)
    row |= {
        "section": item.section, "group": item.group, "pattern": "unread", "value": "", "unit": "", "quote": text,
        "start": item.start, "end": item.end, "item_start": item.start, "item_end": item.end, "complete": False,
    }  # fmt: skip
    return row


def readings_json(nct_id: str, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """One dict a reading, in the order of the text, with the keys of the contract.

    An item without readings gives one dict with ``pattern`` "unread", effect and bounds None, the item as quote.
    """
    for item in items:
        for reading in item.readings:
            yield {"nct_id": nct_id} | {name: getattr(reading, name) for name in _CONTRACT}
        if not item.readings:
            yield _unread(nct_id, item, item.text)


def items_to_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Items with everything they hold, for the cache."""
    return [msgspec.to_builtins(item) for item in items]


def items_from_json(rows: Any) -> tuple[Item, ...]:
    """Items back from what ``items_to_json`` made.

    Raises:
        StoreError: the rows were made by another version.
    """
    try:
        return msgspec.convert(rows, tuple[Item, ...])
    except msgspec.ValidationError as error:
        raise StoreError("kept readings are in another version's shape; refresh to read the criteria again") from error
