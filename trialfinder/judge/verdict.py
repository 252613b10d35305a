"""The verdict on one study for one person: an answer to every criterion, each with the registry's own words."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any, Literal

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.tongue import age_said, figures, say
from trialfinder.base.values import Age
from trialfinder.study.copy_note import is_copy_note

Outcome = Literal["conflict", "possible", "nothing_against"]

WORDS = {Answer.YES: "met", Answer.NO: "not_met", Answer.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """Whether a person meets one criterion, as far as it was read.

    ``quote`` is the registry's wording; ``start`` and ``end`` its place in the criteria text, None for a field of the
    record (``source`` is then "field"). ``fact`` is the key of the profile that was used or would settle it, never its
    value; None when no fact of a profile can. ``question`` is what to find out, '' when nothing is open.
    """

    pattern: str
    section: str
    effect: str
    answer: Answer
    quote: str
    start: int | None
    end: int | None
    fact: str | None
    item_complete: bool
    group: str = ""
    source: str = "text"
    question: str = ""
    why: str = ""
    sentence: str = ""
    """The whole criterion in the registry's words; for a field what it says, or ''."""
    changeable: bool = False
    """Whether what speaks against may change, as a drug or smoking; whether it should is for their doctor to say."""

    @property
    def thing(self) -> tuple[str, ...]:
        """What it asks about, and where."""
        return self.pattern, self.section, self.sentence, self.source, self.group

    @property
    def word(self) -> str:
        """``met``, ``not_met`` or ``unknown``."""
        return WORDS[self.answer]

    def to_json(self) -> dict[str, Any]:
        """The answer as the exports print it."""
        return {
            "pattern": self.pattern,
            "section": self.section,
            "effect": self.effect,
            "answer": self.word,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "fact": self.fact,
            "item_complete": self.item_complete,
        }


@dataclass(frozen=True, slots=True)
class UnreadCriterion:
    """A criterion of which nothing was read."""

    section: str
    quote: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The criterion as the exports print it."""
        return {"section": self.section, "quote": self.quote, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class TextAgainstField:
    """A limit of the text that the record's own field states otherwise.

    ``side`` is that of an age, of which the text says so many years and the field something else; '' for the sex, where
    the text names one and the field both.
    """

    side: Literal["", "low", "high"] = ""
    text: float = 0.0
    field: Age | None = None

    def __str__(self) -> str:
        """A sentence in the language that is spoken when it is asked for."""
        if self.field is None:
            return say("sex: the text names one sex, the record's own field both; the field counts")
        said = {
            "low": say("age: the text says at least {years} years, the record's own field {age}; the field counts"),
            "high": say("age: the text says at most {years} years, the record's own field {age}; the field counts"),
        }[self.side]
        return said.format(years=figures(f"{self.text:g}"), age=age_said(self.field))


@dataclass(frozen=True, slots=True)
class Verdict:
    """All answers for one study.

    ``conflict``: something speaks against it. ``possible``: nothing does, something is open. ``nothing_against``: every
    criterion was read in full and is met; still only the study team can say more. ``unknown_facts`` are keys of the
    profile that were not told and would settle a criterion; ``notes`` tell where text and fields disagree.
    """

    nct_id: str
    verdict: Outcome
    answers: tuple[CriterionAnswer, ...]
    unknown_facts: tuple[str, ...]
    unread: tuple[UnreadCriterion, ...]
    notes: tuple[TextAgainstField, ...] = ()
    unread_parts: tuple[tuple[str, ...], ...] = ()
    """For each criterion that stays open: its words that were not understood beside what was."""
    ours: bool = False
    """Whether the criteria are restated in our words, so that none is shown as a quotation."""

    def to_json(self, joinable: str | None = None) -> dict[str, Any]:
        """The verdict as one object; ``joinable`` (yes, not_yet, no, unsure) is another part's answer."""
        ours: dict[str, Any] = {"in_our_words": True} if self.ours else {}
        made = {
            "nct_id": self.nct_id,
            "verdict": self.verdict,
            "joinable": joinable,
            "answers": [answer.to_json() for answer in self.answers],
            "unknown_facts": list(self.unknown_facts),
            "unread": [item.to_json() for item in self.unread],
        }
        return made | ours

    @property
    def lacks_criteria(self) -> bool:
        """Whether the copy of the record says itself that it lacks criteria: what bars may then be missing."""
        return any(is_copy_note(item.quote) for item in self.unread)

    @property
    def unread_criteria(self) -> tuple[UnreadCriterion, ...]:
        """The criteria of which nothing was read, without a note on the copy itself, which is no criterion."""
        return tuple(item for item in self.unread if not is_copy_note(item.quote))

    @property
    def told(self) -> tuple[CriterionAnswer, ...]:
        """The answers that people are shown: of one thing in one criterion only what speaks against, if it does.

        Where a field of the record speaks against (an age, the sex), the same matter in the text is no question. Where
        a kind of neuropathy that is named speaks against, "peripheral neuropathy" alone says nothing more.
        """
        no = self.answered(Answer.NO)
        against = {found.thing for found in no}
        by_field = {found.pattern for found in no if found.source == "field"}
        of_a_kind = any(found.pattern == _KIND and not _ANY_KIND.fullmatch(found.quote) for found in no)
        return tuple(
            found
            for found in self.answers
            if (found.answer is Answer.NO and not (of_a_kind and _is_bare(found)))
            or (found.thing not in against and not (found.answer is Answer.UNKNOWN and found.pattern in by_field))
        )

    def answered(self, answer: Answer) -> tuple[CriterionAnswer, ...]:
        """The criteria with this answer."""
        return tuple(found for found in self.answers if found.answer is answer)


_KIND = "neuropathy_type"
_ANY_KIND = re.compile(r"(?:symptomatic\s|clinical\s)?(?:peripheral\s)?(?:poly)?neuropath(?:y|ies)", re.IGNORECASE)


def _is_bare(found: CriterionAnswer) -> bool:
    """Whether a neuropathy is asked for, of which only the rest of the study tells the kind."""
    return found.pattern == _KIND and found.effect == "require" and _ANY_KIND.fullmatch(found.quote) is not None


def outcome(answers: Set[Answer], criteria: Answer) -> Outcome:
    """The verdict that follows from the answers.

    Args:
        answers: those to every leaf, and to the record's fields.
        criteria: all criteria of the text joined by "and"; unknown where the record has none.
    """
    if Answer.NO in answers:
        return "conflict"
    return "nothing_against" if criteria is Answer.YES and answers == {Answer.YES} else "possible"
