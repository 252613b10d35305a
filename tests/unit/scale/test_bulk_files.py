"""Bulk downloads as a stream: every form gives the same records, and damage takes nothing along but itself."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.unit.scale.bulk import lines, nct_id, records, zipped
from trialfinder.errors import InputError
from trialfinder.scale.bulk_files import Bulk, CutOff, bulk_records

RECORDS = records(6)
IDS = sorted(map(nct_id, RECORDS))


def ids(found: list[Bulk]) -> list[str]:
    return sorted(nct_id(each.record) for each in found if not each.problem)


def test_every_form_gives_the_same_records(tmp_path: Path) -> None:
    array = json.dumps(RECORDS)
    page = json.dumps({"studies": RECORDS, "nextPageToken": "x"}, indent=1)
    files = [
        zipped(tmp_path / "many.zip", RECORDS),
        lines(tmp_path / "lines.jsonl", RECORDS),
        tmp_path / "array.json",
        tmp_path / "pretty.json",
        tmp_path / "page.json",
        tmp_path / "lines.jsonl.gz",
        tmp_path / "array.zip",
        tmp_path / "mark.json",
    ]
    files[2].write_text(array)
    files[3].write_text("\n  " + json.dumps(RECORDS, indent=2))
    files[4].write_text(page)
    files[5].write_bytes(gzip.compress(files[1].read_bytes()))
    with zipfile.ZipFile(files[6], "w") as archive:
        archive.writestr("ctg-studies.json", array)
        archive.writestr("__MACOSX/._ctg-studies.json", "no study")
    files[7].write_text("\ufeff" + array)
    for file in files:
        assert ids(list(bulk_records(file))) == IDS, file.name


def test_one_study_alone_is_a_file_too(tmp_path: Path) -> None:
    for indent in (None, 2):
        (tmp_path / "one.json").write_text(json.dumps(RECORDS[0], indent=indent))
        assert ids(list(bulk_records(tmp_path / "one.json"))) == IDS[:1]


def test_a_bad_line_is_given_out_with_its_words(tmp_path: Path) -> None:
    for place in (0, 2, 6):
        rows = [*map(json.dumps, RECORDS)]
        rows.insert(place, "{oops")
        found = list(bulk_records(lines(tmp_path / "x.jsonl", rows)))
        assert ids(found) == IDS
        [bad] = [each for each in found if each.problem]
        assert (bad.place, bad.raw.strip(), bad.record) == (f"line {place + 1}", "{oops", None)


def test_a_damaged_member_takes_no_other_along(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", RECORDS)
    with zipfile.ZipFile(path) as archive:
        third = archive.infolist()[2]
    content = bytearray(path.read_bytes())
    content[third.header_offset + 30 + len(third.filename) + 20] ^= 0xFF
    path.write_bytes(content)
    found = list(bulk_records(path))
    [bad] = [each for each in found if each.problem]
    assert (bad.place, bad.member) == (third.filename, 4)
    assert bad.problem.startswith("damaged in the zip: ")
    assert len(ids(found)) == 5


def test_reading_goes_on_after_a_place(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", RECORDS)
    whole = list(bulk_records(path))
    after = [each for each in bulk_records(path, (3, 1)) if (each.member, each.number) > (3, 1)]
    assert after == whole[4:]


def test_what_was_read_before_a_cut_is_given_out(tmp_path: Path) -> None:
    text = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()
    packed, array = tmp_path / "x.jsonl.gz", tmp_path / "x.json"
    packed.write_bytes(gzip.compress(text, 0)[: len(text) // 2])
    array.write_text(json.dumps(RECORDS)[: len(text) // 2])
    for path, place in ((packed, "line 3"), (array, "record 3")):
        found = []
        with pytest.raises(CutOff) as cut:
            for each in bulk_records(path):
                found.append(each)
        assert len(found) in (2, 3)
        assert cut.value.place in (place, place.replace("3", "2"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "beginning"),
        (b"NCT Number,Study Title\nNCT1,x\n", "beginning"),
        (b"PK\x03\x04cut", "a zip without its end"),
    ],
)
def test_what_is_no_download_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    from trialfinder.scale.staging import Staging

    (tmp_path / "x").write_bytes(content)
    with Staging(tmp_path / "staging.sqlite") as staging, pytest.raises(InputError, match=words):
        list(staging.take(tmp_path / "x"))
