"""Reading records from files."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from trialfinder.errors import InputError
from trialfinder.study.record_files import read_records

ONE, TWO = {"protocolSection": {"a": 1}}, {"protocolSection": {"b": "é"}}
LINES = (json.dumps(ONE) + "\n\n" + json.dumps(TWO, ensure_ascii=False) + "\n").encode()
FORMS = {
    "array.json": json.dumps([ONE, TWO], indent=2).encode(),
    "page.json": (
        '{"totalCount":2,"studies":[\n' + json.dumps(ONE) + ",\n" + json.dumps(TWO) + '\n],"nextPageToken":"x"}'
    ).encode(),
    "lines.jsonl": LINES,
    "marked.json": b"\xef\xbb\xbf" + json.dumps([ONE, TWO]).encode(),
    "windows.jsonl": LINES.replace(b"\n", b"\r\n"),
}


def zipped(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
        archive.writestr(zipfile.ZipInfo("readme.txt"), "not this")
    return buffer.getvalue()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("packing", ["plain", "gz", "zip"])
def test_every_form_gives_the_same_records(tmp_path: Path, name: str, packing: str) -> None:
    content = FORMS[name]
    path = tmp_path / "file.of-any-name"
    path.write_bytes({"plain": content, "gz": gzip.compress(content, mtime=0), "zip": zipped(content, name)}[packing])
    assert list(read_records(path)) == [ONE, TWO]


def test_one_study_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(ONE, indent=2))
    assert list(read_records(path)) == [ONE]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(LINES, mtime=0))))
    assert list(read_records("-")) == [ONE, TWO]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"NCT Number,Study Title\nNCT1,x\n", "download the studies as JSON"),
        (b"<html>blocked</html>", "not JSON"),
        (b'{"a": 1}\n{"b": ', "line 2: not JSON; the file may be cut off"),
        (b'[{"a": 1},', "not JSON"),
        (b"42\n", "holds int, expected studies"),
        (b"\xff\xfe[", "not UTF-8"),
        (gzip.compress(LINES, mtime=0)[:-12], "cannot be read"),
        (zipped(b"x", "data.csv"), "holds no .json file"),
        (zipped(LINES, "a.json")[:60], "cannot be read"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_a_damaged_file_gives_one_clear_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        list(read_records(path))
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.json: cannot be read: No such file"):
        list(read_records(tmp_path / "nothing.json"))
