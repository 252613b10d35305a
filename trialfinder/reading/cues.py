"""The context words of ``data/terms/criteria_context.toml`` as rules for the index, and the shared nouns of lists."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.reading.patterns import Example, Rule
from trialfinder.reading.phrases import guard, term_expression
from trialfinder.reading.term_files import allow_keys, strings

CUE = "cue:"
_KINDS = frozenset(
    {
        "pseudo",
        "negation",
        "negated_after",
        "exception",
        "allowed",
        "history",
        "current",
        "planned",
        "possible",
        "qualifier",
        "female",
        "male",
        "condition",
        "either",
    }
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue rules (their pattern is ``cue:`` and the kind), shared nouns by name, and words without meaning."""

    rules: tuple[Rule, ...]
    heads: dict[str, re.Pattern[str]]
    stop: frozenset[str]


def _rule(kind: str, row: dict[str, Any], file: str) -> Rule:
    where = f"{file}: cue {kind}"
    allow_keys(row, {"says", "yes", "no"}, where)
    yes = tuple(Example(text, "exclusion", MappingProxyType({})) for text in strings(row, "yes", where))
    return Rule(
        CUE + kind,
        1,
        where,
        tuple(term_expression(phrase, where) for phrase in strings(row, "says", where)),
        "",
        False,
        "",
        "",
        None,
        None,
        None,
        None,
        None,
        None,
        "",
        None,
        False,
        True,
        0,
        "",
        False,
        False,
        False,
        yes,
        strings(row, "no", where),
    )


@functools.cache
def load_cues() -> Cues:
    """Reads the context words once.

    Raises:
        InputError: the file has an unknown key or a broken expression.
    """
    path = data_dir("terms", "criteria_context.toml")
    table = load_toml(path)
    allow_keys(table, {"cue", "head", "stop"}, str(path))
    allow_keys(table["cue"], _KINDS, f"{path}: cue")
    rules = tuple(_rule(kind, row, path.name) for kind, row in table["cue"].items())
    heads = {
        name: guard("needs", strings(table["head"], name, str(path)), f"{path}: head {name}") for name in table["head"]
    }
    return Cues(rules, heads, frozenset(table["stop"]["words"].split()))
