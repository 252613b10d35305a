"""Files that go in and out: an import never replaces a newer copy, a bundle can be checked and read again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.standin.samples import sample, samples
from tests.unit.store.fill import START, day, dump, run, titled
from trialfinder.changes import changes
from trialfinder.errors import InputError, StoreError
from trialfinder.store import Store, bundle
from trialfinder.store.importing import import_records
from trialfinder.study.record_files import read_records


def copy_of(number: int, title: str, *, posted: str | None, holder: str | None) -> dict[str, Any]:
    record = titled(number, title)
    status = record["protocolSection"]["statusModule"]
    if posted is None:
        del status["lastUpdatePostDateStruct"]
    else:
        status["lastUpdatePostDateStruct"]["date"] = posted
    if holder is None:
        del record["derivedSection"]
    else:
        record["derivedSection"]["miscInfoModule"]["versionHolder"] = holder
    return record


def test_an_import_fills_an_empty_store(store: Store) -> None:
    report = import_records(store, iter(samples(3)), "ctg-studies.json", START)
    assert (report.added, report.changed, report.unchanged, report.older, report.set_aside) == (3, 0, 0, (), 0)
    assert [record.nct_id for record in store.records()] == ["NCT00000001", "NCT00000002", "NCT00000003"]
    assert store.last_refresh() is None, "the registry was not asked"
    assert [(r.kind, r.note) for r in store.refreshes()] == [("import", "import of ctg-studies.json")]
    assert import_records(store, samples(3), "again", day(1)).unchanged == 3


@pytest.mark.parametrize(
    ("posted", "holder", "wins"),
    [
        ("2026-11-05", "2026-11-06", True),  # updated later than the stored copy
        ("2026-10-05", "2026-12-01", False),  # an earlier update is an earlier copy, whatever else it says
        ("2026-11-01", "2026-11-21", True),  # same update, from a later load than the store has seen
        ("2026-11-01", "2026-11-20", False),  # same update, same load
        ("2026-11-01", "2026-11-10", False),  # same update, earlier load
        ("2026-11-01", None, False),  # nothing tells: the stored copy stays
        (None, None, False),
    ],
)
def test_the_newer_copy_wins(store: Store, posted: str | None, holder: str | None, wins: bool) -> None:
    stored = copy_of(1, "Stored", posted="2026-11-01", holder="2026-11-19")
    run(store, START, {"a": [stored]}, data_timestamp="2026-11-20T09:00:05")
    imported = copy_of(1, "Imported", posted=posted, holder=holder)
    report = import_records(store, [imported], "file", day(1))
    assert (report.changed, report.older) == ((1, ()) if wins else (0, ("NCT00000001",)))
    (kept,) = store.records()
    assert kept.record == (imported if wins else stored)
    assert kept.searches == ("a",)


def test_of_two_imports_the_copy_of_the_later_load_stays(store: Store) -> None:
    for number, (holder, wins) in enumerate([("2026-11-19", True), ("2026-11-21", True), ("2026-11-20", False)]):
        report = import_records(store, [copy_of(1, f"{holder}", posted="2026-11-01", holder=holder)], "f", day(number))
        assert (report.added + report.changed == 1) is wins
    (kept,) = store.records()
    assert kept.record["protocolSection"]["identificationModule"]["briefTitle"] == "2026-11-21"


def test_an_import_of_what_is_stored_brings_nothing_back(store: Store) -> None:
    run(store, day(0), {"a": samples(2)})
    run(store, day(1), {"a": [sample(1)]}, gone={"NCT00000002": "404"})
    assert import_records(store, samples(2), "old file", day(2)).unchanged == 2
    assert [record.nct_id for record in store.records()] == ["NCT00000001"]


def test_an_import_during_a_refresh_spoils_neither(store: Store) -> None:
    """``trialfinder show`` puts the study that it asked for into the store while cron refreshes."""
    run(store, day(0), {"a": [sample(1), sample(2), sample(3)]})
    with store.refresh(day(1)) as writer:
        writer.seen("a", sample(1))
        writer.seen("a", copy_of(2, "Same", posted="2026-11-10", holder="2026-11-20"))
        writer.seen("a", copy_of(3, "Registry", posted="2026-11-10", holder="2026-11-20"))
        writer.seen("a", copy_of(4, "Registry", posted="2026-11-10", holder="2026-11-20"))
        import_records(
            store,
            [
                copy_of(1, "Shown", posted="2026-11-12", holder="2026-11-21"),
                copy_of(2, "Same", posted="2026-11-10", holder="2026-11-21"),
                copy_of(3, "Shown", posted="2026-11-09", holder="2026-11-19"),
                copy_of(4, "Shown", posted="2026-11-09", holder="2026-11-19"),
                copy_of(5, "Shown", posted="2026-11-09", holder="2026-11-19"),
            ],
            "the registry",
            day(1),
        )
        outcome = writer.finish(finished=day(1), kind="full", tool_version="0")
    assert (outcome.added, outcome.changed, outcome.unchanged) == ((), ("NCT00000003", "NCT00000004"), 1)
    titles = [record.record["protocolSection"]["identificationModule"]["briefTitle"] for record in store.records()]
    assert titles == ["Shown", "Same", "Registry", "Registry", "Shown"]
    assert store.info().searches == {"a": 4}
    assert store.verify() == ()


def test_records_out_of_shape_are_set_aside_and_the_rest_goes_in(store: Store) -> None:
    odd: list[Any] = [5, None, [], {"protocolSection": {"identificationModule": {"nctId": "nonsense"}}}]
    odd.append({**sample(9), "protocolSection": {**sample(9)["protocolSection"], "statusModule": "text"}})
    report = import_records(store, [*odd, sample(1)], "file", START)
    assert (report.added, report.set_aside) == (1, 5)
    assert sorted(json.loads(found.load()) is not None for found in store.set_aside()) == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_a_file_that_breaks_off_imports_nothing(store: Store) -> None:
    run(store, START, {"a": samples(2)})
    before = dump(store)

    def broken() -> Iterator[dict[str, Any]]:
        yield sample(5)
        raise InputError("file: breaks off in line 2")

    with pytest.raises(InputError, match="breaks off"):
        import_records(store, broken(), "file", day(1))
    assert dump(store) == before


def test_an_import_can_name_the_search_it_came_from(store: Store) -> None:
    import_records(store, samples(2), "file", START, search="a")
    import_records(store, samples(1), "file", day(1), search="b")
    assert store.info().searches == {"a": 2, "b": 1}


def test_an_imported_study_that_the_registry_did_not_have_is_back(store: Store) -> None:
    run(store, day(0), {"a": samples(2)})
    run(store, day(1), {"a": [sample(1)]}, gone={"NCT00000002": "404"})
    import_records(store, [copy_of(2, "Back", posted="2026-12-01", holder="2026-12-02")], "file", day(20))
    found = store.get("NCT00000002")
    assert found is not None
    assert not found.gone


@pytest.fixture
def bundled(store: Store, tmp_path: Path) -> Path:
    run(store, day(0), {"a": [titled(1, "Old"), sample(2)], "b": [sample(2)]})
    run(store, day(1), {"a": [titled(1, "Nerve \ud800 ≥"), sample(3)]}, gone={"NCT00000002": "404"})
    return bundle.write(store, tmp_path / "bundle.zip", day(2))


def test_a_bundle_holds_every_record_verbatim_and_says_its_hashes(store: Store, bundled: Path) -> None:
    manifest = bundle.manifest_of(bundled)
    assert (manifest["made"], manifest["data_timestamp"]) == ("2026-11-22T06:00:00.000000+00:00", "2026-11-21T09:00:05")
    assert {name: facts["lines"] for name, facts in manifest["files"].items()} == {
        "records.jsonl": 3,
        "index.jsonl": 3,
        "refreshes.jsonl": 2,
        "history.jsonl": 2 + 3 + 3 + 4 + 4 + 1,  # runs, their searches, studies, versions, stays in results, an absence
        "versions.jsonl": 1,
    }
    with zipfile.ZipFile(bundled) as archive:
        lines = archive.read("records.jsonl").decode("utf-8").splitlines()
    assert lines == [record.record_json for record in store.records(everything=True)]
    assert [(e["nct_id"], e["gone"], e["searches"]) for _, e in bundle.records_of(bundled)] == [
        ("NCT00000001", False, ["a"]),
        ("NCT00000002", True, []),
        ("NCT00000003", False, ["a"]),
    ]


def test_the_same_moment_gives_the_same_bytes(store: Store, bundled: Path, tmp_path: Path) -> None:
    again = bundle.write(store, tmp_path / "again.zip", day(2))
    assert again.read_bytes() == bundled.read_bytes()


@pytest.mark.usefixtures("bundled")
def test_a_bundle_of_the_past_is_as_it_was(store: Store, tmp_path: Path) -> None:
    past = bundle.write(store, tmp_path, day(9), as_of=day(0))
    assert past.name == "trialfinder-2026-11-20.zip"
    found = list(bundle.records_of(past))
    assert [record for record, _ in found] == [titled(1, "Old"), sample(2)]
    assert bundle.manifest_of(past)["data_timestamp"] == "2026-11-20T09:00:05"


def test_a_bundle_becomes_a_store_again(store: Store, bundled: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "again.sqlite") as again:
        bundle.restore(bundled, again)
        for everything in (True, False):
            assert [
                (r.nct_id, r.record_json, r.hash, r.searches, r.gone) for r in again.records(everything=everything)
            ] == [(r.nct_id, r.record_json, r.hash, r.searches, r.gone) for r in store.records(everything=everything)]
        assert again.data_timestamp() == "2026-11-21T09:00:05"
        assert again.age(day(3)) == dt.timedelta(days=2)  # the registry was last asked on day 1, not for the bundle
        with pytest.raises(InputError, match="only be restored into an empty store"):
            bundle.restore(bundled, again)


@pytest.fixture
def eventful(store: Store) -> Store:
    """A store with everything that can happen: changes and back, gone and back, left and back, odd records, imports."""
    run(store, day(0), {"a": [titled(1, "Old"), sample(2), sample(3)], "b": [sample(2)]})
    run(store, day(1), {"a": [titled(1, "New"), sample(3)], "b": [sample(2)]}, gone={"NCT00000002": "404"})
    run(store, day(2), {"a": [titled(1, "Old"), titled(2, "Back")], "b": []})
    import_records(store, [5, titled(9, "From a file"), sample(10, nctIdAliases=["NCT00000099"])], "a file", day(3))
    run(store, day(4), {"a": [titled(1, "Newest"), sample(2), sample(3)], "c": [sample(10), sample(11)]})
    return store


def _told(store: Store, day_number: int) -> list[object]:
    return [event.to_json() for event in changes(store, "2026-11-01", now=day(day_number), everything=True)]


def test_a_restored_store_has_its_whole_past(eventful: Store, tmp_path: Path) -> None:
    made = bundle.write(eventful, tmp_path / "b.zip", day(5))
    with Store.open(tmp_path / "again.sqlite") as again:
        assert bundle.restore(made, again) == (6, 12, 5, True)
        assert again.verify() == ()
        told = _told(again, 6)
        assert told == _told(eventful, 6)
        assert len(told) > 10
        for number in (1, 2, 3, 9, 10):
            found = [kept.history(f"NCT{number:08d}") for kept in (again, eventful)]
            assert found[0] == found[1]
            texts = [[kept.version_json(one.version_id) for one in found[0]] for kept in (again, eventful)]
            assert texts[0] == texts[1]
        left, right = dump(again), dump(eventful)
        made_again = {"bodies", "meta", "change_events", "derived", "sqlite_sequence"}
        assert {name: rows for name, rows in left.items() if name not in made_again} == {
            name: rows for name, rows in right.items() if name not in made_again
        }
        assert again.get("NCT00000099") == again.get("NCT00000010")
        # And it goes on: the next run is the sixth, and tells only what is new.
        run(again, day(6), {"a": [titled(1, "Newest"), sample(2), sample(3), sample(20)], "c": [sample(10)]})
        assert again.refreshes()[-1].id == 6


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_a_bundle_of_the_past_has_the_past_before_it_and_nothing_after(
    eventful: Store, tmp_path: Path, number: int
) -> None:
    moment = day(number)
    made = bundle.write(eventful, tmp_path / "b.zip", day(9), as_of=moment)
    with Store.open(tmp_path / "again.sqlite") as again:
        assert bundle.restore(made, again).runs == number + 1
        assert again.verify() == ()
        now, then = again.records(everything=True), eventful.records(moment, everything=True)
        assert [(r.nct_id, r.record_json, r.searches, r.gone) for r in now] == [
            (r.nct_id, r.record_json, r.searches, r.gone) for r in then
        ]
        assert _told(again, 9) == [event for event in _told(eventful, 9) if event["date_seen"] <= moment.isoformat()]  # type: ignore[index]
        again_made = bundle.write(again, tmp_path / "c.zip", day(9), as_of=moment)
        assert again_made.read_bytes() == made.read_bytes()


def test_a_bundle_of_the_first_format_is_still_read(store: Store, bundled: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(bundled) as archive, zipfile.ZipFile(old, "w") as made:
        manifest = json.loads(archive.read("manifest.json")) | {"format": "trialfinder-bundle/1"}
        manifest["files"] = {
            name: manifest["files"][name] for name in ("records.jsonl", "index.jsonl", "refreshes.jsonl")
        }
        for name in manifest["files"]:
            made.writestr(name, archive.read(name))
        made.writestr("manifest.json", json.dumps(manifest))
    with Store.open(tmp_path / "again.sqlite") as again:
        assert bundle.restore(old, again) == (3, 3, 1, False)
        assert [r.record_json for r in again.records(everything=True)] == [
            r.record_json for r in store.records(everything=True)
        ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["versions", 99, "NCT00000001", "no hash", None, 1, 1], "the text of NCT00000001"),
        (["versions", 1, "NCT00000001", "x", None, 1, 1], "UNIQUE"),
        (["passwords", 1], "a table 'passwords'"),
        ([], "not enough values"),
        (["refreshes", 1], "columns"),
    ],
)
def test_a_bundle_whose_parts_do_not_fit_leaves_the_store_empty(
    bundled: Path, tmp_path: Path, row: list[object], words: str
) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bundled) as archive, zipfile.ZipFile(bad, "w") as made:
        manifest, files = json.loads(archive.read("manifest.json")), {n: archive.read(n) for n in archive.namelist()}
        files["history.jsonl"] += json.dumps(row).encode() + b"\n"
        files["versions.jsonl"] += b"{}\n"
        for name in ("history.jsonl", "versions.jsonl"):
            manifest["files"][name]["sha256"] = hashlib.sha256(files[name]).hexdigest()
        for name, content in files.items():
            made.writestr(name, json.dumps(manifest) if name == "manifest.json" else content)
    with Store.open(tmp_path / "again.sqlite") as again:
        with pytest.raises((InputError, StoreError), match=words):
            bundle.restore(bad, again)
        assert again.is_empty()
        assert again.refreshes() == []


def test_a_bundle_that_was_changed_is_refused(bundled: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundled) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"RECRUITING", b"COMPLETED "))
    assert bundle.is_bundle(changed)
    with pytest.raises(InputError, match=r"records\.jsonl is not what was put in"):
        bundle.manifest_of(changed)
    with pytest.raises(InputError, match="not a bundle"):
        bundle.manifest_of(Path(__file__))
    assert not bundle.is_bundle(Path(__file__))
    assert not bundle.is_bundle(tmp_path / "missing.zip")


def test_a_bundle_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    run(store, START, {"a": samples(2)})
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        bundle.write(store, tmp_path / "file" / "bundle.zip", START)


def test_the_records_of_a_bundle_can_be_read_like_any_file(bundled: Path) -> None:
    """Whoever has no trialfinder store can take ``records.jsonl`` out and use it."""
    with zipfile.ZipFile(bundled) as archive:
        archive.extract("records.jsonl", bundled.parent)
    found = list(read_records(bundled.parent / "records.jsonl"))
    assert [record["protocolSection"]["identificationModule"]["nctId"][-1] for record in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("manifest.json", b"[]", "not a bundle of trialfinder"),
        ("manifest.json", b"no json", "not a bundle of trialfinder"),
        ("manifest.json", b'{"format": "trialfinder-bundle/9", "files": {}}', "a bundle of another version"),
        ("index.jsonl", b"", "index.jsonl is not what was put in"),
        ("records.jsonl", None, "records.jsonl cannot be read"),
    ],
)
def test_a_broken_bundle_says_what_is_wrong(
    bundled: Path, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(bundled) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(member, content)
    with pytest.raises(InputError, match=message):
        list(bundle.records_of(broken))
