"""The library: the same answers as the commands give, as pandas dataframes with declared columns."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialfinder.base import computer_clock
from trialfinder.base import whereabouts as places
from trialfinder.errors import InputError
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study
from trialfinder.tables.columns import names
from trialfinder.tables.frames import frame

if TYPE_CHECKING:
    import pandas as pd

    from trialfinder.person import Profile

Records = Iterable[Mapping[str, Any] | Study]


def _today(day: dt.date | None) -> dt.date:
    return day or computer_clock.today()


def search(
    words: str = "",
    *,
    store: str | Path | None = None,
    today: dt.date | None = None,
    everything: bool = False,
    **filters: Any,
) -> pd.DataFrame:
    """The studies that pass the filters, newest first; asks no network.

    Looks into the store, with the snapshot beside it where nobody ever asked for all there is, or into the snapshot
    when there is no store. ``filters`` are the options of ``trialfinder search`` by name: ``status``, ``phase``,
    ``country``, ``age``, ``open_only=True``, ``near`` …

    Returns:
        The ``studies`` table (docs/columns.md). ``frame.attrs["origin"]`` says where it comes from.

    Raises:
        InputError: a filter is unknown or its value is wrong.
        StoreError: the store cannot be read.
    """
    from trialfinder.catalogue.opening import open_catalogue
    from trialfinder.catalogue.select import FILTER_NAMES, Chosen, select

    unknown = set(filters) - set(FILTER_NAMES)
    if unknown:
        raise InputError(f"unknown filter {sorted(unknown)[0]!r}; the filters are {', '.join(FILTER_NAMES)}")
    chosen: Chosen = {name: _as_text(value) for name, value in filters.items()} | {"everything": everything}
    chosen["limit"] = _as_count(filters.get("limit"))
    with open_catalogue(places.store_path(store), _today(today), query=chosen.get("query")) as catalogue:
        found = select(catalogue, words, chosen)
        catalogue.add_signs(found.rows)
        wanted = names("studies")
        result = frame("studies", ({name: row[name] for name in wanted} for row in found.rows))
        result.attrs["origin"] = catalogue.origin.kind
        result.attrs["data_timestamp"] = catalogue.origin.data_timestamp
        return result


def _as_count(limit: Any) -> int | None:
    if limit is None or (isinstance(limit, int) and limit > 0):
        return limit
    raise InputError(f"limit={limit!r}: expected a whole number from 1")


def _as_text(value: Any) -> Any:
    if isinstance(value, bool | int) or value is None:
        return value if isinstance(value, bool) or value is None else str(value)
    return ",".join(map(str, value)) if isinstance(value, list | tuple | set) else str(value)


def load(table: str = "studies", *, store: str | Path | None = None, today: dt.date | None = None) -> pd.DataFrame:
    """One table of everything that the store (or the snapshot) holds, off-topic studies included.

    Raises:
        InputError: there is no such table.
        StoreError: the store cannot be read.
    """
    from trialfinder.catalogue.opening import open_catalogue
    from trialfinder.catalogue.table_rows import table_rows

    names(table)
    with open_catalogue(places.store_path(store), _today(today)) as catalogue:
        return frame(table, table_rows(catalogue, table, catalogue.rows()))


def fetch(
    query: str | None = None, *, api_url: str | None = None, today: dt.date | None = None, table: str = "studies",
    max_seconds: float | None = 240.0,
) -> pd.DataFrame:  # fmt: skip
    """Asks the registry for a saved search (the default one when None) and keeps nothing.

    ``max_seconds`` bounds the waiting, whatever the other side does; None for no limit.

    Raises:
        RegistryUnavailable: could not ask. RegistryRefused: the registry rejected the question. OutOfTime: too slow.
        InputError: there is no such saved search.
    """
    from trialfinder.catalogue.opening import from_answer
    from trialfinder.catalogue.table_rows import table_rows
    from trialfinder.registry.client import Registry
    from trialfinder.registry.search_files import saved_search

    names(table)
    wanted = saved_search(query) if query else saved_search()
    deadline = None if max_seconds is None else time.monotonic() + max_seconds
    address = places.api_url(api_url)
    with Registry(address, interval_seconds=places.request_interval(), deadline=deadline) as registry:
        crawl = registry.crawl(wanted.params())
    catalogue = from_answer(wanted.name, crawl, crawl.data_timestamp, _today(today))
    return frame(table, table_rows(catalogue, table, catalogue.rows()))


def _studies(records: Records) -> Iterable[Study]:
    return (each if isinstance(each, Study) else read_study(each) for each in records)


def read_criteria(source: str | Records, *, table: str = "readings") -> pd.DataFrame:
    """Reads eligibility criteria.

    Args:
        source: one criteria text, or raw records or studies.
        table: ``readings`` (one row a reading) or ``criteria`` (one row an item).

    Raises:
        RecordError: a record is not in the promised shape.
    """
    from trialfinder.reading import names_of
    from trialfinder.reading import read_criteria as read
    from trialfinder.tables.criteria_rows import criteria_rows

    if table not in ("readings", "criteria"):
        raise InputError(f"table {table!r}: expected 'readings' or 'criteria'")
    if isinstance(source, str):
        return frame(table, criteria_rows(table, "", source, read(source)))
    rows = (
        row
        for study in _studies(source)
        for text in [study.eligibility_criteria]
        for row in criteria_rows(table, study.nct_id, text, read(text, names_of(study)))
    )
    return frame(table, rows)


def match(
    profile: str | Path | Mapping[str, Any] | Profile, studies: Records, *, today: dt.date | None = None
) -> pd.DataFrame:
    """Holds a person's facts against every criterion of every study.

    Args:
        profile: a profile file, the same as nested mappings, or a ``Profile``.
        studies: raw records or studies.

    Returns:
        One row a study: ``nct_id``, ``verdict`` (conflict, possible, nothing_against), ``joinable``, ``reasons``, and
        what is unknown. Never "eligible": the study team decides.

    Raises:
        InputError: the profile is wrong; the message never shows a value of it.
    """
    from trialfinder.catalogue.matching import match_frame

    return match_frame(profile, list(_studies(studies)), _today(today))
