"""Writes rows as files that people open: one writer a form, each whole or not at all."""

from __future__ import annotations

from trialfinder.tables.exports import FORMATS, format_of, write_file, write_stream

__all__ = ["FORMATS", "format_of", "write_file", "write_stream"]
