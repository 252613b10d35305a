"""``trialfinder import``: the website's download in all its packings, and files that are something else."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from tests.e2e import made
from tests.e2e.made import nct
from tests.e2e.program import TODAY, Program
from tests.e2e.refreshing import changed

DAY = ("--today", TODAY)
THREE = [made.study(number) for number in (1, 2, 3)]
LINES = "".join(json.dumps(record) + "\n" for record in THREE).encode()


def zipped(name: str, content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("ctg-studies.json", json.dumps(THREE).encode(), 3),
        ("page.json", json.dumps({"totalCount": 3, "studies": THREE, "nextPageToken": "x"}, indent=1).encode(), 3),
        ("lines.jsonl", b"\n" + LINES, 3),
        ("one.json", json.dumps(THREE[0]).encode(), 1),
        ("mark.json", b"\xef\xbb\xbf" + json.dumps(THREE).encode(), 3),
        ("packed.gz", gzip.compress(LINES, mtime=0), 3),
        ("packed.zip", zipped("ctg-studies.json", json.dumps(THREE).encode()), 3),
        ("named wrongly.txt", gzip.compress(json.dumps(THREE).encode(), mtime=0), 3),
    ],
)
def test_every_packing(program: Program, name: str, content: bytes, number: int) -> None:
    (program.home / name).write_bytes(content)
    done = program("import", name, *DAY)
    assert done.code == 0, done.err
    assert f"{name}: {number} new stud" in done.err
    assert {key for key in program.contents() if key.startswith("NCT")} == {nct(n) for n in range(1, number + 1)}
    again = program("import", name, *DAY)
    assert f"0 new studies, 0 changed, {number} as before" in again.err


def test_standard_input_and_what_search_says_about_it(program: Program) -> None:
    assert program("import", "-", *DAY, stdin=LINES).code == 0
    done = program("search", *DAY)
    assert done.code == 0
    assert "from imported files only" in done.err
    assert done.out.count("NCT9000") == 3
    assert program("import", "-", *DAY).code == 2  # nothing at the other end


def test_an_older_copy_never_replaces_a_newer_one(program: Program) -> None:
    newer = changed(made.study(1), "The newer title", "2026-11-10")
    assert program("import", "-", *DAY, stdin=json.dumps(newer)).code == 0
    done = program("import", "-", *DAY, stdin=LINES)
    assert "2 new studies, 0 changed, 0 as before, 1 older than what the store has" in done.err
    assert program("show", nct(1), "--offline", *DAY).lines[0] == f"{nct(1)}  The newer title"


def test_records_of_wrong_types_are_set_aside_and_the_rest_is_kept(program: Program) -> None:
    odd: list[Any] = [
        1,
        None,
        "text",
        [],
        {},
        {"protocolSection": 5},
        {"protocolSection": {"identificationModule": {"nctId": 7}}},
        {"protocolSection": {"identificationModule": {"nctId": "NCT90000500"}, "statusModule": "open"}},
    ]
    strange = made.study(2)
    strange["protocolSection"]["designModule"] |= {"enrollmentInfo": {"count": "many"}, "phases": ["PHASE9", 3]}
    strange["protocolSection"]["eligibilityModule"] |= {"minimumAge": ["18"], "sex": {"a": 1}}
    strange["protocolSection"]["statusModule"] |= {"overallStatus": "SLEEPING", "startDateStruct": {"date": "2025-99"}}
    done = program("import", "-", *DAY, stdin=json.dumps([*odd, made.study(1), strange]))
    assert done.code == 0, done.err
    assert "2 new studies" in done.err
    assert f"{len(odd)} set aside" in done.err
    assert program.contents()["set_aside"] == len(odd)
    listed = program("search", "--all", "--offline", *DAY)
    assert listed.code == 0, listed.err
    assert "is kept as it stands: " in listed.err
    assert "unknown value 'SLEEPING'" in listed.err
    assert "SLEEPING" in listed.out
    assert "kept as it stands" not in program("search", "--all", "--offline", *DAY).err  # told once
    assert nct(1) in listed.out
    assert nct(2) in listed.out
    assert program("show", nct(2), "--offline", *DAY).code == 0
    csv = program("export", "-", "--format", "csv", "--all", "--offline", *DAY)
    assert len(csv.lines) == 3


NOT_STUDIES = {
    "empty.json": b"",
    "spaces.json": b" \n\n",
    "cut.json": json.dumps(THREE).encode()[:-20],
    "cut.jsonl": LINES[:-30],
    "cut.gz": gzip.compress(LINES, mtime=0)[:-40],
    "cut.zip": zipped("a.json", LINES)[:-30],
    "ctg-studies.csv": b"NCT Number,Study Title,Study URL\nNCT90000001,A,https://x\n",
    "csv.zip": zipped("ctg-studies.csv", b"NCT Number,Study Title\n"),
    "page.html": b"<!doctype html><html><body>Log in</body></html>",
    "text.json": b"\xff\xfe\x00\x01",
    "number.json": b"42",
    "nothing.json": b"[]",
    "others.json": json.dumps([{"id": 1}, "x"]).encode(),
    "deep.json": b"[" * 100_000,
    "nan.json": b'{"protocolSection": NaN}',
}


def test_what_is_no_file_of_studies_is_one_line_and_changes_nothing(program: Program) -> None:
    assert program("import", "-", *DAY, stdin=LINES).code == 0
    before = program.contents()
    (program.home / "folder.json").mkdir()
    for name, content in NOT_STUDIES.items():
        (program.home / name).write_bytes(content)
    for name in (*NOT_STUDIES, "folder.json", "not-there.json"):
        done = program("import", name, *DAY)
        assert done.code == 2, (name, done.err)
        assert name in done.one_line()
        assert program.contents() == before, name
    assert "CSV" in program("import", "ctg-studies.csv", *DAY).err
    assert "CSV" in program("import", "csv.zip", *DAY).err


@pytest.mark.shared
def test_real_records_are_taken_from_a_file(program: Program, shared: Any) -> None:
    done = program("import", str(shared / "gold" / "relevance-records.jsonl.gz"), *DAY)
    assert done.code == 0, done.err
    assert ", 0 set aside." in done.err
    count = sum(key.startswith("NCT") for key in program.contents())
    assert f": {count} new studies" in done.err
    rows = program("search", "--all", "--offline", "--format", "jsonl", *DAY).lines
    assert len(rows) == count > 20


def test_an_import_says_that_it_hides_what_came_along_and_how_to_see_that(program: Program) -> None:
    (program.home / "three.jsonl").write_bytes(LINES)
    done = program("import", "three.jsonl", *DAY)
    assert "no longer the studies that came with the program" in done.err
    assert "trialfinder search --store snapshot" in done.err
    assert "came with the program" not in program("import", "three.jsonl", *DAY).err, "said once"
    before = program.contents()
    seen = program("search", "--store", "snapshot", *DAY)
    assert (seen.code, "NCT07183761" in seen.out, nct(1) in seen.out) == (0, True, False)
    assert "not the store: these are 55 studies that came with the program" in seen.err
    shown = program("show", "NCT07183761", "--store", "snapshot", *DAY)
    assert (shown.code, "registry" in shown.err) == (0, False), "nobody is asked"
    told = program("show", "NCT01010101", "--store", "snapshot").one_line()
    assert "is not in the snapshot; without --store snapshot the registry is asked" in told
    assert "none: you look at what came with the program" in program("doctor", "--store", "snapshot").err
    assert "only to be looked at" in program("refresh", "--store", "snapshot").one_line()
    assert "only to be looked at" in program("import", "three.jsonl", "--store", "snapshot").one_line()
    assert program.contents() == before


def test_changes_after_an_import_says_what_was_done(program: Program) -> None:
    program("import", "-", *DAY, stdin=LINES)
    done = program("changes", "--since", "7d", *DAY)
    assert "Never refreshed" not in done.err
    assert "The store has had one run, on 2026-11-20." in done.err
