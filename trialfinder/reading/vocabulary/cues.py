"""The context words of ``data/terms/criteria_context.toml`` as rules for the index, and the shared nouns of lists."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.phrases.guards import Guard
from trialfinder.phrases.phrase_index import PhraseHit
from trialfinder.reading.vocabulary.patterns import Example, Rule, RuleRow, row_terms

NO_EXAMPLES = r"(?!\s*(?:i\.?e|e\.?g|such as|including|includes?|for (?:example|instance)|namely|viz)\b)"
"""Behind a semicolon: what names examples goes on with the words before it."""
BREAK = re.compile(
    rf"\.(?=\s+[a-z(>])(?<!e\.g\.)(?<!i\.e\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bca\.)(?<!\bincl\.)(?<!cl\.)|;{NO_EXAMPLES}"
)
"""Where a sentence or half a sentence ends."""
BRACKET_ENDS = re.compile(r"\)[^(]*\Z")
BROKEN_BRACKET = re.compile(r"\A[^()]*\)|\)[^()]*\)[^(]*\Z")
"""Behind a denial: a bracket ends, and one that opened in front of it does."""
CUE = "cue:"
MAY_BAR_TOO = re.compile(r"\bexcluding\W*\Z")
"""Words after which, among causes of a neuropathy that bar, stands what is spared or what bars as well."""
_Kind = Literal[
    "pseudo", "negation", "negated_after", "exception", "allowed", "history", "current", "planned", "possible",
    "qualifier", "female", "male", "condition", "either",
]  # fmt: skip


class CueRow(DataRow, frozen=True):
    """Words around a finding that change what it means."""

    says: tuple[str, ...]
    """The phrases."""
    yes: tuple[str, ...]
    """Sentences that hold one."""
    no: tuple[str, ...]
    """Sentences that do not."""


class ContextFile(DataRow, frozen=True):
    """``data/terms/criteria_context.toml``."""

    cue: Mapping[_Kind, CueRow]
    """The words by what they do."""
    head: Mapping[str, Guard]
    """Nouns that several members of a list share, by the name under which rows of patterns ask for them."""


class Cues(NamedTuple):
    """Cue rules (their pattern is ``cue:`` and the kind), and shared nouns by name."""

    rules: tuple[Rule, ...]
    heads: dict[str, re.Pattern[str]]


@functools.cache
def load_cues() -> Cues:
    """Reads the context words once.

    Raises:
        InputError: the file has an unknown key or a broken phrase.
    """
    path = data_dir("terms", "criteria_context.toml")
    file = load(path, ContextFile)
    rules = tuple(
        Rule(
            pattern=CUE + kind,
            number=1,
            where=f"{path.name}: cue {kind}",
            says=row.says,
            terms=row_terms(RuleRow(says=row.says), path, ("cue", kind)),
            yes=tuple(map(Example, row.yes)),
            no=row.no,
        )
        for kind, row in file.cue.items()
    )
    return Cues(rules, {name: nouns.expression for name, nouns in file.head.items()})


_NOT_QUITE = re.compile(r"\bnot\s(?:\w+ly\s){1,2}\Z")


def not_quite(lower: str, cue: PhraseHit[Rule], denials: Iterable[PhraseHit[Rule]]) -> bool:
    """Whether words that permit are denied: by one of the ``denials``, or before them ("not specifically allowed")."""
    denied = any(n.start < cue.end and cue.start < n.end for n in denials)
    return denied or _NOT_QUITE.search(lower, max(0, cue.start - 40), cue.start) is not None
