"""Finds signs that are wordings: a pattern in certain fields, and no word in the sentence that takes it back."""

from __future__ import annotations

from trialfinder.classify.sign_rules import SignRule
from trialfinder.classify.study_text import StudyText

Shown = tuple[str, str] | None


def shown_in_text(rule: SignRule, document: StudyText) -> Shown:
    """The field and the words of the record that show a sign of the kind ``pattern``; None when none do."""
    assert rule.pattern is not None  # the reader of the rules saw to it
    for start, end in document.around(rule.needs).spans:
        for hit in rule.pattern.finditer(document.low, start, end):
            match = document.match(rule.id, hit.start(), hit.end())
            if match.passage.zone not in rule.where:
                continue
            if rule.unless is None or not rule.unless.search(document.sentence(match)):
                return match.passage.field, match.quote()
    return None
