"""Drugs by their names and by what they do."""
