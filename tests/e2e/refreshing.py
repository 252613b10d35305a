"""Refreshing from the stand-in, for tests."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from tests.standin import StandIn
from trialfinder.refresh import RefreshReport, refresh
from trialfinder.registry.client import Registry
from trialfinder.registry.retry import Retry
from trialfinder.registry.searches import Expect, Facet, SavedSearch
from trialfinder.store import Store

START = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
FAST = Retry(first_wait=0.001, longest_wait=0.001)


def search(name: str, *terms: str, parameter: str = "query.cond", least: int = 0, **fill: float) -> SavedSearch:
    """A saved search for any of the terms."""
    return SavedSearch(name, name, name, (Facet("words", parameter, terms),), Expect(least, 100_000, fill))


NERVE = search("nerve", "nerve", eligibility_criteria=0.9)


def bring_up_to_date(
    standin: StandIn, store: Store, searches: Sequence[SavedSearch] = (NERVE,), *, at: dt.datetime = START, **more: Any
) -> RefreshReport:
    """One refresh by the real client over real HTTP, without waiting between requests."""
    with Registry(standin.url, interval_seconds=0, sleep=lambda _seconds: None, retry=FAST) as registry:
        return refresh(store, registry, searches, now=lambda: at, **more)


def contents(store: Store) -> dict[str, tuple[str, tuple[str, ...], bool]]:
    """What is in a store whatever runs led there: text without the day of the load, searches, gone."""
    return {
        stored.nct_id: (_without_load(stored.record), stored.searches, stored.gone)
        for stored in store.records(everything=True)
    }


def _without_load(record: dict[str, Any]) -> str:
    record["derivedSection"]["miscInfoModule"].pop("versionHolder", None)
    return json.dumps(record)


def changed(record: dict[str, Any], title: str, posted: str) -> dict[str, Any]:
    """The record with another title and date of update."""
    record["protocolSection"]["identificationModule"]["briefTitle"] = title
    record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = posted
    return record


def with_condition(record: dict[str, Any], *conditions: str) -> dict[str, Any]:
    """The record with other conditions, and a title that names the first of them."""
    record["protocolSection"]["conditionsModule"]["conditions"] = list(conditions)
    record["protocolSection"]["identificationModule"]["briefTitle"] = f"Cells for {conditions[0]}"
    return record


def ids(numbers: Iterable[int]) -> tuple[str, ...]:
    """NCT IDs of samples."""
    return tuple(f"NCT{number:08d}" for number in numbers)
