"""Decides what to ask the registry, so that nothing is missed and nothing asked for twice.

Only the registry's own ``dataTimestamp`` is compared, never our clock: a computer whose clock jumps, travels or
starts a new year asks for the same things.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trialfinder.registry.replies import DataVersion
from trialfinder.registry.searches import SavedSearch
from trialfinder.store import Store
from trialfinder.store.clock import registry_instant
from trialfinder.store.stored import RefreshInfo

#: An update can be posted a little before it is loaded; asking for more days only costs bytes.
OVERLAP = dt.timedelta(days=2)
#: Only asking for everything shows what has disappeared, and what changed without a new update date.
FULL_EVERY = dt.timedelta(days=7)

Mode = Literal["full", "incremental", "unchanged"]


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What to do about one search.

    Attributes:
        mode: ``unchanged`` asks nothing, ``incremental`` for what was updated since a day, ``full`` for everything.
        since: that day (the registry's), None unless incremental.
        definition: the exact question, to notice when it is another one next time.
        reason: why, in words.
    """

    search: SavedSearch
    mode: Mode
    since: dt.date | None
    definition: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What to do about each search, in the order given."""

    searches: tuple[SearchPlan, ...]

    @property
    def kind(self) -> Mode:
        """The most thorough of the modes."""
        modes = {plan.mode for plan in self.searches}
        if "full" in modes:
            return "full"
        return "incremental" if "incremental" in modes else "unchanged"


def make_plan(
    store: Store, searches: Sequence[SavedSearch], version: DataVersion, *, full: bool = False, doubted: bool = False
) -> RefreshPlan:
    """The plan for these searches.

    Args:
        store: what earlier runs found; only runs that were complete and believed are in it.
        searches: the first should be the widest: the others then cost little.
        version: the registry's answer of just now.
        full: ask for everything, whatever the store says.
        doubted: what came last was not believed; then the same.
    """
    told = "asked for" if full else "what came last was not believed" if doubted else ""
    return RefreshPlan(tuple(_plan(store, search, version, told) for search in searches))


def definition_of(search: SavedSearch) -> str:
    """The exact question of a search, as text to compare."""
    return json.dumps(search.params(), sort_keys=True, ensure_ascii=False)


def _plan(store: Store, search: SavedSearch, version: DataVersion, told: str) -> SearchPlan:
    definition = definition_of(search)
    last = store.last_refresh(search.name)
    reason = told or _reason_for_all(store, search, version, definition, last)
    if reason or last is None:
        return SearchPlan(search, "full", None, definition, reason or "first time")
    if last.data_timestamp == version.data_timestamp:
        return SearchPlan(search, "unchanged", None, definition, "the registry's data has not moved")
    anchor = registry_instant(last.data_timestamp)
    if anchor is None:
        return SearchPlan(search, "full", None, definition, "the date of the last data is not known")
    return SearchPlan(search, "incremental", (anchor - OVERLAP).date(), definition, f"since {last.data_timestamp}")


def _reason_for_all(
    store: Store, search: SavedSearch, version: DataVersion, definition: str, last: RefreshInfo | None
) -> str:
    """Why everything has to be asked for; '' when it does not."""
    whole = store.last_refresh(search.name, mode="full")
    if last is None or whole is None:
        return "first time"
    if any(run.definition != definition for run in last.searches if run.search == search.name):
        return "the search was changed"
    if last.api_version != version.api_version:
        return "the registry's interface was changed"
    if last.counts.get("withheld"):
        return "not all that was listed was handed out the last time"
    now, before, last_whole = map(registry_instant, (version.data_timestamp, last.data_timestamp, whole.data_timestamp))
    if now is None or before is None or last_whole is None:
        return "" if version.data_timestamp == last.data_timestamp else "the date of the data cannot be read"
    if now < before:
        return "the registry went back to older data"
    newer = "the data is a week newer than at the last full pass"
    return newer if now - last_whole >= FULL_EVERY else ""
