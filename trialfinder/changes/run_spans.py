"""Between which runs things happened to a study, and what its record was then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from trialfinder.changes.record_events import Event

if TYPE_CHECKING:
    from trialfinder.store import Store


def spans_of(events: Iterable[Event]) -> dict[str, tuple[int, int]]:
    """The first and the last run with an event, by NCT ID."""
    spans: dict[str, tuple[int, int]] = {}
    for event in events:
        first, last = spans.get(event.nct_id, (event.refresh_id, event.refresh_id))
        spans[event.nct_id] = (min(first, event.refresh_id), max(last, event.refresh_id))
    return spans


def versions_at(store: Store, nct_id: str, before: int, after: int) -> tuple[Any, Any]:
    """The raw records that a study had after two runs; None where it was not known.

    Raises:
        StoreError: the store cannot be read.
    """
    versions = store.history(nct_id)

    def at(run: int) -> dict[str, Any] | None:
        known = [version for version in versions if version.first_refresh <= run]
        return store.version_record(known[-1].version_id) if known else None

    return at(before), at(after)
