"""Finds clinical trials of stem cells for neuropathy, reads their criteria and shows its evidence."""

from __future__ import annotations

__version__ = "0.1.0"
