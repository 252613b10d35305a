"""The criteria of one study as rows: one an item, or one a reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.tables.columns import names
from trialfinder.tables.rows import Row, joined

if TYPE_CHECKING:
    from trialfinder.reading import Item


def criteria_rows(table: str, nct_id: str, text: str, items: Sequence[Item]) -> Iterator[Row]:
    """Criteria of one study as rows: one an item (``criteria``) or one a reading (``readings``).

    ``text`` is the registry's own criteria text that the items' offsets count in.
    """
    if table == "criteria":
        yield from _criteria(nct_id, text, items)
    else:
        yield from _readings(nct_id, items)


def _criteria(nct_id: str, text: str, items: Sequence[Item]) -> Iterator[Row]:
    from trialfinder.reading import describe, together

    for number, item in enumerate(items, start=1):
        yield {
            "nct_id": nct_id,
            "item": number,
            "section": item.section,
            "group": item.group or None,
            "text": text[item.start : item.end],
            "read": joined([*map(describe, item.readings), *together(item)]),
            "complete": item.complete,
        }


def _readings(nct_id: str, items: Sequence[Item]) -> Iterator[Row]:
    from trialfinder.reading import readings_json

    blank = dict.fromkeys(names("readings"))
    for found in readings_json(nct_id, items):
        # An empty text and a missing one are the same in a table.
        yield blank | {key: (None if value == "" else value) for key, value in found.items()}
