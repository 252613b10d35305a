"""Sixty refreshes with faults in a third of them end in the store of a year without faults, each change told once."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.refreshing import NERVE, START, bring_up_to_date, changed, contents, search, with_condition
from tests.standin import StandIn
from tests.standin.samples import sample, samples
from trialfinder.errors import TrialfinderError
from trialfinder.store import Store

SEARCHES = (NERVE, search("title", "Part", parameter="query.titles"))
Contents = dict[str, tuple[str, tuple[str, ...], bool]]
Told = Counter[tuple[str, str]]
WEEK = dt.timedelta(days=6)
FAULTS = ("forbidden", "html", "cut_json", "truncated", "reset", "total_lie", "status")


def script(seed: int) -> Iterator[list[tuple[str, int, int]]]:
    """What happens before each of sixty refreshes: (what, study, number of the refresh)."""
    chance, there, away, other = random.Random(seed), set(range(1, 41)), set[int](), set[int]()
    for number in range(60):
        happens: list[tuple[str, int, int]] = []
        for what, pool, kept, count in (
            ("change", there, there, 3),
            ("withdraw", there, away, 1),
            ("restore", away, there, 1),
            ("turn", there, other, 1),
            ("return", other, there, 1),
        ):
            for study in chance.sample(sorted(pool), min(count, len(pool))) if chance.random() < 0.5 else []:
                if any(study == done for _, done, _ in happens):
                    continue
                pool.discard(study)
                kept.add(study)
                happens.append((what, study, number))
        if chance.random() < 0.4:
            there.add(100 + number)
            happens.append(("add", 100 + number, number))
        yield happens


def play(standin: StandIn, happens: list[tuple[str, int, int]], today: dt.date) -> None:
    for what, study, number in happens:
        record = changed(sample(study), f"Part {study}, edition {number}", today.isoformat())
        if what == "withdraw":
            standin.remove(f"NCT{study:08d}")
        elif what == "turn":
            standin.replace(with_condition(record, "Heart Failure"))
        else:
            standin.replace(record)


def a_year(path: Path, seed: int, faults: random.Random | None) -> tuple[Contents, Told]:
    """The contents at the end, and how often each study was told to be new, gone, or back."""
    told: Told = Counter()
    with StandIn(samples(40)) as standin, Store.open(path) as store:
        for number, happens in enumerate(script(seed)):
            for _ in range(6):
                standin.reload()
            at = START + WEEK * number
            if number % 7 == 3:
                at -= dt.timedelta(days=400)  # the clock has jumped back
            play(standin, happens, dt.date.fromisoformat(standin.data.timestamp[:10]))
            last = number == 59
            if faults and not last and faults.random() < 0.34:
                standin.fault(faults.choice(FAULTS), times=99, skip=faults.choice([0, 0, 1]))
            try:
                report = bring_up_to_date(standin, store, SEARCHES, at=at, full=last)
            except TrialfinderError:
                told["failed", ""] += 1
                continue
            finally:
                standin.clear_faults()
            for found in store.transitions(report.refresh_id - 1, report.refresh_id):
                told.update((what, found.nct_id) for what in ("is_new", "gone", "came_back") if getattr(found, what))
        assert store.verify() == ()
        return contents(store), told


@pytest.mark.slow
def test_a_year_with_faults_ends_like_a_year_without(tmp_path: Path) -> None:
    calm, told_calm = a_year(tmp_path / "calm.db", 5, None)
    rough, told_rough = a_year(tmp_path / "rough.db", 5, random.Random(6))
    assert told_calm["failed", ""] == 0
    assert told_rough["failed", ""] >= 12
    # What came and went between two runs that worked, the rough year never saw; all that it has is the same.
    never_seen = {nct_id for nct_id, (_, _, gone) in calm.items() if gone} - rough.keys()
    assert {key: value for key, value in calm.items() if key not in never_seen and not value[2]} == {
        key: value for key, value in rough.items() if not value[2]
    }
    assert rough.keys() == calm.keys() - never_seen
    for nct_id, (_, _, gone) in rough.items():
        for told in (told_calm, told_rough):
            assert told["is_new", nct_id] == 1
            assert told["gone", nct_id] - told["came_back", nct_id] == int(gone)
