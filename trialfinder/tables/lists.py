"""Columns of what commands list beside the tables that can be exported: events, versions, patterns and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialfinder.tables import columns
from trialfinder.tables.columns import Column, Dtype
from trialfinder.tables.rows import joined


def _said(name: str, meaning: str, dtype: Dtype = "string", missing: str = "never missing", unit: str = "") -> Column:
    return Column(name, dtype, meaning, unit, missing, "trialfinder")


_ID = columns.STUDIES[0]
EVENTS = (
    _said("date_seen", "When it was seen.", unit="moment, UTC"),
    _ID,
    _said("severity", "critical, important, normal or minor."),
    _said("kind", "What sort of news."),
    _said("words", "The news in plain words."),
    _said("details", "Further lines.", missing="none", unit="joined by '; '"),
    _said("for_person", "What it means for the person of the profile.", missing="nothing, or no profile was named"),
    Column("title", "string", "Short title of the study."),
    _said("field", "What changed.", missing="the whole study"),
    Column("old", "string", "The value before.", "", "was not stated"),
    Column("new", "string", "The value after.", "", "is not stated any more"),
    _said("id", "The same for the same piece of news, whenever it is told."),
)
VERSIONS = (
    _said("number", "Number of the version, from 1.", "Int64", "the registry has the study no more since then"),
    _said("first_seen", "When it was first seen.", unit="moment, UTC"),
    _said("words", "What changed since the one before."),
    _said("details", "Further lines.", missing="none", unit="joined by '; '"),
    _said("hash", "Fingerprint of the record.", missing="no version: the study is gone"),
)
_OF_A_STUDY = {column.name: column for column in columns.STUDIES}
CLASSIFICATIONS = (
    *(
        _OF_A_STUDY[name]
        for name in (
            "nct_id", "relevance", "relevance_reason", "cell_product", "cell_source", "donor", "routes",
            "neuropathy_types", "nerve_role", "dose", "number_of_doses", "follow_up_months", "outcome_kinds",
            "joinable", "joinable_reason",
        )
    ),
    _said("verified", "When the sponsor last confirmed the record.", missing="the registry does not say", unit="date"),
    _said("open_sites", "Sites whose own status says that they take people.", "Int64", "no site has a status"),
    _said("signs", "Ids of the signs that the record shows.", missing="none found", unit="joined by '; '"),
)  # fmt: skip
SEARCHES = (
    _said("name", "Name of the saved search."),
    _said("title", "What it looks for, in a few words."),
    _said("description", "What it looks for.", missing="not described"),
)
PATTERNS = (
    _said("id", "Id of the pattern."),
    _said("says", "What it reads."),
    _said("unit", "Unit of its numbers.", missing="it has no numbers"),
)
WAYS = (
    _said("name", "The way to the registry that was tried."),
    _said("ok", "Whether it works.", "boolean", "could not be tried here"),
    _said("meaning", "What that means."),
)
LISTS = {
    "events": EVENTS,
    "versions": VERSIONS,
    "classifications": CLASSIFICATIONS,
    "searches": SEARCHES,
    "patterns": PATTERNS,
    "ways": WAYS,
}


def shape(name: str) -> tuple[Column, ...]:
    """The columns of a list or a table."""
    return LISTS[name] if name in LISTS else columns.table(name)


def row(columns: tuple[Column, ...], found: Mapping[str, Any]) -> dict[str, Any]:
    """An object as JSON has it, as one row: lists joined, and of an object in it its words or its id."""
    return {column.name: _flat(found.get(column.name)) for column in columns}


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return joined([str(_flat(each)) for each in value if each is not None])
    if isinstance(value, Mapping):
        return value.get("words") or value.get("id")
    return None if value == "" else value
