"""What the registry's answers are made into. No network here, so that the store can use these names freely."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from trialfinder.study.model import record_ids


@dataclass(frozen=True, slots=True)
class DataVersion:
    """One answer of ``/version``.

    ``data_timestamp`` is the registry's own text (UTC, no zone written), '' when it gave none; it moves when new data
    is loaded, normally once each working day. ``etag`` is only kept to ask more cheaply and does not take part in
    comparisons; None when the answer had none.
    """

    api_version: str
    data_timestamp: str
    etag: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RequestLog:
    """One request as it was sent: exact URL, HTTP status (None: no answer came), seconds it took."""

    url: str
    status: int | None
    seconds: float


class Crawl:
    """Everything that one search found, complete and checked, in the registry's order.

    Records are kept packed and unpacked one at a time while iterating: ten thousand full records are about 170 MB of
    JSON and several times that as Python objects, so never keep more of them alive than needed.
    """

    def __init__(self, packed: list[bytes], total_count: int | None, data_timestamp: str, requests: int) -> None:
        self._packed = packed
        #: how many studies the registry said there are; None when it was not asked to count.
        self.total_count = total_count
        #: the data timestamp that was the same before and after.
        self.data_timestamp = data_timestamp
        #: how many page requests were answered for this search, ``/version`` not counted.
        self.requests = requests

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(unpack, self._packed)

    @property
    def records(self) -> Iterator[dict[str, Any]]:
        """The records, each a fresh object; can be asked for again."""
        return iter(self)

    def packed_bytes(self) -> int:
        """How much memory the packed records take."""
        return sum(map(len, self._packed))


@dataclass(frozen=True, slots=True)
class Packed:
    """One record, small, with the ids that tell it apart."""

    nct_id: str
    aliases: tuple[str, ...]
    content: bytes


def pack(record: dict[str, Any]) -> Packed:
    """One record, small: key order and every value kept."""
    text = json.dumps(record, separators=(",", ":"), default=_whole)
    return Packed(*record_ids(record), zlib.compress(text.encode("ascii"), 1))


def shrink(value: dict[str, Any]) -> Any:
    """For the JSON parser: packs each record as soon as it is read, so that a page is never there unpacked.

    A thousand records of 17 kB are some 200 MB as Python objects and 5 MB packed.
    """
    return pack(value) if "protocolSection" in value else value


def _whole(value: object) -> Any:
    """Something that looked like a record inside of another one becomes again what it was."""
    if isinstance(value, Packed):
        return unpack(value.content)
    raise TypeError(type(value).__name__)


def unpack(packed: bytes) -> dict[str, Any]:
    """The record again."""
    record: dict[str, Any] = json.loads(zlib.decompress(packed))
    return record
