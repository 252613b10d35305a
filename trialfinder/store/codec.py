"""How a record becomes bytes: its text, its hash, and its packed form in the store.

A version is kept either whole (zlib) or as the difference to an earlier whole version of the same study. The
difference is a list of pieces: *copy these segments of the earlier text* and *insert this new text*; the new text is
deflated with the replaced old text as its dictionary. Both forms give the text back byte by byte.
"""

from __future__ import annotations

import bisect
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from trialfinder.base import lazy_re as re

# Above this share of the whole text, a difference saves too little to be worth a second read.
MAX_DELTA_SHARE = 0.1

_LEVEL = 6
_WINDOW = 32768  # zlib never looks further back
_CUT = b',"'  # the start of the next key or string; the text is JSON written by to_text
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 1 << 30  # no record unpacks to more; guards against a damaged or hostile body


def to_text(record: Any) -> bytes:
    """The record as compact UTF-8 JSON, keys in the registry's order.

    Raises:
        ValueError: cannot be written as JSON (nested too deeply, or not JSON at all).
    """
    return _dump(record, sort=False)


def content_hash(record: Mapping[str, Any]) -> str:
    """The SHA-256 (hex) of the record's content: keys sorted, list order kept.

    ``derivedSection.miscInfoModule.versionHolder`` is left out: it is the day of the registry's load, the same on
    every record, and says nothing about the study. Nothing else is left out.

    Raises:
        ValueError: cannot be written as JSON.
    """
    return hashlib.sha256(_dump(_without_version_holder(record), sort=True)).hexdigest()


def version_holder(record: Mapping[str, Any]) -> str | None:
    """The day (``YYYY-MM-DD``) of the registry's load that this copy came from; None when the record does not say."""
    misc = _misc_info(record)
    day = misc.get("versionHolder") if misc is not None else None
    return day if isinstance(day, str) else None


def update_posted(record: Mapping[str, Any]) -> str | None:
    """``lastUpdatePostDateStruct.date`` as written; None when the record does not say."""
    value: Any = record
    for key in ("protocolSection", "statusModule", "lastUpdatePostDateStruct", "date"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None


def pack(text: bytes) -> bytes:
    """The whole text, compressed."""
    return zlib.compress(text, _LEVEL)


def unpack(body: bytes) -> bytes:
    """The text that `pack` was given.

    Raises:
        ValueError: the bytes are damaged.
    """
    return _inflate(zlib.decompressobj(), body)


def pack_delta(base: bytes, text: bytes) -> bytes | None:
    """The text as a difference to ``base``, or None when that would not be much smaller than the text itself."""
    old, new = base.split(_CUT), text.split(_CUT)
    pieces = list(_pieces(old, new))
    inserted = _CUT.join(_CUT.join(new[start:end]) for start, end, source in pieces if source is None)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _dictionary(old, pieces))
    plan = " ".join(f"{end - start}" if source is None else f"{source}+{end - start}" for start, end, source in pieces)
    body = plan.encode("ascii") + b"\n" + packer.compress(inserted) + packer.flush()
    return body if len(body) <= MAX_DELTA_SHARE * len(text) else None


def unpack_delta(base: bytes, body: bytes) -> bytes:
    """The text that `pack_delta` was given with the same ``base``.

    Raises:
        ValueError: the bytes are damaged.
    """
    plan, _, deflated = body.partition(b"\n")
    old = base.split(_CUT)
    pieces = list(_read_plan(plan))
    inserted = _inflate(zlib.decompressobj(-15, _dictionary(old, pieces)), deflated).split(_CUT)
    segments: list[bytes] = []
    taken = 0
    for start, end, source in pieces:
        count = end - start
        segments += inserted[taken : taken + count] if source is None else old[source : source + count]
        taken += count if source is None else 0
    return _CUT.join(segments)


# A piece: new[start:end] equals old[source:source + end - start], or is new text when source is None.
_Piece = tuple[int, int, int | None]


def _pieces(old: list[bytes], new: list[bytes]) -> Iterator[_Piece]:
    """Copies as long as the old text goes on alike; after a difference, picks up at the next place that fits."""
    places: dict[bytes, list[int]] = {}
    for index, segment in enumerate(old):
        places.setdefault(segment, []).append(index)
    start, at, expected = 0, 0, 0
    while at < len(new):
        source = _next_place(places.get(new[at]), expected)
        if source is None:
            at += 1
            continue
        if at > start:
            yield start, at, None
        end = at + _same(old, source, new, at)
        yield at, end, source
        expected = source + end - at
        start = at = end
    if at > start:
        yield start, at, None


def _next_place(places: list[int] | None, expected: int) -> int | None:
    """The first of the places at or after the expected one, else the first of all."""
    if not places:
        return None
    index = bisect.bisect_left(places, expected)
    return places[index] if index < len(places) else places[0]


def _same(old: list[bytes], source: int, new: list[bytes], at: int) -> int:
    """How many segments are alike from these two places on."""
    count = 0
    while source + count < len(old) and at + count < len(new) and old[source + count] == new[at + count]:
        count += 1
    return count


def _dictionary(old: list[bytes], pieces: list[_Piece]) -> bytes:
    """The old segments that nothing copies: most likely what the new text replaces. Never empty."""
    used = bytearray(len(old))
    for start, end, source in pieces:
        if source is not None:
            used[source : source + end - start] = b"\x01" * (end - start)
    left = _CUT.join(segment for segment, copied in zip(old, used, strict=True) if not copied)
    return left[-_WINDOW:] or _CUT


def _read_plan(plan: bytes) -> Iterator[_Piece]:
    at = 0
    for word in plan.split():
        source, plus, count = word.partition(b"+")
        end = at + int(count if plus else source)
        yield at, end, int(source) if plus else None
        at = end


def _inflate(unpacker: Any, body: bytes) -> bytes:
    try:
        text: bytes = unpacker.decompress(body, _LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("the packed text is cut short")
    return text


def _dump(value: Any, *, sort: bool) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)
    except (TypeError, RecursionError) as error:
        raise ValueError(f"cannot be written as JSON: {error}") from error
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair is no UTF-8; as an escape, which is how it must have come, it is the same JSON.
        return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode("utf-8")


def _misc_info(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    derived = record.get("derivedSection")
    misc = derived.get("miscInfoModule") if isinstance(derived, Mapping) else None
    return misc if isinstance(misc, Mapping) else None


def _without_version_holder(record: Mapping[str, Any]) -> Mapping[str, Any]:
    misc = _misc_info(record)
    if misc is None or "versionHolder" not in misc:
        return record
    kept = {key: value for key, value in misc.items() if key != "versionHolder"}
    return {**record, "derivedSection": {**record["derivedSection"], "miscInfoModule": kept}}
