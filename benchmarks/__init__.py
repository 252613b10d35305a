"""Figures: run them with `make bench`; each prints what was promised beside what was measured."""
