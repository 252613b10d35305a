"""Reads raw records from a file: what the website's download gives, an API page, JSON lines, packed or not."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from trialfinder.errors import InputError

# Far above any real download; a file that unpacks to more is refused rather than read into memory.
MAX_BYTES = 4 << 30
_JSON_NAMES = (".json", ".jsonl", ".ndjson")


def read_records(source: str | Path) -> Iterator[Any]:
    """The raw records of a file, in order; ``-`` reads standard input.

    Understands one study, a JSON array of studies (``ctg-studies.json``), an API page (``{"studies": […]}``), JSON
    lines, and each of these in ``.gz`` or ``.zip`` (recognised by content, not by name).

    Raises:
        InputError: the file cannot be read, is not JSON, or holds no studies; says where.
    """
    name = "standard input" if str(source) == "-" else str(source)
    try:
        with _open(source) as stream:
            yield from _unpacked(stream, name)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{name}: cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text; expected the registry's JSON") from error


def _open(source: str | Path) -> IO[bytes]:
    if str(source) == "-":
        return io.BytesIO(sys.stdin.buffer.read())
    return Path(source).expanduser().open("rb")


def _unpacked(stream: IO[bytes], name: str) -> Iterator[Any]:
    head = stream.read(4)
    stream.seek(0)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(stream) as unpacked:
            yield from _parse(io.BufferedReader(unpacked), name)
    elif head == b"PK\x03\x04":
        yield from _zipped(stream, name)
    else:
        yield from _parse(stream, name)


def _zipped(stream: IO[bytes], name: str) -> Iterator[Any]:
    with zipfile.ZipFile(stream) as archive:
        members = [m for m in archive.infolist() if is_json_member(m)]
        if not members:
            raise InputError(f"{name}: holds no .json file; download the studies as JSON, not CSV")
        if sum(m.file_size for m in members) > MAX_BYTES:
            raise InputError(f"{name}: unpacks to more than {MAX_BYTES >> 30} GB; that is no download of studies")
        for member in sorted(members, key=lambda m: m.filename):
            with _member(archive, member, name) as unpacked:
                yield from _parse(unpacked, f"{name}, {member.filename}")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> IO[bytes]:
    try:
        return archive.open(member)
    except NotImplementedError as error:
        raise InputError(f"{name}: is packed in a way that is not known here ({error}); unpack it first") from error
    except RuntimeError as error:  # zipfile has no better name for it
        raise InputError(f"{name}: is locked with a password; unpack it first") from error


def is_json_member(member: zipfile.ZipInfo) -> bool:
    """Whether it is a file of studies; what macOS puts beside each file (``__MACOSX/._x.json``) is none."""
    parts = member.filename.split("/")
    hidden = parts[-1].startswith(".") or "__MACOSX" in parts
    return not hidden and not member.is_dir() and member.filename.lower().endswith(_JSON_NAMES)


def _parse(stream: IO[bytes], name: str) -> Iterator[Any]:
    """JSON lines are read line by line, so that a large file needs little memory; anything else is read whole."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig")
    try:
        first = _next_line(text)
        if not first:
            raise InputError(f"{name}: is empty; expected studies as JSON")
        record, complete = _try_line(first)
        if complete and isinstance(record, dict) and "studies" not in record:
            yield record
            yield from _lines(text, name)
        else:
            yield from _document(first + text.read(), name)
    finally:
        text.detach()


def _next_line(text: io.TextIOWrapper) -> str:
    for line in text:
        if line.strip():
            return line
    return ""


def _try_line(line: str) -> tuple[Any, bool]:
    try:
        return json.loads(line), True
    except (ValueError, RecursionError):  # ValueError also for a number with more digits than Python reads
        return None, False


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[Any]:
    for number, line in enumerate(text, start=2):
        if line.strip():
            record, complete = _try_line(line)
            if not complete:
                raise InputError(f"{name}, line {number}: not JSON; the file may be cut off")
            yield record


def _document(content: str, name: str) -> Iterator[Any]:
    try:
        found = json.loads(content)
    except RecursionError as error:
        raise InputError(f"{name}: nested too deeply; that is no download of studies") from error
    except json.JSONDecodeError as error:
        hint = "; this is CSV, download the studies as JSON" if content[:20].startswith("NCT Number") else ""
        raise InputError(f"{name}: not JSON at line {error.lineno} ({error.msg}){hint}") from error
    except ValueError as error:
        raise InputError(f"{name}: holds a number of thousands of digits; that is no download of studies") from error
    if isinstance(found, dict) and isinstance(found.get("studies"), list):
        found = found["studies"]
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise InputError(f"{name}: holds {type(found).__name__}, expected studies")
    yield from found
