"""What the store gives out: plain frozen values without a connection behind them."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class RefreshInfo:
    """One run that was kept. Ids only ever grow; they, and not the clock, say what came first.

    Attributes:
        kind: ``full``, ``incremental``, ``unchanged`` (the registry's data had not moved) or ``import``.
        data_timestamp: the registry's own text (UTC without a zone); None when the run did not ask the registry.
        searches: the searches that took part.
        requests: how many requests were sent.
        counts: added, changed, unchanged, gone, left, came_back, set_aside, withheld (since 2026-12).
        note: what a person should know about it, '' for nothing.
    """

    id: int
    kind: str
    started: dt.datetime
    finished: dt.datetime
    data_timestamp: str | None
    api_version: str | None
    tool_version: str
    requests: int
    counts: Mapping[str, int]
    note: str
    searches: tuple[SearchRun, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRun:
    """One search within a run: ``mode`` is ``full``, ``incremental`` or ``unchanged``.

    ``definition`` is the exact question; when it changes, everything has to be asked again. ``found`` is how many
    studies answered it in this run.
    """

    search: str
    mode: str
    definition: str
    found: int


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One content that a study has had, over the runs that saw it.

    ``first_refresh``/``last_refresh`` are run ids, ``first_seen``/``last_seen`` the ends of these runs (UTC),
    ``update_posted`` is the registry's date of the last update as written (None when absent).
    """

    version_id: int
    nct_id: str
    hash: str
    first_refresh: int
    last_refresh: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    update_posted: str | None


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A study as the store has it. The JSON is unpacked and read only when asked for, each time anew.

    Attributes:
        hash: of the content, see `codec.content_hash`; the key of the derived cache.
        first_seen, last_seen: ends of the first and the last run that saw the study (UTC).
        searches: the saved searches in whose results it is, sorted; empty when it came in another way or left all.
        gone: the registry no longer has it.
    """

    nct_id: str
    hash: str
    version_id: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    searches: tuple[str, ...]
    gone: bool
    load: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def record_json(self) -> str:
        """The raw record as JSON text, exactly as it was kept."""
        return self.load().decode("utf-8")

    @property
    def record(self) -> dict[str, Any]:
        """The raw record, a fresh object each time."""
        parsed: dict[str, Any] = json.loads(self.load())
        return parsed


@dataclass(frozen=True, slots=True)
class Transition:
    """What happened to one study between two runs: the states at both ends, compared.

    Attributes:
        old, new: the versions at the ends; ``old`` is None when the store did not know the study, ``new`` never is
            unless it was not yet known at the later end either. The same version at both ends: content unchanged.
        entered: searches that have it now and had not before; ``returned`` are those of them that had it once.
        left: searches that had it before and have it no more.
        gone: the registry had it before and has it no more; ``gone_reason`` says how this was found out.
        came_back: the registry did not have it before and has it again.
    """

    nct_id: str
    old: VersionInfo | None
    new: VersionInfo | None
    entered: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    gone: bool = False
    gone_reason: str | None = None
    came_back: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the store did not know the study at all before."""
        return self.old is None and self.new is not None

    @property
    def is_changed(self) -> bool:
        """Whether the content differs."""
        return self.old is not None and self.new is not None and self.old.hash != self.new.hash


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that was not in the promised shape, kept raw; ``nct_id`` is None when it has no usable one."""

    nct_id: str | None
    reason: str
    first_refresh: int
    last_refresh: int
    load: Callable[[], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Figures about a store; sizes in bytes, times UTC, None where nothing has happened yet.

    ``searches`` are those that find studies, with their number; ``asked`` all that were ever asked for.
    """

    path: str
    schema_version: int
    size_bytes: int
    studies: int
    gone: int
    versions: int
    raw_bytes: int
    packed_bytes: int
    refreshes: int
    set_aside: int
    derived: int
    searches: Mapping[str, int]
    asked: tuple[str, ...]
    first_refresh: dt.datetime | None
    last_refresh: dt.datetime | None
    data_timestamp: str | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``older`` are studies of which the store already had a newer copy, which was kept."""

    source: str
    refresh_id: int
    added: int
    changed: int
    unchanged: int
    older: tuple[str, ...]
    set_aside: int


class Seen(enum.Enum):
    """What a record is to the store."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    AGAIN = "again"  # came already in this run; the first copy counts
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of a study; ``last_refresh`` is the last run that saw this version."""

    version_id: int
    hash: str
    update_posted: str | None
    last_refresh: int


@dataclass(slots=True)
class Collected:
    """What a run has found so far; texts of new versions are not here but in the temporary file."""

    records: dict[str, str] = field(default_factory=dict)  # nct_id -> hash, in the promised shape
    odd: dict[str, str] = field(default_factory=dict)  # nct_id of a record set aside -> reason
    listed: dict[str, set[str]] = field(default_factory=dict)  # search -> nct_ids
    left: dict[str, set[str]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)  # nct_id -> reason
    staged: dict[str, Seen] = field(default_factory=dict)  # nct_id -> ADDED or CHANGED
    withheld: set[str] = field(default_factory=set)  # listed, but not handed out
    mended: set[str] = field(default_factory=set)  # came as they were, and the store's copy is damaged


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run did, NCT IDs sorted.

    ``left`` are no longer found by some search and ``gone`` no longer in the registry; ``came_back`` had been one or
    the other; ``withheld`` were listed and not handed out, so they are as they were. ``unchanged``
    and ``set_aside`` are numbers.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    came_back: tuple[str, ...] = ()
    set_aside: int = 0
    withheld: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each."""
        found = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value if isinstance(value, int) else len(value) for name, value in found}
