"""Reads the eligibility criteria of a study: free text into items, and items into readings with their quotes."""

from __future__ import annotations

from trialfinder.criteria.model import Item, Reading, Segment

__all__ = ["Item", "Reading", "Segment"]
