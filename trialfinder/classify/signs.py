"""What should make a reader ask, and what speaks for a study: signs with the words they rest on, never a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialfinder.classify.classification import ProductGiven
from trialfinder.classify.sign_rules import STRENGTHS, SignRule, rules, shown_in_text
from trialfinder.classify.sign_tests import TESTS, Case
from trialfinder.classify.sponsor_records import SponsorRecord, record_of
from trialfinder.classify.study_text import document_of
from trialfinder.study.model import Study


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. ``kind`` is ``warning`` or ``protective``, ``strength`` strong, medium or weak.

    ``field`` and ``quote`` are where the record shows it; ``question`` is what to ask the study team ('' for
    protective signs); ``why`` and ``source`` say why it matters, ``not_meaning`` what it does not mean. ``is_news`` is
    whether `changes` tells of it when a record shows it for the first time.
    """

    id: str
    kind: str
    strength: str
    field: str
    quote: str
    question: str
    why: str
    source: str
    not_meaning: str
    is_news: bool = False

    def to_json(self) -> dict[str, Any]:
        """The fields of the contract."""
        names = ("id", "kind", "strength", "field", "quote", "question")
        return {name: getattr(self, name) for name in names}


def signs(
    study: Study, classification: ProductGiven, today: dt.date, sponsor_records: Sequence[Study | SponsorRecord] = ()
) -> tuple[Sign, ...]:
    """The signs of a study: warnings before protective ones, strong before weak.

    ``sponsor_records`` are other studies of the same sponsor, or what is looked at of them (``record_of``), for signs
    that need to see several; the study itself may be among them. What the record does not say is never a sign.
    """
    others = tuple(
        other if isinstance(other, SponsorRecord) else record_of(other)
        for other in sponsor_records
        if other.nct_id != study.nct_id
    )
    case = Case(study, classification, today, others)
    document = document_of(study)
    found = []
    for rule in rules():
        if rule.cells_only and classification.cell_product == "none":
            continue
        shown = shown_in_text(rule, document) if rule.says else TESTS[rule.test](case, rule.figures)
        if shown:
            found.append(_sign(rule, shown))
    return tuple(sorted(found, key=lambda sign: (sign.kind != "warning", STRENGTHS.index(sign.strength))))


def is_strong_warning(sign: Sign) -> bool:
    """Whether a sign is one that people should see first."""
    return sign.kind == "warning" and sign.strength == "strong"


def strong_warnings(found: Sequence[Sign]) -> int:
    """How many strong warnings there are: the only figure that is given."""
    return sum(map(is_strong_warning, found))


def _sign(rule: SignRule, shown: tuple[str, str]) -> Sign:
    field, quote = shown
    told = (rule.question, rule.why, rule.source, rule.not_meaning)
    is_news = rule.kind == "warning" and (rule.news or rule.strength == "strong")
    return Sign(rule.id, rule.kind, rule.strength, field, quote, *told, is_news)
