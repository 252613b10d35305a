"""One study that can be looked at: where its record is, and of which day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from trialfinder.base.typed_data import DataRow
from trialfinder.study.model import Gone


class Sighted(DataRow, frozen=True):
    """Of which day a study of the snapshot is, and where it was read."""

    as_of: str
    """The last day for which its status was seen; '' when the source had no date."""
    criteria: Literal["complete", "part", "none"]
    """How much of the criteria is known; ``part``: an item says what our copy lacks; ``none``: not known, not empty."""
    sources: tuple[str, ...]
    """The registry itself, or pages that copy it."""
    note: str = ""
    """Where sources disagree, or what a reader should know."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One study that can be looked at: how to get its raw record, and what is known about it beside the record.

    ``seen`` is only known of the studies of the snapshot.
    """

    nct_id: str
    load: Callable[[], dict[str, Any]]
    hash: str | None = None
    searches: tuple[str, ...] = ()
    last_seen: dt.datetime | None = None
    seen: Sighted | None = None
    text: Callable[[], bytes] | None = None
    """Its record as JSON, where it is kept as such."""
    gone: Gone | None = None
    """That the registry has it no more, and since when."""
    apart: bool = False
    """Whether it is here only because it was asked for by its number: no list shows it."""

    def to_send(self) -> bytes | dict[str, Any]:
        """Its record for another process, as JSON where that costs nothing."""
        return self.text() if self.text is not None else self.load()


def kept(record: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    """How to get a record that is at hand."""
    return lambda: record
