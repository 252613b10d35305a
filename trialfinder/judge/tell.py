"""Says in plain words why a criterion is answered as it is, and what to find out. Never a value of the person."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.base.pattern_words import label, plain_words
from trialfinder.base.tongue import say
from trialfinder.person.facts import Facts
from trialfinder.person.profile_schema import schema


def tell(
    pattern: str, effect: str, answer: Answer, fact: str | None, facts: Facts, *, complete: bool = True, group: str = ""
) -> tuple[str, str]:
    """The reason, and the question to ask ('' when nothing is open)."""
    name = label(pattern)
    if answer is Answer.YES:
        return f"{name}: fits what you told", ""
    if answer is Answer.NO:
        if effect == "require":
            return f"{name}: the study asks for something else than you told", ""
        return f"{name}: the study does not take people as you told", ""
    asked = schema().get(fact or "")
    if asked is not None and facts.get(asked.key) is None:
        return f"{name}: you did not tell {asked.key}", asked.question
    reason = "the words leave it open" if complete else "the criterion was read only in part"
    ask = plain_words().get(pattern, {}).get("ask") or say("Ask the study team about: {name}.").format(name=say(name))
    return f"{name}: {reason}{f' (only for {group})' if group else ''}", ask
