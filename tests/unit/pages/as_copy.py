"""A catalogue of the copies that come with the program."""

from __future__ import annotations

import dataclasses

from trialfinder.catalogue.holdings import Catalogue, Origin
from trialfinder.catalogue.sighted import Sighted


def copied(found: Catalogue, kind: str = "snapshot") -> Catalogue:
    """The catalogue as if its records came from ``kind``; those of the snapshot say when they were seen."""
    found.origin = Origin(kind, "made", data_timestamp="2017-10-11/2026-07-21")
    if kind == "snapshot":
        for nct_id, entry in found.entries.items():
            found.entries[nct_id] = dataclasses.replace(entry, seen=Sighted("", "none", ()))
    return found
