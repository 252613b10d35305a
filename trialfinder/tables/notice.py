"""The sentences that stand beside every list: nothing is approved, and what no record shows."""

from __future__ import annotations

from trialfinder.base.text import one_line
from trialfinder.classify import approval, standing_questions


def approval_notice(*, source: bool = False) -> str:
    """That no stem-cell therapy is approved for any neuropathy, as of a day; with the source when it is asked for."""
    said = approval()
    where = f"; source: {said.source}, {said.url}" if source else ""
    return one_line(f"{said.statement} (Approvals looked up on {said.as_of}{where}.)")


def questions() -> list[str]:
    """What to ask because no record can show it."""
    return [one_line(question.ask) for question in standing_questions()]
