"""Tests of judging a person against criteria."""
