"""Tests of a person's own facts."""
