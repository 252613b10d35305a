"""The registry's bulk downloads as a stream of records: zip of JSON a study, JSON array, JSON lines, packed or not.

Nothing is read whole but a single study, so that the size of a file does not matter. What cannot be read is given out
as such, with its own bytes where there are any, and the stream goes on behind it.
"""

from __future__ import annotations

import gzip
import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from trialfinder.base.extras import install
from trialfinder.errors import InputError
from trialfinder.study.record_files import is_json_member

_PACKED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Bulk(NamedTuple):
    """One thing of a file: a record, or what should have been one.

    Attributes:
        member: which file of a zip, from 0; always 0 elsewhere.
        number: which record of it, from 1.
        place: for people: the file of the zip, the line.
        record: as parsed; None when it cannot be read.
        problem: why not; '' for a record.
        raw: what could not be parsed.
    """

    member: int
    number: int
    place: str
    record: Any
    problem: str = ""
    raw: str = ""


class CutOff(Exception):
    """A file ends before it should; ``place`` says where and ``reason`` how that showed."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def bulk_records(path: Path, after: tuple[int, int] = (0, 0)) -> Generator[Bulk, None, None]:
    """The records of a file in order, those after a member and a number of it.

    Raises:
        InputError: the file is not there, or is no download of studies.
        CutOff: it ends too soon; what came before was given out.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            stream.seek(0)
            if head == b"PK\x03\x04":
                yield from _zipped(stream, path, after)
            elif head[:2] == b"\x1f\x8b":
                with gzip.open(stream) as unpacked:
                    yield from _cut_told(_stream(io.BufferedReader(unpacked), 0, ""), "")
            else:
                yield from _stream(stream, 0, "")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _zipped(stream: IO[bytes], path: Path, after: tuple[int, int]) -> Iterator[Bulk]:
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: is a zip without its end ({error}); get the download anew") from error
    with archive:
        members = sorted((m for m in archive.infolist() if is_json_member(m)), key=lambda m: m.filename)
        if not members:
            raise InputError(f"{path}: holds no .json file; download the studies as JSON, not CSV")
        for index, member in enumerate(members[after[0] :], after[0]):
            number = 0
            try:
                with archive.open(member) as unpacked:
                    for found in _stream(unpacked, index, member.filename):
                        number = found.number
                        yield found
            except (*_PACKED, CutOff) as error:  # a member that is damaged takes none of the others along
                reason = error.reason if isinstance(error, CutOff) else str(error)
                yield Bulk(index, number + 1, member.filename, None, f"damaged in the zip: {reason}")


def _cut_told(found: Iterator[Bulk], place: str) -> Iterator[Bulk]:
    """The same; damage in the packing becomes a ``CutOff`` with the last place that was read."""
    try:
        for each in found:
            place = each.place
            yield each
    except _PACKED as error:
        raise CutOff(place, str(error)) from error


def _stream(stream: Any, member: int, name: str) -> Iterator[Bulk]:
    """The records of one unpacked file; what kind it is shows at its first character.

    ``stream`` is a binary one that can be peeked into.
    """
    if stream.peek(3)[:3] == b"\xef\xbb\xbf":
        stream.read(3)
    if stream.peek(64).lstrip()[:1] == b"[":
        yield from _array(stream, member, name)
        return
    first = _first_line(stream)
    record, problem = _parsed(first)
    if isinstance(record, dict) and not problem and "studies" not in record:
        yield from _lines(itertools.chain([first], stream), member, name)
        return
    second = _first_line(stream)
    if problem and isinstance(_parsed(second)[0], dict):  # a bad first line of JSON lines
        yield from _lines(itertools.chain([first, second], stream), member, name)
        return
    whole = first + second + stream.read()
    record, problem = _parsed(whole)
    if problem and not name:
        raise CutOff("", problem)
    if problem:
        yield Bulk(member, 1, name, None, problem, whole.decode("utf-8", "replace"))
        return
    found = record["studies"] if isinstance(record, dict) and isinstance(record.get("studies"), list) else [record]
    for number, each in enumerate(found, 1):
        yield Bulk(member, number, f"{name} record {number}".strip(), each)


def _first_line(stream: IO[bytes]) -> bytes:
    for line in stream:
        if text := line.lstrip():
            return text
    return b""


def _parsed(text: bytes) -> tuple[Any, str]:
    try:
        return json.loads(text), ""
    except (ValueError, RecursionError) as error:
        return None, f"not JSON ({str(error)[:80]})"


def _lines(lines: Iterator[bytes], member: int, name: str) -> Iterator[Bulk]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            record, problem = _parsed(line)
            place = f"{name} line {number}".strip()
            yield Bulk(member, number, place, record, problem, line.decode("utf-8", "replace") if problem else "")


def _array(stream: IO[bytes], member: int, name: str) -> Iterator[Bulk]:
    """A JSON array, study by study. Behind damage in its text nothing can be told apart any more."""
    try:
        import ijson
    except ImportError as error:
        raise InputError(f"a JSON array needs ijson; install it with: {install('scale')}") from error
    number = 0
    try:
        for number, record in enumerate(ijson.items(stream, "item", use_float=True), 1):
            yield Bulk(member, number, f"{name} record {number}".strip(), record)
    except ijson.JSONError as error:
        raise CutOff(f"{name} record {number}".strip(), str(error).splitlines()[0]) from error
