"""The rows of any table for studies of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialfinder.catalogue.holdings import Catalogue
from trialfinder.tables.columns import names
from trialfinder.tables.criteria_rows import criteria_rows
from trialfinder.tables.rows import Row, related_rows


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
