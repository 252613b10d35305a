"""The rows of any table for studies of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialfinder.tables.columns import names
from trialfinder.tables.rows import Row, joined, related_rows

if TYPE_CHECKING:
    from trialfinder.catalogue.holdings import Catalogue
    from trialfinder.reading import Item


def table_rows(catalogue: Catalogue, table: str, chosen: Iterable[Row]) -> Iterator[Row]:
    """The rows of a table for the chosen studies, in their order."""
    listed = list(chosen)
    if table == "studies":
        catalogue.add_signs(listed)
        wanted = names("studies")
        for row in listed:
            yield {name: row[name] for name in wanted}
    elif table in ("criteria", "readings"):
        ids = [row["nct_id"] for row in listed]
        for nct_id, items in catalogue.items(ids).items():
            yield from criteria_rows(table, nct_id, catalogue.study(nct_id).eligibility_criteria, items)
    elif table == "signs":
        for row in listed:
            for sign in catalogue.signs(row["nct_id"]):
                keys = ("id", "kind", "strength", "field", "quote", "question")
                yield {"nct_id": row["nct_id"]} | {key: getattr(sign, key) or None for key in keys}
    else:
        for row in listed:
            yield from related_rows(table, catalogue.study(row["nct_id"]))


def criteria_rows(table: str, nct_id: str, text: str, items: Sequence[Item]) -> Iterator[Row]:
    """Criteria of one study as rows: one an item (``criteria``) or one a reading (``readings``).

    ``text`` is the registry's own criteria text that the items' offsets count in.
    """
    if table == "criteria":
        yield from _criteria(nct_id, text, items)
    else:
        yield from _readings(nct_id, items)


def _criteria(nct_id: str, text: str, items: Sequence[Item]) -> Iterator[Row]:
    from trialfinder.reading import describe

    for number, item in enumerate(items, start=1):
        yield {
            "nct_id": nct_id,
            "item": number,
            "section": item.section,
            "group": item.group or None,
            "text": text[item.start : item.end],
            "read": joined([describe(reading) for reading in item.readings]),
            "complete": item.complete,
        }


def _readings(nct_id: str, items: Sequence[Item]) -> Iterator[Row]:
    from trialfinder.reading import readings_json

    blank = dict.fromkeys(names("readings"))
    for found in readings_json(nct_id, items):
        # An empty text and a missing one are the same in a table.
        yield blank | {key: (None if value == "" else value) for key, value in found.items()}
