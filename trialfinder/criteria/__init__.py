"""Reads the eligibility criteria of a study: free text into items, and items into readings with their quotes."""

from __future__ import annotations

from trialfinder.criteria.catalogue import load_patterns
from trialfinder.criteria.check import check_patterns
from trialfinder.criteria.jsonio import items_from_json, items_to_json, readings_json, version
from trialfinder.criteria.model import Item, Reading, Segment
from trialfinder.criteria.plain import describe
from trialfinder.criteria.reader import read_criteria
from trialfinder.criteria.segment import segment

__all__ = [
    "Item", "Reading", "Segment", "check_patterns", "describe", "items_from_json", "items_to_json", "load_patterns",
    "read_criteria", "readings_json", "segment", "version",
]  # fmt: skip
