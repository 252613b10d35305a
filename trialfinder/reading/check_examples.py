"""Checks the pattern files: every row's examples are read, and its counter-examples are not."""

from __future__ import annotations

from collections.abc import Iterator

from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.readings import Reading
from trialfinder.reading.structure import read_criteria
from trialfinder.reading.vocabulary.patterns import Example, Rule, load_patterns

_TITLES = {"inclusion": "Inclusion Criteria:\n\n* ", "exclusion": "Exclusion Criteria:\n\n* ", "unknown": "* "}


def read_sentence(text: str, section: str = "exclusion") -> tuple[Reading, ...]:
    """The readings of one sentence as if it were a bullet of that section."""
    return tuple(r for item in read_criteria(_TITLES[section] + text) for r in item.readings)


def example_problem(rule: Rule, example: Example) -> str:
    """What is wrong with a reading of ``example``; '' when it is as the row says."""
    wanted = {"pattern": rule.pattern, **example.expected}
    found = read_sentence(example.text, example.section)
    if any(all(getattr(r, key) == value for key, value in wanted.items()) for r in found):
        return ""
    near = [{key: getattr(r, key) for key in wanted} for r in found if r.pattern == rule.pattern] or [
        {"pattern": r.pattern} for r in found
    ]
    return f"{rule.where}: example {example.text!r} should be read as {wanted}, but is read as {near}"


def counter_example_problem(rule: Rule, text: str) -> str:
    """Says when ``text`` is read as the rule's pattern although it must not be; '' when all is well."""
    for section in ("inclusion", "exclusion"):
        if any(r.pattern == rule.pattern for r in read_sentence(text, section)):
            return f"{rule.where}: {text!r} must not be read as {rule.pattern}, but is under {section}"
    return ""


def _problems() -> Iterator[str]:
    analytes = load_units().analytes
    for pattern in load_patterns().values():
        for rule in pattern.rules:
            if rule.bound and rule.bound not in analytes:
                yield f"{rule.where}: bound {rule.bound!r} is no analyte of data/units.toml"
                continue
            if not rule.yes or not rule.no:
                yield f"{rule.where}: give at least one sentence under yes and one under no"
            yield from (p for e in rule.yes if (p := example_problem(rule, e)))
            yield from (p for text in rule.no if (p := counter_example_problem(rule, text)))


def check_patterns() -> list[str]:
    """Everything that is wrong with the pattern files, one sentence each; [] when all examples are read as they say.

    Raises:
        InputError: a file cannot be read at all.
    """
    return list(_problems())
