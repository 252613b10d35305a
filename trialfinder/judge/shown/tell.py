"""Says in plain words why a criterion is answered as it is, and what to find out. Never a value of the person."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.pattern_words import NarrowQuestion, label, narrow_questions, plain_words
from trialfinder.base.tongue import say
from trialfinder.person.facts import Facts
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.reading.wording.nouns import mentions

_TYPE = re.compile(r"\btypes?\b|\bT[12]D?M?\b|\b(?:non-?)?insulin[- ]dependent|\bN?IDDM\b", re.IGNORECASE)


def is_unsure(fact: Fact, told: object) -> bool:
    """Whether a person told that they have it and do not know which: that is theirs to find out, not the study's."""
    return bool(fact.unsure) and told == fact.unsure


def narrow_question(pattern: str, words: str) -> NarrowQuestion | None:
    """The question that fits these words better than the one of their pattern; None when there is none."""
    return next((row for row in narrow_questions().get(pattern, ()) if mentions(words.lower(), row.says)), None)


def tell(
    pattern: str, effect: str, answer: Answer, fact: str | None, facts: Facts, *, complete: bool = True,
    group: str = "", words: str = "",
) -> tuple[str, str]:  # fmt: skip
    """The reason, and the question to ask ('' when nothing is open). ``words``: what was read, for a fitting one."""
    name = label(pattern)
    if answer is Answer.YES:
        return f"{name}: fits what you told", ""
    if answer is Answer.NO:
        if effect == "require":
            return f"{name}: the study asks for something else than you told", ""
        return f"{name}: the study does not take people as you told", ""
    asked, narrow = schema().get(fact or ""), narrow_question(pattern, words)
    if asked is not None and asked.key in facts.clashes:  # "foot ulcer: no", and an ulcer of last year was named
        ask = say("{name}: what was told points both ways; how does the study count it?").format(name=say(name))
        return f"{name}: what you told points both ways", ask
    if asked is not None and facts.get(asked.key) is None:
        return f"{name}: you did not tell {asked.key}", asked.question
    if asked is not None and is_unsure(asked, facts.get(asked.key)) and _TYPE.search(words):
        return f"{name}: you told that you do not know which", asked.question
    reason = "the words leave it open" if complete else "the criterion was read only in part"
    own = narrow.ask if narrow is not None else plain_words().get(pattern, {}).get("ask")
    ask = own or say("Ask the study team about: {name}.").format(name=say(name))
    return f"{name}: {reason}{f' (only for {group})' if group else ''}", ask
