"""The sentences that stand beside every list: nothing is approved, and what no record shows."""

from __future__ import annotations

from trialfinder.base.text import one_line
from trialfinder.base.tongue import say
from trialfinder.classify import approval, standing_questions


def approval_notice(*, source: bool = False) -> str:
    """That no stem-cell therapy is approved for any neuropathy, as of a day; with the source when it is asked for."""
    said = approval()
    where = f"; source: {said.source}, {said.url}" if source else ""
    looked = say("Approvals looked up on {day}").format(day=said.as_of)
    return one_line(f"{say(one_line(said.statement))} ({looked}{where}.)")


def machine_words() -> str:
    """The line that says of words other than English who translated them; '' in English."""
    said = say(
        "The words of this page that are not the registry's were translated by a machine, and nobody has reviewed them "
        "yet; when in doubt, the English words count."
    )
    return "" if say("en") == "en" else said


def questions() -> list[str]:
    """What to ask because no record can show it."""
    return [one_line(question.ask) for question in standing_questions()]
