"""A verdict in words, for the person's own terminal, and as one row of a table."""

from __future__ import annotations

import re
from typing import Any

from trialfinder.base.answer import Answer
from trialfinder.base.text import one_line, shorten
from trialfinder.judge.verdict import CriterionAnswer, Verdict
from trialfinder.person.profile import Profile
from trialfinder.person.profile_files import in_words
from trialfinder.person.profile_schema import schema
from trialfinder.person.word_tables import label

HEADLINES = {
    "conflict": "something speaks against it",
    "possible": "possible: something is still open",
    "nothing_against": "nothing against it found; only the study team can say more",
}
_MARKS = {Answer.NO: "speaks against", Answer.UNKNOWN: "open", Answer.YES: "fits"}


def explain(verdict: Verdict, profile: Profile | None = None) -> list[str]:
    """Every criterion with its answer, the registry's words, the fact that was used, and what to ask.

    With ``profile`` the value that the person told stands beside the fact: for their own terminal, never for a file.
    """
    read = len(verdict.answers)
    lines = [f"{verdict.nct_id}: {HEADLINES[verdict.verdict]}", _counted(verdict, read)]
    for answer in (Answer.NO, Answer.UNKNOWN, Answer.YES):
        found = verdict.answered(answer)
        if found:
            lines += ["", f"{_MARKS[answer].capitalize()} ({len(found)})"]
            for criterion in found:
                lines += _criterion(criterion, profile)
    if verdict.unread:
        lines += ["", f"Not read ({len(verdict.unread)}): read these yourself"]
        lines += [f'  "{one_line(item.quote)}"' for item in verdict.unread]
    if verdict.notes:
        lines += ["", *(f"Note: {note}" for note in verdict.notes)]
    return lines


def _counted(verdict: Verdict, read: int) -> str:
    fits = len(verdict.answered(Answer.YES))
    unread = f"; {len(verdict.unread)} criteria could not be read" if verdict.unread else ""
    return f"Fits {fits} of {read} points that could be read{unread}."


def _criterion(found: CriterionAnswer, profile: Profile | None) -> list[str]:
    asks = "asks for" if found.effect == "require" else "bars"
    where = "the record's own field" if found.source == "field" else found.section
    group = f", for {one_line(found.group)}" if found.group else ""
    lines = [f'  {label(found.pattern)} ({where}, {asks}{group}): "{words_of(found, 400)}"']
    if found.answer is not Answer.UNKNOWN and found.fact:
        lines.append(f"    by what you told: {found.fact}{_told(found.fact, profile)}")
    if found.answer is Answer.UNKNOWN:
        lines.append(f"    {found.why}")
        if found.question:
            lines.append(f"    to find out: {found.question}")
    return lines


_MARKER = re.compile(r"\A(?:[-*•●▪·]|\(?\d{1,2}[.)]|[a-z][.)])\s+")


def words_of(found: CriterionAnswer, width: int) -> str:
    """The registry's sentence without its bullet; where it is too long, the quoted part of it."""
    sentence = _MARKER.sub("", one_line(found.sentence or found.quote), count=1)
    return sentence if len(sentence) <= width else shorten(one_line(found.quote), width)


def _told(key: str, profile: Profile | None) -> str:
    value = profile.get(key) if profile is not None else None
    if value is None:
        return ""
    fact = schema().get(key)
    unit = f" {fact.unit}" if fact is not None and fact.unit and fact.type == "number" else ""
    return f" = {in_words(value)}{unit}"


def reason(verdict: Verdict, width: int = 160) -> str:
    """One line: what speaks against, or what to ask; by label and the registry's words, without any value."""
    against = verdict.answered(Answer.NO)
    if against:
        told: dict[str, str] = {}
        for found in against:
            told.setdefault(label(found.pattern), words_of(found, 90))
        return shorten("; ".join(f'{name}: "{words}"' for name, words in told.items()), width)
    open_words = dict.fromkeys(label(found.pattern) for found in verdict.answered(Answer.UNKNOWN))
    parts = [f"ask about {', '.join(open_words)}"] if open_words else []
    if verdict.unread:
        parts.append(f"{len(verdict.unread)} not read")
    return shorten("; ".join(parts) or "every criterion was read and fits", width)


def verdict_row(verdict: Verdict, joinable: str | None = None) -> dict[str, Any]:
    """The verdict as one flat row for a table or CSV. Keys of facts, never values."""
    return {
        "nct_id": verdict.nct_id,
        "verdict": verdict.verdict,
        "joinable": joinable,
        "met": len(verdict.answered(Answer.YES)),
        "not_met": len(verdict.answered(Answer.NO)),
        "unknown": len(verdict.answered(Answer.UNKNOWN)),
        "unread": len(verdict.unread),
        "against": "; ".join(
            dict.fromkeys(f'{label(a.pattern)}: "{words_of(a, 400)}"' for a in verdict.answered(Answer.NO))
        ),
        "ask": "; ".join(dict.fromkeys(a.question for a in verdict.answered(Answer.UNKNOWN) if a.question)),
        "unknown_facts": ", ".join(verdict.unknown_facts),
        "reason": reason(verdict),
    }
