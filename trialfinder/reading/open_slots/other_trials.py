"""Taking part in another study, where a time parts the verb from the study.

"Participated within 60 days or plans to participate within a year in a drug trial": the study is named once, behind the
last of the verbs, and each of them has a time of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords, Screen
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import is_free, made_rule
from trialfinder.reading.wording.clauses import clauses_of

_VERB = re.compile(
    r"\b(?:participat(?:ed|e|es|ing|ion)|enrol(?:led|l|ls|ling|ment)?|took part|tak(?:e|es|ing|en) part)\b"
)
_STUDY = re.compile(
    r"\bin(?:to)?\s(?:(?!(?:this|the|our|present|study|current)\b)[\w-]+(?:\s|/)){1,6}?(?:trials?|stud(?:y|ies)|protocols?)\b"
)
_TIMED = re.compile(
    r"[\s,(]{1,3}(?:(?:with)?in|during|over|for)\s(?:the\s)?(?:(?:last|past|previous|preceding|next|coming)\s)?"
    r"(?:\d{1,3}|one|two|three|four|six|twelve|an?\s)?\s?(?:days?|weeks?|months?|years?)\b"
)
_BETWEEN = re.compile(
    r"[\s,)(]{0,3}(?:(?:or|and|and/or|who|is|are|currently|now|has|have|will|to|also|simultaneously|at present|"
    r"plans?|planning|intends?|intending|wish(?:es)?|scheduled|expects?|be)\s?){0,6}"
)
_FREELY = re.compile(
    r"\b(?:able|unable|willing\w*|agree\w*|consent\w*|capable|incapable|refus\w+|eligible|suitable|can|cannot|must|should|decid\w+|"
    r"interfer\w+|prevent\w*|limit\w*)\s(?:\w+\s){0,2}\Z"
)
MAY_TAKE_PART = Screen("participat.*|enrol.*|took|take[sn]?|taking")
"""One of these begins a verb of taking part."""


def other_trials(lower: str, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """Verbs of taking part with a time of their own, before a study that is named behind the last of them."""
    if section != "exclusion" or not MAY_TAKE_PART.lets(said):
        return []
    read = [h for h in own if h.rule.pattern == "other_trial"]
    rule = msgspec.structs.replace(made_rule("other_trial", ""), effect="exclude")
    found: list[Hit] = []
    for start, end in clauses_of(lower):
        verbs = [
            v
            for v in _VERB.finditer(lower, start, end)
            if not _FREELY.search(lower, max(start, v.start() - 30), v.start())
        ]
        if not verbs or _STUDY.search(lower, verbs[-1].end(), end) is None:
            continue
        for at, verb in enumerate(verbs):
            timed = _TIMED.match(lower, verb.end(), end)
            if timed is None or not is_free(read, *verb.span()):
                continue
            after = verbs[at + 1].start() if at + 1 < len(verbs) else None
            study = _STUDY.match(lower, _space(lower, timed.end()), end)
            joined = after is not None and _BETWEEN.fullmatch(lower, timed.end(), after) is not None
            if study is not None or joined:
                found.append(Hit(rule, *verb.span()))
    return found


def _space(lower: str, place: int) -> int:
    while place < len(lower) and lower[place] in " ,)":
        place += 1
    return place
