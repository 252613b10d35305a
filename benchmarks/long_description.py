"""What it brings to look into the long description, and what it costs: every saved search, asked of a registry here.

    python benchmarks/long_description.py [RECORDS.jsonl.gz] [FOLDER OF OTHER QUERIES]

The stand-in looks where the registry's table of search areas says (``tests/unit/standin`` holds it to that table). Each
search is asked as it is, without what it looks for in the long description, and, with a second folder (``queries`` of
an earlier checkout), as it is there. Exit code 1 where looking there costs a request more.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.standin import StandIn
from trialfinder.classify import classify
from trialfinder.registry import essie
from trialfinder.registry.client import Registry
from trialfinder.registry.search_files import all_searches
from trialfinder.registry.searches import SavedSearch
from trialfinder.study.model import record_ids
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

_SHARED = Path(__file__).resolve().parents[2] / "shared/records/studies.jsonl.gz"


class Found(NamedTuple):
    """What one search finds, what of it lists show without being asked to, and in how many requests."""

    ids: frozenset[str]
    shown: frozenset[str]
    requests: int


def ask(standin: StandIn, search: SavedSearch) -> Found:
    """One search from its first request to its last."""
    with Registry(standin.url, interval_seconds=0) as registry:
        records = {record_ids(record)[0]: record for record in registry.crawl(search.params())}
        shown = (id_ for id_, record in records.items() if classify(read_study(record)).relevance != "off_topic")
        return Found(frozenset(records), frozenset(shown), len(registry.log))


def without(search: SavedSearch) -> SavedSearch:
    """The search without what it looks for in the long description."""
    return replace(search, facets=tuple(replace(facet, in_description=()) for facet in search.facets))


def main(arguments: Sequence[str]) -> int:
    """Prints one row a search."""
    records = list(read_records(Path(arguments[0]) if arguments else _SHARED))
    before = {search.name: search for search in all_searches(Path(arguments[1]))} if arguments[1:] else {}
    dearer = 0
    print(
        f"of {len(records)} records\n{'search':32} terms  studies requests | without: studies requests | before  | lost"
    )
    with StandIn(records) as standin:
        for search in all_searches():
            now, then = ask(standin, search), ask(standin, without(search))
            old = ask(standin, before[search.name]).ids if search.name in before else frozenset()
            terms = max(essie.terms(expression) for expression in search.params().values())
            dearer += now.requests > then.requests
            print(
                f"{search.name:32} {terms:5}  {len(now.ids):7} {now.requests:8} | {len(then.ids):16} {then.requests:8} "
                f"| {len(old):6} | {' '.join(sorted(old - now.ids)) or '-'}"
            )
            print(f"    only there, shown: {' '.join(sorted(now.shown - then.ids)) or '-'}")
            print(f"    only there, hidden as off topic: {' '.join(sorted(now.ids - then.ids - now.shown)) or '-'}")
    return int(dearer > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
