"""Reads the eligibility criteria of a study: free text into items, and items into readings with their quotes."""

from __future__ import annotations

from trialfinder.reading.check_examples import check_patterns
from trialfinder.reading.cutting.segment import segment
from trialfinder.reading.readings import Item, Reading, Segment
from trialfinder.reading.structure import criteria_tree, read_criteria, read_text
from trialfinder.reading.telling.jsonio import items_from_json, items_to_json, readings_json, version
from trialfinder.reading.telling.plain import describe, together
from trialfinder.reading.vocabulary.abbreviations import names_of
from trialfinder.reading.vocabulary.patterns import load_patterns

__all__ = [
    "Item", "Reading", "Segment", "check_patterns", "criteria_tree", "describe", "items_from_json", "items_to_json",
    "load_patterns", "names_of", "read_criteria", "read_text", "readings_json", "segment", "together",
    "version",
]  # fmt: skip
