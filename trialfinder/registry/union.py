"""Asks several saved searches at once and every study only once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.registry.client import Registry
from trialfinder.registry.crawl import Progress
from trialfinder.registry.model import Crawl, DataVersion, pack, record_ids, unpack
from trialfinder.registry.searches import SavedSearch


@dataclass(frozen=True)
class Union:
    """What several searches found together.

    Attributes:
        found_by: the NCT IDs that each search found, by the search's name, in the registry's order.
        main: the first search's own result.
    """

    found_by: dict[str, tuple[str, ...]]
    main: Crawl
    _others: list[bytes]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Every record once, unpacked one at a time."""
        yield from self.main
        yield from map(unpack, self._others)

    def __len__(self) -> int:
        return len(self.main) + len(self._others)


def ask_union(
    registry: Registry,
    searches: Sequence[SavedSearch],
    version: DataVersion,
    *,
    updated_since: dt.date | None = None,
    progress: Progress | None = None,
) -> Union:
    """The first search in full, ids only for the others, then by id what is still missing.

    Costs ``ceil(n/1000)`` requests for each search and one for each hundred studies that only the others found. To be
    used as ``registry.consistently(lambda version: ask_union(registry, searches, version))``.

    Args:
        registry: the client.
        searches: at least one; the widest should be the first.
        version: what ``consistently`` gives.
        updated_since: only studies whose last update was posted on that day or later; None for all.
        progress: follows the first search.

    Raises:
        As ``Registry.search`` and ``Registry.studies_by_id``.
    """
    main = registry.search(searches[0].params(updated_since=updated_since), version, progress=progress)
    found_by = {searches[0].name: _ids(main)}
    have = set(found_by[searches[0].name])
    missing: dict[str, None] = {}
    for search in searches[1:]:
        ids = _ids(registry.search(search.params(updated_since=updated_since, ids_only=True), version))
        found_by[search.name] = ids
        missing |= {nct_id: None for nct_id in ids if nct_id not in have}
    wanted = list(missing)
    others = []
    for start in range(0, len(wanted), 100):
        others += [pack(record) for record in registry.studies_by_id(wanted[start : start + 100]).values()]
    return Union(found_by, main, others)


def _ids(crawl: Crawl) -> tuple[str, ...]:
    return tuple(nct_id for nct_id in (record_ids(record)[0] for record in crawl) if nct_id)
