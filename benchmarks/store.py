"""``python -m benchmarks.store [--studies N] [--versions N]``: how fast, how large, how much memory a store takes.

Takes the developers' records where they are (repeated under made-up ids until there are enough), else made-up ones of
the same size. Each version changes what changes in real life: dates, a number in the criteria, a new site. Each part
runs in a process of its own, so that the peak of memory is that part's alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from trialfinder.store import Store

RECORDS = Path(__file__).resolve().parents[2] / "shared" / "records" / "studies.jsonl.gz"
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
WORDS = ("cells", "nerve", "arm", "trial", "dose", "week", "placebo", "pain", "score", "adults", "visit", "group")


def made_up(number: int) -> dict[str, Any]:
    """A record of about 11 kB."""
    chance = random.Random(number)

    def prose(words: int) -> str:
        return " ".join(chance.choice(WORDS) + str(chance.randrange(100)) for _ in range(words))

    return {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000000", "briefTitle": prose(12)},
            "statusModule": {"lastUpdatePostDateStruct": {"date": "2026-01-01", "type": "ACTUAL"}},
            "descriptionModule": {"briefSummary": prose(200), "detailedDescription": prose(500)},
            "eligibilityModule": {"eligibilityCriteria": prose(300), "minimumAge": "18 Years"},
            "contactsLocationsModule": {"locations": [{"facility": prose(4), "city": prose(1)} for _ in range(20)]},
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2026-01-01"}},
    }


def records(count: int, version: int = 0) -> Iterator[dict[str, Any]]:
    """So many records, one at a time, as they are in a version."""
    given = 0
    while given < count:
        for record in _source(count - given):
            given += 1
            record["protocolSection"]["identificationModule"]["nctId"] = f"NCT{given:08d}"
            yield edited(record, given, version)
            if given == count:
                return


def _source(count: int) -> Iterator[dict[str, Any]]:
    if RECORDS.is_file():
        with gzip.open(RECORDS) as lines:
            yield from map(json.loads, lines)
    else:
        yield from map(made_up, range(count))


def edited(record: dict[str, Any], number: int, version: int) -> dict[str, Any]:
    """The record after so many updates; each update stays in the later ones."""
    protocol = record["protocolSection"]
    sites = protocol.setdefault("contactsLocationsModule", {}).setdefault("locations", [])
    for update in range(1, version + 1):
        chance = random.Random(number * 1000 + update)
        posted = f"2026-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        protocol.setdefault("statusModule", {})["lastUpdatePostDateStruct"] = {"date": posted, "type": "ACTUAL"}
        kind = chance.random()
        if kind < 0.2:
            site = {"facility": f"Hospital {chance.randrange(9999)}", "city": f"Town {chance.randrange(999)}"}
            sites.insert(chance.randrange(len(sites) + 1), site)
        elif kind < 0.4 and "eligibilityCriteria" in protocol.get("eligibilityModule", {}):
            criteria = protocol["eligibilityModule"]["eligibilityCriteria"]
            at = chance.randrange(len(criteria) + 1)
            protocol["eligibilityModule"]["eligibilityCriteria"] = (
                f"{criteria[:at]} {chance.randrange(99)} {criteria[at:]}"
            )
        elif kind < 0.6:
            protocol["designModule"] = {**protocol.get("designModule", {}), "enrollmentInfo": {"count": update}}
    return record


def one_run(path: Path, count: int, version: int, changed: int | None = None) -> None:
    """A run in which everything comes, or only so many studies."""
    at = START + dt.timedelta(days=6 * version)
    with Store.open(path) as store, store.refresh(at) as run:
        for record in records(count if changed is None else changed, version):
            run.seen("all", record)
        kind = "full" if changed is None else "incremental"
        run.finish(finished=at, kind=kind, tool_version="0", data_timestamp=f"{at:%Y-%m-%d}T09:00:05")


def measured(name: str, work: Callable[..., None], *arguments: Any) -> None:
    """Runs a part in a process of its own and prints seconds and peak memory."""
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=_measure, args=(name, work, arguments))
    child.start()
    child.join()
    assert child.exitcode == 0, name


def _measure(name: str, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    began = time.perf_counter()
    work(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:58} {time.perf_counter() - began:8.2f} s   peak {peak:6.0f} MB", flush=True)


def generate(count: int, version: int) -> None:
    """Only makes the records: to be taken off the figures of the fills."""
    for _ in records(count, version):
        pass


def listing(path: Path, parse: bool) -> None:
    """Goes through all records, reading the JSON or not."""
    with Store.open(path, read_only=True) as store:
        assert sum(1 for stored in store.records() if not parse or stored.record) > 0


def changes(path: Path) -> None:
    """What the newest run changed."""
    with Store.open(path, read_only=True) as store:
        last = store.refreshes()[-1].id
        found = list(store.transitions(last - 1, last))
        began = time.perf_counter()
        for one in found[:300]:
            assert one.old is not None
            assert one.new is not None
            store.version_record(one.old.version_id)
            store.version_record(one.new.version_id)
        print(f"    {len(found)} studies changed; both records of 300: {time.perf_counter() - began:.2f} s")


def verify(path: Path) -> None:
    """Reads every version."""
    with Store.open(path, read_only=True) as store:
        assert store.verify() == ()


def sizes(path: Path) -> None:
    """Prints what is on disk."""
    with Store.open(path, read_only=True) as store:
        info = store.info()
    raw, packed = info.raw_bytes / 1e6, info.packed_bytes / 1e6
    print(
        f"    {info.studies} studies, {info.versions} versions: file {info.size_bytes / 1e6:.1f} MB, "
        f"texts {packed:.1f} MB of {raw:.1f} MB raw (1 : {raw / packed:.1f}), "
        f"{info.packed_bytes / info.versions:.0f} bytes a version"
    )


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=6, help="60 takes a quarter of an hour")
    given = parser.parse_args()
    count = given.studies
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        measured(f"making {count} records (part of the following)", generate, count, 0)
        measured(f"first fill of {count}", one_run, path, count, 0)
        sizes(path)
        measured("a full pass, nothing changed", one_run, path, count, 0)
        measured("an incremental run, 5 changed", one_run, path, count, 1, 5)
        measured("listing all, JSON unread", listing, path, False)
        measured("listing all, JSON read", listing, path, True)
        for version in range(1, given.versions):
            measured(f"version {version + 1} of every study", one_run, path, count, version)
        sizes(path)
        one = count // 30
        measured(f"a run that changes {one} of the studies", one_run, path, count, given.versions, one)
        measured("changes of that run", changes, path)
        measured("listing all, JSON unread", listing, path, False)
        measured("listing all, JSON read", listing, path, True)
        measured("verify", verify, path)


if __name__ == "__main__":
    main()
