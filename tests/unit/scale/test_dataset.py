"""A dataset: exact counts, going on after a stop, nothing lost and nothing twice, one line for what goes wrong."""

from __future__ import annotations

import datetime as dt
import errno
import functools
import gc
import itertools
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pyarrow.parquet
import pytest

import trialfinder
from tests.permissions import read_only
from tests.unit.scale import bulk
from tests.unit.scale.bulk import lines, nct_id, records, updated, zipped
from trialfinder.errors import AlreadyRunning, InputError, StoreError
from trialfinder.scale import steps
from trialfinder.scale.bulk_import import import_bulk
from trialfinder.scale.dataset import Dataset, part_of
from trialfinder.scale.engines import run_parts
from trialfinder.scale.steps import classify_part, facts_to_send, match_part, read_part

TODAY = dt.date(2026, 11, 20)
PERSON = {"person": {"age": 58, "sex": "female"}, "neuropathy": {"types": ["diabetic"]}}


def brought(folder: Path, *files: Path, jobs: int = 1) -> dict[str, int]:
    """The counts of an import that are not zero."""
    found = import_bulk(folder, files, jobs=jobs, progress=bulk.quiet)
    assert found["seen"] == sum(number for name, number in found.items() if name != "seen")
    return {name: number for name, number in found.items() if number}


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    dataset = Dataset(folder)
    return [row for part in dataset.parts() for row in dataset.rows(table, part)]


def told() -> dict[str, Any]:
    from trialfinder.catalogue.matching import as_profile

    return facts_to_send(as_profile(PERSON, TODAY))


def done(step: Any, folder: Path) -> Counter[str]:
    """The counts of a step over all parts."""
    total: Counter[str] = Counter()
    for part in Dataset(folder).parts():
        total.update(step(part).counts)
    return total


def test_counts_are_exact_and_every_record_is_there_once(tmp_path: Path) -> None:
    made, folder = records(40), tmp_path / "ctg"
    first = zipped(tmp_path / "a.zip", made)
    second = lines(tmp_path / "b.jsonl", [*made[:5], "{oops", {"no": "id"}, ["no study"]])
    assert brought(folder, first, second) == {"seen": 48, "repeated": 5, "set_aside": 3, "new": 40}
    assert sorted(row["nct_id"] for row in rows(folder, "records")) == sorted(map(nct_id, made))
    assert sorted(row["nct_id"] for row in rows(folder, "studies")) == sorted(map(nct_id, made))
    assert Dataset(folder).parts() == sorted({part_of(nct_id(record)) for record in made})
    assert {row["nct_id"]: json.loads(row["json"]) for row in rows(folder, "records")} == {nct_id(r): r for r in made}
    aside = [json.loads(line) for line in (folder / "set-aside.jsonl").read_text().splitlines()]
    assert [(each["place"], each["raw"].strip()) for each in aside] == [
        ("line 6", "{oops"), ("line 7", '{"no": "id"}'), ("line 8", '["no study"]'),
    ]  # fmt: skip
    assert brought(folder, first) == {"seen": 40, "unchanged": 40}
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        ".lock", "dataset.json", "set-aside.jsonl",
    ]  # fmt: skip


def test_the_newer_copy_stays_whatever_comes_first(tmp_path: Path) -> None:
    [old] = records(1)
    new = updated(old, "2026-11-18", briefTitle="Changed")
    newer = updated(old, "2026-11-19", briefTitle="Changed again")
    folder = tmp_path / "ctg"
    assert brought(folder, lines(tmp_path / "1", [new, old])) == {"seen": 2, "new": 1, "repeated": 1}
    assert [row["brief_title"] for row in rows(folder, "studies")] == ["Changed"]
    assert brought(folder, lines(tmp_path / "2", [old])) == {"seen": 1, "older": 1}
    assert brought(folder, lines(tmp_path / "3", [newer])) == {"seen": 1, "changed": 1}
    assert [row["brief_title"] for row in rows(folder, "studies")] == ["Changed again"]


class Stopped(Exception):
    """What a test ends a run with."""


@pytest.mark.parametrize("word", ["reading", "writing"])
def test_a_stopped_import_goes_on_and_counts_each_record_once(tmp_path: Path, word: str) -> None:
    made, folder = records(40), tmp_path / "ctg"
    file = lines(tmp_path / "a.jsonl", [*made, "{oops"])
    calls = 0

    def stop(what: str, *_: object) -> None:
        nonlocal calls
        calls += what.startswith(word)
        if calls == 2:
            raise Stopped

    with mock.patch("trialfinder.scale.staging._COMMIT", 7), pytest.raises(Stopped):
        import_bulk(folder, [file], jobs=1, progress=stop)
    assert brought(folder, file) == {"seen": 41, "set_aside": 1, "new": 40}
    assert sorted(row["nct_id"] for row in rows(folder, "studies")) == sorted(map(nct_id, made))


def test_a_part_that_was_written_before_the_stop_is_counted_as_new(tmp_path: Path) -> None:
    """The part is in its place, and the run was killed before it could note that."""
    made, folder = records(8), tmp_path / "ctg"
    file = lines(tmp_path / "a.jsonl", made)
    with mock.patch("trialfinder.scale.staging.Staging.settle", side_effect=Stopped), pytest.raises(Stopped):
        import_bulk(folder, [file], jobs=1, progress=bulk.quiet)
    assert len(Dataset(folder).parts()) == 1
    assert brought(folder, file) == {"seen": 8, "new": 8}


def test_a_file_that_was_cut_off_keeps_what_it_had_and_goes_on_with_the_whole_one(tmp_path: Path) -> None:
    made, folder, file = records(12), tmp_path / "ctg", tmp_path / "a.json"
    text = json.dumps(made)
    file.write_text(text[: len(text) // 2])
    with pytest.raises(InputError, match=r"a\.json: cut off or damaged after record \d.*run the same again"):
        import_bulk(folder, [file], jobs=1, progress=bulk.quiet)
    file.write_text(text)
    found = brought(folder, file)
    assert found["new"] == 12
    assert len(rows(folder, "records")) == 12


def test_read_classify_and_match_say_what_the_library_says(tmp_path: Path) -> None:
    made, folder = sorted(records(30), key=nct_id), tmp_path / "ctg"
    named = made[0]["protocolSection"]  # a short name that only its own title spells out
    named["identificationModule"]["briefTitle"] = "Cells in Pulmonary Arterial Hypertension (PAH)"
    named["eligibilityModule"]["eligibilityCriteria"] = "Exclusion Criteria:\n\n* PAH"
    brought(folder, zipped(tmp_path / "a.zip", made))
    assert done(functools.partial(match_part, folder, "me", told(), TODAY), folder).total() == 30
    assert done(functools.partial(classify_part, folder), folder) == {"classified": 30, "kept": 0}
    for table in ("readings", "criteria"):
        wanted = trialfinder.read_criteria(made, table=table)
        found = duckdb.execute(f"select * from '{folder}/{table}/*.parquet'").df()
        assert found.astype(object).where(found.notna(), None).to_dict("records") == wanted.astype(object).where(
            wanted.notna(), None
        ).to_dict("records")
    if os.name == "posix":  # what speaks against a person is open to its owner only
        parts = list((folder / "matches" / "me").iterdir())
        assert {path.stat().st_mode & 0o777 for path in parts} == {0o600}
        assert (folder / "matches" / "me").stat().st_mode & 0o777 == 0o700
    unasked = ["relevance", "illness", "strong_warning_signs"]  # whole registries are not classified to be matched
    wanted = trialfinder.match(PERSON, made, today=TODAY).drop(columns=unasked)
    found = duckdb.execute(f"select * exclude (judged_as_of) from '{folder}/matches/me/*.parquet'").df()
    assert list(found.columns) == list(wanted.columns)
    assert found.astype(str).to_dict("records") == wanted.astype(str).replace("<NA>", "None").to_dict("records")
    kept = "".join(map(str, Dataset(folder).about("matches/me", Dataset(folder).parts()[0]).values()))
    assert not [word for word in ("type2", "diabetic", "person.age") if word in kept]
    [short] = [row for row in rows(folder, "readings") if row["nct_id"] == nct_id(made[0])]
    assert short["pattern"] == "pulmonary"
    classes = {row["nct_id"]: row["relevance"] for row in rows(folder, "classes")}
    assert set(classes) == set(map(nct_id, made))


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    made, folder = records(12, parts=3), tmp_path / "ctg"
    read = functools.partial(read_part, folder)
    brought(folder, lines(tmp_path / "a", made))
    assert done(read, folder) == {"read": 12, "kept": 0}
    before = {path: path.stat().st_mtime_ns for path in folder.glob("readings/*")}
    assert done(read, folder) == {"kept": 12}
    assert {path: path.stat().st_mtime_ns for path in folder.glob("readings/*")} == before
    brought(folder, lines(tmp_path / "b", [updated(made[0], "2026-11-30")]))
    assert done(read, folder) == {"read": 1, "kept": 11}
    with mock.patch("trialfinder.judge.kept_by", return_value="a mended reader"):
        assert done(read, folder) == {"read": 12, "kept": 0}


def test_matches_are_made_anew_for_another_day_or_other_facts(tmp_path: Path) -> None:
    folder = tmp_path / "ctg"
    brought(folder, lines(tmp_path / "a", records(2, parts=1)))
    [part] = Dataset(folder).parts()
    assert not match_part(folder, "me", told(), TODAY, part).kept
    assert match_part(folder, "me", told(), TODAY, part).kept
    assert not match_part(folder, "me", told(), TODAY + dt.timedelta(days=1), part).kept
    assert not match_part(folder, "me", {**told(), "person.age": 59.0}, TODAY, part).kept


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    made, folder = records(8), tmp_path / "ctg"
    file = lines(tmp_path / "a", made)
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        mock.patch("pyarrow.parquet.ParquetWriter.write_table", side_effect=full),
        pytest.raises(InputError, match="No space left on device; make room and run the same again"),
    ):
        import_bulk(folder, [file], jobs=1, progress=bulk.quiet)
    assert list(folder.rglob("*.unfinished")) == []
    assert brought(folder, file) == {"seen": 8, "new": 8}


@pytest.mark.parametrize("full", ["opening", "closing"])
def test_a_disk_that_fills_up_says_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: str) -> None:
    """pyarrow writes at the beginning of a file, too, and once more when a writer that failed vanishes."""
    made, folder = records(4, parts=1), tmp_path / "ctg"
    file = lines(tmp_path / "a", made)
    unraisable: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    begun = itertools.count()

    class Full(pyarrow.parquet.ParquetWriter):  # type: ignore[misc] # pyarrow has no types
        def __init__(self, *arguments: Any, **named: Any) -> None:
            if full == "opening" and next(begun) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().__init__(*arguments, **named)

        def close(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pyarrow.parquet.ParquetWriter", Full)
        with pytest.raises(InputError, match="No space left on device; make room and run the same again"):
            import_bulk(folder, [file], jobs=1, progress=bulk.quiet)
    gc.collect()
    assert unraisable == []
    assert list(folder.rglob("*.unfinished")) == []
    assert brought(folder, file) == {"seen": 4, "new": 4}


def test_odd_folders_are_told_in_one_line(tmp_path: Path) -> None:
    file = lines(tmp_path / "a", records(1))
    with pytest.raises(InputError, match="holds no dataset; make one with: trialfinder registry import"):
        Dataset(tmp_path / "nothing")
    with pytest.raises(InputError, match="holds something that is no dataset"):
        import_bulk(tmp_path, [file], jobs=1, progress=bulk.quiet)
    with pytest.raises(InputError, match="cannot be written to"):
        import_bulk(file / "below", [file], jobs=1, progress=bulk.quiet)
    with pytest.raises(InputError, match="is no file"):
        import_bulk(tmp_path / "new", [tmp_path / "missing.zip"], jobs=1, progress=bulk.quiet)
    assert not (tmp_path / "new").exists()
    for made, words in ((0, "import the files into a new folder"), (2, "update trialfinder")):
        (tmp_path / "old").mkdir(exist_ok=True)
        (tmp_path / "old" / "dataset.json").write_text(json.dumps({"format": made}))
        with pytest.raises(StoreError, match=words):
            Dataset(tmp_path / "old")


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "ctg").mkdir()
    with read_only(tmp_path / "ctg"), pytest.raises(InputError, match="cannot be written"):
        import_bulk(tmp_path / "ctg", [lines(tmp_path / "a", records(1))], jobs=1, progress=bulk.quiet)


def test_two_runs_do_not_work_on_one_folder(tmp_path: Path) -> None:
    file = lines(tmp_path / "a", records(1))
    brought(tmp_path / "ctg", file)
    with Dataset(tmp_path / "ctg").locked(), pytest.raises(AlreadyRunning, match="another run"):
        import_bulk(tmp_path / "ctg", [file], jobs=1, progress=bulk.quiet)


def test_a_damaged_part_is_told_with_the_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "ctg"
    brought(folder, lines(tmp_path / "a", records(1)))
    [part] = Dataset(folder).parts()
    read_part(folder, part)
    Dataset(folder).path("trees", part).write_bytes(b"PAR1 damaged")
    assert read_part(folder, part).counts == {"read": 1, "kept": 0}  # it can be made again
    Dataset(folder).path("records", part).write_bytes(b"PAR1 damaged")
    with pytest.raises(StoreError, match="is damaged"):
        classify_part(folder, part)


def test_a_lost_process_costs_only_the_part_it_was_at(tmp_path: Path) -> None:
    parts = [f"part{number}" for number in range(6)]
    found = list(run_parts(functools.partial(bulk.dies_once, tmp_path / "mark"), parts, jobs=2))
    assert sorted(each.part for each in found) == parts
    with pytest.raises(InputError, match=r"lost 3 times .out of memory\?.; 0 of 2 parts are done"):
        list(run_parts(bulk.dies, parts[:2], jobs=2))


def test_processes_do_the_same_as_one(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", records(12))
    assert brought(tmp_path / "one", file) == brought(tmp_path / "two", file, jobs=2)
    for table in ("records", "studies", "locations"):
        assert rows(tmp_path / "one", table) == rows(tmp_path / "two", table)
    match = functools.partial(match_part, tmp_path / "two", "me", told(), TODAY)
    found = list(run_parts(match, Dataset(tmp_path / "two").parts(), jobs=2))
    assert sum(sum(each.counts.values()) for each in found) == 12
    assert steps.kinds("studies").keys() == rows(tmp_path / "two", "studies")[0].keys()


def test_the_queries_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docs.scale_page import DUCKDB, PANDAS

    made = records(8)
    brought(tmp_path / "ctg", lines(tmp_path / "a", made))
    done(functools.partial(match_part, tmp_path / "ctg", "me", told(), TODAY), tmp_path / "ctg")
    monkeypatch.chdir(tmp_path)
    found = duckdb.execute(DUCKDB).fetchall()
    assert {row[0] for row in found} <= set(map(nct_id, made))
    assert {row[2] for row in found} <= {"possible", "nothing_against"}
    names: dict[str, Any] = {}
    exec(PANDAS, names)
    assert names["hba1c"]["max"].tolist() == [9.0]
