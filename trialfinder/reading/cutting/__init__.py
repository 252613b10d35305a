"""Cuts a criteria text into sections, headings, groups and items."""
