"""Keeps every study, every version of it and what each run saw, in one SQLite file. Only here is sqlite3 known."""

from __future__ import annotations

from trialfinder.store.stored import (
    ImportReport,
    RefreshInfo,
    RunOutcome,
    SearchRun,
    Seen,
    SetAside,
    StoredRecord,
    StoreInfo,
    Transition,
    VersionInfo,
)
from trialfinder.store.study_store import Store
from trialfinder.store.writing import RefreshWriter

__all__ = [
    "ImportReport",
    "RefreshInfo",
    "RefreshWriter",
    "RunOutcome",
    "SearchRun",
    "Seen",
    "SetAside",
    "Store",
    "StoreInfo",
    "StoredRecord",
    "Transition",
    "VersionInfo",
]
