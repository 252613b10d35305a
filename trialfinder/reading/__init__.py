"""Reads the eligibility criteria of a study: free text into items, and items into readings with their quotes."""

from __future__ import annotations

from trialfinder.reading.abbreviations import names_of
from trialfinder.reading.check_examples import check_patterns
from trialfinder.reading.jsonio import items_from_json, items_to_json, readings_json, version
from trialfinder.reading.patterns import load_patterns
from trialfinder.reading.plain import describe, together
from trialfinder.reading.readings import Item, Reading, Segment
from trialfinder.reading.segment import segment
from trialfinder.reading.structure import criteria_tree, read_criteria, read_text

__all__ = [
    "Item", "Reading", "Segment", "check_patterns", "criteria_tree", "describe", "items_from_json", "items_to_json",
    "load_patterns", "names_of", "read_criteria", "read_text", "readings_json", "segment", "together",
    "version",
]  # fmt: skip
